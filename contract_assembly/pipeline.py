"""The walk of one agreement, on one page: load > fill > parse > number > resolve > check > write. Writes no file.

inputs ──deal──▶ facts ─┐
clauses, outline ───────┴─assemble──▶ tree ──with_used_definitions──▶ numbered ──▶ resolved ──check──▶ FORMATS
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contract_assembly import __version__, legal
from contract_assembly.agreement import Kind
from contract_assembly.approval import problem, standing
from contract_assembly.assemble import assemble
from contract_assembly.check import check
from contract_assembly.clause import Clause
from contract_assembly.deal import deal
from contract_assembly.document import Document
from contract_assembly.drafts import marked
from contract_assembly.inputs import AnyInputs
from contract_assembly.number import numbered
from contract_assembly.problems import Problem, RefusedError, errors, in_order
from contract_assembly.reckoning import days_in_force
from contract_assembly.report import to_json
from contract_assembly.repository import Repository
from contract_assembly.resolve import resolved, with_used_definitions
from contract_assembly.write import FORMATS

CONTRACT = "contract"
RECORD = "record.json"
OUTLINES: dict[Kind, str] = {"support": "contract", "time-block": "time-block"}


@dataclass(frozen=True)
class Draft:
    """A document that is finished but not yet written in any format, and what it was made from."""

    folder: str
    document: Document
    clauses: tuple[Clause, ...]
    sources: tuple[str, ...]
    warnings: tuple[Problem, ...]
    key: str


def draft(repository: Repository, client: str, agreement: str, *, final: bool = False) -> Draft:
    """Walk as far as the finished tree. Raises RefusedError with every problem that stops a build.

    What is not final, or not sent, is marked as a draft and shows what is open; what is must have nothing open."""
    folder = f"agreements/{client}/{agreement}"
    inputs = repository.inputs(client, agreement)
    agreed = inputs.agreement.model
    final = final or agreed.status == "sent"
    library = repository.library(client, agreement)
    outline = repository.outline(OUTLINES[agreed.kind])
    facts = deal(inputs)
    assembled = assemble(inputs, facts, outline, library, folder)
    law = legal.findings(inputs, facts)
    approvals = tuple(_unapproved(repository, inputs, assembled.clauses))
    tree = assembled.document if final else marked(assembled.document, len(approvals), legal.open_gates(law))
    document, unresolved = resolved(numbered(with_used_definitions(tree)), assembled.elsewhere)
    told = legal.problems(law, inputs.agreement.at(), final=final)
    found = in_order((*unresolved, *check(document), *told, *(approvals if final else ())))
    if errors(found):
        raise RefusedError(found)
    sources = (*inputs.paths(), outline.at().path)
    return Draft(folder, document, assembled.clauses, sources, found, _key(document, repository))


def _unapproved(repository: Repository, inputs: AnyInputs[Any], clauses: Iterable[Clause]) -> Iterator[Problem]:
    """One problem for each clause that nobody stands for, judged on the first day of what was agreed."""
    approvals, agreed = repository.approvals(), inputs.agreement.model
    day = days_in_force(inputs).first
    for clause in clauses:
        digest = repository.digests(clause.body_at.path).sha256
        found = standing(clause, digest, approvals.approvals, agreed.kind, agreed.law, day)
        if wrong := problem(found, clause, day):
            yield wrong


def written(repository: Repository, made: Draft, formats: Iterable[str]) -> dict[str, bytes]:
    """The files of a draft, by name, without its record. Raises RefusedError when a format cannot be written."""
    house = repository.house()
    return {f"{CONTRACT}.{name}": FORMATS[name](made.document, house) for name in formats}


def record(repository: Repository, made: Draft, outputs: Mapping[str, bytes], kept: Mapping[str, object]) -> bytes:
    """`record.json`: digests of all that went into a build and of all that came out.

    `kept` are the entries of outputs that an earlier build of this folder wrote and this one did not."""
    made_now = {name: {"sha256": _sha256(data), "tree": made.key} for name, data in outputs.items()}
    data = {
        "program": __version__,
        "document": CONTRACT,
        "folder": made.folder,
        "tree": made.key,
        "clauses": [_clause(repository, clause) for clause in made.clauses],
        "inputs": {path: _digests(repository, path) for path in made.sources},
        "outputs": {**kept, **made_now},
    }
    return f"{to_json(data)}\n".encode()


def _key(document: Document, repository: Repository) -> str:
    """A digest of every word, number and place of the tree and of the house style: equal keys give equal files."""
    house = repository.house()
    digest = hashlib.sha256(repr(document).encode())
    for name, data in sorted({**house.word, **house.fonts, "page.css": house.css.encode()}.items()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
    return digest.hexdigest()


def _digests(repository: Repository, path: str) -> dict[str, str]:
    found = repository.digests(path)
    return {"sha256": found.sha256, "git": found.git}


def _clause(repository: Repository, clause: Clause) -> dict[str, str]:
    path = clause.body_at.path
    return {"id": clause.head.id, "slot": clause.head.slot, "path": path, **_digests(repository, path)}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
