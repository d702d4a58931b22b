"""Amounts of fee lines and their total, and the discount for a commitment."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.core.values import DateRange, Duration, Money, Percent, total
from contract_assembly.facts.catalogue import Commitment
from contract_assembly.facts.fees import (
    amount_of,
    commitment_discount,
    fee_lines,
    monthly_total,
    regular_total,
    stages,
)
from tests.helpers.fee_facts import READERS, fees
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


def test_a_line_says_what_it_counts_and_a_price_for_the_agreement_is_fixed():
    whole = inputs().plan.model.prices[0].model_copy(update={"id": "desk", "per": "agreement"})
    lines = fee_lines(inputs(plan__prices=(*inputs().plan.model.prices, whole)))
    assert [(each.id, each.basis, each.quantity) for each in lines] == [
        ("users", "per user", 34),
        ("servers", "per server", 3),
        ("desk", "fixed", 1),
    ]


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


# ---- through time

START = date(2026, 10, 1)
LAST = date(2027, 9, 30)


def amounts(on=None, **said):
    return {each.id: str(each.amount.amount) for each in fee_lines(inputs(**fees(**said)), on)}


def test_a_percentage_is_taken_off_each_line_until_its_last_day():
    spring = [{"name": "Welcome", "percent": "10 %", "last_day": "2027-03-31"}]
    assert amounts(date(2027, 3, 31), discounts=spring) == {"users": "1897.20", "servers": "297.00"}
    assert amounts(date(2027, 4, 1), discounts=spring) == {"users": "2108.00", "servers": "330.00"}


def test_the_contract_prints_the_fee_before_discounts_that_end():
    spring = [{"name": "Welcome", "percent": "10 %", "last_day": "2027-03-31"}]
    assert amounts(None, discounts=spring) == {"users": "2108.00", "servers": "330.00"}


def test_free_months_end_with_the_month():
    free = [{"name": "Free months", "free": "2 months"}]
    assert amounts(date(2026, 11, 30), discounts=free) == {"users": "0.00", "servers": "0.00"}
    assert amounts(date(2026, 12, 1), discounts=free) == {"users": "2108.00", "servers": "330.00"}


def test_an_amount_off_one_line_never_takes_it_below_zero():
    less = [{"name": "Goodwill", "amount": "400.00 USD", "lines": ["servers"], "last_day": "2027-03-31"}]
    assert amounts(START, discounts=less) == {"users": "2108.00", "servers": "0.00"}


def test_an_amount_off_several_lines_is_taken_off_one_after_another():
    less = [{"name": "Goodwill", "amount": "400.00 USD", "lines": ["servers", "users"], "last_day": "2027-03-31"}]
    assert amounts(START, discounts=less) == {"users": "1708.00", "servers": "330.00"}


def test_an_amount_off_the_whole_is_a_line_of_its_own():
    less = [{"name": "Referral", "amount": "50.00 USD", "last_day": "2027-03-31"}]
    assert amounts(START, discounts=less) == {"users": "2108.00", "servers": "330.00", "discount.referral": "-50.00"}


def test_amounts_off_the_whole_take_only_what_is_left_to_the_last_cent():
    def off(*taken):
        return [{"name": f"Off {n}", "amount": f"{each} USD", "last_day": "2027-03-31"} for n, each in enumerate(taken)]

    found = fee_lines(inputs(**fees(discounts=off("2000.00", "437.50", "100.00", "100.00"))), START)
    assert [(each.id, str(each.amount.amount)) for each in found[2:]] == [
        ("discount.off-0", "-2000.00"),
        ("discount.off-1", "-437.50"),
        ("discount.off-2", "-0.50"),
    ]
    assert {(each.quantity, each.price == each.amount) for each in found[2:]} == {(1, True)}


def test_discounts_apply_one_after_another():
    two = [
        {"name": "Ten", "percent": "10 %", "last_day": "2027-03-31"},
        {"name": "Half", "percent": "50 %", "last_day": "2027-03-31", "lines": ["servers"]},
    ]
    assert amounts(START, discounts=two)["servers"] == "148.50"


def test_a_month_is_brought_up_to_the_minimum_before_discounts():
    spring = [{"name": "Welcome", "percent": "10 %", "last_day": "2027-03-31"}]
    assert amounts(None, minimum="2500.00 USD")["minimum"] == "62.00"
    assert amounts(START, minimum="2500.00 USD", discounts=spring)["minimum"] == "55.80"
    assert amounts(None, minimum="2438.01 USD")["minimum"] == "0.01"
    assert "minimum" not in amounts(None, minimum="2438.00 USD")


def test_the_difference_to_the_minimum_is_one_amount_of_the_nature_of_the_first_line():
    first, second = inputs().plan.model.prices
    prices = (first, second.model_copy(update={"nature": "backup"}))
    found = fee_lines(inputs(plan__prices=prices, **fees(minimum="2500.00 USD")))
    assert [(each.id, each.quantity, each.price, each.nature) for each in found[1:]] == [
        ("servers", 3, money("110.00"), "backup"),
        ("minimum", 1, money("62.00"), "support"),
    ]


def test_the_floor_is_of_the_fee_before_discounts():
    free = [{"name": "Free months", "free": "2 months"}]
    assert regular_total(inputs(**fees(discounts=free)), START) == money("2438.00")


def test_stages_begin_where_the_facts_change_what_is_charged():
    said = fees(
        lines=[{**READERS, "first_day": "2027-02-15", "last_day": "2027-08-31"}],
        discounts=[{"name": "Free month", "free": "1 month", "lines": ["servers"]}],
    )
    found = stages(inputs(**said), DateRange(START, LAST))
    assert [
        (str(each.days.first), str(total((row.amount for row in each.monthly), "USD").amount)) for each in found
    ] == [
        ("2026-10-01", "2108.00"),
        ("2026-11-01", "2438.00"),
        ("2027-02-15", "2492.00"),
        ("2027-09-01", "2438.00"),
    ]


def test_a_stage_may_be_the_last_day_alone():
    spring = [{"name": "Welcome", "percent": "10 %", "last_day": "2027-03-30"}]
    found = stages(inputs(**fees(discounts=spring)), DateRange(START, date(2027, 3, 31)))
    assert [(each.days.first, each.days.last) for each in found] == [
        (START, date(2027, 3, 30)),
        (date(2027, 3, 31), date(2027, 3, 31)),
    ]


def test_a_stage_has_the_lines_by_the_year():
    domain = {"id": "domains", "name": "Domains", "price": "100.00 USD", "every": "year"}
    (found,) = stages(inputs(**fees(lines=[domain])), DateRange(START, LAST))
    assert [(each.id, str(each.amount.amount)) for each in found.yearly] == [("domains", "100.00")]
    assert "domains" not in [each.id for each in found.monthly]
