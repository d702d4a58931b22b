"""How fast hours are used, and when they would run out."""

from datetime import date, timedelta
from decimal import Decimal
from statistics import NormalDist

import pytest

from contract_assembly.blocks.forecast import _Z, MONTH, pace, weeks
from tests.helpers.books import FIRST, IN_TIME, book, day, order, with_work, work


def steady(count, minutes=60):
    """A book with the same work in each of so many weeks."""
    return with_work(book(), *[work(day(7 * n), minutes, f"Task {n}") for n in range(count)])


def test_only_whole_weeks_since_the_first_usable_day_count_the_latest_first():
    used = {FIRST: Decimal(60), day(6): Decimal(30), day(7): Decimal(15)}
    assert weeks(used, FIRST, day(13)) == [15, 90]
    assert weeks(used, FIRST, day(12)) == [45]  # seven days up to day 12; the five days before are no whole week
    assert weeks(used, FIRST, day(5)) == []


def test_an_hour_a_week_is_more_than_four_hours_in_an_average_month():
    found = pace(steady(10), day(69))
    assert found.month == 60 * MONTH / 7
    assert found.runs_out == day(69) + timedelta(weeks=10)


def test_hours_may_run_out_within_the_first_week():
    found = with_work(book(), work(day(0), 450), work(day(7), 450, "More"))
    assert pace(found, day(13)).runs_out == day(13) + timedelta(days=4)  # 300 of 450 minutes a week are left


def test_weeks_count_from_the_first_day_of_the_first_block():
    bought = order(ordered="2026-12-01", paid="2026-12-01", last_day="2027-11-30")
    account = {"paid": "2026-10-02", "messages": [IN_TIME], "orders": [bought]}
    assert pace(book(account), date(2027, 1, 1)).weeks == 12


def test_steady_use_has_no_range_but_the_day_itself():
    found = pace(steady(10), day(69))
    assert found.earliest == found.runs_out == found.latest


def test_uneven_use_has_a_range_around_the_day_and_it_is_worked_out_as_the_page_says():
    found = with_work(book(), *[work(day(7 * n), 15 if n % 2 else 105, f"Task {n}") for n in range(8)])
    told = pace(found, day(55))
    assert told.earliest < told.runs_out < told.latest
    mean, count, variance, left = 60.0, 8, 45.0**2 * 8 / 7, 20 * 60 - 480

    def sure(k):  # the sum of k further weeks, as a normal distribution
        return NormalDist(k * mean, (variance * (k + k * k / count)) ** 0.5)

    early, late = ((each - day(55)).days / 7 for each in (told.earliest, told.latest))
    assert abs(1 - sure(early).cdf(left) - 0.1) < 0.03
    assert abs(1 - sure(late).cdf(left) - 0.9) < 0.03
    assert (told.earliest, told.latest) == (
        day(55 + 55),
        day(55 + 146),
    )  # with 7 for 8 weeks: their mean is one of them


def test_the_range_holds_eight_chances_in_ten():
    assert abs(NormalDist().cdf(float(_Z)) - 0.9) < 0.0001


def test_few_weeks_are_an_early_estimate_without_a_range_and_none_are_no_estimate():
    assert (pace(steady(3), day(20)).early, pace(steady(3), day(20)).earliest) == (True, None)
    assert pace(steady(4), day(27)).earliest is not None
    assert not pace(steady(13), day(90)).early
    assert (pace(steady(1), day(3)).weeks, pace(steady(1), day(3)).runs_out) == (0, None)


def test_unused_hours_do_not_run_out():
    found = pace(book(), date(2027, 1, 1))
    assert (found.month, found.runs_out, found.earliest) == (0, None, None)


def test_hours_that_would_be_left_on_the_expiry_day_are_foreseen():
    found = pace(with_work(book(), work(worked=60)), date(2027, 9, 26))
    assert round(found.left_at_expiry, 3) == Decimal("1138.655")  # 60 minutes in 51 weeks, and 8 days to go
    assert pace(steady(10), day(69)).left_at_expiry == 0


@pytest.mark.parametrize(("block_hours", "weeks_left"), [(53, 520), (54, None)])
def test_ten_years_are_foreseen_and_no_more(block_hours, weeks_left):
    found = pace(with_work(book(agreement__block__hours=block_hours), work(day(0), 60)), day(69))  # 6 minutes a week
    assert found.runs_out == (day(69) + timedelta(weeks=weeks_left) if weeks_left else None)


def test_a_few_days_beyond_ten_years_are_not_foreseen():
    """Of 113 hours, 111.5 are left after 90 minutes in seven weeks: they last for 520.3 weeks more."""
    assert pace(with_work(book(agreement__block__hours=113), work(day(0), 90)), day(48)).runs_out is None
