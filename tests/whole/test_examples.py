"""Repositories that are sound, each near to one that is refused: they give just this contract."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.corpus import approved, cases, command, contract, laid_out, run


def _with_windows_endings(root: Path) -> None:
    for path in (*root.rglob("*.yaml"), *root.rglob("*.md")):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


MADE: dict[str, Callable[[Path], None]] = {
    "files-saved-on-windows": _with_windows_endings,
    "a-final-version": approved("--on", "2026-10-01", "--until", "2026-10-01"),
    "a-final-version-with-its-gate-closed": approved("--on", "2026-09-01", "--law", "US-*", "--kind", "support"),
}


@pytest.mark.parametrize("case", cases("examples"), ids=lambda case: case.name)
def test_it_gives_this_contract(case, tmp_path):
    root = laid_out(case, tmp_path / "root")
    MADE.get(case.name, lambda _root: None)(root)

    said = run(root, *command(case))

    assert said.err == ""
    assert said.code == 0
    assert contract(root).read_text("utf-8") == (case / "expected.md").read_text("utf-8")


def test_every_made_case_has_its_folder():
    assert set(MADE) <= {case.name for case in cases("examples")}
