"""Dates and money that follow from what was agreed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.offer import Commitment, Price, RoleRate
from contract_assembly.reckoning import block_figures, commitment_discount, days_in_force, fee_lines
from contract_assembly.values import DateRange, Duration, Money, Percent
from tests.inputs_base import block_inputs, inputs

YEAR = Duration(12, "month")


def usd(text):
    return Money(Decimal(text), "USD")


def committed(price, count, discount, own=()):
    """The one fee line of so many users at a price, with a discount for committing to a year."""
    prices = (Price(id="users", label="Users", per="user", price=(usd(price),)),)
    commitments = (
        Commitment(length=Duration(36, "month"), discount=Percent(Decimal(50))),
        Commitment(length=YEAR, discount=Percent(Decimal(discount))),
    )
    changed = inputs(
        plan__prices=prices,
        agreement__coverage__users=count,
        agreement__fees__prices=own,
        agreement__fees__commitment=YEAR,
        rates__commitments=commitments,
    )
    (line,) = fee_lines(changed)
    return line


def test_a_discount_is_taken_of_the_line_and_the_line_is_rounded_once():
    line = committed("47.50", 37, "5")
    assert (line.price, line.discount, line.amount) == (usd("47.50"), Percent(Decimal(5)), usd("1669.63"))


def test_an_own_price_stands_without_the_discount():
    own = inputs().agreement.model.fees.prices  # users at 62.00
    line = committed("65.00", 10, "5", own)
    assert (line.price, line.discount, line.amount) == (usd("62.00"), None, usd("620.00"))


def test_a_commitment_that_the_rate_card_does_not_know_earns_nothing():
    assert commitment_discount(inputs(agreement__fees__commitment=Duration(7, "month"))) is None
    assert commitment_discount(inputs(agreement__fees__commitment=None)) is None


@given(st.integers(1, 10**6), st.integers(1, 2000), st.integers(0, 9999))
def test_a_line_is_within_half_a_cent_of_the_exact_amount(cents, count, hundredths):
    line = committed(str(Decimal(cents).scaleb(-2)), count, str(Decimal(hundredths).scaleb(-2)))
    exact = cents * count * (10000 - hundredths)  # in hundredths of a percent of a cent
    assert abs(line.amount.amount * 100 * 10000 - exact) * 2 <= 10000


# ---- blocks


def block(hours, rate, list_rate, **more):
    role = block_inputs().agreement.model.block.role
    changes = {
        "agreement__block__hours": hours,
        "agreement__block__rate": usd(rate),
        "rates__roles": (RoleRate(role=role, rate=(usd(list_rate),)),),
        **more,
    }
    return block_inputs(**changes)


def test_twenty_hours_at_90_instead_of_100_cost_1800_and_save_200():
    found = block_figures(block(20, "90.00", "100.00"))
    assert (found.price, found.list_value, found.saving) == (usd("1800.00"), usd("2000.00"), usd("200.00"))
    assert (found.list_rate, found.discount) == (usd("100.00"), Percent(Decimal(10)))


def test_a_discount_is_shown_with_two_decimals_half_up():
    assert block_figures(block(10, "100.00", "120.00")).discount.value == Decimal("16.67")
    assert block_figures(block(10, "99.875", "100.00")).discount.value == Decimal("0.13")


@given(st.integers(1, 500), st.integers(1, 50000), st.integers(1, 50000))
def test_price_and_saving_make_the_list_value(hours, rate, list_rate):
    cents = [str(Decimal(each).scaleb(-2)) for each in (rate, list_rate)]
    found = block_figures(block(hours, *cents))
    assert found.price + found.saving == found.list_value


def test_a_role_without_a_rate_is_refused():
    with pytest.raises(ValueError, match="the rate card has no rate of"):
        block_figures(block(20, "90.00", "100.00", rates__roles=()))


def test_a_block_is_in_force_from_its_first_to_its_last_day_both_inclusive():
    days = {"agreement__block__first_day": date(2024, 1, 1), "agreement__block__valid": YEAR}
    changed = block(20, "90.00", "100.00", **days)
    assert days_in_force(changed) == DateRange(date(2024, 1, 1), date(2024, 12, 31))
    assert block_figures(changed).last_day == date(2024, 12, 31)


def test_a_support_contract_is_in_force_for_its_initial_term():
    changed = inputs(agreement__term__first_day=date(2024, 2, 29), agreement__term__length=YEAR)
    assert days_in_force(changed) == DateRange(date(2024, 2, 29), date(2025, 2, 28))
