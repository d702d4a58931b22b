"""What a build records of a document: its inputs and outputs, the key of its tree, and the names of its files.

Reads through `repository`; writes nothing.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from contract_assembly import __version__
from contract_assembly.clauses.clause import Clause
from contract_assembly.document.style import HouseStyle
from contract_assembly.document.tree import Document, Part
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import DocumentRecord, Judged, Output, Pinned, UsedClause, without_program

MAIL = "eml"


def file_name(name: str, suffix: str) -> str:
    """What a document's file of a format is called: "contract.pdf"."""
    return f"{name}.{suffix}"


def files_of(name: str, formats: Iterable[str], *, mailed: bool) -> tuple[str, ...]:
    """The names of a document's files in these formats; a mail comes with the PDF that it carries."""
    formats = tuple(formats)
    return tuple(file_name(name, each) for each in (*formats, *((MAIL,) if mailed and "pdf" in formats else ())))


def ingredients(
    repository: Repository,
    clauses: Iterable[Clause],
    sources: Iterable[str],
    *,
    status: str,
    reference: str,
    tree: str,
    judged: Judged,
    pinned: Pinned,
) -> DocumentRecord:
    """The record of a document without its outputs, which can therefore travel inside them: what decided its words, and the
    digests of all that went in. A source that is not there has none."""
    return DocumentRecord(
        status=status,
        reference=reference,
        tree=tree,
        judged=judged,
        house=repository.house().digest,
        clauses=tuple(_clause(repository, clause) for clause in clauses),
        inputs={path: repository.digests(path) if repository.source.has(path) else None for path in sources},
        pinned=pinned,
    )


def finished(
    ingredients: DocumentRecord,
    came_from: str,
    outputs: Mapping[str, bytes],
    kept: Mapping[str, Output],
    pages: Mapping[str, int] | None = None,
) -> DocumentRecord:
    """The record of a document with its files: digests of all that went into it and of all that came out, and the pages of its
    headings where its PDF was laid out.

    `came_from` is the digest `made_from` of the ingredients. `kept` are the outputs that an earlier build wrote and this one did
    not. The version of the program is recorded here only: it is not part of what a file carries, so an upgrade alone changes no
    file."""
    made_now = {name: Output(_sha256(data), ingredients.tree, came_from) for name, data in outputs.items()}
    return replace(ingredients, version=__version__, outputs={**kept, **made_now}, pages=dict(pages or {}))


def unchanged(before: DocumentRecord | None, now: DocumentRecord) -> bool:
    """Whether two records of a document differ at most in the version of the program that wrote them."""
    return before is not None and _unversioned(before) == _unversioned(now)


def _unversioned(document: DocumentRecord) -> DocumentRecord:
    return replace(document, version="", other=without_program(document.other))


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


def _clause(repository: Repository, clause: Clause) -> UsedClause:
    path = clause.body_at.path
    found = repository.digests(path)
    return UsedClause(clause.head.id, clause.head.slot, path, found.sha256, found.git)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
