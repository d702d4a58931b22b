"""Figures of a year that agree with each other: parts with their total, quarters with the year."""

from datetime import date

import pytest

from contract_assembly.core.values import DateRange
from contract_assembly.facts.service_record import Service
from contract_assembly.rules.service_totals import problems
from tests.helpers.models import read

TERM = DateRange(date(2026, 10, 1), date(2027, 9, 30))
DAYS = "period: {first: 2026-10-01, last: 2027-03-31}, source: X"
FIRST = "period: {first: 2026-10-01, last: 2026-12-31}, source: X"
SECOND = "period: {first: 2027-01-01, last: 2027-03-31}, source: X"


def found(text):
    return [each.what for each in problems(read(Service, f"term: 2026-10-01\n{text}"), TERM)]


def tickets(**counts):
    return "tickets:\n" + "".join(
        f"  - {{priority: {name}, count: {count}, {DAYS}}}\n" for name, count in counts.items()
    )


def quarter(number, days, *rows):
    return f"  - {{number: {number}, {days}, tickets: [{', '.join(f'{{{row}}}' for row in rows)}]}}\n"


@pytest.mark.parametrize(
    ("counts", "fits"),
    [
        ({"P1": 1, "P2": 2, "P3": 3, "P4": 4, "all": 10}, True),
        ({"P1": 1, "P2": 2, "P3": 3, "P4": 4, "all": 11}, False),
        ({"P1": 1, "P2": 2, "P3": 3, "P4": 4, "all": 9}, False),
        ({"P1": 1, "P2": 2, "all": 10}, True),  # the rest is not known
        ({"P1": 1, "P2": 2, "all": 3}, True),
        ({"P1": 1, "P2": 2, "all": 2}, False),
        ({"P1": 1, "P2": 2}, True),
        ({"all": 5}, True),
    ],
)
def test_priorities_add_up_to_the_total_and_never_exceed_it(counts, fits):
    assert (found(tickets(**counts)) == []) == fits


def test_sums_of_responses_and_resolutions_are_checked_apart():
    def row(name, part, whole):
        return f"  - {{target: response, priority: {name}, numerator: {part}, denominator: {whole}, {DAYS}}}\n"

    rows = "".join(row(name, 1, 2) for name in ("P1", "P2", "P3", "P4"))
    assert found("targets:\n" + rows + row("all", 4, 8)) == []
    assert found("targets:\n" + rows + row("all", 5, 8)) == [
        "targets, response, numerator: the priorities add up to 4, and the total is 5"
    ]


@pytest.mark.parametrize(
    ("number", "days", "said"),
    [
        (0, FIRST, "0 is not a quarter of the term"),
        (5, FIRST, "5 is not a quarter of the term"),
        (2, FIRST, "quarters.0: 2026-10-01 to 2026-12-31 is not of quarter 2"),
        (1, FIRST.replace("12-31", "11-30"), None),  # a quarter so far
        (1, FIRST.replace("2026-12-31", "2027-01-01"), "quarters.0: 2026-10-01 to 2027-01-01 is not of quarter 1"),
        (1, FIRST.replace("10-01", "10-02"), "quarters.0: 2026-10-02 to 2026-12-31 is not of quarter 1"),
    ],
)
def test_a_quarter_begins_on_its_first_day_and_ends_within_it(number, days, said):
    assert found("quarters:\n" + quarter(number, days)) == ([said] if said else [])


def test_a_quarter_is_there_once():
    assert found("quarters:\n" + quarter(1, FIRST) * 2) == ["1 appears twice"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("priority: P1, closed: 3, response_met: 2, response_of: 3", None),
        ("priority: P1, closed: 3, response_met: 3, response_of: 2", "quarters.0, P1: response_met 3, response_of 2"),
        ("priority: P1, closed: 3, response_met: 2", "quarters.0, P1: response_met 2, response_of None"),
        ("priority: P1, closed: 2, resolution_of: 3", "quarters.0, P1: resolution_of 3, closed 2"),
    ],
)
def test_in_time_is_a_part_of_what_is_known_and_that_a_part_of_what_was_closed(row, said):
    assert found("quarters:\n" + quarter(1, FIRST, row)) == ([said] if said else [])


def test_quarters_that_span_a_figure_of_the_year_add_up_to_it():
    quarters = (
        "quarters:\n" + quarter(1, FIRST, "priority: all, closed: 4") + quarter(2, SECOND, "priority: all, closed: 5")
    )
    assert found(tickets(all=9) + quarters) == []
    assert found(tickets(all=10) + quarters) == ["tickets, all: 10 in the year, and the quarters add up to 9"]


def test_quarters_with_a_gap_or_of_other_days_are_not_added_up():
    other = "quarters:\n" + quarter(1, FIRST, "priority: all, closed: 4")
    assert found(tickets(all=10) + other) == []
    assert found(tickets(all=10) + other + quarter(3, "period: {first: 2027-04-01, last: 2027-06-30}, source: X")) == []
