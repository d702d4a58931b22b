"""What a change does to billing periods that were invoiced before it: the difference that a hand-over brings. Pure."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from contract_assembly.billing.charge import Key
from contract_assembly.billing.charges import charges
from contract_assembly.billing.issued import InvoicedRow, sums
from contract_assembly.billing.running import Running
from contract_assembly.core.values import DateRange, Money
from contract_assembly.facts.fields import Located


class InvoicedDifference(NamedTuple):
    """The days that were invoiced before a change, and what is invoiced in addition; below zero if it is credited."""

    days: DateRange
    amount: Money


def already_invoiced(running: Running, on: date, rows: Iterable[InvoicedRow]) -> InvoicedDifference | None:
    """What the changes of a day add to later periods that these rows have without them; None where there is no such period. The
    period that the day lies in is not one of them: what is left of it is charged from the day on."""
    given = {key: amount for key, amount in sums(rows).items() if key.sort == "recurring" and key.first >= on}
    if not given:
        return None
    begun = {key.first for key in given}
    until = max(begun)
    after, before = _amounts(running, until), _amounts(_without(running, on), until)
    moved = {
        key: after.get(key, Decimal(0)) - before.get(key, Decimal(0))
        for key in dict.fromkeys((*given, *after))
        if key.first in begun
    }
    found = {key: amount for key, amount in moved.items() if amount and given.get(key, Decimal(0)) != after.get(key)}
    if not found:
        return None
    days = DateRange(min(key.first for key in found), max(key.last for key in found))
    return InvoicedDifference(days, Money(sum(found.values(), Decimal(0)), running.currency))


def _without(running: Running, on: date) -> Running:
    """The contract without the changes of a day."""
    model = running.changes.model
    others = model.model_copy(update={"changes": tuple(each for each in model.changes if each.on != on)})
    return replace(running, changes=Located(others, running.changes.origins))


def _amounts(running: Running, until: date) -> dict[Key, Decimal]:
    """What is charged for each line and period as it recurs."""
    found: dict[Key, Decimal] = {}
    for each in charges(running, until):
        if each.key.sort == "recurring":
            found[each.key] = found.get(each.key, Decimal(0)) + each.amount.amount
    return found
