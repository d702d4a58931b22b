"""Business Days: weekdays that are neither public holidays nor our own closing days."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.core.values import DateRange
from contract_assembly.facts.business_days import business_day_before, closed_days, is_business_day, public_holidays
from contract_assembly.facts.catalogue import ClosedDay
from tests.helpers.inputs_base import inputs

CALENDAR = inputs().calendar.model.model_copy(
    update={"holidays": "US", "closed": (ClosedDay(date=date(2026, 11, 27), name="Day after Thanksgiving"),)}
)


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        ("2026-07-31", True),
        ("2026-08-01", False),  # Saturday
        ("2026-11-26", False),  # Thanksgiving
        ("2026-11-27", False),  # our own
        ("2026-07-03", False),  # 4 July is a Saturday
        ("2026-07-06", True),
    ],
)
def test_a_business_day(day, open_):
    assert is_business_day(date.fromisoformat(day), CALENDAR) is open_


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        ("2026-08-01", "2026-07-31"),
        ("2026-07-31", "2026-07-31"),
        ("2026-11-27", "2026-11-25"),
        ("2027-01-01", "2026-12-31"),
        ("2026-07-05", "2026-07-02"),
    ],
)
def test_a_deadline_counted_back_moves_to_the_business_day_before(day, moved):
    assert business_day_before(date.fromisoformat(day), CALENDAR) == date.fromisoformat(moved)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_a_moved_deadline_is_a_business_day_within_a_week_and_none_lies_between(day):
    moved = business_day_before(day, CALENDAR)
    assert is_business_day(moved, CALENDAR)
    assert 0 <= (day - moved).days < 7
    assert not any(is_business_day(moved + timedelta(days=n), CALENDAR) for n in range(1, (day - moved).days + 1))


def test_closed_days_are_weekdays_of_the_range_in_order():
    found = closed_days(CALENDAR, DateRange(date(2026, 11, 1), date(2027, 1, 31)))
    assert [day.isoformat() for day, _ in found] == [
        "2026-11-11",
        "2026-11-26",
        "2026-11-27",
        "2026-12-25",
        "2027-01-01",
        "2027-01-18",
    ]


def test_holidays_have_english_names():
    assert public_holidays("DE", 2026)[date(2026, 10, 3)] == "German Unity Day"


@pytest.mark.parametrize(("place", "year"), [("XX", 2026), ("US-ZZ", 2026)])
def test_a_place_that_no_calendar_covers_is_refused(place, year):
    with pytest.raises(ValueError, match="no public holidays are known for"):
        public_holidays(place, year)


def test_one_country_is_loaded_and_not_all_of_them():
    code = "import sys; from contract_assembly.facts.business_days import public_holidays; public_holidays('US-NY', 2026); print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert [name for name in said if name.startswith("holidays.countries.")] == ["holidays.countries.united_states"]
