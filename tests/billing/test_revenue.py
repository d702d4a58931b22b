"""Recurring revenue: what recurs on a day, why it changed, and what is contracted. Amounts are counted by hand."""

import json
from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.billing.charges import charges
from contract_assembly.billing.revenue import _add_billed, empty
from tests.helpers.corpus import REPOSITORY, run
from tests.helpers.running import running


def test_the_months_of_a_year_end_with_the_day_asked_for():
    assert [*empty(date(2027, 3, 31)).months][:1] == [date(2026, 4, 30)]
    assert len(empty(date(2027, 3, 31)).months) == 12


@pytest.mark.parametrize("on", [date(2028, 8, 31), date(2028, 9, 1)])
def test_twelve_months_of_charges_are_twelve_wherever_they_begin(on):
    found = empty(on)
    _add_billed(found, charges(running(), date(2029, 1, 31)))
    assert found.billed == {("USD", "recurring"): 12 * Decimal("2438.00")}


# ---- the command, over the samples


def test_what_was_sent_and_not_signed_is_shown_apart():
    found = json.loads(run(REPOSITORY, "revenue", "--on", "2027-03-31", "--client", "acme", "--json").out)
    assert found["recurring"] == []
    assert found["sent_not_signed"] == [{"currency": "USD", "monthly": "2908.00", "yearly": "34896.00"}]


@pytest.mark.parametrize(
    "words",
    [
        ("--csv", "--table", "movements"),
        ("--table", "renewals"),
        ("--csv", "--by", "plan", "--table", "renewals"),
        ("--on", "2027-01-01", "--since", "2027-01-01"),
        ("--csv", "--json"),
        ("--on", "soon"),
    ],
)
def test_wrong_use_is_refused(words):
    assert run(REPOSITORY, "revenue", *words).code == 2
