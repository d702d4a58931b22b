"""Amounts of fee lines and their total, and the discount for a commitment."""

from decimal import Decimal

import pytest

from contract_assembly.core.values import Duration, Money, Percent, total
from contract_assembly.facts.catalogue import Commitment
from contract_assembly.facts.fees import amount_of, commitment_discount, fee_lines, monthly_total
from tests.helpers.inputs_base import inputs


def money(text, currency="USD"):
    return Money(Decimal(text), currency)


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
