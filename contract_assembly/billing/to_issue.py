"""What is still to be handed over: the charges as they stand, less what was handed over before. Pure.

A line and period that was never handed over goes as it is counted. Of one that was, only what is new goes: the changes since, or
one correction with the difference."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.billing.charge import Charge, Key
from contract_assembly.billing.issued import InvoicedRow, sums
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import DateRange, Money


class Open(Struct, frozen=True):
    """What one agreement has to hand over, and how far its charges must be counted to know. `settled` are charges that cannot be
    counted any more, because their facts are of an earlier term: what was handed over of them stays."""

    rows: tuple[InvoicedRow, ...]
    days: DateRange
    at: Origin
    settled: frozenset[Key] = frozenset()

    @property
    def horizon(self) -> date:
        """The day up to which charges are compared: the last asked for, or the last that was handed over."""
        return max((self.days.last, *(each.listed for each in self.rows)))

    @property
    def begins(self) -> date:
        """The day from which charges are handed over: nothing after the first hand-over is left out."""
        return min((self.days.first, *(each.listed for each in self.rows)))


def to_issue(open_: Open, charges: Iterable[Charge]) -> tuple[Charge, ...]:
    """The charges to hand over, by their days. `charges` are all of the agreement up to the horizon."""
    by_key: dict[Key, list[Charge]] = {}
    lines: dict[tuple[str, str], Charge] = {}
    for each in charges:
        lines[each.key.sort, each.key.line] = each
        if open_.begins <= each.listed <= open_.horizon:
            by_key.setdefault(each.key, []).append(each)
    before, given = sums(open_.rows), dict[Key, list[InvoicedRow]]()
    for row in open_.rows:
        given.setdefault(row.key, []).append(row)
    found: list[Charge] = []
    for key in dict.fromkeys((*by_key, *before)):
        if key in open_.settled:
            continue
        if key in before:
            found += _since(open_, key, by_key.get(key, []), given[key], lines.get((key.sort, key.line)))
        else:
            found += [each for each in by_key[key] if each.listed <= open_.days.last]
    return tuple(sorted(found, key=lambda each: each.days.first))


def netted(charges: Iterable[Charge], on: date, place: Callable[[Charge], int] = lambda _: 0) -> tuple[Charge, ...]:
    """The charges of a hand-over without an invoice below zero for a decrease whose day has not come: it is due with an invoice
    that it can be deducted from or, where there is none yet, left for the next hand-over. `place` numbers the address to which
    a charge goes: a decrease is deducted only from what goes to the same one."""
    found, early = list[Charge](), list[Charge]()
    for each in charges:
        day = each.key.first if each.correction else each.listed
        ahead = each.key.sort == "recurring" and each.amount.amount < 0 and day > on
        (early if ahead else found).append(each)
    left = defaultdict[tuple[int, date], Decimal](Decimal)
    for each in found:
        left[place(each), each.due] += each.amount.amount
    for each in early:
        where, less = place(each), each.amount.amount
        due = max((day for (at, day), amount in left.items() if at == where and amount + less >= 0), default=None)
        if due is not None:
            left[where, due] += less
            found.append(replace(each, due=due))
    return tuple(found)


def _since(
    open_: Open, key: Key, charges: list[Charge], rows: list[InvoicedRow], line: Charge | None
) -> Iterator[Charge]:
    """What is new of a line and period: further charges where all that was handed over stands, otherwise the difference. Where
    nothing is charged for the period any more, its name and its tax class are those of `line`, a charge of another period."""
    stands = Counter((each.days.first, each.days.last, each.amount.amount) for each in charges)
    gone = Counter((each.first_day, each.last_day, each.amount.amount) for each in rows)
    if not gone - stands:
        for each in charges:
            mark = (each.days.first, each.days.last, each.amount.amount)
            if gone[mark]:
                gone[mark] -= 1
            elif each.amount.amount and each.listed <= open_.days.last:
                yield each
        return
    now = sum((each.amount.amount for each in charges), Decimal(0))
    before = sum((each.amount.amount for each in rows), Decimal(0))
    if now == before:
        return
    days, like = DateRange(key.first, key.last), charges[0] if charges else line
    yield Charge(
        key=key,
        label=f"Correction: {like.label if like else key.line}",
        days=days,
        quantity=None,
        price=None,
        amount=Money(now - before, rows[0].amount.currency),
        nature=like.nature if like else None,
        listed=open_.days.last,
        invoiced=open_.days.last,
        due=key.first,
        working=f"{now:f} is charged for these days, and {before:f} was invoiced before",
        origin=like.origin if like else open_.at,
        correction=True,
    )
