"""Days of terms: which term a day lies in, when it ends, billing days, periods counted back. Pure; no clause is known here.

All ranges are inclusive. Months are counted from the anchor, the first day of the first term, never from the term before, so
that nothing drifts (domain: section 6, traps 7 and 8)."""

from collections.abc import Iterator
from datetime import date, timedelta

from contract_assembly.core.values import DateRange, Duration, corresponding, last_day

_DAYS = {"day": 1, "week": 7}


def term(anchor: date, length: int, renewal: int, number: int) -> DateRange:
    """The term of this number: 0 is the initial term, of `length` months; each renewal has `renewal` months.

    From 29 Feb 2024, 12 + 12 months: the terms end on 28 Feb 2025, 2026, 2027 and 2028."""
    last = last_day(anchor, length + renewal * number)
    if not number:
        return DateRange(anchor, last)
    return DateRange(last_day(anchor, length + renewal * (number - 1)) + timedelta(days=1), last)


def number_on(anchor: date, length: int, renewal: int, day: date) -> int | None:
    """The number of the term that a day lies in, or None before the first. Raises ValueError when a term has no month."""
    if min(length, renewal) < 1:
        raise ValueError("a term lasts at least one month")
    if day < anchor:
        return None
    months = (day.year - anchor.year) * 12 + day.month - anchor.month
    number = max(0, (months - length) // renewal)  # never too late, and at most two terms too early
    while term(anchor, length, renewal, number).last < day:
        number += 1
    return number


def periods(anchor: date, months: int, days: DateRange) -> Iterator[DateRange]:
    """The periods of so many months, counted from the anchor, that begin within these days: months from 31 Aug begin on
    31 Aug, 30 Sep, 31 Oct … 28 Feb, 31 Mar. The last one ends where these days end."""
    if months < 1:
        raise ValueError("a period lasts at least one month")
    count = max(0, ((days.first.year - anchor.year) * 12 + days.first.month - anchor.month) // months - 1)
    while (first := corresponding(anchor, months * count)) <= days.last:
        count += 1
        if first >= days.first:
            yield DateRange(first, min(corresponding(anchor, months * count) - timedelta(days=1), days.last))


def back(day: date, period: Duration) -> date:
    """Count a period back from a day, which itself is left out: 60 days before 30 Sep 2026 is 1 Aug 2026. Raises ValueError for
    a period in hours or Business Days, which need a calendar."""
    if period.unit in _DAYS:
        return day - timedelta(days=period.count * _DAYS[period.unit])
    return corresponding(day, -period.months)
