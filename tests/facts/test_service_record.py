"""Shares that tell the truth, and figures by their paths."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.facts.service_record import Service, figures, share
from tests.helpers.models import read


@pytest.mark.parametrize(
    ("numerator", "denominator", "found"),
    [
        (9996, 10000, "99.9"),
        (10000, 10000, "100.0"),
        (1, 10000, "0.1"),
        (0, 10000, "0.0"),
        (1, 3, "33.3"),
        (1, 400, "0.3"),
        (9946, 10000, "99.5"),
        (64, 10000, "0.6"),
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


@pytest.mark.parametrize(("places", "found"), [(0, "67"), (1, "66.7"), (2, "66.67")])
def test_a_share_has_as_many_decimals_as_asked_for(places, found):
    assert str(share(2, 3, places)) == found


def test_every_figure_has_its_path_in_the_file():
    text = """term: 2026-10-01
reviews: [{on: 2026-12-01, source: M}, {on: 2027-03-01, source: M}]
hours: {count: 3.5, period: {first: 2026-10-01, last: 2026-10-31}, source: L}
risks: [{id: a, since: 2026-10-01, what: W, effect: E, advice: A}]
"""
    assert [path for path, _ in figures(read(Service, text))] == ["reviews.0", "reviews.1", "hours"]
