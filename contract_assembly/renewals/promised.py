"""The duties that the clauses of one agreement's contract make, with the periods that the contract prints. Pure.

Only clauses that are in the contract count: those of the variant that was chosen, in a part and a slot whose conditions hold."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from contract_assembly.clauses.choice import choose, parameters
from contract_assembly.clauses.clause import Clause
from contract_assembly.clauses.clause_duty import CALENDAR, ClauseDuty
from contract_assembly.clauses.fill import holds
from contract_assembly.clauses.own_places import moved, with_own
from contract_assembly.clauses.rungs import is_taken
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.values import Duration
from contract_assembly.facts.agreement import Agreed
from contract_assembly.facts.agreement_files import AnyInputs, Inputs
from contract_assembly.facts.fields import Located
from contract_assembly.facts.outline import Entry, Outline
from contract_assembly.facts.template_context import facts_named
from contract_assembly.facts.template_values import Fact, View

_NAMES = re.compile(r"[a-z_]+")


class Promised(Struct, frozen=True):
    """A duty of a clause in one contract. `every` is its rhythm, from the Start Date or, with `by_calendar`, from 1 January;
    `within` are the periods that follow each other. `source` is "path:line"."""

    duty: ClauseDuty
    source: str
    every: Duration | None = None
    by_calendar: bool = False
    within: tuple[Duration, ...] = ()


class Clauses(Struct):
    """The clauses of the library that make duties, by slot, and the places of an outline that may hold them."""

    outline: Located[Outline]
    by_slot: Mapping[str, Sequence[Clause]]
    chosen: dict[tuple[Any, ...], tuple[Clause, Mapping[str, Fact]]] = field(default_factory=dict)

    @classmethod
    def of(cls, outline: Located[Outline], library: Iterable[Clause]) -> "Clauses":
        """Those of a library, without any agreement's own."""
        by_slot: dict[str, list[Clause]] = {}
        for each in library:
            by_slot.setdefault(each.head.slot, []).append(each)
        return cls(outline, {slot: found for slot, found in by_slot.items() if any(c.head.duties for c in found)})


class _Reading(Struct):
    """One agreement while its duties are read, with the facts that it has asked for."""

    inputs: AnyInputs[Any]
    facts: dict[str, View] = field(default_factory=dict)

    def holds(self, condition: str | None, origin: Origin, values: Mapping[str, Fact] | None = None) -> bool:
        """Whether a condition is met; `values` are the parameters of the clause that states it."""
        if condition is None:
            return True
        self.need(_NAMES.findall(condition))
        return holds(condition, {**self.facts, **(values or {})}, origin, self.inputs.agreement.model.locale)

    def need(self, names: Iterable[str]) -> None:
        self.facts |= facts_named(self.inputs, {*names} - self.facts.keys())


def promised(inputs: AnyInputs[Any], clauses: Clauses, own: Iterable[Clause] = ()) -> tuple[Promised, ...]:
    """The duties, in the order of the contract; `own` are the clauses that were negotiated for this agreement. A contract on
    other paper has none of our clauses. Raises RefusedError if a clause cannot be chosen, or a period not be read."""
    agreed = inputs.agreement.model
    if getattr(agreed, "origin", "") == "elsewhere":
        return ()
    own = tuple(own)
    reading, shadows = _Reading(inputs), {each.head.slot: each for each in own}
    by_slot = {**clauses.by_slot, **{slot: [each] for slot, each in shadows.items()}}
    found: list[Promised] = []
    places = moved(own)
    for n, part in enumerate(clauses.outline.model.parts):
        all_of_part = [
            (each, clauses.outline.at(f"parts.{n}.clauses")) for each in part.clauses if places or each.slot in by_slot
        ]
        entries = [each for each in with_own(all_of_part, places) if each[0].slot in by_slot]
        taken = [each for each in entries if is_taken(each[0], agreed, by_slot)]
        if taken and reading.holds(part.condition, clauses.outline.at(f"parts.{n}.if")):
            for entry, where in taken:
                if reading.holds(entry.condition, where):
                    found += _of_slot(reading, entry, clauses, shadows.get(entry.slot))
    return tuple(found)


def _of_slot(reading: _Reading, entry: Entry, clauses: Clauses, own: Clause | None) -> Iterator[Promised]:
    """The duties of the clause in a slot. A negotiated one that says nothing of duties keeps those of the one it replaces."""
    if own and own.head.duties is not None:
        chosen, values = own, _values(reading, own)
    elif entry.slot in clauses.by_slot:
        chosen, values = _of_firm(
            reading, entry.slot, clauses, None if own else _agreed(reading).choose.get(entry.slot)
        )
        values = {**values, **_values(reading, own)} if own else values
    else:
        return
    for n, duty in enumerate(chosen.head.duties or ()):
        origin = chosen.located.at(f"duties.{n}")
        if reading.holds(duty.condition, origin, values):
            yield _promised(reading, duty, values, origin)


def _of_firm(reading: _Reading, slot: str, clauses: Clauses, asked: str | None) -> tuple[Clause, Mapping[str, Fact]]:
    """The firm's clause for a slot with its parameters: read once for all agreements that use it alike."""
    said = tuple(sorted(_agreed(reading).parameters.get(slot, {}).items()))
    key = (slot, reading.inputs.use, asked, said)
    if key not in clauses.chosen:
        where = reading.inputs.agreement.at(f"choose.{slot}")
        found = choose(slot, clauses.by_slot[slot], reading.inputs.use, asked, where)
        clauses.chosen[key] = found, _values(reading, found) if found.head.duties else {}
    return clauses.chosen[key]


def _values(reading: _Reading, clause: Clause) -> Mapping[str, Fact]:
    """The parameters of a clause, with what the agreement says of those that it has."""
    slot, at = clause.head.slot, reading.inputs.agreement.at
    said = {
        name: text for name, text in _agreed(reading).parameters.get(slot, {}).items() if name in clause.head.params
    }
    return parameters(clause, said, lambda name: at(f"parameters.{slot}.{name}"))


def _agreed(reading: _Reading) -> Agreed:
    agreed: Agreed = reading.inputs.agreement.model
    return agreed


def _promised(reading: _Reading, duty: ClauseDuty, values: Mapping[str, Fact], origin: Origin) -> Promised:
    within = tuple(_period(reading, each, values, origin) for each in duty.within)
    if duty.every in CALENDAR:
        every = Duration(CALENDAR[duty.every], "month")
        return Promised(duty, str(origin), every, by_calendar=True, within=within)
    rhythm = _period(reading, duty.every, values, origin) if duty.every else None
    if rhythm and rhythm.unit not in {"month", "quarter", "year"}:
        raise _unreadable(duty.every or "", origin, "is not a rhythm: write months, quarters or years")
    return Promised(duty, str(origin), rhythm, within=within)


def _period(reading: _Reading, text: str, values: Mapping[str, Fact], origin: Origin) -> Duration:
    """A period that is written out, or the value of a parameter or a fact with this name."""
    if text[0].isdigit():
        try:
            return Duration.parse(text)
        except ValueError as error:
            raise _unreadable(text, origin, str(error)) from None
    if text in values:
        found = values[text].value
    else:
        top, *path = text.split(".")
        found = _FACTS[top](reading.inputs) if top in _FACTS else None
        for name in path:
            found = getattr(found, name, None)
    if not isinstance(found, Duration):
        raise _unreadable(text, origin, "is not a period, nor the name of a parameter or fact that is one")
    return found


# The facts that have periods, as the models have them: quicker than as a clause may print them.
_FACTS: Mapping[str, Callable[[AnyInputs[Any]], Any]] = {
    "block": lambda inputs: getattr(inputs.agreement.model, "block", None),
    "fees": lambda inputs: getattr(inputs.agreement.model, "fees", None),
    "levels": lambda inputs: inputs.plan.model.service_levels if isinstance(inputs, Inputs) else None,
    "term": lambda inputs: getattr(inputs.agreement.model, "term", None),
}


def _unreadable(text: str, origin: Origin, why: str) -> RefusedError:
    hint = "write a period like 3 months, or the name of a parameter of this clause"
    return RefusedError([Problem("duty", f"{text}: {why}" if why.startswith(text) else f"{text} {why}", origin, hint)])
