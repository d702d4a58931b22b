"""The architecture of docs/architecture.md, read from the code's own imports."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "contract_assembly"

# From the floor up. A module may import what stands on a line above its own, never beside or below.
LAYERS = """
origin values dated program workers words on_demand folders
problems document seal facts house beside esign
read_docx
text edit logo spreadsheet
source
git files
git_setup
plain_yaml wordings lists markup spelling drafts inlines marks witness
typed ledger
law offer parties records block issued index quarter
service ticket_mapping yaml_edit
yaml_parts
ticket_cells
renewing
agreement brand
account
noting
inputs workdays term_days ticket_export terms outline report views survival
ticket_figures reckoning delivery proration mail frequency clause fill check.* write.columns write.bars compare compare.* payload placing
service_rows service_sums consistency.* uplift promises hours.* hours
consistency matter parse number resolve check approval legal letterhead write.* store store.*
deal first_look grouping write.pdf write.docx
windows write assemble carried.*
carried
obstacles letters_due
renewals duty
block_duties
duties
next_term
due_page calendar_file
repository
contract recorded
recording
amending.* frozen books
portfolio service_import
papers.*
freshness
schema
upcoming pipeline
states
builder deviations provenance
reviews audit
impact lifecycle amend starting
renewal_set
renewal_batch
renewal_page
write.impact
issuing converting
cli cli.*
"""

# Who alone may import what. Models may use pydantic, for they are made of it.
ONE_HOME = {
    "jinja2": {"fill"},
    "markdown": {"markup"},
    "yaml": {"plain_yaml"},
    "click": {"cli.*"},
    "babel": {"wordings"},
    "dateutil": {"values"},
    "holidays": {"workdays"},
    "icalendar": {"calendar_file"},
    "pyphen": {"check.readability"},
    "weasyprint": {"write.engine"},
    "pikepdf": {"carried.pdf"},
    "docx": {"write.docx"},
    "lxml": {"write.redline", "write.wordatoms", "write.wordmarks", "write.wordsides"},
    "ruamel": {"yaml_edit"},
    "subprocess": {"git"},
    "pydantic": {"typed", "schema", "repository", "outline", "agreement", "clause", "ticket_mapping"},
}


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


HOME = re.compile(r"(contract_assembly[.\w]*):\w+")
MODULES = {
    name_of(path): path for path in sorted(PACKAGE.rglob("*.py")) if path.parent != PACKAGE or path.stem != "__init__"
}
RANK = {name: rank for rank, line in enumerate(LAYERS.strip().splitlines()) for name in line.split()}


def rank(module: str) -> int:
    return RANK.get(module, RANK.get(f"{module.partition('.')[0]}.*", -1))


def imports(module: str) -> Iterator[str]:
    """Every module that is named in an import statement, in a call of import_module, or in a table of what is loaded on demand."""
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole path"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole.removeprefix("contract_assembly.") in MODULES else str(node.module)

        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "import_module":
            yield from (
                each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )
        elif isinstance(node, ast.Constant) and (home := HOME.fullmatch(str(node.value))):
            yield home[1]


def ours(module: str) -> set[str]:
    return {
        each.removeprefix("contract_assembly.")
        for each in imports(module)
        if each.startswith("contract_assembly.") and each.removeprefix("contract_assembly.") in MODULES
    }


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_a_place(module):
    assert rank(module) >= 0, f"give {module} a line in LAYERS, and a sentence in docs/architecture.md"


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_downward_only(module):
    beside_in_package = {other for other in ours(module) if other.partition(".")[0] == module.partition(".")[0]}
    upward = {other for other in ours(module) - beside_in_package if rank(other) >= rank(module)}
    assert not upward


def test_there_are_no_circles():
    graph = {module: ours(module) for module in MODULES}
    while leaves := [module for module, needs in graph.items() if not needs & graph.keys()]:
        for leaf in leaves:
            del graph[leaf]
    assert not graph


@pytest.mark.parametrize("library", ONE_HOME)
def test_a_library_has_one_home(library):
    homes = {module for module in MODULES if any(each.split(".")[0] == library for each in imports(module))}
    strangers = {home for home in homes if not any(fnmatchcase(home, name) for name in ONE_HOME[library])}
    assert not strangers
    assert homes, f"nothing imports {library}: drop it here and in pyproject.toml"


def calls(module: str) -> set[str]:
    return {
        ast.unparse(node.func).rpartition(".")[2]
        for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8")))
        if isinstance(node, ast.Call)
    }


@pytest.mark.parametrize("module", [name for name in MODULES if not name.startswith("cli")])
def test_only_the_command_line_prints_and_exits(module):
    assert not calls(module) & {"print", "echo", "exit", "secho"}


def test_only_sources_are_read_and_only_the_store_writes():
    touching = {
        module
        for module in MODULES
        if calls(module) & {"read_bytes", "read_text", "write_bytes", "write_text", "unlink", "replace_file", "open"}
    }
    # gitting reads the file that git asks about; program reads the program's own text, cli writes the log of a bug to the temporary folder, neither an input nor an output;
    # carried opens what is in memory already
    assert touching <= {"source", "store", "program", "cli.screen", "cli.gitting", "carried.pdf", "carried.word"} | {
        name for name in MODULES if name.startswith("store")
    }


def test_heavy_libraries_are_not_loaded_with_their_modules():
    for module in MODULES:
        tree = ast.parse(MODULES[module].read_text("utf-8"))
        at_top = {
            alias.name.split(".")[0] for node in tree.body if isinstance(node, ast.Import) for alias in node.names
        }
        at_top |= {str(node.module).split(".")[0] for node in tree.body if isinstance(node, ast.ImportFrom)}
        assert not at_top & {"weasyprint", "docx", "babel", "holidays", "icalendar", "pikepdf"}, module


def test_the_architecture_page_names_every_module():
    page = (PACKAGE.parent / "docs" / "architecture.md").read_text("utf-8")
    missing = {name for name in MODULES if not re.search(rf"`{re.escape(name.replace('.', '/'))}`", page)}
    assert not missing


def test_the_architecture_page_has_one_row_for_each_module():
    page = (PACKAGE.parent / "docs" / "architecture.md").read_text("utf-8")
    named = [
        name
        for row in page.splitlines()
        if row.startswith("| `")
        for name in re.findall(r"`([^`]+)`", row.split("|")[1])
    ]
    assert sorted(named) == sorted(set(named))
