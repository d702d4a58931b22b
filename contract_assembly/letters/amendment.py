"""Amendments: the difference between two states of a signed contract, as instructions. Reads git history."""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Literal

from contract_assembly.core.problems import Problem, RefusedError, errors
from contract_assembly.document import tree as d
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.fields import CommitFact, DateFact, Located, TextFact, WholeFact
from contract_assembly.facts.issued_document import Issued
from contract_assembly.facts.template_values import leaf
from contract_assembly.letters.amendments.changes import UnitChange, compare
from contract_assembly.letters.amendments.fee import fee_of
from contract_assembly.letters.amendments.instructions import instructions, place
from contract_assembly.letters.amendments.states import AmendmentStep, ContractState, states
from contract_assembly.letters.kind import Content, Kind
from contract_assembly.repository.inputs import Repository
from contract_assembly.rules.document import check

CHANGES = "changes"
_NAME = re.compile(r"amendment-([1-9]\d*)")


class Amendment(Issued):
    """The `number`th amendment of a contract, in force from the start of `effective`. `base` is the commit with the
    state that it amends; `takes` lists library paths (a folder ends in "/") whose current version is used, in addition
    to the client's own files. `agreement_signed` is the day on which the contract was signed."""

    document: Literal["amendment"]
    status: Literal["draft", "sent", "signed"] = "draft"  # type: ignore[assignment]  # a letter is not signed by both
    number: WholeFact
    effective: DateFact
    agreement_signed: DateFact
    base: CommitFact
    takes: tuple[TextFact, ...] = ()


def amendments(repository: Repository, client: str, agreement: str) -> tuple[Located[Amendment], ...]:
    """The amendments of an agreement, in order: the files documents/amendment-1.yaml, -2 and so on. Raises RefusedError
    for a gap, or for a number other than the one in the file's name."""
    numbers = sorted(int(m[1]) for name in repository.documents(client, agreement) if (m := _NAME.fullmatch(name)))
    found: list[Located[Amendment]] = []
    for expected, number in enumerate(numbers, 1):
        one: Any = repository.issued(client, agreement, f"amendment-{number}", {"amendment": Amendment})
        if not expected == number == one.model.number:
            what = f"the file of amendment {expected} has the number {one.model.number}"
            hint = "number the amendments 1, 2, 3, in the file's name and in it"
            raise RefusedError([Problem("amendment-number", what, one.at("number"), hint)])
        found.append(one)
    return tuple(found)


def steps_of(found: tuple[Located[Amendment], ...]) -> tuple[AmendmentStep, ...]:
    """The steps that the states of a contract are read from."""
    return tuple(
        AmendmentStep(each.model.base, each.model.takes, each.at("base"), each.model.effective) for each in found
    )


def changes_of(reached: tuple[ContractState, ...]) -> tuple[UnitChange, ...]:
    """The changes of the last step."""
    return compare(reached[-2].document, reached[-1].document)


def earlier_of(reached: tuple[ContractState, ...]) -> Mapping[str, int]:
    """The last amendment that changed each unit, by its place, over all steps but the last."""
    rows = enumerate(pairwise(reached[:-1]), 1)
    return {place(each): n for n, (old, new) in rows for each in compare(old.document, new.document)}


def _content(repository: Repository, inputs: AnyInputs[Any], issued: Located[Amendment]) -> Content:
    _, client, agreement, _ = inputs.agreement.at().path.split("/")
    row = amendments(repository, client, agreement)[: issued.model.number]
    later = amendments(repository, client, agreement)[issued.model.number :]
    if later:
        what = f"amendment {issued.model.number} is a draft, but amendment {issued.model.number + 1} follows it"
        hint = f"set its status to sent or signed, or remove {later[0].at().path}"
        raise RefusedError([Problem("amendment-order", what, issued.at("status"), hint)])
    if inputs.agreement.model.status not in {"signed", "ended"}:
        hint = "change the contract itself, or have it signed first: build.py status --set signed"
        raise RefusedError([Problem("not-signed", "only a signed agreement is amended", issued.at(), hint)])
    reached = states(repository, client, agreement, steps_of(row))
    if wrong := errors((*check(reached[-1].document), *_nothing(reached, issued))):
        raise RefusedError(wrong)
    blocks: tuple[d.Block, ...] = instructions(changes_of(reached), earlier_of(reached))
    fee = leaf(fee_of(repository, client, agreement, reached, issued.model.effective), "fee", issued.at("effective"))
    return Content({"fee": fee}, (), {CHANGES: blocks}, (), reached[-1].own, history=True)


def _nothing(reached: tuple[ContractState, ...], issued: Located[Amendment]) -> tuple[Problem, ...]:
    if changes_of(reached):
        return ()
    hint = "change the agreement's facts or clauses first; an amendment is what has changed in its words"
    return (Problem("nothing-to-amend", "the contract says what it said before", issued.at("base"), hint),)


KIND = Kind(Amendment, _content)
