"""What a build writes next to a document: the record of its inputs and outputs, and the names of its files.

`recorded` reads it back. Reads through `repository`; writes nothing.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from contract_assembly import __version__
from contract_assembly.clauses.clause import Clause
from contract_assembly.core.report import to_json
from contract_assembly.document.style import HouseStyle
from contract_assembly.document.tree import Document, Part
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import FORMAT, OF_OUTPUTS, Entry

MAIL = "eml"


def file_name(name: str, suffix: str) -> str:
    """What a document's file of a format is called: "contract.pdf"."""
    return f"{name}.{suffix}"


def files_of(name: str, formats: Iterable[str], *, mailed: bool) -> tuple[str, ...]:
    """The names of a document's files in these formats; a mail comes with the PDF that it carries."""
    formats = tuple(formats)
    return tuple(file_name(name, each) for each in (*formats, *((MAIL,) if mailed and "pdf" in formats else ())))


def ingredients(
    repository: Repository, clauses: Iterable[Clause], sources: Iterable[str], about: Mapping[str, Any]
) -> dict[str, Any]:
    """The record of a document without its outputs, which can therefore travel inside them: what is said `about` it, and the
    digests of all that went in. A source that is not there has none."""
    return {
        **about,
        "house": repository.house().digest,
        "clauses": [_clause(repository, clause) for clause in clauses],
        "inputs": {path: _went_in(repository, path) if repository.source.has(path) else None for path in sources},
    }


def entry(
    ingredients: Entry,
    came_from: str,
    outputs: Mapping[str, bytes],
    kept: Mapping[str, object],
    pages: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """What the record says of a document: digests of all that went into it and of all that came out, and the pages of its
    headings where its PDF was laid out, for a DOCX that is built without it.

    `came_from` is the digest `made_from` of the ingredients. `kept` are the entries of outputs that an earlier build wrote and
    this one did not. An input that was looked for and not there has no digest: the document changes when it comes. The version
    of the program is recorded here only: it is not part of what a file carries, so an upgrade alone changes no file."""
    about = {"tree": ingredients["tree"], "made_from": came_from}
    made_now = {name: {"sha256": _sha256(data), **about} for name, data in outputs.items()}
    return {
        **ingredients,
        "version": __version__,
        "outputs": {**kept, **made_now},
        **({"pages": dict(pages)} if pages else {}),
    }


def record(folder: str, entries: Mapping[str, Entry]) -> bytes:
    """`record.json`: what an agreement's folder holds, document by document."""
    return f"{to_json({'format': FORMAT, 'folder': folder, 'documents': entries})}\n".encode()


def unchanged(before: Entry | None, now: Entry) -> bool:
    """Whether two entries of a document differ at most in the version of the program that wrote them."""
    return before is not None and _unversioned(before) == _unversioned(now)


def _unversioned(entry: Entry) -> dict[str, Any]:
    return {name: each for name, each in entry.items() if name not in {"version", "program"}}


def made_from(folder: str, name: str, entry: Entry) -> str:
    """A digest of all that went into a document, by its entry in the record."""
    return _sha256(record(folder, {name: {part: each for part, each in entry.items() if part not in OF_OUTPUTS}}))


class _Shown(str):
    """The repr of something, as its placeholder."""

    __slots__ = ()
    __repr__ = str.__str__


class Keys:
    """Keys of one document in its states: digests of every word, number and place of the tree and of the house style, so that
    equal keys give equal files. The names of other clients, which are only searched for, are not part of it. A part of the
    document that stays as it is from one state to the next is shown once."""

    def __init__(self, house: HouseStyle) -> None:
        self._house = house
        # By identity, and with the part itself, so that no other gets its identity.
        self._shown: dict[int, tuple[Part, _Shown]] = {}

    def of(self, document: Document) -> str:
        """The key of the document as it now is."""
        parts: Any = tuple(self._part(part) for part in document.parts)
        return _sha256(f"{self._house.digest}\n{replace(document, parts=parts)!r}".encode())

    def _part(self, part: Part) -> _Shown:
        if id(part) not in self._shown:
            self._shown[id(part)] = part, _Shown(repr(part))
        return self._shown[id(part)][1]


def _went_in(repository: Repository, path: str) -> dict[str, str]:
    found = repository.digests(path)
    return {"sha256": found.sha256, "git": found.git}


def _clause(repository: Repository, clause: Clause) -> dict[str, str]:
    path = clause.body_at.path
    return {"id": clause.head.id, "slot": clause.head.slot, "path": path, **_went_in(repository, path)}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
