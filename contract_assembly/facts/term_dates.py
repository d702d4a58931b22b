"""The dates of terms: first, last and decision day of each term, billing periods, periods counted back. Pure.

All ranges are inclusive. Renewal terms are counted in months from one anchor, never from the term before, so that nothing
drifts."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from contract_assembly.core.values import DateRange, Duration, Span, corresponding, last_day, span
from contract_assembly.facts.agreement import Agreement, Term
from contract_assembly.facts.agreement_files import AnyInputs, BlockInputs
from contract_assembly.facts.business_days import business_day_before
from contract_assembly.facts.catalogue import Calendar

_DAYS = {"day": 1, "week": 7}
_DAY = timedelta(days=1)


class Terms(Struct, frozen=True):
    """The terms of an agreement: number 0 is the initial term, each later number a renewal term.

    The initial term begins on `first_day` and ends `months` months after `anchor`; each renewal term ends `renewal` months
    later. `anchor` is the first day, or the day after a last day that was chosen; `months` is 0 then."""

    first_day: date
    anchor: date
    months: int
    renewal: int

    def days(self, number: int) -> DateRange:
        """First and last day of a term. From 29 Feb 2024, 12 + 12 months: the terms end on 28 Feb 2025, 2026, 2027 and 2028."""
        first = self.last(number - 1) + _DAY if number else self.first_day
        return DateRange(first, self.last(number))

    def last(self, number: int) -> date:
        """The last day of a term, inclusive."""
        return last_day(self.anchor, self.months + self.renewal * number)

    def number_on(self, day: date) -> int | None:
        """The number of the term that a day lies in; None before the first."""
        if day < self.first_day:
            return None
        months = (day.year - self.anchor.year) * 12 + day.month - self.anchor.month
        number = max(0, (months - self.months) // self.renewal)  # never too late, and at most two terms too early
        while self.last(number) < day:
            number += 1
        return number


def terms(agreed: Term) -> Terms:
    """The terms that `term:` describes. Raises ValueError where a term lasts less than a month or ends before it begins."""
    renewal = whole_months(agreed.renewal_length)
    if agreed.last_day is None:
        assert agreed.length is not None  # noqa: S101  # the model takes one of the two
        return Terms(agreed.first_day, agreed.first_day, whole_months(agreed.length), renewal)
    if agreed.last_day < agreed.first_day:
        raise ValueError(f"the last day, {agreed.last_day}, is before the first, {agreed.first_day}")
    return Terms(agreed.first_day, agreed.last_day + _DAY, 0, renewal)


def whole_months(length: Duration) -> int:
    """The months of a term. Raises ValueError for less than one, or for another unit."""
    if length.months < 1:
        raise ValueError("a term lasts at least one month")
    return length.months


def initial_term(agreement: Agreement) -> DateRange:
    """First and last day of the initial term. Raises ValueError as `terms` does."""
    return terms(agreement.term).days(0)


def days_in_force(inputs: AnyInputs[Any]) -> DateRange:
    """The initial term of a support contract, or the validity of the first Block."""
    if isinstance(inputs, BlockInputs):
        block = inputs.agreement.model.block
        return DateRange(block.first_day, block.ends)
    return initial_term(inputs.agreement.model)


def length_of(agreed: Term) -> Duration | Span:
    """How long the initial term lasts, in words that a contract can print: as written, or worked out from a chosen last day."""
    length: Duration | None = agreed.length
    if length is not None:
        return length
    found = span(terms(agreed).days(0))
    return found if found.days else Duration(found.months, "month")


def months_of(agreed: Term, number: int) -> int:
    """How many months a term lasts; a part of a month counts as a month."""
    renewal: Duration = agreed.renewal_length
    found = renewal if number else length_of(agreed)
    return found.months + bool(found.days) if isinstance(found, Span) else found.months


def number_following(agreed: Term, day: date) -> int:
    """The number of the term that a day lies in; the initial one before the start, and where nothing renews by itself."""
    return (terms(agreed).number_on(day) or 0) if agreed.renewal == "automatic" else 0


class TermDates(Struct, frozen=True):
    """One term: its number, its days, and when the renewal after it can be declined.

    `counted_back` is the day to which the notice counts back, `decision_day` the Business Day on or before it, `notice_days` how
    many days the counted day lies before the last."""

    number: int
    days: DateRange
    counted_back: date
    decision_day: date
    notice_days: int


def term_dates(agreed: Term, calendar: Calendar, number: int) -> TermDates:
    """The dates of a term. Raises ValueError where one cannot be counted."""
    days = terms(agreed).days(number)
    day = notice_day(days.last, agreed)
    return TermDates(number, days, day, business_day_before(day, calendar), (days.last - day).days)


def notice_day(last: date, agreed: Term) -> date:
    """The day to which the notice counts back from the last day of a term (clause definitions, Decision Day).

    60 days before 30 Sep 2026 is 1 Aug 2026. To a month's end, the same number of full months remain: 3 months before 15 Nov 2027
    is 31 Jul 2027. Raises ValueError for a notice that needs a calendar, or is not in months where it ends with one."""
    if agreed.notice_to == "any-day":
        return back(last, agreed.notice)
    months = agreed.notice.months
    ends = last + _DAY if (last + _DAY).day == 1 else last.replace(day=1)
    return corresponding(ends, -months) - _DAY


def decision_day(agreement: Agreement, calendar: Calendar) -> date:
    """The last day on which the first renewal can be declined. Raises ValueError where it cannot be counted."""
    return term_dates(agreement.term, calendar, 0).decision_day


def rise_notice_day(agreement: Agreement, calendar: Calendar, number: int) -> date:
    """The last day on which a notice of a rise after a term may take effect: so long before the Renewal Term, and before the
    Decision Day where there is one (clause annual-adjustment, announcement). Raises ValueError where it cannot be counted."""
    dates = term_dates(agreement.term, calendar, number)
    day = back(dates.days.last + _DAY, agreement.fees.increase_notice)
    if agreement.term.renewal == "automatic":
        day = min(day, dates.decision_day - _DAY)
    return business_day_before(day, calendar)


def periods(anchor: date, months: int, days: DateRange) -> Iterator[DateRange]:
    """The periods of `months` months each, counted from the anchor, that begin within these days: months from 31 Aug begin on
    31 Aug, 30 Sep, 31 Oct … 28 Feb, 31 Mar. The last one ends where these days end."""
    if months < 1:
        raise ValueError("a period lasts at least one month")
    count = max(0, ((days.first.year - anchor.year) * 12 + days.first.month - anchor.month) // months)
    while (first := corresponding(anchor, months * count)) <= days.last:
        count += 1
        if first >= days.first:
            yield DateRange(first, min(corresponding(anchor, months * count) - _DAY, days.last))


def back(day: date, period: Duration) -> date:
    """Count a period back from a day, which itself is left out: 60 days before 30 Sep 2026 is 1 Aug 2026. Raises ValueError for
    a period in hours or Business Days, which need a calendar."""
    if period.unit in _DAYS:
        return day - timedelta(days=period.count * _DAYS[period.unit])
    if period.unit not in {"month", "quarter", "year"}:
        raise ValueError(f"{period.count} {period.unit}s cannot be counted back: write days, weeks, or months")
    return corresponding(day, -period.months)
