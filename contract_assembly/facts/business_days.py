"""Business Days and Business Hours of a calendar. The only module that imports `holidays`; pure otherwise."""

import re
import sys
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from importlib.util import find_spec, module_from_spec

from contract_assembly.core.text import curled
from contract_assembly.core.values import DateRange, Duration, DurationUnit, Weekdays
from contract_assembly.facts.catalogue import Calendar, ShortDay

NO_HOLIDAYS = "none"
_DECEMBER = 12
# As the governments of these countries write them.
_NAMES: Mapping[str, Mapping[str, str]] = {
    "GB": {
        "Late Summer Bank Holiday": "Summer bank holiday",
        "May Day": "Early May bank holiday",
        "New Year Holiday": "2 January",
        "Bank Holiday": "bank holiday",
        "Saint ": "St ",
        "(observed)": "(substitute day)",
    },
    "IE": {"Bank Holiday": "bank holiday", "Saint ": "St "},
}
_REMARK = re.compile(r" \(([^()]+)\)$")  # a contract prints the name itself in parentheses
_BUSINESS_MINUTES: Mapping[DurationUnit, int] = {"minute": 1, "hour": 60, "business hour": 60}


@lru_cache(maxsize=64)
def public_holidays(place: str, year: int) -> Mapping[date, str]:
    """Public holidays of a year in a country or subdivision ("US-NY"), as observed, with their English names.

    Raises ValueError for a place or a year that the calendar does not cover."""
    import holidays  # slow to import, and only some documents need it

    _one_country_at_a_time()
    country, _, subdivision = place.partition("-")
    try:
        found = holidays.country_holidays(
            country, subdiv=subdivision or None, years=year, language=_english(country), expand=False
        )
    except NotImplementedError:
        raise ValueError(f"no public holidays are known for {place}") from None
    if not found:
        raise ValueError(f"no public holidays are known for {place} in {year}")
    return {day: _called(curled(name), country) for day, name in sorted(found.items())}


def holidays_kept(calendar: Calendar, year: int) -> Mapping[date, str]:
    """The public holidays of a year that the desk keeps, with days in lieu and without those on which it is open.

    Raises ValueError as `public_holidays` does."""
    if calendar.holidays == NO_HOLIDAYS:
        return {}
    found = public_holidays(calendar.holidays, year)
    if calendar.in_lieu == "none" and not calendar.open:
        return found
    opened = frozenset(each.date for each in calendar.open)
    weekdays = calendar.days if calendar.in_lieu == "next-weekday" else None
    return _kept(calendar.holidays, year, weekdays, opened)


@lru_cache(maxsize=64)
def _kept(place: str, year: int, weekdays: Weekdays | None, opened: frozenset[date]) -> Mapping[date, str]:
    found = dict(public_holidays(place, year))
    if weekdays:
        late = {day: name for day, name in public_holidays(place, year - 1).items() if day.month == _DECEMBER}
        known = late | found
        for day, name in sorted(known.items()):
            if day not in weekdays:
                known[_free_weekday(day, weekdays, known)] = f"{name}, in lieu"
        found = {day: name for day, name in sorted(known.items()) if day.year == year}
    return {day: name for day, name in found.items() if day not in opened}


def _free_weekday(day: date, weekdays: Weekdays, taken: Mapping[date, str]) -> date:
    while day not in weekdays or day in taken:
        day += timedelta(days=1)
    return day


def closed_days(calendar: Calendar, days: DateRange) -> tuple[tuple[date, str], ...]:
    """The days from `calendar.days` on which the desk is closed in a range: public holidays and own closing days, in order."""
    found = _holidays_in(calendar, days) | {closed.date: closed.name for closed in calendar.closed}
    return tuple((day, name) for day, name in sorted(found.items()) if day in days and day in calendar.days)


def weekend_holidays(calendar: Calendar, days: DateRange) -> tuple[tuple[date, str], ...]:
    """The public holidays of a range that fall on other days than those of `calendar.days`, in order."""
    found = _holidays_in(calendar, days)
    return tuple((day, name) for day, name in sorted(found.items()) if day in days and day not in calendar.days)


def _holidays_in(calendar: Calendar, days: DateRange) -> dict[date, str]:
    years = range(days.first.year, days.last.year + 1)
    return {day: name for year in years for day, name in holidays_kept(calendar, year).items()}


def short_days(calendar: Calendar, days: DateRange) -> tuple[ShortDay, ...]:
    """The Business Days of a range with shorter hours, in order, each with both times."""
    found = sorted(calendar.short, key=lambda each: each.date)
    return tuple(
        each.model_copy(update=dict(zip(("opens", "closes"), hours, strict=True)))
        for each in found
        if each.date in days and (hours := hours_on(each.date, calendar))
    )


def is_business_day(day: date, calendar: Calendar) -> bool:
    """Whether the desk is open at all on this day."""
    if day not in calendar.days or day in holidays_kept(calendar, day.year):
        return False
    return all(each.date != day for each in calendar.closed)


def hours_on(day: date, calendar: Calendar) -> tuple[time, time] | None:
    """When Business Hours begin and end on a day; None where it is not a Business Day."""
    if not is_business_day(day, calendar):
        return None
    short = next((each for each in calendar.short if each.date == day), None)
    if short is None:
        return calendar.opens, calendar.closes
    return short.opens or calendar.opens, short.closes or calendar.closes


def business_day_before(day: date, calendar: Calendar) -> date:
    """The day itself if it is a Business Day, else the last one before it: how a deadline counted back moves."""
    while not is_business_day(day, calendar):
        day -= timedelta(days=1)
    return day


def business_day_from(day: date, calendar: Calendar) -> date:
    """The day itself if it is a Business Day, else the first one after it."""
    while not is_business_day(day, calendar):
        day += timedelta(days=1)
    return day


def business_days_later(day: date, count: int, calendar: Calendar) -> date:
    """The Business Day that is `count` Business Days after a day, which is not counted itself."""
    for _ in range(count):
        day = business_day_from(day + timedelta(days=1), calendar)
    return day


def latest_for(day: date, count: int, calendar: Calendar) -> date:
    """The latest Business Day on which to send something that takes `count` Business Days and must arrive by this day."""
    found = business_day_before(day, calendar)
    for _ in range(count):
        found = business_day_before(found - timedelta(days=1), calendar)
    return found


def after_business_minutes(start: datetime, minutes: int, calendar: Calendar) -> datetime:
    """The moment after `minutes` of Business Hours, on the desk's own clock: Friday 16:30 and 4 business hours is Monday
    11:30 for a desk open from 08:00 to 17:00. Clocks change at night, so a change of the clock has no effect."""
    day, left = start.date(), timedelta(minutes=minutes)
    while True:
        opens, closes = _open_on(day, calendar)
        begins = max(start, opens)
        if begins < closes:
            if left <= closes - begins:
                return begins + left
            left -= closes - begins
        day += timedelta(days=1)


def due_after(start: datetime, period: Duration, calendar: Calendar) -> datetime:
    """When a promised time ends, on the desk's own clock: minutes and hours run in Business Hours; a time in Business Days
    starts on the day after and ends with the Business Hours of its last day (clauses levels-clock, interpretation).

    Raises ValueError for a period in longer units."""
    if period.unit in _BUSINESS_MINUTES:
        return after_business_minutes(start, period.count * _BUSINESS_MINUTES[period.unit], calendar)
    if period.unit not in {"day", "business day"}:
        raise ValueError(f"a promised time is not counted in {period.unit}s")
    begins = after_business_minutes(start, 1, calendar).date()
    return _open_on(business_days_later(begins, period.count, calendar), calendar)[1]


def business_minutes(start: datetime, end: datetime, calendar: Calendar) -> int:
    """The whole minutes of Business Hours between two moments on the desk's own clock."""
    found, day = timedelta(), start.date()
    while day <= end.date():
        opens, closes = _open_on(day, calendar)
        found += max(timedelta(), min(end, closes) - max(start, opens))
        day += timedelta(days=1)
    return found // timedelta(minutes=1)


def _open_on(day: date, calendar: Calendar) -> tuple[datetime, datetime]:
    """From when to when the desk is open on a day; no time at all where it is not a Business Day."""
    opens, closes = hours_on(day, calendar) or (calendar.opens, calendar.opens)
    return datetime.combine(day, opens), datetime.combine(day, closes)


def average_minutes(period: Duration, calendar: Calendar) -> Fraction:
    """The average minutes of Business Hours in a period: a Business Day from 08:00 to 18:00 has 600, and 7 days have 3,000.
    Clock hours count in full. It compares two periods; it is not for deadlines."""
    day = (calendar.closes.hour - calendar.opens.hour) * 60 + calendar.closes.minute - calendar.opens.minute
    return _average(period, day, calendar.days.last - calendar.days.first + 1)


@lru_cache(maxsize=1000)
def _average(period: Duration, day: int, days: int) -> Fraction:
    """The average minutes in a period, where a Business Day has `day` minutes, and a week `days` Business Days."""
    week = Fraction(day * days)
    year = week / 7 * 365
    in_one: dict[DurationUnit, Fraction] = {
        "minute": Fraction(1), "hour": Fraction(60), "business hour": Fraction(60), "day": week / 7,
        "business day": Fraction(day), "week": week, "month": year / 12, "quarter": year / 4, "year": year,
    }  # fmt: skip
    return period.count * in_one[period.unit]


def _one_country_at_a_time() -> None:
    """Register the package of countries without running it: it would import all 250, and the registry of `holidays` needs only
    the module of the one that is asked for."""
    if spec := find_spec("holidays.countries"):
        sys.modules.setdefault(spec.name, module_from_spec(spec))


def _english(country: str) -> str | None:
    import holidays

    supported = getattr(getattr(holidays, country, None), "supported_languages", ())
    return next((each for each in (f"en_{country}", "en_US", "en_GB", "en") if each in supported), None)


def _called(name: str, country: str) -> str:
    """A holiday as people there call it: each of the country's phrases in place of the library's."""
    for phrase, usual in _NAMES.get(country, {}).items():
        name = name.replace(phrase, usual)
    return _REMARK.sub(r", \1", name)
