"""What a support contract saves: list prices against agreed ones, longer commitments, and the contract rate of a role."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.core.values import Duration, Money, Percent
from contract_assembly.facts.catalogue import Commitment, RoleRate
from contract_assembly.facts.fee_terms import OwnPrice
from contract_assembly.facts.fees import monthly_total
from contract_assembly.facts.savings import contract_rate, list_monthly, longer_commitments, saved
from tests.helpers.fee_facts import ARCHIVE, BUNDLE, DRILLS, READERS, fees
from tests.helpers.inputs_base import ROOT, _changed_files, _read, inputs

YEARS = tuple(
    Commitment(length=f"{months} months", discount=f"{discount} %") for months, discount in ((36, 8), (12, 3), (24, 5))
)


def usd(text):
    return Money(Decimal(text), "USD")


def acme(**changes):
    return _changed_files(_read(ROOT, "acme", "2026-support"), changes)


def test_the_list_price_leaves_out_agreed_prices_and_discounts():
    found = acme()  # 34 users at 62.00, where the list says 65.00
    assert (monthly_total(found), list_monthly(found), saved(found)) == (usd("2908.00"), usd("3010.00"), usd("102.00"))
    committed = acme(agreement__fees__commitment=Duration(12, "month"))
    assert (list_monthly(committed), saved(committed)) == (usd("3010.00"), usd("126.00"))  # and 3 % of the other 800.00


def test_a_cent_is_a_saving():
    cheaper = (OwnPrice(line="users", price="64.99 USD"),)
    assert saved(acme(agreement__fees__prices=cheaper)) == usd("0.34")
    tiny = (Commitment(length="36 months", discount="0.01 %"),)
    (found,) = longer_commitments(acme(rates__commitments=tiny, agreement__fees__prices=()))  # each line for itself
    assert (found.saving, found.saving_yearly, found.saving_total) == (usd("0.30"), usd("3.60"), usd("10.80"))


def test_nothing_is_saved_where_the_agreed_price_is_not_below_the_list():
    assert saved(acme(agreement__fees__prices=())) is None
    dearer = (OwnPrice(line="users", price="70.00 USD"),)
    assert saved(acme(agreement__fees__prices=dearer)) is None


def test_a_line_without_a_list_price_in_the_currency_counts_as_agreed():
    priced = inputs().plan.model.prices[0]
    only = (priced.model_copy(update={"price": (Money(Decimal(5), "EUR"),)}),)
    own = (OwnPrice(line=priced.id, price="10.00 USD"),)
    found = inputs(plan__prices=only, agreement__fees__prices=own)
    assert list_monthly(found) == monthly_total(found)


def test_longer_commitments_are_in_order_with_their_saving_over_the_whole_length():
    found = longer_commitments(acme(rates__commitments=YEARS))
    assert [
        (each.length.months, each.monthly, each.saving, each.saving_yearly, each.saving_total) for each in found
    ] == [
        (24, usd("2868.00"), usd("40.00"), usd("480.00"), usd("960.00")),
        (36, usd("2844.00"), usd("64.00"), usd("768.00"), usd("2304.00")),
    ]


@pytest.mark.parametrize(("agreed", "left"), [(None, [24, 36]), (24, [36]), (36, [])])
def test_a_commitment_that_is_no_longer_than_the_agreed_one_is_not_offered(agreed, left):
    asked = Duration(agreed, "month") if agreed else None
    found = longer_commitments(acme(rates__commitments=YEARS, agreement__fees__commitment=asked))
    assert [each.length.months for each in found] == left


def test_a_commitment_that_takes_nothing_off_is_not_offered():
    nothing = (Commitment(length="24 months", discount="0 %"),)
    assert longer_commitments(acme(rates__commitments=nothing)) == ()


@given(
    users=st.integers(0, 5000),
    price=st.decimals(0, 1000, places=2),
    discount=st.decimals(0, 100, places=2),
    months=st.integers(13, 120),
)
def test_what_is_saved_and_what_is_paid_add_up(users, price, discount, months):
    found = acme(
        agreement__coverage__users=users,
        agreement__fees__prices=(OwnPrice(line="users", price=f"{price} USD"),),
        rates__commitments=(Commitment(length=f"{months} months", discount=f"{discount} %"),),
    )
    now, listed, less = monthly_total(found), list_monthly(found), saved(found)
    assert less is None or now + less == listed
    assert (less is None) == (now.amount >= listed.amount)
    for each in longer_commitments(found):
        assert each.monthly + each.saving == now
        assert each.saving_total == Money(now.amount * months - each.monthly.amount * months, "USD")
        assert each.saving.amount > 0


@pytest.mark.parametrize(
    ("discount", "currency", "rate"),
    [
        ("20", "USD", "80.00"),
        ("0", "USD", "100.00"),
        ("33.33", "USD", "66.67"),
        ("20", "GBP", "64.00"),
        ("20", "EUR", None),
    ],
)
def test_the_contract_rate_is_the_list_rate_less_the_discount(discount, currency, rate):
    role = RoleRate(role="Technician", rate=("100.00 USD", "80.00 GBP"))
    found = contract_rate(role, Percent(Decimal(discount)), currency)
    assert (found and str(found.amount)) == rate


# ---- lines of the agreement's own


def test_a_bundle_saves_what_its_parts_cost_more_together():
    said = fees(add_ons=[ARCHIVE, DRILLS, BUNDLE], lines=[{"add_on": "safe-start"}], prices=[])
    assert saved(inputs(**said)) == usd("17.00")  # 34 x (2.50 + 2.00 - 4.00)


def test_a_line_of_its_own_and_the_minimum_save_nothing():
    assert saved(inputs(**fees(lines=[READERS], prices=[], minimum="9000.00 USD"))) is None


def test_a_commitment_must_be_longer_than_the_initial_term_whatever_renewals_last():
    two_years = acme(rates__commitments=YEARS, agreement__term__length=Duration(24, "month"))
    assert [each.length.months for each in longer_commitments(two_years)] == [36]
