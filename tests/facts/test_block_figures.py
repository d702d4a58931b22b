"""The price of a prepaid block at its own rate and at the list rate, and its last day."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.core.values import Duration, Money, Percent
from contract_assembly.facts.block_figures import block_figures
from contract_assembly.facts.catalogue import RoleRate
from contract_assembly.facts.term_dates import days_in_force
from tests.helpers.inputs_base import block_inputs


def money(text, currency="USD"):
    return Money(Decimal(text), currency)


def figures(hours, rate, listed, currency="USD", **more):
    role = RoleRate(role="Technician", rate=(money("1", "AUD"), money(listed, currency)))
    return block_figures(
        block_inputs(
            rates__roles=(role,),
            agreement__currency=currency,
            agreement__block__role="Technician",
            agreement__block__hours=hours,
            agreement__block__rate=money(rate, currency),
            **more,
        )
    )


@pytest.mark.parametrize(
    ("hours", "rate", "listed", "price", "value", "saving", "discount"),
    [
        (20, "90", "100", "1800.00", "2000.00", "200.00", "10.00"),
        (40, "88.00", "100.00", "3520.00", "4000.00", "480.00", "12.00"),
        (10, "0.45", "0.50", "4.50", "5.00", "0.50", "10.00"),
        (1, "99.99", "100.00", "99.99", "100.00", "0.01", "0.01"),
        (3, "100", "150", "300.00", "450.00", "150.00", "33.33"),
        (3, "50", "150", "150.00", "450.00", "300.00", "66.67"),
        (7, "66.67", "199.99", "466.69", "1399.93", "933.24", "66.66"),
        (10, "99.995", "100", "999.95", "1000.00", "0.05", "0.01"),  # half of a hundredth goes up
    ],
)
def test_a_block_is_worked_out_from_hours_and_two_rates(hours, rate, listed, price, value, saving, discount):
    found = figures(hours, rate, listed)
    assert (found.price, found.list_value, found.saving) == (money(price), money(value), money(saving))
    assert found.discount == Percent(Decimal(discount))
    assert found.list_rate == money(listed)


def test_a_currency_without_decimals_stays_so():
    found = figures(20, "9000", "10001", "JPY")
    assert [str(each.amount) for each in (found.price, found.list_value, found.saving)] == ["180000", "200020", "20020"]


@given(
    hours=st.integers(1, 10_000),
    cents=st.tuples(st.integers(1, 10**7), st.integers(1, 10**7)).filter(lambda pair: pair[0] < pair[1]),
)
def test_price_and_saving_add_up_to_the_list_value(hours, cents):
    rate, listed = (str(Decimal(each).scaleb(-2)) for each in cents)
    found = figures(hours, rate, listed)
    assert found.price + found.saving == found.list_value
    assert found.saving.amount > 0


@pytest.mark.parametrize(
    ("first", "valid", "last"),
    [
        ("2026-10-05", "12 months", "2027-10-04"),
        ("2026-10-05", "1 year", "2027-10-04"),
        ("2026-10-05", "2 quarters", "2027-04-04"),
        ("2024-02-29", "12 months", "2025-02-28"),
        ("2026-08-31", "6 months", "2027-02-28"),
        ("2026-01-01", "12 months", "2026-12-31"),
    ],
)
def test_the_last_day_is_inclusive_and_one_for_all(first, valid, last):
    changes = {
        "agreement__block__first_day": date.fromisoformat(first),
        "agreement__block__valid": Duration.parse(valid),
    }
    assert figures(20, "90", "100", **changes).last_day == date.fromisoformat(last)
    assert days_in_force(block_inputs(**changes)).last == date.fromisoformat(last)
    assert days_in_force(block_inputs(**changes)).first == date.fromisoformat(first)


@pytest.mark.parametrize("role", ["Nobody", "technician", ""])
def test_a_role_without_a_rate_cannot_be_reckoned_with(role):
    with pytest.raises(ValueError, match=f"no rate of {role} in USD"):
        block_figures(block_inputs(agreement__block__role=role))


def test_a_rate_in_another_currency_is_no_rate():
    with pytest.raises(ValueError, match="in CHF"):
        block_figures(block_inputs(agreement__block__rate=money("90", "CHF")))


@pytest.mark.parametrize("listed", ["0", "0.00"])
def test_a_list_rate_of_nothing_gives_no_discount_to_state(listed):
    with pytest.raises(ValueError, match="no rate of Technician in USD"):
        figures(20, "90", listed)


def test_a_block_dearer_than_the_list_saves_less_than_nothing():
    found = figures(2, "110", "100")  # a check between the files warns; the figures stay true
    assert (found.saving, found.discount) == (money("-20.00"), Percent(Decimal("-10.00")))


def test_a_currency_of_thousandths_keeps_them():
    assert figures(3, "10.125", "11.000", "KWD").price == money("30.375", "KWD")
