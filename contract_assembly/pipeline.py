"""The walk of one agreement, on one page: load > fill > parse > number > resolve > check > write. Writes no file.

inputs ──deal──▶ facts ─┐
clauses, outline ───────┴─assemble──▶ tree ──with_used_definitions──▶ numbered ──▶ resolved ──check──▶ FORMATS
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from contract_assembly import __version__, consistency, legal
from contract_assembly.agreement import Kind
from contract_assembly.approval import Standing, problem, standing
from contract_assembly.assemble import Assembled, assemble
from contract_assembly.beside import NOTHING
from contract_assembly.check import check
from contract_assembly.clause import Clause
from contract_assembly.deal import deal
from contract_assembly.document import Document
from contract_assembly.drafts import marked
from contract_assembly.facts import Record
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


@dataclass(frozen=True)
class Judged:
    """An agreement's clauses in a tree, not yet numbered, with what the law and the approvals say of it."""

    inputs: AnyInputs[Any]
    facts: Record
    assembled: Assembled
    law: tuple[legal.Finding, ...]
    approvals: tuple[Standing, ...]
    sources: tuple[str, ...]


def judged(repository: Repository, client: str, agreement: str) -> Judged:
    """Assemble and judge. Raises RefusedError with every problem of the facts and clauses."""
    inputs = repository.inputs(client, agreement)
    agreed = inputs.agreement.model
    outline = repository.outline(OUTLINES[agreed.kind])
    facts = deal(inputs)
    library = repository.library(client, agreement)
    assembled = assemble(inputs, facts, outline, library, f"agreements/{client}/{agreement}")
    day, approvals = days_in_force(inputs).first, repository.approvals().approvals
    standings = tuple(
        standing(clause, repository.digests(clause.body_at.path).sha256, approvals, agreed.kind, agreed.law, day)
        for clause in assembled.clauses
    )
    sources = (*inputs.paths(), outline.at().path)
    return Judged(inputs, facts, assembled, legal.findings(inputs, facts), standings, sources)


def draft(repository: Repository, client: str, agreement: str, *, final: bool = False) -> Draft:
    """Walk as far as the finished tree. Raises RefusedError with every problem that stops a build.

    What is not final, or not sent, is marked as a draft and shows what is open; what is must have nothing open."""
    found = judged(repository, client, agreement)
    final = final or found.inputs.agreement.model.status == "sent"
    missing = sum(each.state != "approved" for each in found.approvals)
    tree = found.assembled.document
    if final:
        tree = replace(tree, meta=replace(tree.meta, strangers=repository.names_of_others(client)))
    document, unresolved = resolved(
        numbered(with_used_definitions(tree if final else marked(tree, missing, legal.open_gates(found.law)))),
        found.assembled.elsewhere,
    )
    told = legal.problems(found.law, found.inputs.agreement.at("law"), final=final)
    between = consistency.problems(found.inputs)
    problems = in_order((*between, *unresolved, *check(document), *told, *(_unapproved(found) if final else ())))
    if errors(problems):
        raise RefusedError(problems)
    folder = f"agreements/{client}/{agreement}"
    return Draft(folder, document, found.assembled.clauses, found.sources, problems, _key(document, repository))


def _unapproved(found: Judged) -> Iterator[Problem]:
    day = days_in_force(found.inputs).first
    for clause, each in zip(found.assembled.clauses, found.approvals, strict=True):
        if wrong := problem(each, clause, day):
            yield wrong


def file_name(suffix: str) -> str:
    """What a contract's file of a format is called: "contract.pdf"."""
    return f"{CONTRACT}.{suffix}"


def written(repository: Repository, made: Draft, formats: Iterable[str]) -> dict[str, bytes]:
    """The files of a draft, by name, without its record. Raises RefusedError when a format cannot be written."""
    house = repository.house()
    return {file_name(name): FORMATS[name](made.document, house, NOTHING) for name in formats}


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
    return _sha256(f"{repository.house().digest}\n{document!r}".encode())


def _digests(repository: Repository, path: str) -> dict[str, str]:
    found = repository.digests(path)
    return {"sha256": found.sha256, "git": found.git}


def _clause(repository: Repository, clause: Clause) -> dict[str, str]:
    path = clause.body_at.path
    return {"id": clause.head.id, "slot": clause.head.slot, "path": path, **_digests(repository, path)}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
