"""Prices as clauses print them."""

from decimal import Decimal

import pytest

from contract_assembly.core.values import Duration, Money, Percent
from contract_assembly.facts.price_views import block_view, fees_view, rates_view, tax_view
from contract_assembly.facts.template_values import bare
from tests.helpers.inputs_base import block_inputs, inputs


def values(view, *names):
    return [bare(view.entries[name]) for name in names]


@pytest.mark.parametrize(("billing", "months"), [("monthly", 1), ("quarterly", 3), ("yearly", 12)])
def test_an_invoice_is_as_many_months_as_it_covers(billing, months):
    monthly, yearly, invoice = values(
        fees_view(inputs(agreement__fees__billing=billing)), "monthly", "yearly", "invoice"
    )
    assert (invoice, yearly) == (monthly * months, monthly * 12)


def test_a_due_time_counts_in_days_or_is_printed_as_it_is():
    assert values(fees_view(inputs(agreement__fees__due=Duration(30, "day"))), "due_days") == [30]
    assert values(fees_view(inputs(agreement__fees__due=Duration(1, "month"))), "due_days") == [None]


@pytest.mark.parametrize(
    ("country", "name"),
    [("US", "ACH debit"), ("CA", "pre-authorized debit"), ("GB", "direct debit"), ("AU", "direct debit")],
)
def test_a_debit_is_called_as_in_the_clients_country(country, name):
    assert values(fees_view(inputs(client__party__address__country=country)), "debit_name") == [name]


def test_without_a_lower_bound_of_an_increase_none_is_printed():
    assert values(fees_view(inputs(agreement__fees__increase__floor=Percent(Decimal(0)))), "rise_floor") == [None]
    assert values(fees_view(inputs(agreement__fees__increase__floor=Percent(Decimal(2)))), "rise_floor") == [
        Percent(Decimal(2))
    ]


def test_what_a_contract_saves_is_the_list_price_less_the_fee():
    listed, less, yearly = values(fees_view(inputs()), "list_monthly", "saved", "saved_yearly")
    (monthly,) = values(fees_view(inputs()), "monthly")
    assert (listed.amount - (less.amount if less else 0)) == monthly.amount
    assert yearly == (less * 12 if less else None)


def test_rates_under_a_contract_are_those_of_the_rate_card_less_its_discount():
    found = rates_view(inputs(rates__support_discount=Percent(Decimal(10))))
    for role in found.entries["roles"].items:
        rate, under = values(role, "rate", "contract_rate")
        assert under.amount == (rate.amount * Decimal("0.9")).quantize(Decimal("0.01"))
    assert values(rates_view(inputs(rates__support_discount=Percent(Decimal(0)))), "support_discount") == [None]


def test_a_block_saves_the_difference_between_its_value_at_list_rates_and_its_price():
    price, value, saving = values(block_view(block_inputs()), "price", "list_value", "saving")
    assert Money(value.amount - price.amount, price.currency) == saving


@pytest.mark.parametrize(
    ("regime", "name", "label", "reverse"),
    [
        ("us-sales", "sales tax", "sales tax where it is due", False),
        ("uk-vat", "VAT", "VAT", False),
        ("none", "tax", "any tax", False),
    ],
)
def test_a_tax_has_its_name_and_a_label_for_totals(regime, name, label, reverse):
    assert values(tax_view(inputs(agreement__tax__regime=regime)), "name", "label", "reverse_charge") == [
        name,
        label,
        reverse,
    ]


def test_value_added_tax_across_a_border_is_reversed():
    abroad = inputs(agreement__tax__regime="eu-vat", client__party__address__country="IE")
    assert values(tax_view(abroad), "reverse_charge") == [True]


def test_a_year_at_list_prices_is_twelve_months():
    monthly, yearly = values(fees_view(inputs()), "list_monthly", "list_yearly")
    assert yearly == monthly * 12


@pytest.mark.parametrize(("due", "days"), [(Duration(14, "day"), 14), (Duration(2, "week"), None)])
def test_a_block_s_time_to_pay_counts_in_days_or_is_printed_as_it_is(due, days):
    assert values(block_view(block_inputs(agreement__block__due=due)), "due_days") == [days]
