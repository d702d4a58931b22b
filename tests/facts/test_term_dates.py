"""Days of terms: the vectors of the domain (section 6, traps 7, 8, 11, 12), and what holds for every term."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from contract_assembly.core.values import DateRange, Duration, Span, corresponding, last_day
from contract_assembly.facts.agreement import Term
from contract_assembly.facts.business_days import (
    after_business_minutes,
    business_days_later,
    is_business_day,
    latest_for,
)
from contract_assembly.facts.term_dates import (
    Terms,
    back,
    length_of,
    months_of,
    number_following,
    periods,
    rise_notice_day,
    term_dates,
    terms,
)
from tests.helpers.inputs_base import inputs
from tests.helpers.matters import matter

US = inputs().calendar.model.model_copy(update={"holidays": "US", "closed": ()})
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
MONTHS = st.integers(1, 36)


def d(text):
    return date.fromisoformat(text)


def term(anchor, length, renewal, number):
    return Terms(anchor, anchor, length, renewal).days(number)


def number_on(anchor, length, renewal, day):
    return Terms(anchor, anchor, length, renewal).number_on(day)


def agreed(**written):
    facts = {"length": "12 months", "renewal_length": "12 months", "notice": "60 days"} | written
    return Term(**{name: text for name, text in facts.items() if text})


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        ("2024-02-29", 12, "2025-02-28"),  # adding and taking one off gives 27 February
        ("2025-10-01", 12, "2026-09-30"),
        ("2024-01-01", 12, "2024-12-31"),
        ("2023-03-01", 12, "2024-02-29"),
        ("2025-08-31", 1, "2025-09-30"),
        ("2025-08-31", 6, "2026-02-28"),
        ("2025-01-31", 1, "2025-02-28"),
    ],
)
def test_the_last_day_is_inclusive_and_keeps_to_the_anchor(first, months, last):
    assert last_day(d(first), months) == d(last)


def test_terms_from_29_february_end_on_28_february_in_every_year():
    terms = [term(d("2024-02-29"), 12, 12, number) for number in range(5)]
    assert [each.last for each in terms] == [d(f"{year}-02-28") for year in (2025, 2026, 2027, 2028, 2029)]


def test_a_year_that_holds_29_february_has_366_days():
    days = term(d("2023-10-01"), 12, 12, 0)
    assert (days.last - days.first).days + 1 == 366


def test_billing_from_31_august_does_not_drift():
    days = term(d("2025-08-31"), 12, 12, 0)
    assert [each.first for each in periods(days.first, 1, days)][:8] == [
        d(each)
        for each in [
            "2025-08-31",
            "2025-09-30",
            "2025-10-31",
            "2025-11-30",
            "2025-12-31",
            "2026-01-31",
            "2026-02-28",
            "2026-03-31",
        ]
    ]


def test_quarters_of_a_later_term_are_counted_from_the_anchor():
    days = term(d("2025-08-31"), 12, 12, 1)
    assert [each.first for each in periods(d("2025-08-31"), 3, days)] == [
        d(each) for each in ["2026-08-31", "2026-11-30", "2027-02-28", "2027-05-31"]
    ]


def test_a_period_belongs_to_the_days_that_it_begins_in_even_the_last_of_them():
    found = list(periods(d("2026-01-15"), 3, DateRange(d("2026-05-01"), d("2026-10-15"))))
    assert found == [DateRange(d("2026-07-15"), d("2026-10-14")), DateRange(d("2026-10-15"), d("2026-10-15"))]


def test_four_months_after_30_september_is_30_january():
    assert corresponding(d("2026-09-30"), 4) == d("2027-01-30")


@pytest.mark.parametrize(
    ("period", "found"),
    [("60 days", "2026-08-01"), ("8 weeks", "2026-08-05"), ("1 month", "2026-08-30"), ("1 quarter", "2026-06-30")],
)
def test_a_period_is_counted_back_from_a_day_that_is_left_out(period, found):
    assert back(d("2026-09-30"), Duration.parse(period)) == d(found)


def test_business_days_are_not_counted_back_without_a_calendar():
    with pytest.raises(ValueError, match="cannot be counted back"):
        back(d("2026-09-30"), Duration.parse("5 business days"))


@pytest.mark.parametrize(
    ("day", "number"),
    [
        ("2025-09-30", None),
        ("2025-10-01", 0),
        ("2026-09-30", 0),
        ("2026-10-01", 1),
        ("2027-09-30", 1),
        ("2035-10-01", 10),
    ],
)
def test_which_term_is_current(day, number):
    assert number_on(d("2025-10-01"), 12, 12, d(day)) == number


@pytest.mark.parametrize(
    ("renewal", "day", "number"),
    [
        ("automatic", "2025-09-30", 0),
        ("automatic", "2026-09-30", 0),
        ("automatic", "2026-10-01", 1),
        ("by-agreement", "2026-10-01", 0),
    ],
)
def test_a_day_belongs_to_the_first_term_until_another_follows_by_itself(renewal, day, number):
    assert number_following(agreed(first_day="2025-10-01", renewal=renewal), d(day)) == number


@given(DAYS, MONTHS, MONTHS, st.integers(0, 12))
def test_terms_follow_each_other_without_a_gap(anchor, length, renewal, number):
    now, after = term(anchor, length, renewal, number), term(anchor, length, renewal, number + 1)
    assert now.first <= now.last
    assert after.first == now.last + timedelta(days=1)


@given(DAYS, MONTHS, MONTHS, st.integers(0, 4000))
def test_the_current_term_holds_the_day(anchor, length, renewal, later):
    day = anchor + timedelta(days=later)
    number = number_on(anchor, length, renewal, day)
    assert day in term(anchor, length, renewal, number)


@given(DAYS, st.sampled_from([1, 2, 3, 4, 6, 12]), MONTHS, st.integers(0, 5))
def test_periods_fill_a_term_of_whole_periods(anchor, months, length, number):
    assume(length % months == 0)
    days = term(anchor, length, length, number)
    assume(anchor.day <= 28)  # an anchor on the 29th to 31st may begin a term a day after the period
    found = list(periods(anchor, months, days))
    assert found[0].first == days.first
    assert found[-1].last == days.last
    assert all(b.first == a.last + timedelta(days=1) for a, b in pairwise(found))


@settings(deadline=None)  # the first call loads the holidays
@given(DAYS, st.integers(0, 12))
def test_what_starts_on_the_latest_day_is_there_in_time_and_a_business_day_later_is_too_late(day, count):
    start = latest_for(day, count, US)
    assert is_business_day(start, US)
    assert business_days_later(start, count, US) <= day
    assert business_days_later(business_days_later(start, 1, US), count, US) > day


DESK = US.model_copy(update={"opens": time(8), "closes": time(17)})
LATER_DESK = DESK.model_copy(update={"opens": time(9)})


@pytest.mark.parametrize(
    ("desk", "start", "end"),
    [
        (DESK, "2026-07-10T16:30", "2026-07-13T11:30"),  # Friday to Monday
        (LATER_DESK, "2026-07-10T16:30", "2026-07-13T12:30"),
        (DESK, "2026-09-04T16:30", "2026-09-08T11:30"),  # Monday is Labor Day
        (DESK, "2026-10-30T16:30", "2026-11-02T11:30"),  # the clock goes back on Sunday
        (DESK, "2026-07-11T10:00", "2026-07-13T12:00"),  # a Saturday counts from Monday's opening
        (DESK, "2026-07-13T06:00", "2026-07-13T12:00"),
    ],
)
def test_four_business_hours_run_in_business_hours_only(desk, start, end):
    assert after_business_minutes(datetime.fromisoformat(start), 240, desk) == datetime.fromisoformat(end)


def test_a_range_holds_both_its_ends():
    days = DateRange(d("2026-07-02"), d("2026-07-17"))
    assert days.first in days
    assert days.last in days


# ---- a last day of one's choice


CHOSEN = agreed(first_day="2026-11-16", length="", last_day="2027-09-30")


def test_a_term_may_end_with_another_agreement_and_renews_from_the_day_after():
    every = terms(CHOSEN)
    assert every.days(0) == DateRange(d("2026-11-16"), d("2027-09-30"))
    assert every.days(1) == DateRange(d("2027-10-01"), d("2028-09-30"))
    assert every.days(2) == DateRange(d("2028-10-01"), d("2029-09-30"))


def test_a_chosen_last_day_gives_a_length_in_months_and_days():
    assert length_of(CHOSEN) == Span(10, 15)
    assert months_of(CHOSEN, 0) == 11  # a part of a month counts as a month
    assert months_of(CHOSEN, 1) == 12


def test_a_chosen_last_day_that_ends_whole_months_gives_just_these():
    assert length_of(agreed(first_day="2026-10-01", length="", last_day="2027-09-30")) == Duration(12, "month")
    assert length_of(agreed(first_day="2024-02-29", length="", last_day="2025-02-28")) == Duration(12, "month")


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ({"first_day": "2026-10-01", "length": "0 months"}, "at least one month"),
        ({"first_day": "2026-10-01", "length": "52 weeks"}, "is not a number of months"),
        ({"first_day": "2026-10-01", "length": "", "last_day": "2026-09-30"}, "before the first"),
    ],
)
def test_terms_that_cannot_be_counted_are_refused(written, why):
    with pytest.raises(ValueError, match=why):
        terms(agreed(**written))


@pytest.mark.parametrize("written", [{"length": ""}, {"last_day": "2027-09-30"}])
def test_a_term_states_its_length_or_its_last_day_and_not_both(written):
    with pytest.raises(ValueError, match="either length"):
        agreed(first_day="2026-10-01", **written)


@given(DAYS, MONTHS, st.integers(0, 700), st.integers(0, 5))
def test_terms_after_a_chosen_last_day_follow_each_other_without_a_gap(first, renewal, days, number):
    every = terms(
        agreed(first_day=first, length="", last_day=first + timedelta(days=days), renewal_length=f"{renewal} months")
    )
    assert every.days(number + 1).first == every.days(number).last + timedelta(days=1)
    assert every.number_on(every.days(number).first) == number
    assert every.number_on(every.days(number).last) == number


# ---- the day by which a renewal is declined


@pytest.mark.parametrize(
    ("last", "notice", "to", "day"),
    [
        ("2027-09-30", "60 days", "any-day", "2027-08-01"),
        ("2027-09-30", "3 months", "any-day", "2027-06-30"),
        ("2027-05-31", "3 months", "any-day", "2027-02-28"),
        ("2027-11-15", "8 weeks", "any-day", "2027-09-20"),
        ("2027-09-30", "1 quarter", "any-day", "2027-06-30"),
        ("2027-09-30", "3 months", "month-end", "2027-06-30"),
        ("2027-11-15", "3 months", "month-end", "2027-07-31"),  # August, September and October remain in full
        ("2027-02-28", "3 months", "month-end", "2026-11-30"),
        ("2028-02-29", "1 month", "month-end", "2028-01-31"),
        ("2027-10-30", "1 month", "month-end", "2027-08-31"),
    ],
)
def test_a_notice_is_counted_back_in_days_weeks_or_months_and_to_the_end_of_a_month(last, notice, to, day):
    found = term_dates(agreed(first_day="2020-01-01", length="", last_day=last, notice=notice, notice_to=to), US, 0)
    assert found.counted_back == d(day)
    assert found.decision_day <= found.counted_back
    assert is_business_day(found.decision_day, US)
    assert found.notice_days == (d(last) - d(day)).days


def test_a_term_from_the_31st_gives_its_days_without_drift():
    every = terms(agreed(first_day="2026-08-31", length="6 months", renewal_length="6 months"))
    assert [every.last(number) for number in range(3)] == [d("2027-02-28"), d("2027-08-30"), d("2028-02-29")]


@pytest.mark.parametrize("notice", ["90 days", "3 months", "30 days"])
@pytest.mark.parametrize("number", [0, 1])
def test_the_last_day_for_a_notice_of_a_rise_is_that_of_the_plan_of_a_renewal(notice, number):
    subject = matter(agreement__fees__increase_notice=Duration.parse(notice))
    found = rise_notice_day(subject.inputs.agreement.model, subject.inputs.calendar.model, number)
    assert found == subject.term(number).rise_notice.day


def test_no_period_begins_before_the_first_one():
    found = periods(date(2027, 3, 1), 1, DateRange(date(2027, 1, 1), date(2027, 4, 30)))
    assert [each.first for each in found] == [date(2027, 3, 1), date(2027, 4, 1)]


def test_a_period_of_no_months_is_refused():
    with pytest.raises(ValueError, match="at least one month"):
        next(periods(date(2027, 3, 1), 0, DateRange(date(2027, 3, 1), date(2027, 4, 30))))
