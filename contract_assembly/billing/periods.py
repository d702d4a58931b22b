"""Billing periods and their months, and the days of invoices. Pure.

Source: clauses fees-billing, fees (payment and invoices) and definitions (Contract Year)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from msgspec import Struct

from contract_assembly.core.values import DateRange, Duration, corresponding, last_day
from contract_assembly.facts.business_days import business_days_later
from contract_assembly.facts.catalogue import Calendar
from contract_assembly.facts.price_views import BILLING_MONTHS
from contract_assembly.facts.term_dates import back

_DAY = timedelta(days=1)


class Month(Struct, frozen=True):
    """A month of a billing period: all its days, and those on which the agreement runs."""

    days: DateRange
    covered: DateRange


class BillingPeriod(Struct, frozen=True):
    """A billing period: the days on which the agreement runs, its months, and its days if the agreement did not end within it,
    which name it: an end that is agreed later changes its amount, not its name."""

    days: DateRange
    named: DateRange
    months: tuple[Month, ...]


def periods(billing: str, span: DateRange, start: date | None = None) -> Iterator[BillingPeriod]:
    """The billing periods of days on which an agreement runs: calendar months ("monthly"), or quarters or years of a Contract
    Year, which begins on the Start Date: the first of these days, or `start`. The first period and the last cover only
    these days."""
    length = BILLING_MONTHS[billing]
    anchor = span.first.replace(day=1) if length == 1 else start or span.first
    number = 0
    while (first := corresponding(anchor, number)) <= span.last:
        months = [_month(anchor, number + each, span) for each in range(length)]
        found = tuple(each for each in months if each.days.first <= span.last and each.days.last >= span.first)
        begins, number = max(first, span.first), number + length
        if found:
            named = DateRange(begins, corresponding(anchor, number) - _DAY)
            yield BillingPeriod(DateRange(begins, found[-1].covered.last), named, found)


def _month(anchor: date, number: int, span: DateRange) -> Month:
    days = DateRange(corresponding(anchor, number), corresponding(anchor, number + 1) - _DAY)
    return Month(days, DateRange(max(days.first, span.first), min(days.last, span.last)))


class PeriodShare(NamedTuple):
    """How much of a billing period some days are: its whole months, and for each other month
    the days and those of the whole month."""

    months: int
    parts: tuple[tuple[int, int], ...] = ()


def share_of(period: BillingPeriod, days: DateRange) -> PeriodShare:
    """How much of a period these days are. Periods of one share cost the same, whenever they are."""
    whole, found = 0, []
    for month, part in parts(period, days):
        if part == month.days:
            whole += 1
        else:
            found.append((count(part), count(month.days)))
    return PeriodShare(whole, tuple(found))


def count(days: DateRange) -> int:
    """How many days these are."""
    return (days.last - days.first).days + 1


def parts(period: BillingPeriod, days: DateRange) -> Iterator[tuple[Month, DateRange]]:
    """The months of a period that these days touch, each with the days in it."""
    for month in period.months:
        if month.covered.first <= days.last and month.covered.last >= days.first:
            yield month, DateRange(max(month.covered.first, days.first), min(month.covered.last, days.last))


def invoice_day(period: BillingPeriod, due: Duration, signed_on: date | None, first: date) -> date:
    """The day on which the Recurring Fee of a period is invoiced: so long before the period, the first on signing."""
    if period.days.first == first and signed_on:
        return signed_on
    try:
        return back(period.days.first, due)
    except ValueError:  # a time in Business Days: a week holds five
        return period.days.first - timedelta(days=due.count * 7 // 5 + 7)


def due_day(invoiced: date, due: Duration, calendar: Calendar) -> date:
    """The day on which an invoice received on this day is due."""
    factor = {"day": 1, "week": 7}.get(due.unit)
    if factor:
        return invoiced + timedelta(days=factor * due.count)
    if due.unit in {"month", "quarter", "year"}:
        return last_day(invoiced + _DAY, due.months)
    return business_days_later(invoiced, due.count, calendar)
