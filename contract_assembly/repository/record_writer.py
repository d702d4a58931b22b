"""Make the record of a document: its inputs and outputs, the key of its tree, and the names of its files.

Reads through `repository`; writes nothing.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from contract_assembly import __version__
from contract_assembly.clauses.clause import Clause
from contract_assembly.document.engines import Engine
from contract_assembly.document.style import HouseStyle
from contract_assembly.document.tree import Document, Part
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record import DocumentRecord, Judged, Output, Pinned, UsedClause, without_program

MAIL = "eml"


def file_name(name: str, suffix: str) -> str:
    """The name of a document's file in a format: "contract.pdf"."""
    return f"{name}.{suffix}"


def files_of(name: str, formats: Iterable[str], *, mailed: bool) -> tuple[str, ...]:
    """The names of a document's files in these formats; an email comes with the PDF attached to it."""
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
    engine: Engine,
) -> DocumentRecord:
    """The record of a document without its outputs, so that it can be embedded in them: what determined its words, and
    the digests of all inputs. A source that does not exist has none."""
    return DocumentRecord(
        status=status,
        reference=reference,
        tree=tree,
        judged=judged,
        engine="" if engine == "weasyprint" else engine,
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
    """The record of a document with its files: the digests of all inputs and outputs, and the pages of its headings if
    its PDF was laid out.

    `came_from` is the digest `made_from` of the ingredients. `kept` are the outputs that an earlier build wrote and
    this one did not. The version of the program is recorded only here and not inside the files, so an upgrade alone
    does not change them."""
    made_now = {name: Output(_sha256(data), ingredients.tree, came_from) for name, data in outputs.items()}
    return replace(ingredients, version=__version__, outputs={**kept, **made_now}, pages=dict(pages or {}))


def unchanged(before: DocumentRecord | None, now: DocumentRecord) -> bool:
    """Whether two records of a document differ in nothing but the version of the program that wrote them."""
    return before is not None and _unversioned(before) == _unversioned(now)


def _unversioned(document: DocumentRecord) -> DocumentRecord:
    return replace(document, version="", other=without_program(document.other))


class _Shown(str):
    """A placeholder whose repr is that of something else."""

    __slots__ = ()
    __repr__ = str.__str__


class Keys:
    """Keys of the states of one document: digests of every word, number and origin in the tree and of the house style,
    so that equal keys give equal files. The names of other clients, which are only searched for, are not included. The
    repr of an unchanged part is made once for all states."""

    def __init__(self, house: HouseStyle) -> None:
        self._house = house
        # By identity. The part itself is kept, so that no other object gets its id.
        self._shown: dict[int, tuple[Part, _Shown]] = {}

    def of(self, document: Document) -> str:
        """The key of the document in this state."""
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
