"""Prices of the next term: rules, caps, lines, and what forbids a rise."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.core.values import Duration, Money, Percent
from contract_assembly.facts.fees import fee_lines
from contract_assembly.facts.renewal_terms import Increase, NextCount, NextPrice, Renewal
from contract_assembly.renewals.increase import rise
from contract_assembly.renewals.next_prices import next_fees
from contract_assembly.renewals.price_rise import raised
from tests.helpers.fee_facts import READERS
from tests.helpers.fee_facts import fees as agreed
from tests.helpers.matters import matter
from tests.helpers.next_fees import NEXT, fees, percent, rules, usd


def test_without_a_rise_each_line_is_what_the_contract_prints():
    found = fees()
    assert [(each.label, each.new_quantity, each.new_price, each.new_amount) for each in found.lines] == [
        (each.label, each.quantity, each.price, each.amount) for each in fee_lines(matter().inputs)
    ]
    assert found.difference == usd("0.00")
    assert {each.why for each in found.lines} == {"unchanged"}


def test_a_rise_is_compounded_on_the_last_printed_price():
    price, found = usd("1000.00"), []
    for _ in range(3):
        price = raised(price, Decimal(3), percent("5"))
        found.append(price)
    assert found == [usd("1030.00"), usd("1060.90"), usd("1092.73")]


def test_rounding_never_exceeds_the_cap():
    assert raised(usd("14.99"), Decimal(5), percent("5")) == usd("15.73")  # 15.7395 rounds to 15.74, which is 5.003 %
    assert raised(usd("14.99"), Decimal(4), percent("5")) == usd("15.59")


@given(st.decimals(min_value=0, max_value=10**5, places=2), st.decimals(0, 10, places=2), st.decimals(0, 10, places=2))
def test_no_price_rises_above_its_cap_or_falls(price, change, cap):
    new = raised(Money(price, "USD"), change, Percent(cap)).amount
    assert price <= new <= price * (1 + cap / 100) or new == price


def test_a_rise_on_notice_is_taken_line_by_line_and_the_printed_lines_add_up():
    found = fees(renewal=Renewal(increase=percent("4")))
    users = found.lines[0]
    assert (users.old_price, users.new_price, users.new_amount) == (usd("62.00"), usd("64.48"), usd("2192.32"))
    assert found.new.amount == sum(each.new_amount.amount for each in found.lines)
    assert found.difference.amount == found.new.amount - found.old.amount
    assert (found.difference, found.percent) == (usd("116.32"), 4)  # of 2,908.00
    assert rules(found) == []


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"renewal": Renewal(increase=percent("5.01"))}, "rise-over-cap"),
        ({"renewal": Renewal(increase=percent("1")), "fees__increase": Increase(rule="none")}, "no-right-to-rise"),
        ({"renewal": Renewal(prices=(NextPrice(line="users", price=usd("65.11")),))}, "rise-over-cap"),
        ({"renewal": Renewal(prices=(NextPrice(line="nothing", price=usd("1.00")),))}, "unknown-price"),
        ({"renewal": Renewal(prices=(NextPrice(line="users", price=Money(Decimal(60), "EUR")),))}, "mixed-currencies"),
        ({"renewal": Renewal(ended=("nothing",))}, "unknown-price"),
        (
            {
                "renewal": Renewal(prices=(NextPrice(line="users", price=usd("62.01")),)),
                "fees__increase": Increase(rule="none"),
            },
            "no-right-to-rise",
        ),
    ],
)
def test_what_the_contract_does_not_allow_is_refused_with_its_clause(changes, rule):
    found = fees(**changes)
    assert rules(found) == [rule]
    if rule in {"rise-over-cap", "no-right-to-rise"}:
        assert "clause annual-adjustment" in found.problems[0].hint


def test_a_price_at_the_cap_is_allowed():
    assert rules(fees(renewal=Renewal(prices=(NextPrice(line="users", price=usd("65.10")),)))) == []
    assert rules(fees(renewal=Renewal(increase=percent("5")))) == []


def test_a_price_that_stays_needs_no_right_to_a_rise():
    same = Renewal(prices=(NextPrice(line="users", price=usd("62.00")),))
    assert rules(fees(renewal=same, fees__increase=Increase(rule="none"))) == []


def test_the_difference_to_the_minimum_is_a_line_while_a_term_falls_short_of_it():
    *_, found = fees(renewal=Renewal(increase=percent("4")), fees__minimum=usd("3000.00")).lines
    assert (found.id, found.old_quantity, found.new_quantity) == ("minimum", 1, 0)
    assert (found.old_price, found.new_price) == (usd("92.00"), None)
    assert (found.old_amount, found.new_amount) == (usd("92.00"), usd("0.00"))


@pytest.mark.parametrize(
    ("days", "quantities", "amounts"),
    [
        ({"last_day": "2027-09-30"}, (12, 0), ("54.00", "0.00")),
        ({"first_day": "2027-10-01"}, (0, 12), ("0.00", "54.00")),
    ],
)
def test_a_line_of_one_of_the_two_terms_counts_nothing_in_the_other(days, quantities, amounts):
    inputs = matter(**agreed(lines=[{**READERS, **days}])).inputs
    *_, found = next_fees(inputs, inputs.plan.model, rise(inputs, NEXT, 12, None)).lines
    assert (found.id, found.old_quantity, found.new_quantity) == ("readers", *quantities)
    assert (found.old_amount, found.new_amount) == tuple(map(usd, amounts))


def test_counts_and_lines_change_at_renewal():
    meant = Renewal(
        users=40, assets=(NextCount(kind="printer", count=3), NextCount(kind="server", count=2)), ended=("firewalls",)
    )
    found = {each.id: each for each in fees(renewal=meant).lines}
    assert (found["users"].new_quantity, found["users"].new_amount) == (40, usd("2480.00"))
    assert found["users"].why == "number 34 to 40"
    assert found["servers"].new_quantity == 2
    assert (found["firewalls"].new_price, found["firewalls"].new_amount) == (None, usd("0.00"))
    assert (found["firewalls"].old_quantity, found["firewalls"].new_quantity) == (3, 0)
    assert found["firewalls"].why == "not part of the next term"


def test_a_line_that_ended_is_not_raised():
    found = {each.id: each for each in fees(renewal=Renewal(increase=percent("5"), ended=("servers",))).lines}
    assert found["servers"].new_price is None


def test_under_another_plan_its_list_prices_are_new_and_not_raised():
    plan = matter().plans["complete"]
    found = {each.id: each for each in fees(plan=plan, renewal=Renewal(plan="complete", increase=percent("5"))).lines}
    assert found["users"].new_price == usd("95.00")
    assert found["users"].old_price == usd("62.00")


def test_the_discount_for_commitment_goes_on():
    found = fees(fees__commitment=Duration(24, "month"), renewal=Renewal(increase=percent("4")))
    servers = next(each for each in found.lines if each.id == "servers")
    assert servers.discount == percent("5")
    assert servers.new_amount == usd("326.04")  # 114.40 x 0.95 x 3
    users = found.lines[0]
    assert users.discount is None  # a price of the agreement's own


def test_a_rise_that_cannot_be_worked_out_leaves_prices_as_they_are():
    found = fees(fees__increase=Increase(rule="index", series="x"))
    assert (rules(found), found.rise) == (["no-index"], None)
    assert found.new == found.old == usd("2908.00")


def test_a_line_of_the_agreement_s_own_has_its_price_before_and_after():
    changes = {**agreed(lines=[READERS]), "agreement__renewal": Renewal(increase=percent("4"))}
    inputs = matter(**changes).inputs
    found = next_fees(inputs, inputs.plan.model, rise(inputs, NEXT, 12, None))
    assert [(each.old_price, each.new_price) for each in found.lines if each.id == "readers"] == [
        (usd("4.50"), usd("4.68"))
    ]


def test_a_line_that_only_the_next_plan_has_counts_nothing_now():
    plan = matter().plans["complete"]
    extra = plan.prices[0].model_copy(update={"id": "extra"})
    found = fees(plan=plan.model_copy(update={"prices": (*plan.prices, extra)}), renewal=Renewal(plan="complete"))
    assert [(each.old_quantity, each.new_quantity) for each in found.lines if each.id == "extra"] == [(0, 34)]
