"""How far an agreement yields in each slot of a document: known before any clause is filled, so that the cover can say what the
sections say. Pure."""

from collections.abc import Mapping, Sequence

from contract_assembly.clauses.clause import RUNGS, Clause
from contract_assembly.core.origin import Origin
from contract_assembly.facts.agreement import Agreed
from contract_assembly.facts.outline import Entry, Outline
from contract_assembly.facts.template_values import Fact, Record


def rungs(agreed: Agreed, outline: Outline, by_slot: Mapping[str, Sequence[Clause]], origin: Origin) -> Record:
    """The rung of each slot of an outline as a fact, named like the slot with underscores: `rungs.levels_credits`."""
    slots = (entry.slot for part in outline.parts for entry in part.clauses)
    found = {slot.replace("-", "_"): rung_of(slot, agreed, by_slot) for slot in slots}
    return Record({name: Fact(rung, f"rungs.{name}", origin) for name, rung in found.items()}, "rungs", origin)


def rung_of(slot: str, agreed: Agreed, by_slot: Mapping[str, Sequence[Clause]]) -> str:
    """The rung that an agreement takes for a slot: that of the clause that it brings or asks for, or the preferred one."""
    asked: str | None = agreed.choose.get(slot)
    if asked in RUNGS:
        return str(asked)
    taken = (each for each in by_slot.get(slot, ()) if each.is_negotiated or each.head.id == asked)
    return next((each.head.rung for each in taken), RUNGS[0])


def is_taken(entry: Entry, agreed: Agreed, by_slot: Mapping[str, Sequence[Clause]]) -> bool:
    """Whether a document has the clause of an entry: always, unless its slot is optional and the agreement neither chooses a
    clause for it nor has one of its own."""
    own = any(each.is_negotiated for each in by_slot.get(entry.slot, ()))
    return not entry.optional or entry.slot in agreed.choose or own
