"""Recurring charges: the lines of each billing period, month by month or year by year, with each change from its day. Pure.

Source: clauses fees, fees-billing and changes. A period is charged by the facts of its first day, with what these say of later
days: a discount that ends, a price step, a line that begins. A change of the facts within it is charged, or credited, for the
days that are left."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from contract_assembly.billing.charge import Charge, Key, Sort
from contract_assembly.billing.periods import BillingPeriod, PeriodShare, due_day, share_of
from contract_assembly.billing.running import Running
from contract_assembly.billing.states import Run
from contract_assembly.core.text import with_count
from contract_assembly.core.values import DateRange, Money, total
from contract_assembly.facts.catalogue import Every
from contract_assembly.facts.fees import FeeLine, Stage
from contract_assembly.facts.proration import part_by_days

_DAY = timedelta(days=1)


class Billed(Struct, frozen=True):
    """A billing period, and the days on which its invoice goes out and is due."""

    period: BillingPeriod
    invoiced: date
    due: date


class _Full(NamedTuple):
    """What a line costs for a share of a period, and how that was counted."""

    quantity: Decimal
    amount: Money
    working: str


class Bill(Struct, frozen=True, dict=True):
    """The contract that is charged, the billing periods that are asked for, and the runs of its facts."""

    running: Running
    periods: tuple[Billed, ...]
    runs: tuple[Run, ...]

    @cached_property
    def _counted(self) -> dict[tuple[int, PeriodShare], _Full]:
        """What lines cost for shares of a period: most periods of a contract are alike. A line is known by its identity: it is
        one of those in `runs`, and lives as long."""
        return {}

    def in_full(self, line: FeeLine, every: Every, share: PeriodShare) -> _Full:
        """What a line costs for a share of a period."""
        known = self._counted.get((id(line), share))
        if known is None:
            amount = _AMOUNTS[every](line.amount, share)
            known = _Full(Decimal(line.quantity), amount, f"{counted(line)}{_for(every, share)}")
            self._counted[id(line), share] = known
        return known

    def key(self, sort: Sort, line: str, days: DateRange) -> Key:
        """What is charged once: a line for some days."""
        return Key(
            client=self.running.client,
            agreement=self.running.name,
            sort=sort,
            line=line,
            first=days.first,
            last=days.last,
        )

    def due(self, invoiced: date) -> date:
        """The day on which an invoice of a day is due."""
        agreed = self.running.agreed_on(invoiced).agreement.model
        return due_day(invoiced, agreed.fees.due, self.running.inputs.calendar.model)


class _Pair(NamedTuple):
    """A line before and after a change of the facts; None where it is not charged."""

    was: FeeLine | None
    now: FeeLine | None


def recurring(bill: Bill, billed: Billed, every: Every = "month") -> Iterator[Charge]:
    """The lines of a period by the facts of its first day, then what each change of the facts within it adds or takes away."""
    period = billed.period
    found = [each for each in bill.runs if each.days.first <= period.days.last and each.days.last >= period.days.first]
    nothing = Run(period.days, found[0].inputs, ())
    days, share = period.days, share_of(period, period.days)
    for name, covered, pair in _stretches(nothing, found[0], period.days, every):
        assert pair.now is not None  # noqa: S101  # there was nothing before
        line = pair.now
        if covered != days:
            days, share = covered, share_of(period, covered)
        full = bill.in_full(line, every, share)
        yield Charge(
            key=bill.key("recurring", name, period.named),
            label=line.label,
            days=days,
            quantity=full.quantity,
            price=line.price,
            amount=full.amount,
            nature=line.nature,
            listed=period.days.first,
            invoiced=billed.invoiced,
            due=billed.due,
            working=full.working,
            origin=line.origin,
        )
    for before, after in pairwise(found):
        yield from _changed(bill, billed, (before, after), every)


def _changed(bill: Bill, billed: Billed, runs: tuple[Run, Run], every: Every) -> Iterator[Charge]:
    """What a change of the facts adds or takes away, invoiced on its day or, if that is later, with the period."""
    period, first = billed.period, runs[1].days.first
    invoiced = max(first, billed.invoiced)
    for name, days, pair in _stretches(*runs, DateRange(first, period.days.last), every):
        line = pair.now or pair.was
        assert line is not None  # noqa: S101  # it is in one of the two
        more = Money(_of(pair.now) - _of(pair.was), line.amount.currency)
        if not more.amount:
            continue
        alike = pair.was is None or pair.now is None or _terms(pair.was) == _terms(pair.now)
        share = share_of(period, days)
        quantity = (pair.now.quantity if pair.now else 0) - (pair.was.quantity if pair.was else 0)
        yield Charge(
            key=bill.key("recurring", name, period.named),
            label=line.label,
            days=days,
            quantity=Decimal(quantity) if alike else None,
            price=line.price if alike else None,
            amount=_AMOUNTS[every](more, share),
            nature=line.nature,
            listed=first,
            invoiced=invoiced,
            due=bill.due(invoiced),
            working=f"{_difference(pair)}{_for(every, share)}",
            origin=line.origin,
        )


def _of(line: FeeLine | None) -> Decimal:
    return line.amount.amount if line else Decimal(0)


def _terms(line: FeeLine) -> tuple[object, ...]:
    """What a unit costs, whatever the number of units."""
    return (line.price, line.discount, *((each.name, each.percent) for each in line.reductions))


# ---- the stretches of days on which a line stays the same

_LINES: Mapping[Every, Callable[[Stage], tuple[FeeLine, ...]]] = {
    "month": lambda stage: stage.monthly,
    "year": lambda stage: stage.yearly,
}


def _stretches(before: Run, after: Run, days: DateRange, every: Every) -> Iterator[tuple[str, DateRange, _Pair]]:
    """Each line by its id, before and after a change, for the longest runs of these days on which both stay the same."""
    found: dict[str, list[tuple[DateRange, _Pair]]] = {}
    cut = tuple(_cut(days, (*before.stages, *after.stages)))
    if len(cut) == 1:
        was, now = (_lines_on(run, days.first, every) for run in (before, after))
        yield from ((name, days, _Pair(was.get(name), now.get(name))) for name in dict.fromkeys((*was, *now)))
        return
    for part in cut:
        was, now = (_lines_on(run, part.first, every) for run in (before, after))
        for name in dict.fromkeys((*was, *now)):
            pair, seen = _Pair(was.get(name), now.get(name)), found.setdefault(name, [])
            if seen and seen[-1][1] == pair and seen[-1][0].last + _DAY == part.first:
                part_before, _ = seen.pop()
                seen.append((DateRange(part_before.first, part.last), pair))
            else:
                seen.append((part, pair))
    for name, listed in found.items():
        yield from ((name, part, pair) for part, pair in listed)


def _cut(days: DateRange, stages: tuple[Stage, ...]) -> Iterator[DateRange]:
    """These days, cut where a stage begins."""
    firsts = sorted({days.first, *(each.days.first for each in stages if each.days.first in days)})
    for first, following in pairwise((*firsts, days.last + _DAY)):
        yield DateRange(first, following - _DAY)


def _lines_on(run: Run, day: date, every: Every) -> dict[str, FeeLine]:
    stage = next((each for each in run.stages if day in each.days), None)
    return {each.id: each for each in _LINES[every](stage)} if stage else {}


# ---- amounts and their working


def _of_months(monthly: Money, share: PeriodShare) -> Money:
    """What a share of a period costs at a monthly amount: whole months in full, a part of one by its days."""
    whole = monthly.rounded() * share.months
    return total((whole, *(part_by_days(monthly, covered, of) for covered, of in share.parts)), monthly.currency)


def _of_year(yearly: Money, share: PeriodShare) -> Money:
    """What a share of a Contract Year costs at a yearly amount: a twelfth for each month, a part of one by its days, rounded
    once."""
    part = sum((Fraction(covered, of) for covered, of in share.parts), Fraction(share.months)) / 12
    return Money(yearly.amount * part.numerator / Decimal(part.denominator), yearly.currency).rounded()


_AMOUNTS: Mapping[Every, Callable[[Money, PeriodShare], Money]] = {"month": _of_months, "year": _of_year}


def counted(line: FeeLine) -> str:
    """How the amount of a line follows from its quantity and price: "34 x 62.00 less 3 % = 2044.76"."""
    discount = f" less {line.discount.value} %" if line.discount else ""
    for each in line.reductions:
        discount += f" less {f'{each.percent.value} %' if each.percent else each.amount.amount} ({each.name})"
    return f"{line.quantity} x {line.price.amount}{discount} = {line.amount.amount}"


def _difference(pair: _Pair) -> str:
    was, now = pair
    if was and now and _terms(was) == _terms(now):
        return f"{now.quantity} in place of {was.quantity}: {_signed(_of(now) - _of(was))}"
    if was and now:
        return f"{counted(now)} in place of {counted(was)}: {_signed(_of(now) - _of(was))}"
    if now:
        return f"new: {counted(now)}"
    return f"ended: {_signed(-_of(was))}"


def _signed(amount: Decimal) -> str:
    return f"{amount:+}"


def _for(every: Every, share: PeriodShare) -> str:
    """How the amount of a month or year becomes that of a share: "", " a month, for 15/31 days and 2 months", " a year, for 7
    months of 12"."""
    whole, words = share.months, [f"{covered}/{of} days" for covered, of in share.parts]
    if every == "year" and whole == 12:
        return ""
    if whole and (words or whole > 1 or every == "year"):
        words.append(with_count(whole, "month"))
    of = " of 12" if every == "year" else ""
    return f" a {every}, for {' and '.join(words)}{of}" if words else ""
