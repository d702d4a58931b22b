"""Where an agreement's own clauses are in its contract: a negotiated clause that says `after: SLOT` comes directly after that
slot, whether or not the outline has the clause's own slot. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from contract_assembly.clauses.clause import Clause
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.core.text import did_you_mean
from contract_assembly.facts.outline import Entry

Positioned: TypeAlias = tuple[Entry, Origin]  # a place of the outline, and where it is written


def moved(library: Iterable[Clause]) -> Mapping[str, list[Clause]]:
    """The negotiated clauses that have a place of their own, by the slot that they come after, in the order of their ids."""
    found: dict[str, list[Clause]] = {}
    for each in sorted(library, key=lambda clause: clause.head.id):
        if each.is_negotiated and each.head.after:
            found.setdefault(each.head.after, []).append(each)
    return found


def with_own(entries: Sequence[Positioned], own: Mapping[str, Sequence[Clause]]) -> list[Positioned]:
    """The places of a part with those of the agreement's own clauses. One that the outline has elsewhere is only where its clause
    says."""
    elsewhere = {each.head.slot for clauses in own.values() for each in clauses}
    found: list[Positioned] = []
    for entry, where in entries:
        if entry.slot not in elsewhere:
            found += [(entry, where), *_after(entry.slot, own, {entry.slot})]
    return found


def _after(slot: str, own: Mapping[str, Sequence[Clause]], seen: set[str]) -> Iterator[Positioned]:
    for each in own.get(slot, ()):
        if each.head.slot not in seen:
            seen.add(each.head.slot)
            yield Entry(slot=each.head.slot), each.located.at("after")
            yield from _after(each.head.slot, own, seen)


def without_place(own: Mapping[str, Sequence[Clause]], present: Collection[str]) -> Iterator[Problem]:
    """Own clauses that no place was found for, because the contract has no clause of the slot that they name."""
    for slot, clauses in own.items():
        for each in clauses:
            if each.head.slot not in present:
                what = f"{each.head.id} comes after {slot}, but this contract has no clause there"
                hint = did_you_mean(slot, set(present) - {each.head.slot}) or "name a slot that the contract has"
                yield Problem("own-place", what, each.located.at("after"), hint)
