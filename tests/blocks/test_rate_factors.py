"""Which minutes are in Business Hours, on closed days and at changes of the clocks."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from contract_assembly.facts.catalogue import ShortDay
from tests.helpers.books import book

ONE, AFTER, WEEKEND, HOLIDAY = Decimal(1), Decimal("1.5"), Decimal("1.5"), Decimal("2.0")
MONDAY, SATURDAY, CHRISTMAS = date(2026, 10, 5), date(2026, 10, 10), date(2026, 12, 25)
FORWARD, BACK = date(2027, 3, 14), date(2026, 11, 1)  # in New York


def parts(day, start, worked, *, asked=True, **changes):
    return dict(book(**changes).desk.parts(day, start, worked, asked=asked))


@pytest.mark.parametrize(
    ("start", "worked", "inside", "outside"),
    [
        ("08:00", 600, 600, 0),
        ("07:59", 1, 0, 1),
        ("07:30", 60, 30, 30),
        ("17:59", 1, 1, 0),
        ("18:00", 15, 0, 15),
        ("07:00", 720, 600, 120),
        ("23:00", 60, 0, 60),
    ],
)
def test_each_minute_has_the_factor_of_its_time(start, worked, inside, outside):
    expected = {factor: count for factor, count in ((ONE, inside), (AFTER, outside)) if count}
    assert parts(MONDAY, start, worked) == expected


def test_a_factor_needs_a_contact_who_asked_for_that_time():
    assert parts(MONDAY, "22:00", 30, asked=False) == {ONE: 30}
    assert parts(CHRISTMAS, "10:00", 30, asked=False) == {ONE: 30}


def test_a_weekend_and_a_closed_day_have_one_factor_all_day_with_or_without_a_time():
    assert parts(SATURDAY, "10:00", 30) == parts(SATURDAY, "", 30) == {WEEKEND: 30}
    assert parts(CHRISTMAS, "10:00", 30) == {HOLIDAY: 30}
    assert parts(date(2026, 11, 27), "", 30) == {HOLIDAY: 30}  # the firm's own closed day


def test_a_public_holiday_on_a_saturday_is_a_weekend_for_it_is_no_closed_day():
    assert parts(date(2027, 12, 25), "10:00", 30, rates__weekend=Decimal("1.7")) == {Decimal("1.7"): 30}


@pytest.mark.parametrize(
    ("day", "sunday", "factor"),
    [
        (SATURDAY, "1.8", WEEKEND),
        (date(2026, 10, 11), "1.8", Decimal("1.8")),  # a Sunday
        (date(2027, 12, 25), "1.8", HOLIDAY),  # Christmas Day on a Saturday
        (date(2027, 7, 4), "1.8", HOLIDAY),  # Independence Day on a Sunday
        (date(2027, 7, 4), "2.5", Decimal("2.5")),  # of two factors that fit, the higher one
        (CHRISTMAS, "1.8", HOLIDAY),
    ],
)
def test_sundays_and_public_holidays_on_a_weekend_are_told_apart_where_the_rate_card_does(day, sunday, factor):
    assert parts(day, "10:00", 30, rates__sunday=Decimal(sunday)) == {factor: 30}


def test_work_after_a_short_day_ends_is_outside_business_hours():
    short = (ShortDay(date=date(2026, 12, 24), name="Christmas Eve", closes=time(12)),)
    assert parts(date(2026, 12, 24), "11:30", 60) == {ONE: 60}
    assert parts(date(2026, 12, 24), "11:30", 60, calendar__short=short) == {ONE: 30, AFTER: 30}


def test_without_a_time_a_business_day_counts_as_business_hours():
    assert parts(MONDAY, "", 30) == {ONE: 30}


def test_work_does_not_run_into_the_next_day():
    with pytest.raises(ValueError, match="past midnight"):
        parts(MONDAY, "23:30", 31)


def test_a_time_that_the_clocks_skip_is_refused_and_elapsed_minutes_count_over_it():
    with pytest.raises(ValueError, match="02:30 did not exist on 2027-03-14"):
        parts(FORWARD, "02:30", 30)
    begins, ends = book().desk.span(FORWARD, "01:30", 60)
    assert begins == datetime(2027, 3, 14, 6, 30, tzinfo=UTC)
    assert ends.astimezone(book().desk.zone).strftime("%H:%M") == "03:30"


def test_a_time_that_comes_twice_needs_its_offset():
    with pytest.raises(ValueError, match="write 01:30-04:00 or 01:30-05:00"):
        parts(BACK, "01:30", 30)
    first, second = (book().desk.span(BACK, f"01:30{offset}", 30) for offset in ("-04:00", "-05:00"))
    assert first[1] <= second[0]
    assert (second[0] - first[0]).total_seconds() == 3600


def test_a_time_is_named_without_the_offset_that_was_wrong():
    with pytest.raises(ValueError, match=r"^02:30 did not exist on 2027-03-14"):
        parts(FORWARD, "02:30-05:00", 30)
    with pytest.raises(ValueError, match=r"^01:30 came twice on .*: write 01:30-04:00 or 01:30-05:00"):
        parts(BACK, "01:30-03:00", 30)


def test_an_offset_may_be_that_of_greenwich():
    with pytest.raises(ValueError, match=r"^01:30 came twice on 2026-10-25, .*: write 01:30\+01:00 or 01:30\+00:00"):
        parts(date(2026, 10, 25), "01:30", 30, calendar__timezone="Europe/London")


def test_an_offset_where_none_is_needed_is_refused():
    with pytest.raises(ValueError, match="write 09:00 without an offset"):
        parts(MONDAY, "09:00-04:00", 30)


@pytest.mark.parametrize("text", ["9:00", "24:00", "08:60", "noon", "08:00Z"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError, match="not a time of day"):
        parts(MONDAY, text, 30)
