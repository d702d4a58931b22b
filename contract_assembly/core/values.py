"""Typed values of contracts: money, percent, duration, date range, weekdays. Pure; dateutil does the month arithmetic.

Each type has `parse`, which takes the text as written in YAML and raises ValueError with a sentence for the person who wrote
it. Rounding happens in one place, `Money.rounded`, half up to the currency's minor unit.
"""

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from dateutil.relativedelta import relativedelta
from msgspec import Struct

from contract_assembly.core.text import shown, with_count

# ISO 4217: the currencies that do not have two decimals. Babel's table is of what people use, not of the standard (no decimals
# for RSD, ALL or IQD), and would cost 28 ms at every start.
_UNDIVIDED = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THOUSANDTHS = "BHD IQD JOD KWD LYD OMR TND"
_TEN_THOUSANDTHS = "CLF UYW"
_DECIMALS = {
    code: count
    for count, codes in ((0, _UNDIVIDED), (3, _THOUSANDTHS), (4, _TEN_THOUSANDTHS))
    for code in codes.split()
}
_UNITS_OF = tuple(Decimal(1).scaleb(-count) for count in range(5))  # the smallest amount, by the number of decimals
# Twelve digits leave room to multiply within the 28 that Decimal keeps exactly. Digits are those of ASCII only.
_MONEY = re.compile(r"(-?(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d+)?) ([A-Z]{3})", re.ASCII)
_PERCENT = re.compile(r"(-?\d{1,4}(?:\.\d{1,2})?) ?%", re.ASCII)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
YEARS = range(1900, 3000)  # so that terms and deadlines can be counted from any day that is written
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)

DurationUnit = Literal["minute", "hour", "business hour", "day", "business day", "week", "month", "quarter", "year"]
_UNITS: tuple[DurationUnit, ...] = (
    "minute", "hour", "business hour", "day", "business day", "week", "month", "quarter", "year",
)  # fmt: skip
_DURATION = re.compile(rf"(\d{{1,4}}) ({'|'.join(_UNITS)})s?", re.ASCII)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HOUR = 60  # minutes


def decimals(currency: str) -> int:
    """How many decimals amounts of this currency have (ISO 4217 minor unit)."""
    return _DECIMALS.get(currency, 2)


class Money(Struct, frozen=True):
    """An exact amount with its ISO 4217 currency, written "1250.00 USD"."""

    amount: Decimal
    currency: str

    @classmethod
    def parse(cls, text: str) -> "Money":
        """Read "1250.00 USD" or "1,250.00 USD"; at most as many decimals as the currency has."""
        if not (match := _MONEY.fullmatch(text)):
            raise ValueError(f"{shown(text)} is not an amount of money: write it like 1250.00 USD")
        amount, currency = Decimal(match[1].replace(",", "")), match[2]
        if -int(amount.as_tuple().exponent) > decimals(currency):
            raise ValueError(f"{shown(text)} has more decimals than {currency}, which has {decimals(currency)}")
        return cls(amount, currency)

    def rounded(self) -> "Money":
        """Rounded half up to the currency's minor unit: the one rounding point of every printed amount."""
        return Money(self.amount.quantize(_UNITS_OF[decimals(self.currency)], ROUND_HALF_UP), self.currency)

    def __add__(self, other: "Money") -> "Money":
        """Add; mixed currencies raise ValueError."""
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added")
        return Money(self.amount + other.amount, self.currency)

    def __mul__(self, times: int | Decimal) -> "Money":
        """Multiply exactly, without rounding."""
        return Money(self.amount * times, self.currency)


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Add amounts of one currency; nothing adds up to zero of it."""
    return sum(amounts, Money(Decimal(0), currency)).rounded()


class Percent(Struct, frozen=True):
    """A percentage with at most two decimals; 7.5 means 7.5 %."""

    value: Decimal

    @classmethod
    def parse(cls, text: str) -> "Percent":
        """Read "7.5 %" or "7.5%"; the sign is required, so that 0.05 is never taken for five percent."""
        if not (match := _PERCENT.fullmatch(text)):
            raise ValueError(f"{shown(text)} is not a percentage: write it like 7.5 %, with at most two decimals")
        return cls(Decimal(match[1]))

    def of(self, money: Money) -> Money:
        """Take this share of an amount, not rounded."""
        return money * (self.value / 100)


class Duration(Struct, frozen=True):
    """A count of one unit; business hours and business days need a calendar to become moments."""

    count: int
    unit: DurationUnit

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """Read "30 days", "4 business hours" or "12 months"."""
        if not (match := _DURATION.fullmatch(text)):
            raise ValueError(f"{shown(text)} is not a period: write it like 30 days, with one of: {', '.join(_UNITS)}")
        return cls(int(match[1]), match[2])  # type: ignore[arg-type]  # the pattern admits nothing else

    @property
    def text(self) -> str:
        """The form in a file of facts, which `parse` reads: "30 days", "1 business hour"."""
        return with_count(self.count, self.unit)

    @property
    def months(self) -> int:
        """The number of whole months; ValueError if the unit is not month, quarter or year."""
        factor = {"month": 1, "quarter": 3, "year": 12}.get(self.unit)
        if factor is None:
            raise ValueError(f"{self.count} {self.unit}s is not a number of months")
        return self.count * factor


class Span(Struct, frozen=True):
    """Whole months and the days left over, as in a term that ends on a chosen day: 10 months and 15 days."""

    months: int
    days: int


def parse_date(text: str) -> date:
    """Read an ISO date, "2026-10-01"; no other form, no impossible day, and no year outside `YEARS`."""
    if not _ISO_DATE.fullmatch(text):
        raise ValueError(f"{shown(text)} is not a date: write it like 2026-10-01")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{shown(text)} is not a day of the calendar") from None
    if day.year not in YEARS:
        raise ValueError(f"{shown(text)} is not a day from {YEARS[0]} to {YEARS[-1]}")
    return day


def parse_time(text: str) -> time:
    """Read a time of day on the 24-hour clock, "08:30"."""
    if not (match := _TIME.fullmatch(text)):
        raise ValueError(f"{shown(text)} is not a time of day: write it like 08:30, on the 24-hour clock")
    return time(int(match[1]), int(match[2]))


class DateRange(Struct, frozen=True):
    """From a first to a last day, both inclusive."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


class Weekdays(Struct, frozen=True):
    """A run of weekdays, 0 is Monday, both ends inclusive; written "Monday to Friday"."""

    first: int
    last: int

    @classmethod
    def parse(cls, text: str) -> "Weekdays":
        """Read "Monday to Friday"; the week starts on Monday."""
        names = text.split(" to ")
        if len(names) != 2 or not set(names) <= set(WEEKDAYS) or WEEKDAYS.index(names[0]) > WEEKDAYS.index(names[1]):
            raise ValueError(f"{shown(text)} is not a run of weekdays: write it like Monday to Friday")
        return cls(WEEKDAYS.index(names[0]), WEEKDAYS.index(names[1]))

    def __contains__(self, day: date) -> bool:
        return self.first <= day.weekday() <= self.last


def span(days: DateRange) -> Span:
    """A range of days as whole months by the anchor rule, and the days left over: 16 Nov 2026 to 30 Sep 2027 is 10 months and
    15 days."""
    months = (days.last.year - days.first.year) * 12 + days.last.month - days.first.month + 1
    while last_day(days.first, months) > days.last:
        months -= 1
    return Span(months, (days.last - last_day(days.first, months)).days)


def last_day(first: date, months: int) -> date:
    """The last day, inclusive, of a term of whole months, by the anchor rule: the day before the corresponding date, or the
    last day of the month where there is none, so that 29 Feb 2024 + 12 months ends on 28 Feb 2025."""
    found = corresponding(first, months)
    return found - timedelta(days=1) if found.day == first.day else found


@lru_cache(maxsize=20_000)  # the same few days of a term are counted for every line and every period
def corresponding(day: date, months: int) -> date:
    """The corresponding date `months` later (earlier, if negative), or the last day of that month where there is none: 4
    months after 30 Sep is 30 Jan (Dodds v Walker [1981] 1 WLR 1027)."""
    return day + relativedelta(months=months)


def next_month(day: date) -> date:
    """The first day of the month after the one that a day lies in."""
    return corresponding(day.replace(day=1), 1)


def days_before(day: date, count: int) -> date:
    """Count back from a date, which itself is not counted: 60 days before 30 Sep 2026 is 1 Aug 2026."""
    return day - timedelta(days=count)


def month_ends(first: date, last: date) -> list[date]:
    """The last day of each month from one day to another, the last one being that day itself."""
    found, day = [], first.replace(day=1)
    while (end := corresponding(day, 1) - timedelta(days=1)) < last:
        found.append(end)
        day = corresponding(day, 1)
    return [*found, last]


def hours(minutes: Decimal) -> str:
    """Minutes as hours for a sentence, exact to the minute: 22.5 minutes are 0.375 hours."""
    return f"{(minutes / _HOUR).quantize(Decimal('0.0001')).normalize():f}"
