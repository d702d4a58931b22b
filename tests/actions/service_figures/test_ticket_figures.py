"""Figures from Tickets: promises in Business Hours, medians, ratings that tell the truth, quarters of a term."""

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from contract_assembly.actions.service_figures.ticket_export import Ticket
from contract_assembly.actions.service_figures.ticket_figures import (
    TicketTargets,
    closed_in,
    measured,
    median,
    quarters,
    rated,
)
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import DateRange, Duration
from contract_assembly.facts.business_days import after_business_minutes, business_minutes, due_after
from tests.helpers.inputs_base import inputs

CALENDAR = inputs().calendar.model  # Monday to Friday, 08:00 to 18:00, holidays of the US
DESK = TicketTargets(CALENDAR, {each.id: each for each in inputs().plan.model.service_levels.priorities})
TERM = DateRange(date(2026, 10, 1), date(2027, 9, 30))


def at(text):
    return datetime.fromisoformat(f"2026-10-{text}")


def ticket(priority="P1", created="05 09:00", responded="05 09:30", closed="05 10:00", **more):
    given = {"resolved": None, "met": {}, "took": {}, "waiting": 0, "rating": None, "origin": Origin("t.csv", 2)}
    return Ticket(priority, at(created), at(closed), at(responded) if responded else None, **{**given, **more})


def figures(*tickets):
    return {each.priority: each for each in measured(tickets, DESK)}


@pytest.mark.parametrize(
    ("start", "period", "due"),
    [
        ("05 09:00", "1 business hour", "05 10:00"),
        ("05 17:30", "30 minutes", "05 18:00"),
        ("02 17:30", "1 business hour", "05 08:30"),  # over a weekend
        ("09 17:00", "2 business hours", "13 09:00"),  # Columbus Day is the Monday between
        ("05 09:00", "1 business day", "06 18:00"),
        ("03 12:00", "1 business day", "06 18:00"),  # reported on a Saturday: the day begins on Monday
        ("05 18:30", "1 business day", "07 18:00"),  # after hours: the clock starts the next morning
    ],
)
def test_when_a_promised_time_is_over(start, period, due):
    assert due_after(at(start), Duration.parse(period), CALENDAR) == at(due)


def test_a_promise_in_months_is_none():
    with pytest.raises(ValueError, match="not counted in months"):
        due_after(at("05 09:00"), Duration.parse("1 month"), CALENDAR)


@given(st.integers(0, 40000), st.integers(0, 3000))
def test_minutes_counted_forth_are_counted_back(start, minutes):
    begins = at("01 00:00") + timedelta(minutes=start)
    assert business_minutes(begins, after_business_minutes(begins, minutes, CALENDAR), CALENDAR) == minutes


@pytest.mark.parametrize(
    ("given", "met"),
    [
        ({"responded": "05 10:00"}, 1),  # the last minute is in time
        ({"responded": "05 10:01"}, 0),
        ({"responded": "05 10:20", "waiting": 20}, 1),  # a recorded pause
        ({"responded": "05 10:21", "waiting": 20}, 0),
        ({"responded": "05 12:00", "closed": "05 12:00", "met": {"response": True}}, 1),  # the system knows better
        ({"responded": "05 09:01", "met": {"response": False}}, 0),
    ],
)
def test_a_response_is_in_time_or_late(given, met):
    found = figures(ticket(**given))["P1"]
    assert (found.met["response"], found.of["response"]) == (met, 1)


def test_a_response_that_is_not_known_counts_neither_way():
    found = figures(ticket(responded=None), ticket())["all"]
    assert (found.closed, found.met["response"], found.of["response"]) == (2, 1, 1)
    assert found.timed["response"] == 1


def test_resolution_is_the_closing_where_no_moment_of_its_own_is_known():
    late = {"created": "05 09:00", "closed": "05 13:01"}
    assert figures(ticket(**late))["P1"].met["resolution"] == 0
    assert figures(ticket(**late, resolved=at("05 13:00")))["P1"].met["resolution"] == 1


@pytest.mark.parametrize(("minutes", "found"), [([5], 5), ([9, 1, 5], 5), ([1, 2], 2), ([1, 3], 2), ([1, 1, 2, 9], 2)])
def test_the_median_is_the_middle(minutes, found):
    assert median(minutes) == found


@pytest.mark.parametrize(
    ("ratings", "mean"),
    [([5, 5], "5.0"), ([5] * 99 + [4], "4.9"), ([4, 5], "4.5"), ([5, 5, 5, 4], "4.8"), ([1, 2], "1.5")],
)
def test_only_fives_give_a_five(ratings, mean):
    found = rated([ticket(rating=each) for each in [*ratings, None]])
    assert (found.mean, found.answers, found.asked) == (Decimal(mean), len(ratings), len(ratings) + 1)


def test_without_ratings_there_is_no_mean():
    assert rated([ticket()]) is None


def test_quarters_are_those_of_the_term_as_far_as_it_went():
    found = dict(quarters(TERM, DateRange(TERM.first, date(2027, 1, 15))))
    assert found == {
        1: DateRange(date(2026, 10, 1), date(2026, 12, 31)),
        2: DateRange(date(2027, 1, 1), date(2027, 1, 15)),
    }


@given(st.lists(st.tuples(st.sampled_from(["P1", "P2", "P3", "P4"]), st.integers(0, 364)), max_size=60))
def test_priorities_and_quarters_add_up(given):
    tickets = [
        replace(ticket(priority), created=day, closed=day, responded=None)
        for priority, n in given
        for day in [datetime.combine(TERM.first + timedelta(days=n), datetime.min.time())]
    ]
    found = {each.priority: each.closed for each in measured(tickets, DESK)}
    assert found["all"] == sum(found[name] for name in ("P1", "P2", "P3", "P4")) == len(given)
    assert {name: count for name, count in found.items() if count and name != "all"} == Counter(p for p, _ in given)
    assert sum(len(closed_in(tickets, days)) for _, days in quarters(TERM, TERM)) == len(given)
