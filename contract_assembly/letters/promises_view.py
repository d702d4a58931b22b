"""Captions and promises of this contract's clauses, for letters that mention them. Pure except for the library, which is read
from the repository. Only the signed contract has section numbers, so letters use captions."""

from collections.abc import Iterator, Mapping
from typing import Any

from contract_assembly.clauses.choice import agreed_clause
from contract_assembly.clauses.clause import Clause
from contract_assembly.core.origin import Origin
from contract_assembly.facts.template_values import Fact, Record, leaf
from contract_assembly.renewals.context import RenewalContext
from contract_assembly.repository.inputs import Repository

SECTIONS = {"renewal": "renewal", "adjustment": "annual-adjustment", "notices": "notices", "exit": "exit"}
PROMISED = {"help_hours": "exit-plan-help", "plan_due": "exit-plan-steps"}  # a parameter, and the slot of its clause


def read_clauses(repository: Repository, context: RenewalContext) -> tuple[str, ...]:
    """The files of the clauses that letters of a renewal read, whether or not they print them."""
    asked = {each: each for each in (*SECTIONS.values(), *PROMISED.values())}
    return tuple(each.body_at.path for _, each, _ in _clauses(repository, context, asked))


def sections_view(repository: Repository, context: RenewalContext) -> Record:
    """The captions of the sections that letters mention, as far as this contract has them, under `sections`."""
    found = {
        name: Fact(each.head.title, f"sections.{name}", each.located.at("title"))
        for name, each, _ in _clauses(repository, context, SECTIONS)
    }
    return record("sections", context.at(""), **found)


def leaving_view(repository: Repository, context: RenewalContext) -> Record:
    """The promises of the exit clauses, under `leaving`: free hours of help, and when the plan comes; None if unknown."""
    found: dict[str, Any] = dict.fromkeys(PROMISED)
    for name, _, values in _clauses(repository, context, PROMISED):
        found[name] = values.get(name)
    return record("leaving", context.at(""), **found)


def record(name: str, origin: Origin, **entries: Any) -> Record:
    """Derived values as one record of facts under a name."""
    made = leaf(entries, name, origin)
    assert isinstance(made, Record)  # noqa: S101  # a dictionary becomes one
    return made


def _clauses(
    repository: Repository, context: RenewalContext, slots: Mapping[str, str]
) -> Iterator[tuple[str, Clause, Mapping[str, Fact]]]:
    """The variants in this contract with their parameters, by the names used here for their slots."""
    library = repository.library(context.client, context.name)
    for name, slot in slots.items():
        if found := agreed_clause(slot, library, context.inputs.use, context.inputs.agreement):
            yield name, *found
