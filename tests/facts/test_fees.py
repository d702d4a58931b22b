"""Amounts of fee lines and their total, the discount for a commitment, and the figures of a prepaid block."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.core.values import Duration, Money, Percent, total
from contract_assembly.facts.block_figures import block_figures
from contract_assembly.facts.catalogue import Commitment, RoleRate
from contract_assembly.facts.fees import amount_of, commitment_discount, fee_lines, monthly_total
from contract_assembly.facts.term_dates import days_in_force
from tests.helpers.inputs_base import block_inputs, inputs


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


# ---- commitments

OFFERED = (Commitment(length="12 months", discount="3 %"), Commitment(length="24 months", discount="7.5 %"))


@pytest.mark.parametrize(
    ("length", "discount"),
    [(None, None), ("12 months", "3"), ("24 months", "7.5"), ("36 months", None), ("1 year", None)],
)
def test_a_discount_is_the_one_of_the_very_commitment(length, discount):
    asked = Duration.parse(length) if length else None
    found = commitment_discount(inputs(rates__commitments=OFFERED, agreement__fees__commitment=asked))
    assert found == (Percent(Decimal(discount)) if discount else None)


def test_each_line_is_rounded_once_after_its_discount_and_an_own_price_has_none():
    lines = fee_lines(inputs(rates__commitments=OFFERED, agreement__fees__commitment=Duration(24, "month")))
    users, servers = lines  # the agreement has its own price for users
    assert (users.price, users.discount, users.amount) == (money("62.00"), None, money("2108.00"))
    assert (servers.price, servers.discount, servers.amount) == (money("110.00"), OFFERED[1].discount, money("305.25"))


def test_half_a_cent_goes_up_on_each_line_by_itself():
    cents = inputs().plan.model.prices[0].model_copy(update={"price": (money("0.50"),)})
    prices = tuple(
        cents.model_copy(update={"id": f"line-{n}", "per": per})
        for n, per in enumerate(("agreement", "site", "server"))
    )
    changes = {"plan__prices": prices, "agreement__fees__prices": (), "rates__commitments": OFFERED}
    lines = fee_lines(inputs(**changes, agreement__fees__commitment=Duration(12, "month")))
    assert [line.amount.amount for line in lines] == [
        Decimal("0.49"),
        Decimal("0.49"),
        Decimal("1.46"),
    ]  # of .485 and 1.455
    assert total((line.amount for line in lines), "USD") == money("2.44")


@pytest.mark.parametrize(
    ("price", "quantity", "discount", "amount"),
    [
        ("47.50", 37, "5", "1669.63"),  # the unit price is not rounded first: that would give 1,669.81
        ("0.01", 1, "50", "0.01"),  # half a cent goes up
        ("62.00", 34, None, "2108.00"),
        ("62.00", 0, None, "0.00"),
    ],
)
def test_the_amount_of_a_line_is_rounded_once(price, quantity, discount, amount):
    taken_off = Percent(Decimal(discount)) if discount else None
    assert amount_of(money(price), quantity, taken_off) == money(amount)


def test_the_monthly_total_adds_up_the_printed_lines():
    found = inputs()
    assert monthly_total(found) == total((line.amount for line in fee_lines(found)), "USD")


@pytest.mark.parametrize(("discounted", "discount"), [(False, None), (True, Percent(Decimal(10)))])
def test_a_price_of_the_agreements_own_bears_the_discount_only_if_it_says_so(discounted, discount):
    year = Duration(12, "month")
    (own,) = inputs().agreement.model.fees.prices
    found = inputs(
        agreement__fees__commitment=year,
        agreement__fees__prices=(own.model_copy(update={"discounted": discounted}),),
        rates__commitments=(Commitment(length=year, discount=Percent(Decimal(10))),),
    )
    (line,) = [each for each in fee_lines(found) if each.price == own.price]
    assert line.discount == discount
