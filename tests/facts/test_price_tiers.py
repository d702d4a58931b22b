"""Tiers: what a number of units costs, row by row, and how a step changes a list of tiers. Amounts are counted by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.core.values import Money
from contract_assembly.facts.fee_terms import PriceStep, Tier
from contract_assembly.facts.price_tiers import range_words, rows, stepped

TIERS = tuple(
    Tier.model_validate(each)
    for each in (
        {"up_to": "10", "price": "70.00 USD"},
        {"up_to": "25", "price": "65.00 USD", "flat": "20.00 USD"},
        {"price": "60.00 USD"},
    )
)
FLAT = tuple(Tier.model_validate(each) for each in ({"up_to": "10", "flat": "500.00 USD"}, {"flat": "900.00 USD"}))


def found(pricing, tiers, quantity):
    return [(each.mark, each.quantity, str(each.price.amount)) for each in rows(pricing, tiers, quantity)]


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (10, [("", 10, "70.00")]),
        (11, [("", 11, "65.00"), (".flat", 1, "20.00")]),
        (26, [("", 26, "60.00")]),
    ],
)
def test_volume_pricing_charges_all_units_at_the_tier_that_their_number_reaches(quantity, expected):
    assert found("volume", TIERS, quantity) == expected


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (10, [(".1", 10, "70.00")]),
        (11, [(".1", 10, "70.00"), (".2", 1, "65.00"), (".2.flat", 1, "20.00")]),
        (26, [(".1", 10, "70.00"), (".2", 15, "65.00"), (".2.flat", 1, "20.00"), (".3", 1, "60.00")]),
    ],
)
def test_graduated_pricing_charges_each_unit_at_its_own_tier(quantity, expected):
    assert found("graduated", TIERS, quantity) == expected


@pytest.mark.parametrize(("quantity", "amount"), [(1, "500.00"), (10, "500.00"), (11, "900.00")])
def test_a_band_has_one_flat_amount(quantity, amount):
    assert found("volume", FLAT, quantity) == [(".flat", 1, amount)]


@given(st.integers(1, 200))
def test_the_rows_of_graduated_tiers_count_every_unit_once(quantity):
    assert sum(each.quantity for each in rows("graduated", TIERS, quantity) if "flat" not in each.mark) == quantity


@given(st.integers(1, 199))
def test_one_more_unit_never_costs_less_by_graduated_tiers(quantity):
    def amount(count):
        return sum(each.price.amount * each.quantity for each in rows("graduated", TIERS, count))

    assert amount(quantity) < amount(quantity + 1)


def test_the_numbers_of_a_tier_are_printed_as_a_range():
    assert [range_words(1, TIERS[0]), range_words(26, TIERS[2])] == ["1 to 10", "26 and more"]


@pytest.mark.parametrize(
    ("step", "price", "flat"),
    [
        ({"percent": "3 %"}, "66.95", "20.60"),
        ({"amount": "-1.00 USD"}, "64.00", "19.00"),
        ({"price": "61.00 USD"}, "61.00", "61.00"),
        ({"index": "yes"}, "65.00", "20.00"),  # the figure is not known yet
    ],
)
def test_a_step_changes_each_price_of_a_tier(step, price, flat):
    after = stepped(TIERS[1], PriceStep.model_validate({"year": "2", **step}))
    assert (after.price, after.flat) == (Money(Decimal(price), "USD"), Money(Decimal(flat), "USD"))
