"""Business Days: weekdays that are neither public holidays nor our own closing days."""

import subprocess
import sys
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.core.values import DateRange, Duration, Weekdays
from contract_assembly.facts.business_days import (
    after_business_minutes,
    business_day_before,
    business_minutes,
    closed_days,
    due_after,
    is_business_day,
    public_holidays,
    weekend_holidays,
)
from contract_assembly.facts.catalogue import ClosedDay, OpenDay, ShortDay
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


@pytest.mark.parametrize(
    ("place", "day", "name"),
    [
        ("GB-ENG", date(2027, 5, 3), "Early May bank holiday"),
        ("GB-ENG", date(2027, 8, 30), "Summer bank holiday"),
        ("GB-ENG", date(2027, 12, 27), "Christmas Day, substitute day"),
        ("GB-SCT", date(2027, 1, 4), "2 January, substitute day"),
        ("US", date(2027, 7, 5), "Independence Day, observed"),
        ("GB-SCT", date(2027, 8, 2), "Summer bank holiday"),
        ("GB-NIR", date(2027, 3, 17), "St Patrick’s Day"),
        ("IE", date(2027, 10, 25), "October bank holiday"),
        ("CA-ON", date(2027, 9, 6), "Labour Day"),
        ("AU-NSW", date(2027, 10, 4), "Labour Day"),
        ("US", date(2027, 9, 6), "Labor Day"),
    ],
)
def test_holidays_are_called_what_people_there_call_them(place, day, name):
    assert public_holidays(place, 2027)[day] == name


@pytest.mark.parametrize(("place", "year"), [("XX", 2026), ("US-ZZ", 2026)])
def test_a_place_that_no_calendar_covers_is_refused(place, year):
    with pytest.raises(ValueError, match="no public holidays are known for"):
        public_holidays(place, year)


def test_one_country_is_loaded_and_not_all_of_them():
    code = "import sys; from contract_assembly.facts.business_days import public_holidays; public_holidays('US-NY', 2026); print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert [name for name in said if name.startswith("holidays.countries.")] == ["holidays.countries.united_states"]


# ---- days that are not as the rule has them


def like(**changes):
    return CALENDAR.model_copy(update=changes)


def test_the_desk_can_be_open_on_a_public_holiday_of_one_year():
    opened = like(open=(OpenDay(date=date(2026, 10, 12), name="Columbus Day"),))
    assert not is_business_day(date(2026, 10, 12), CALENDAR)
    assert is_business_day(date(2026, 10, 12), opened)
    assert not is_business_day(date(2027, 10, 11), opened)


def test_a_desk_may_keep_no_public_holidays():
    assert is_business_day(date(2026, 12, 25), like(holidays="none"))
    assert closed_days(like(holidays="none", closed=()), DateRange(date(2026, 1, 1), date(2026, 12, 31))) == ()


@pytest.mark.parametrize(
    ("year", "found"),
    [
        (2026, {"2026-12-28": "St Stephen’s Day, in lieu"}),  # 26 December is a Saturday
        (2027, {"2027-12-27": "Christmas Day, in lieu", "2027-12-28": "St Stephen’s Day, in lieu"}),
        (2028, {"2028-01-03": "New Year’s Day, in lieu"}),
    ],
)
def test_a_public_holiday_on_a_weekend_is_kept_on_the_next_free_weekday_where_the_calendar_says_so(year, found):
    irish = like(holidays="IE", closed=())
    year_days = DateRange(date(year, 1, 1), date(year, 12, 31))
    usual = {str(day): name for day, name in closed_days(irish, year_days)}
    moved = {
        str(day): name for day, name in closed_days(irish.model_copy(update={"in_lieu": "next-weekday"}), year_days)
    }
    assert {day: name for day, name in moved.items() if day not in usual} == found
    assert usual.items() <= moved.items()


def test_a_day_in_lieu_is_looked_for_over_the_end_of_a_year():
    """1 January 2033 is a Saturday; 25 and 26 December 2032 are kept on 27 and 28 December."""
    irish = like(holidays="IE", closed=(), in_lieu="next-weekday")
    assert not is_business_day(date(2032, 12, 28), irish)
    assert not is_business_day(date(2033, 1, 3), irish)
    assert is_business_day(date(2032, 12, 29), irish)


def test_a_december_holiday_in_lieu_may_lie_in_january_and_takes_a_day_from_new_years_day():
    """A desk of Mondays: Christmas Day of 2027 is kept on the 27th, St Stephen’s Day a week later."""
    mondays = like(holidays="IE", closed=(), in_lieu="next-weekday", days=Weekdays(0, 0))
    january = closed_days(mondays, DateRange(date(2028, 1, 1), date(2028, 1, 31)))
    assert [(day.day, name) for day, name in january] == [
        (3, "St Stephen’s Day, in lieu"),
        (10, "New Year’s Day, in lieu"),
    ]


SHORT = like(short=(ShortDay(date=date(2026, 12, 24), name="Christmas Eve", closes=time(12)),))


def test_business_hours_of_a_short_day_end_sooner():
    eve, noon, evening, before, after = (
        datetime.fromisoformat(text)
        for text in ("2026-12-24 11:00", "2026-12-24 12:00", "2026-12-24 17:00", "2026-12-23 12:00", "2026-12-28 08:01")
    )
    assert after_business_minutes(eve, 60, SHORT) == noon
    assert after_business_minutes(eve, 61, SHORT) == after
    assert business_minutes(eve, evening, SHORT) == 60
    assert due_after(before, Duration(1, "business day"), SHORT) == noon


def test_public_holidays_on_a_weekend_are_told_from_closed_days():
    days = DateRange(date(2027, 12, 1), date(2027, 12, 31))
    assert [str(day) for day, _ in weekend_holidays(CALENDAR, days)] == ["2027-12-25"]
    assert [str(day) for day, _ in closed_days(CALENDAR, days)] == ["2027-12-24", "2027-12-31"]


OPEN = CALENDAR.model_copy(update={"opens": time(8), "closes": time(17), "short": ()})


@pytest.mark.parametrize(
    ("start", "period", "ends"),
    [
        ("2026-11-06 16:30", "30 minutes", "2026-11-06 17:00"),
        ("2026-11-06 16:30", "31 minutes", "2026-11-09 08:01"),  # Friday, then Monday
        ("2026-11-06 16:30", "4 business hours", "2026-11-09 11:30"),
        ("2026-11-06 16:30", "4 hours", "2026-11-09 11:30"),
        ("2026-11-06 06:00", "9 hours", "2026-11-06 17:00"),
        ("2026-11-06 17:00", "1 minute", "2026-11-09 08:01"),
        ("2026-11-06 16:59", "1 business day", "2026-11-09 17:00"),
        (
            "2026-11-06 17:00",
            "1 business day",
            "2026-11-10 17:00",
        ),  # it came after Friday's hours, so Monday is its day
        ("2026-11-06 16:59", "1 day", "2026-11-09 17:00"),
        ("2026-11-25 09:00", "2 business days", "2026-12-01 17:00"),  # Thanksgiving and the day after are closed
        ("2026-11-06 16:30:30", "30 minutes", "2026-11-09 08:00:30"),  # to the second
        ("2026-11-06 17:00", "0 minutes", "2026-11-09 08:00"),
    ],
)
def test_a_promised_time_ends_on_the_desks_own_clock(start, period, ends):
    assert due_after(datetime.fromisoformat(start), Duration.parse(period), OPEN) == datetime.fromisoformat(ends)


@pytest.mark.parametrize("period", ["1 week", "1 month"])
def test_a_promised_time_is_not_counted_in_longer_units(period):
    with pytest.raises(ValueError, match="a promised time is not counted in "):
        due_after(datetime.fromisoformat("2026-11-06 09:00"), Duration.parse(period), OPEN)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-05 16:00", "2026-11-05 16:00", 0),
        ("2026-11-05 16:00", "2026-11-05 16:01", 1),
        ("2026-11-05 06:00", "2026-11-05 20:00", 540),
        ("2026-11-05 16:00", "2026-11-06 09:30", 150),
        ("2026-11-05 16:00", "2026-11-09 09:30", 60 + 540 + 90),  # over a weekend
        ("2026-11-07 09:00", "2026-11-08 09:00", 0),
    ],
)
def test_business_hours_between_two_moments_are_summed_over_the_days(start, end, minutes):
    found = business_minutes(datetime.fromisoformat(start), datetime.fromisoformat(end), OPEN)
    assert (found, type(found)) == (minutes, int)
