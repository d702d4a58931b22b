"""Proration of a fee: part of a month, a run of days, instalments that add up. Pure.

Source: clause "fees-billing": the monthly amount divided by the days of that month, times the days covered, rounded once. The
other two bases are for contracts that agree on them."""

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from contract_assembly.core.values import DateRange, Money, total

Basis = Literal["actual-days", "thirty-days", "year-365"]


def _in_month(day: date) -> int:
    return monthrange(day.year, day.month)[1]


# The share of a month's amount that is due for these days of one month.
SHARES: Mapping[Basis, Callable[[DateRange], Fraction]] = {
    "actual-days": lambda days: Fraction((days.last - days.first).days + 1, _in_month(days.first)),
    "thirty-days": lambda days: Fraction(min((days.last - days.first).days + 1, 30), 30),
    "year-365": lambda days: Fraction(12 * ((days.last - days.first).days + 1), 365),
}


def part_of_month(monthly: Money, days: DateRange, basis: Basis = "actual-days") -> Money:
    """What a part of one month costs, rounded half up once: 2,400.00 from 17 to 31 October is 1,161.29 for 15 of 31 days.

    Raises ValueError for days of two months, or none."""
    if (days.first.year, days.first.month) != (days.last.year, days.last.month) or days.last < days.first:
        raise ValueError(f"{days.first} to {days.last} are not days of one month")
    share = SHARES[basis](days)
    return Money(monthly.amount * share.numerator / Decimal(share.denominator), monthly.currency).rounded()


def part_by_days(monthly: Money, covered: int, of: int) -> Money:
    """The cost of `covered` days in a month of `of` days, rounded half up once."""
    return Money(monthly.amount * covered / Decimal(of), monthly.currency).rounded()


def charge(monthly: Money, days: DateRange, basis: Basis = "actual-days") -> tuple[tuple[DateRange, Money], ...]:
    """What each calendar month of a run of days costs: whole months in full, parts by the basis. They add up as printed."""
    return tuple(
        (month, monthly if month == month_of(month.first) else part_of_month(monthly, month, basis))
        for month in calendar_months(days)
    )


def calendar_months(days: DateRange) -> Iterator[DateRange]:
    """The calendar months of a run of days; the first and the last only have the days that are in it."""
    first = days.first
    while first <= days.last:
        end = month_of(first).last
        yield DateRange(first, min(end, days.last))
        first = end + timedelta(days=1)


def month_of(day: date) -> DateRange:
    """The calendar month that a day lies in."""
    return DateRange(day.replace(day=1), day.replace(day=_in_month(day)))


def instalments(whole: Money, count: int) -> tuple[Money, ...]:
    """Payments that add up to the whole: all equal except the last, which takes the rounding difference: 10,000.00 in 12 is 11
    times 833.33 and once 833.37."""
    each = Money(whole.amount / count, whole.currency).rounded()
    last = Money(whole.amount - each.amount * (count - 1), whole.currency)
    if (last.amount < 0) != (whole.amount < 0) and last.amount:
        raise ValueError(f"{whole.amount} {whole.currency} is too little for {count} payments")
    return (*[each] * (count - 1), last)


def yearly(printed_monthly: tuple[Money, ...], currency: str) -> Money:
    """A year at these printed monthly lines: twelve times their total, never the reverse."""
    return total(printed_monthly, currency) * 12
