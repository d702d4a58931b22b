"""Cells of exports in the forms that other programs write."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from contract_assembly.facts.export_cells import clock, day, duration, local_clock, moment, open_form

NEW_YORK = ZoneInfo("America/New_York")
NINE = datetime(2026, 11, 12, 14, 5, tzinfo=UTC)  # 09:05 in New York


@pytest.mark.parametrize(
    ("text", "unit", "minutes"),
    [
        ("35", None, 35),
        ("35m", None, 35),
        ("35 min", None, 35),
        ("1h30m", None, 90),
        ("1 h 30 min", None, 90),
        ("2 hours", None, 120),
        ("1:30", None, 90),
        ("0:19", None, 19),
        ("00:18:25", None, 18),
        ("01:18:25", None, 78),
        ("18:25 min", None, 18),
        ("PT1H18M25S", None, 78),
        ("0.31", "hours", 19),
        ("0,32", "hours", 19),
        ("0.33", "hours", 20),
        ("1", "hours", 60),
        ("1105", "seconds", 18),
        ("0", "hours", 0),
    ],
)
def test_time_worked_is_read_in_every_form(text, unit, minutes):
    assert duration(text, unit) == minutes


@pytest.mark.parametrize("text", ["", "some", "1:75", "0.31", "0,5", "-5", "1.5h", "PT", "h", "1:2:3", "٣٥"])
def test_time_worked_that_says_nothing_certain_is_refused(text):
    with pytest.raises(ValueError, match=r"is not a time worked|may be hours or minutes"):
        duration(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9:00", "09:00"),
        ("09:00:30", "09:00"),
        ("09:00:00 AM", "09:00"),
        ("12:15 am", "00:15"),
        ("12:15 PM", "12:15"),
        ("9:05 p.m.", "21:05"),
        ("1:59 PM", "13:59"),
        ("23:59", "23:59"),
        ("01:30-05:00", "01:30-05:00"),
    ],
)
def test_a_time_of_day_becomes_that_of_the_ledger(text, found):
    assert clock(text) == found


@pytest.mark.parametrize("text", ["24:00", "13:00 PM", "0:30 AM", "9", "9:60", "nine"])
def test_what_is_not_a_time_of_day_is_refused(text):
    with pytest.raises(ValueError, match="is not a time of day"):
        clock(text)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2026-11-12T14:05:00Z", "iso"),
        ("2026-11-12T14:05:00.1234567+00:00", "iso"),
        ("2026-11-12 14:05+0000", "iso"),
        ("2026-11-12 09:05", "iso"),
        ("1794492300", "epoch"),
        ("1794492300.25", "epoch"),
        ("1794492300000", "epoch-ms"),
        ("12/Nov/26 9:05 AM", "%d/%b/%y %I:%M %p"),
        ("11/12/26 9:05", "%m/%d/%y %H:%M"),
    ],
)
def test_a_moment_is_read_in_every_form(text, form):
    found = moment(text, [form], NEW_YORK).astimezone(UTC)
    assert found.replace(second=0, microsecond=0) == NINE


def test_a_moment_that_two_forms_read_differently_is_refused():
    with pytest.raises(ValueError, match="two ways"):
        moment("05/06/26 9:05", ["%m/%d/%y %H:%M", "%d/%m/%y %H:%M"], NEW_YORK)
    with pytest.raises(ValueError, match="two ways"):
        day("05/06/2026", ["%m/%d/%Y", "%d/%m/%Y"])
    assert day("13/06/2026", ["%m/%d/%Y", "%d/%m/%Y"]) == date(2026, 6, 13)


def test_both_runs_of_an_hour_that_comes_twice_are_told_apart():
    first, second = (moment(text, ["iso"], NEW_YORK) for text in ("2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"))
    assert local_clock(first, NEW_YORK) == (date(2026, 11, 1), "01:30-04:00")
    assert local_clock(second, NEW_YORK) == (date(2026, 11, 1), "01:30-05:00")
    assert local_clock(NINE, NEW_YORK) == (date(2026, 11, 12), "09:05")


@pytest.mark.parametrize(
    ("form", "words"),
    [("%m/%d", "year, month and day"), ("%C-%m-%d", "%C, which is not used here"), ("epoch", "whole day")],
)
def test_a_form_of_a_day_that_leaves_something_open_is_refused(form, words):
    assert words in " ".join(open_form(form, day_only=True))
    assert not list(open_form("%d.%m.%y", day_only=True))
