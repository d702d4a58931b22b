"""Calendars: a holiday that is opened must be one, and a short day must be short."""

from datetime import date, time

import pytest

from contract_assembly.facts.catalogue import ClosedDay, OpenDay, ShortDay
from contract_assembly.rules.facts.calendar_checks import COMMON
from tests.helpers.inputs_base import inputs

FRIDAY_AFTER = date(2026, 11, 27)
THANKSGIVING = date(2026, 11, 26)
SATURDAY = date(2026, 7, 4)


def found(**days):
    """The rules and words of what is wrong with a calendar of New York, Monday to Friday, 08:00 to 18:00."""
    changed = inputs(calendar__holidays="US-NY", **{f"calendar__{name}": tuple(value) for name, value in days.items()})
    return [(each.rule, each.what) for check in COMMON for each in check(changed)]


def opened(day):
    return [OpenDay(date=day, name="X")]


def short(opens=None, closes=None, day=FRIDAY_AFTER):
    times = [None if each is None else time.fromisoformat(each) for each in (opens, closes)]
    return [ShortDay.model_construct(date=day, name="X", opens=times[0], closes=times[1])]


def test_a_public_holiday_on_a_weekday_can_be_opened():
    assert found(open=opened(THANKSGIVING), closed=()) == []


@pytest.mark.parametrize("day", [FRIDAY_AFTER, SATURDAY, date(2026, 11, 29)])
def test_no_other_day_can_be_opened(day):
    assert found(open=opened(day), closed=()) == [
        ("open-day", f"open: {day} is not a public holiday on one of the weekdays of the desk")
    ]


def test_a_day_is_not_both_opened_and_closed():
    both = {"open": opened(THANKSGIVING), "closed": [ClosedDay(date=THANKSGIVING, name="X")]}
    assert found(**both) == [("open-day", f"open: {THANKSGIVING} is listed below closed, too")]


@pytest.mark.parametrize(
    ("opens", "closes"), [(None, "12:00"), ("10:00", None), ("09:00", "17:00"), ("08:00", "17:59")]
)
def test_a_short_day_lies_within_the_usual_hours(opens, closes):
    assert found(short=short(opens, closes), closed=(), open=()) == []


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [
        (None, None, "08:00 to 18:00"),
        ("08:00", "18:00", "08:00 to 18:00"),
        ("07:59", None, "07:59 to 18:00"),
        (None, "18:01", "08:00 to 18:01"),
        ("12:00", "12:00", "12:00 to 12:00"),
        ("13:00", "12:00", "13:00 to 12:00"),
    ],
)
def test_a_short_day_that_is_as_long_longer_or_empty_is_refused(opens, closes, said):
    assert found(short=short(opens, closes), closed=(), open=()) == [
        ("short-day", f"short: {said} is not shorter than 08:00 to 18:00")
    ]


@pytest.mark.parametrize("day", [THANKSGIVING, date(2026, 11, 28)])
def test_a_day_on_which_the_desk_is_closed_cannot_be_short(day):
    assert found(short=short(None, "12:00", day), closed=(), open=()) == [
        ("short-day", f"short: {day} is not a Business Day")
    ]
