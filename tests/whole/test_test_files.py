"""Tests are laid out like the code: `tests/<package>/test_<module>.py`."""

from pathlib import Path

ROOT = Path(__file__).parents[2]

# Modules that have no test file of their own yet, by package. Add none: only remove.
WITHOUT: dict[str, str] = {
    "actions": "convert issue_block_documents json_schema signed_copy step_days steps",
    "actions/renew": "batch one report",
    "blocks": (
        "block_state book entry_checks ledger_integrity loader outside_work pinned_book reports settlement work"
    ),
    "build": (
        "builder difference_formats freshness impact impact_report pipeline rebuilding revisions "
        "signed_files word_differences"
    ),
    "build/embedded_files": "pdf word",
    "clauses": "assemble",
    "cli": (
        "amend approvals approve build check comparing convert deviations diff due facts git_setup "
        "given_documents impact index inspect laws new parameters playbook readability renew rules schema "
        "service status verify words"
    ),
    "cli/block": (
        "balance compare entering forecast import_hours issuing log notices notify order propose reverse "
        "statement views"
    ),
    "document": "writer_extras",
    "letters": (
        "amendment annual_report bare_contract block_notice block_order choices_view consolidated "
        "cover_letter envelope hours_view kind options_view pinned_document price_view promises_view "
        "proposal quarterly_review renewal_case service_data service_facts statement year_view"
    ),
    "letters/amendments": "changes instructions kept_numbers pairing states",
    "renewals": "blockers context contract_promises letters_due next_scope rise_notice term",
    "renewals/duties": "calendar_file duty of_block upcoming",
    "repository": "file_cache laws mappings record_file record_writer",
    "repository/store": "append disk output",
    "repository/yaml_editor": "checking lines writing",
    "service": "record_rows ticket_cells ticket_export",
    "writers/changes": "page page_style text",
    "writers/docx": "body contents letters logo pictures placement runs tables word_numbering",
    "writers/docx/redline": "plan revisions shared_parts tokens writer",
    "writers/pdf": "attachments weasyprint_setup",
    "writers": "plain_text",
    "writers/returned": "limits pdf_file read_words",
}


def modules() -> set[str]:
    """Every module with code of its own, as "core/values"."""
    folder = ROOT / "contract_assembly"
    found = (path.relative_to(folder).with_suffix("") for path in folder.rglob("*.py"))
    return {path.as_posix() for path in found if path.name != "__init__"}


def listed() -> set[str]:
    return {f"{package}/{name}" for package, names in WITHOUT.items() for name in names.split()}


def has_tests(module: str) -> bool:
    package, _, name = module.rpartition("/")
    path = ROOT / "tests" / package / f"test_{name}.py"
    return path.is_file() and "def test_" in path.read_text("utf-8")


def test_every_module_has_a_test_file_of_its_name_except_those_that_are_listed():
    assert {each for each in modules() - listed() if not has_tests(each)} == set()


def test_the_list_names_no_module_that_has_a_test_file_or_is_gone():
    assert {each for each in listed() if each not in modules() or has_tests(each)} == set()


def test_no_test_file_lies_in_a_package_that_the_code_does_not_have():
    found = {path.parent.relative_to(ROOT / "tests").parts for path in (ROOT / "tests").rglob("test_*.py")}
    others = {"whole", "documents"}
    assert {
        parts
        for parts in found
        if not {parts[0]} & others and not (ROOT / "contract_assembly").joinpath(*parts).is_dir()
    } == set()
