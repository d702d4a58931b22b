"""What holds between the clauses of one document: what they require, what they exclude, and what is not in it. Pure."""

import re
from collections.abc import Collection, Container, Iterable, Iterator
from functools import lru_cache
from typing import Any

from contract_assembly.clauses.clause import Clause
from contract_assembly.core.problems import Problem
from contract_assembly.document import tree as d
from contract_assembly.facts.fields import Located

_IDS = re.compile(r"^## .*\{#([a-z0-9-]+)\}\s*$", re.MULTILINE)


def requirements(taken: Iterable[Clause], slots: Container[str]) -> Iterator[Problem]:
    """Clauses that are missing or conflict: `requires` and `conflicts` name slots. `slots` are those that the document has."""
    for clause in taken:
        for slot in clause.head.requires:
            if slot not in slots:
                what = f"{clause.head.id} requires a clause of slot {slot}, but this document has none"
                yield Problem(
                    "requires", what, clause.located.at("requires"), "add it to the outline, or choose another variant"
                )
        for slot in clause.head.conflicts:
            if slot in slots:
                what = f"{clause.head.id} cannot be used together with a clause of slot {slot}"
                yield Problem("conflicts", what, clause.located.at("conflicts"), "keep one of them")


def unused_choices(agreement: Located[Any], slots: Collection[str]) -> Iterator[Problem]:
    """Parameters and choices of the agreement for slots that the document does not have."""
    for field_name, named in (("parameters", agreement.model.parameters), ("choose", agreement.model.choose)):
        for slot in named:
            if slot not in slots:
                hint = f"slots here: {', '.join(sorted(slots))}"
                yield Problem(
                    "unknown-clause",
                    f"{field_name}: this document has no clause of slot {slot}",
                    agreement.at(f"{field_name}.{slot}"),
                    hint,
                )


def elsewhere(document: d.Document, taken: Iterable[Clause], library: Iterable[Clause]) -> dict[str, str]:
    """Ids that exist in the library but not in this document, each with the reason."""
    present = {each.id for each in d.headed(document)}
    names = {clause.head.id for clause in taken}
    found: dict[str, str] = {}
    for clause in library:
        why = (
            "a condition leaves it out here"
            if clause.head.id in names
            else f"clause {clause.head.id} is not in this document"
        )
        found |= {each: why for each in (clause.head.slot, *_ids(clause.body)) if each not in present}
    return found


@lru_cache(maxsize=4096)
def _ids(body: str) -> tuple[str, ...]:
    """The ids of a clause's captions, including those that its conditions leave out."""
    return tuple(_IDS.findall(body))
