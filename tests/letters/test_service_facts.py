"""Contents of service reports."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.core.values import Percent
from contract_assembly.letters.service_facts import PRIVATE, assets, licences_that_end, percent, priority_name
from tests.helpers.inputs_base import inputs


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [(None, 3, None), (3, None, None), (0, 0, None), (3, 3, "100"), (2, 3, "66.7"), (1999, 2000, "99.9"), (0, 7, "0")],
)
def test_a_share_needs_both_numbers_and_is_full_only_if_nothing_is_missing(part, whole, share):
    assert percent(part, whole, 1) == (None if share is None else Percent(Decimal(share)))


def test_a_share_of_few_is_no_figure():
    assert percent(9, 9, 10) is None
    assert percent(9, 10, 10) == Percent(Decimal(90))


def test_priorities_have_names():
    assert [priority_name(each) for each in ("all", "p1")] == ["All", "Priority\u00a01"]


@pytest.mark.parametrize("text", ["ask lena@acme.example", "call +1 518 555 0100", "call +1 (518) 555-0100"])
def test_addresses_and_numbers_of_persons_are_found(text):
    assert PRIVATE.search(text)


@pytest.mark.parametrize("text", ["40 of 42 laptops", "from 2026-10-01", "error +12 dB", "@ 9:00"])
def test_other_figures_are_not_taken_for_them(text):
    assert not PRIVATE.search(text)


def test_what_is_covered_is_counted_by_class():
    found = {each["label"]: each["count"] for each in assets(inputs())}
    coverage = inputs().agreement.model.coverage
    assert (found["Users"], found["Sites"]) == (coverage.users, len(coverage.sites))


def test_only_licences_that_end_in_the_months_ahead_are_named():
    assert len(licences_that_end(inputs(), date(1990, 1, 1), 12, "k").items) == 0
