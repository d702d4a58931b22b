"""Counts of an export compared with what a contract covers on a day: the differences, what each does to the fee, and whether a
correction of counts may make it. Pure.

Source: clause changes: the provider compares the counts with the client's systems and reports the result; a correction changes
the fee only from the following month, and removals do not take it below the floor."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.billing.counts import Counts
from contract_assembly.billing.new_change import ChangeRequest, ProposedChange, proposed
from contract_assembly.billing.running import Running
from contract_assembly.billing.states import facts_on
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.values import next_month
from contract_assembly.facts.fees import monthly_total
from contract_assembly.facts.in_force import count_of

COUNT = "count"


class CountDifference(Struct, frozen=True):
    """What is counted otherwise than agreed on a day, and the change that puts it right; or the problems that a correction
    of counts would have. `what` is "users" or a class of devices."""

    what: str
    agreed: int
    counted: int
    change: ProposedChange | None
    problems: tuple[Problem, ...] = ()


class ContractCounts(Struct, frozen=True):
    """One contract: its differences on the day from which they can be put right, all of them together as one change where
    that is allowed, and what speaks against it where each alone would be."""

    running: Running
    on: date
    differences: tuple[CountDifference, ...]
    together: ProposedChange | None
    problems: tuple[Problem, ...] = ()


def first_day_of_corrections(compared_on: date) -> date:
    """The first day on which a correction changes the fee: that of the month after the counts were compared."""
    return next_month(compared_on)


def corrections(
    running: Running, values: Mapping[str, int], *, on: date, compared_on: date, source: str
) -> ChangeRequest:
    """The change that sets these counts. The person behind it is the client's contact, who receives the result."""
    contact = facts_on(running, on).agreement.model.contacts.client.primary
    return ChangeRequest(
        tuple(((what, ""), str(count)) for what, count in values.items()),
        on=on,
        asked=compared_on,
        asked_by=contact,
        how=COUNT,
        because=source,
    )


def compared(running: Running, counts: Counts, *, on: date, compared_on: date, source: str) -> ContractCounts:
    """A contract compared with the counts of its client. `source` is how the export is named in the entries."""
    facts, found = facts_on(running, on), counts.clients[running.client]
    # With what else begins on the day, so that a difference has its own money only.
    agreed_fee = monthly_total(facts, on)
    pairs = {what: (count_of(facts, what), found.get(what, 0)) for what in counts.known}
    values = {what: count for what, (agreed, count) in pairs.items() if agreed != count}

    def attempt(wanted: Mapping[str, int]) -> tuple[ProposedChange | None, tuple[Problem, ...]]:
        try:
            change = proposed(running, corrections(running, wanted, on=on, compared_on=compared_on, source=source))
            return replace(change, effect=replace(change.effect, before=agreed_fee)), ()
        except RefusedError as error:
            return None, error.problems

    differences = tuple(CountDifference(what, *pairs[what], *attempt({what: count})) for what, count in values.items())
    possible = {each.what: each.counted for each in differences if each.change}
    together, wrong = attempt(possible) if possible else (None, ())
    return ContractCounts(running, on, differences, together, wrong)
