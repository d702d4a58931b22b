"""Tests are laid out like the code: `tests/<package>/test_<module>.py`."""

import importlib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def modules() -> set[str]:
    """Every module with code of its own, as "core/values"."""
    folder = ROOT / "contract_assembly"
    found = (path.relative_to(folder).with_suffix("") for path in folder.rglob("*.py"))
    return {path.as_posix() for path in found if path.name != "__init__"}


def has_tests(module: str) -> bool:
    package, _, name = module.rpartition("/")
    path = ROOT / "tests" / package / f"test_{name}.py"
    return path.is_file() and "def test_" in path.read_text("utf-8")


def test_every_module_has_a_test_file_of_its_name():
    assert {each for each in modules() if not has_tests(each)} == set()


def test_no_test_file_lies_in_a_package_that_the_code_does_not_have():
    found = {path.parent.relative_to(ROOT / "tests").parts for path in (ROOT / "tests").rglob("test_*.py")}
    others = {"whole", "documents"}
    assert {
        parts
        for parts in found
        if not {parts[0]} & others and not (ROOT / "contract_assembly").joinpath(*parts).is_dir()
    } == set()


def test_the_document_tests_import_although_this_run_leaves_them_out():
    for file in sorted((ROOT / "tests/documents").glob("test_*.py")):
        importlib.import_module(f"tests.documents.{file.stem}")
