"""Whole processes, from the start of `build.py` to its exit, in a copy of a repository. Writes only into that copy."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from bench.clock import Group, Job, Spent, compared, process

HERE = Path(__file__).resolve().parent.parent
WORDS = ("agreements", "clauses", "provider", "templates")
ALL = "all formats"
TYPST = ("--engine", "typst")
CONTRACT = ("--document", "contract")  # without its letters


class Copy(Struct, frozen=True):
    """A repository of clauses and facts that builds may write into."""

    root: Path

    def forget(self) -> None:
        """Remove built files and the build cache."""
        shutil.rmtree(self.root / ".build", ignore_errors=True)
        for built in ("*.md", "*.docx", "*.pdf", "*.eml", "record.json"):
            for each in self.root.glob(f"agreements/*/*/{built}"):
                each.unlink()

    def build(self, *options: str, ends: int = 0) -> Spent:
        return process([sys.executable, str(HERE / "build.py"), "--root", str(self.root), *options], ends=ends)

    def clean_build(self, *options: str) -> Job:
        """A job that builds with nothing built before."""

        def job() -> Spent:
            self.forget()
            return self.build(*options)

        return job


def copied(words: Path, into: Path) -> Copy:
    for name in WORDS:
        shutil.copytree(words / name, into / name)
    return Copy(into)


def with_a_problem(copy: Copy, client: str, into: Path) -> Copy:
    """The same repository with an unknown key in each agreement."""
    shutil.copytree(copy.root, into, ignore=shutil.ignore_patterns(".build"))
    for agreement in into.glob(f"agreements/{client}/*/agreement.yaml"):
        agreement.write_text(f"{agreement.read_text('utf-8')}\nno_such_key: yes\n", "utf-8")
    return Copy(into)


def jobs(words: Path, client: str, agreement: str, scratch: Path) -> Mapping[str, Job]:
    copy, built = copied(words, scratch / "anew"), copied(words, scratch / "built")
    wrong = with_a_problem(built, client, scratch / "wrong")
    arguments = ("--client", f"{client}/{agreement}", *CONTRACT)
    built.build(*arguments)
    return {
        ALL: copy.clean_build(*arguments),
        **{f"--format {name}": copy.clean_build(*arguments, "--format", name) for name in ("pdf", "docx", "md")},
        "all formats, typst": copy.clean_build(*arguments, *TYPST),
        "nothing to do": lambda: built.build(*arguments),
        "a problem in the facts": lambda: wrong.build("--client", client, ends=1),
        "--help": lambda: built.build("--help"),
        "an empty Python process": lambda: process([sys.executable, "-c", ""]),
    }


def cold(words: Path, client: str, agreement: str, scratch: Path, rounds: int) -> Group:
    return compared("Cold: whole processes, ratio to all formats", jobs(words, client, agreement, scratch), ALL, rounds)
