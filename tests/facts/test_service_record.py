"""What was delivered: shares that tell the truth, and figures that belong to the term."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.core.origin import Origin
from contract_assembly.core.values import DateRange
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.fields import located
from contract_assembly.facts.service_record import Service, share
from contract_assembly.rules.service_record import of_figures
from tests.helpers.matters import matter

TERM = DateRange(date(2026, 10, 1), date(2027, 9, 30))
PERIOD = "period: {first: 2026-10-01, last: 2027-04-30}, source: Export"


def told(text):
    service = located(Service, strict_yaml.load(f"term: 2026-10-01\n{text}\n", "service.yaml"))
    return [(each.rule, each.origin.line) for each in of_figures(service, TERM, Origin("agreement.yaml"), "USD")]


@pytest.mark.parametrize(
    ("numerator", "denominator", "found"),
    [
        (9996, 10000, "99.9"),
        (10000, 10000, "100.0"),
        (1, 10000, "0.1"),
        (0, 10000, "0.0"),
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (1, 8, "12.5"),
        (287, 281, "102.1"),
        (0, 0, None),
    ],
)
def test_a_share_is_rounded_toward_the_truth(numerator, denominator, found):
    assert share(numerator, denominator) == (None if found is None else Decimal(found))


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_only_all_is_a_hundred_and_only_nothing_is_zero(numerator, denominator):
    numerator = min(numerator, denominator)
    found = share(numerator, denominator)
    assert (found == 100) == (numerator == denominator)
    assert (found == 0) == (numerator == 0)
    assert abs(found - Decimal(100) * numerator / denominator) <= Decimal("0.1")


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
