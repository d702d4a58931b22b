"""Complete small repositories for tests: `base/`, and cases that contain only their differences from it.

A case is a folder. Its `changes.txt` names files, each followed by lines as in a diff: the `-` lines must occur exactly once
in the file, one after another, and are replaced by the `+` lines; without `-` lines the `+` lines are appended. `without
PATH` removes a file. Other files of the case are copied over the base, except `command.txt` (arguments, instead of COMMAND),
`over.txt` (another folder of tests, copied over the base before the case) and the expected output. `python -m
tests.helpers.corpus` writes the current output of every case, for review in the diff.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from unittest.mock import patch

from msgspec import Struct

from contract_assembly.cli import main

HERE = Path(__file__).parents[1]  # tests/
REPOSITORY = HERE.parent
COMMAND = "--client acme --format md"
AGREEMENT = "agreements/acme/2026-support"
_ABOUT = {"changes.txt", "command.txt", "over.txt", "expected.txt", "expected.md"}


class Run(Struct, frozen=True):
    """The result of a command."""

    code: int | str | None
    out: str
    err: str


def cases(folder: str) -> list[Path]:
    return sorted(each for each in (HERE / folder).iterdir() if each.is_dir())


def based(root: Path) -> Path:
    """A copy of the base repository in a new folder, with the real house style linked in."""
    shutil.copytree(HERE / "base", root, dirs_exist_ok=True)
    shutil.copytree(REPOSITORY / "templates" / "house", root / "templates" / "house", copy_function=linked)
    return root


def laid_out(case: Path, root: Path) -> Path:
    """A copy of a case's repository in a new folder."""
    based(root)
    if (case / "over.txt").exists():
        shutil.copytree(HERE / (case / "over.txt").read_text("utf-8").strip(), root, dirs_exist_ok=True)
    shutil.copytree(case, root, dirs_exist_ok=True, ignore=lambda _folder, names: _ABOUT & set(names))
    if (case / "changes.txt").exists():
        change(root, (case / "changes.txt").read_text("utf-8"))
    return root


def change(root: Path, text: str) -> None:
    """Apply a `changes.txt`. Raises ValueError for a change that does not fit exactly once."""
    for path, old, new in _changes(text):
        if path.startswith("without "):
            (root / path.removeprefix("without ")).unlink()
            continue
        before = (root / path).read_text("utf-8")
        if old and f"\n{before}".count(f"\n{old}") != 1:
            raise ValueError(f"{path} does not say just once: {old}")
        after = f"\n{before}".replace(f"\n{old}", f"\n{new}")[1:] if old else before + new
        (root / path).write_text(after, "utf-8", newline="")


def run(root: Path, *arguments: str) -> Run:
    """Run the command line in this process."""
    out, err, code = TextIOWrapper(BytesIO(), "utf-8", write_through=True), StringIO(), None
    with (
        patch.object(sys, "argv", ["build.py", "--root", str(root), *arguments]),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as ended:
            code = ended.code
    return Run(code, out.buffer.getvalue().decode("utf-8"), err.getvalue())  # type: ignore[attr-defined]


def command(case: Path) -> list[str]:
    path = case / "command.txt"
    return (path.read_text("utf-8") if path.exists() else COMMAND).split()


def approved(*notes: str) -> Callable[[Path], None]:
    """Approve every clause by the command line; the notes clause with these options, or not at all if there are none."""

    def approve(root: Path) -> None:
        rest = [each.stem for each in sorted((root / "clauses").glob("*.md")) if each.stem != "notes"]
        _well(run(root, "approve", *rest, "--by", "A Lawyer", "--on", "2026-09-01"))
        if notes:
            _well(run(root, "approve", "notes", "--by", "A Lawyer", *notes))

    return approve


def _well(said: Run) -> None:
    assert said.code == 0, said.err


def contract(root: Path) -> Path:
    """The only review text that was built. Raises ValueError if there is none or more than one."""
    (found,) = root.glob("agreements/*/*/contract.md")
    return found


def state(root: Path) -> dict[str, bytes]:
    """Every file of a repository except those in `.build`."""
    found = (each for each in root.rglob("*") if each.is_file() and ".build" not in each.parts)
    return {each.relative_to(root).as_posix(): each.read_bytes() for each in found}


def linked(source: str, target: str) -> str:
    """Copy a file as a hard link if possible, but never one of facts or measures: tests write into those."""
    if not source.endswith(".yaml"):
        with suppress(OSError):  # another file system
            os.link(source, target)
            return target
    shutil.copy(source, target)
    return target


def _changes(text: str) -> Iterator[tuple[str, str, str]]:
    """(path, old lines, new lines), in order."""
    path, old, new = "", "", ""
    for line in (*text.splitlines(), "end"):
        mark, rest = line[:1], f"{line[1:]}\n"
        if (mark == "-" and new) or mark not in {"-", "+"}:
            if old or new or path.startswith("without "):
                yield path, old, new
            old, new = "", ""
        path = line if mark not in {"-", "+"} else path
        old += rest if mark == "-" else ""
        new += rest if mark == "+" else ""


def _write_down(made: dict[str, Callable[[Path], None]]) -> None:
    """Overwrite the expected output of every case with the program's current output."""
    from tempfile import TemporaryDirectory

    for case in (*cases("refused"), *cases("examples")):
        with TemporaryDirectory() as folder:
            root = laid_out(case, Path(folder) / "root")
            made.get(case.name, lambda _root: None)(root)
            said = run(root, *command(case))
            if case.parent.name == "refused":
                (case / "expected.txt").write_text(said.err, "utf-8")
            elif said.code == 0:
                shutil.copy(contract(root), case / "expected.md")


if __name__ == "__main__":
    from tests.whole.test_examples import MADE as MADE_EXAMPLES
    from tests.whole.test_refused import MADE as MADE_REFUSED

    _write_down(MADE_REFUSED | MADE_EXAMPLES)
