"""Figures that belong to their term and to themselves."""

from datetime import date

import pytest

from contract_assembly.core.origin import Origin
from contract_assembly.core.values import DateRange
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.fields import located
from contract_assembly.facts.service_record import Service
from contract_assembly.rules.service_record import of_figures, problems
from tests.helpers.matters import matter

TERM = DateRange(date(2026, 10, 1), date(2027, 9, 30))
PERIOD = "period: {first: 2026-10-01, last: 2027-04-30}, source: Export"


def told(text):
    service = located(Service, strict_yaml.load(f"term: 2026-10-01\n{text}\n", "service.yaml"))
    return [(each.rule, each.origin.line) for each in of_figures(service, TERM, Origin("agreement.yaml"), "USD")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (
            "tickets:\n  - {priority: all, count: 3, period: {first: 2025-10-01, last: 2026-09-30}, source: Export}",
            [("service-period", 3)],
        ),
        (
            "tickets:\n  - {priority: all, count: 3, period: {first: 2027-04-01, last: 2027-03-01}, source: Export}",
            [("service-period", 3)],
        ),
        ("reviews:\n  - {on: 2027-10-01, source: Minutes}", [("service-period", 3)]),
        (
            f"targets:\n  - {{target: response, priority: P1, numerator: 5, denominator: 4, {PERIOD}}}",
            [("service-sum", 3)],
        ),
        (
            f"measures:\n  - {{name: Backups, numerator: 3, denominator: 4, before_numerator: 3, {PERIOD}}}",
            [("service-sum", 3)],
        ),
        (
            f"tickets:\n  - {{priority: P1, count: 3, {PERIOD}}}\n  - {{priority: P1, count: 4, {PERIOD}}}",
            [("service-doubled", 4)],
        ),
        (f"satisfaction: {{mean: '5.1', answers: 3, asked: 4, {PERIOD}}}", [("service-sum", 2)]),
        (
            "recommendations:\n  - {id: a, what: A, why: B, quarter: 5, price: 3.00 EUR}",
            [("service-quarter", 3), ("mixed-currencies", 3)],
        ),
    ],
)
def test_what_is_wrong_with_figures(text, found):
    assert told(text) == found


def test_data_of_another_year_is_told():
    service = located(Service, strict_yaml.load("term: 2025-10-01\n", "service.yaml"))
    assert [each.rule for each in of_figures(service, TERM, Origin("a"), "USD")] == ["service-period"]


@pytest.mark.parametrize("client", ["acme", "brookfield"])
def test_the_figures_of_the_samples_are_sound(client):
    found = matter(client)
    first = found.inputs.agreement.model.term.first_day
    days = DateRange(first, date(first.year + 1, first.month, 28))
    assert list(of_figures(found.service, days, Origin("a"), found.inputs.agreement.model.currency)) == []


@pytest.mark.parametrize(
    ("first", "last", "fits"),
    [
        ("2026-10-01", "2027-09-30", True),
        ("2026-09-30", "2027-09-30", False),
        ("2026-10-01", "2027-10-01", False),
        ("2026-10-01", "2026-10-01", True),
    ],
)
def test_both_days_of_a_term_belong_to_it(first, last, fits):
    found = told(f"tickets:\n  - {{priority: P1, count: 1, period: {{first: {first}, last: {last}}}, source: X}}")
    assert (found == []) == fits


@pytest.mark.parametrize(("mean", "fits"), [("0.9", False), ("1", True), ("5", True), ("5.01", False)])
def test_a_mean_rating_is_from_one_to_five(mean, fits):
    assert (told(f"satisfaction: {{mean: {mean}, answers: 4, asked: 4, {PERIOD}}}") == []) == fits


@pytest.mark.parametrize(("quarter", "fits"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_year_has_four_quarters(quarter, fits):
    assert (told(f"recommendations:\n  - {{id: a, what: A, why: B, quarter: {quarter}}}") == []) == fits


def test_sums_are_checked_with_the_rest():
    text = f"term: 2026-10-01\ntickets:\n  - {{priority: P1, count: 2, {PERIOD}}}\n  - {{priority: all, count: 1, {PERIOD}}}\n"
    service = located(Service, strict_yaml.load(text, "service.yaml"))
    assert [each.rule for each in problems(service, TERM, Origin("a"), "USD")] == ["service-sum"]
