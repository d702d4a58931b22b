"""The base repository in memory, with other files laid over it; nothing is written."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited, Folder
from tests.helpers.corpus import AGREEMENT, based
from tests.helpers.documents import OUTLINE, clause_file

FACTS = f"{AGREEMENT}/agreement.yaml"
NOTES = "clauses/notes.md"
LETTER = {
    "templates/cover-letter/outline.yaml": OUTLINE.encode(),
    "clauses/letter-words.md": clause_file("We wrote this on {{ document.date | date }}.").encode(),
    f"{AGREEMENT}/documents/for-signature.yaml": b"document: cover-letter\ndate: 2026-09-02\n",
}


@cache
def _base() -> "TemporaryDirectory[str]":
    folder = TemporaryDirectory()
    based(Path(folder.name))
    return folder


def text(path: str) -> str:
    """A file of the base."""
    return (Path(_base().name) / path).read_text("utf-8")


def changed(path: str, old: str, new: str) -> dict[str, bytes]:
    """A file of the base with a text replaced that it has once."""
    before = text(path)
    assert before.count(old) == 1, (path, old)
    return {path: before.replace(old, new).encode()}


def repository(*files: dict[str, bytes]) -> Repository:
    """The base with these files."""
    laid = {path: data for each in files for path, data in each.items()}
    return Repository(Edited(Folder(Path(_base().name)), laid))
