"""Business Days of a calendar. The only module that imports `holidays`; pure otherwise."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from contract_assembly.offer import Calendar
from contract_assembly.text import curled
from contract_assembly.values import DateRange


@lru_cache(maxsize=64)
def public_holidays(place: str, year: int) -> Mapping[date, str]:
    """Public holidays of a year in a country or subdivision ("US-NY"), as observed, with their English names.

    Raises ValueError for a place or a year that the calendar does not cover."""
    import holidays  # slow to import, and only some documents need it

    country, _, subdivision = place.partition("-")
    try:
        found = holidays.country_holidays(
            country, subdiv=subdivision or None, years=year, language=_english(country), expand=False
        )
    except NotImplementedError:
        raise ValueError(f"no public holidays are known for {place}") from None
    if not found:
        raise ValueError(f"no public holidays are known for {place} in {year}")
    return {day: curled(name) for day, name in sorted(found.items())}


def closed_days(calendar: Calendar, days: DateRange) -> tuple[tuple[date, str], ...]:
    """The weekdays on which the desk is closed in a range of days: public holidays and own closing days, in order."""
    found = {
        day: name
        for year in range(days.first.year, days.last.year + 1)
        for day, name in public_holidays(calendar.holidays, year).items()
    }
    found |= {closed.date: closed.name for closed in calendar.closed}
    return tuple((day, name) for day, name in sorted(found.items()) if day in days and day in calendar.days)


def is_business_day(day: date, calendar: Calendar) -> bool:
    """Whether the desk is open at all on this day."""
    return day in calendar.days and not closed_days(calendar, DateRange(day, day))


def business_day_before(day: date, calendar: Calendar) -> date:
    """The day itself if it is a Business Day, else the last one before it: how a deadline counted back moves."""
    while not is_business_day(day, calendar):
        day -= timedelta(days=1)
    return day


def _english(country: str) -> str | None:
    import holidays

    supported = getattr(getattr(holidays, country, None), "supported_languages", ())
    return next((each for each in ("en_US", "en_GB", "en") if each in supported), None)
