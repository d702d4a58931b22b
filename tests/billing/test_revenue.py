"""Recurring revenue: what recurs on a day, why it changed, and what is contracted. Amounts are counted by hand."""

import json
from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.billing.charges import charges
from contract_assembly.billing.revenue import _add_billed, _of_block, empty
from tests.helpers.books import book, day
from tests.helpers.corpus import REPOSITORY, run
from tests.helpers.running import running, usd
from tests.helpers.used_blocks import PLANS, used


def test_the_months_of_a_year_end_with_the_day_asked_for():
    assert [*empty(date(2027, 3, 31)).months][:1] == [date(2026, 4, 30)]
    assert len(empty(date(2027, 3, 31)).months) == 12


@pytest.mark.parametrize("on", [date(2028, 8, 31), date(2028, 9, 1)])
def test_twelve_months_of_charges_are_twelve_wherever_they_begin(on):
    found = empty(on)
    _add_billed(found, charges(running(), date(2029, 1, 31)))
    assert found.billed == {("USD", "recurring"): 12 * Decimal("2438.00")}


# ---- of a block


@pytest.mark.parametrize(
    ("account", "status", "charged"),
    [
        ({}, "sent", {}),  # an offer
        ({}, "signed", {("USD", "block"): Decimal("1800.00")}),
        ({"paid": "2026-10-02"}, "sent", {("USD", "block"): Decimal("1800.00")}),
    ],
)
def test_a_block_is_charged_once_it_is_paid_or_signed(account, status, charged):
    found = empty(date(2027, 3, 31))
    _of_block(found, book(account, agreement__status=status), ())
    assert found.billed == charged


def flat(fee, name="essential"):
    """A plan with one fee for everything."""
    line = PLANS[1].prices[0].model_copy(update={"per": "agreement", "price": (usd(fee),)})
    return PLANS[1].model_copy(update={"id": name, "prices": (line,)})


@pytest.mark.parametrize(
    ("fees", "better"), [(["391.50"], []), (["391.90"], []), (["391.10"], ["a"]), (["391.40", "380.00"], ["b"])]
)
def test_a_plan_is_better_than_a_block_from_a_cent_on_and_the_cheapest_is_named(fees, better):
    found = empty(day(90))
    _of_block(found, used(60), [flat(fee, name) for fee, name in zip(fees, "ab", strict=False)])  # costs 391.50 a month
    assert [each.plan for each in found.better] == better


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
