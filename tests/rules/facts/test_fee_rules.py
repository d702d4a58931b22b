"""What may not be combined in fees, each at its place and with its cure."""

import pytest

from contract_assembly.facts.registers import Tax
from contract_assembly.facts.renewal_terms import Increase
from tests.helpers.fee_facts import MOVE, READERS, TIERS, refused
from tests.helpers.inputs_base import inputs
from tests.helpers.running import STORAGE

PLANT = {"id": "plant", "name": "Plant", "address": "1 Mill Road", "lines": ["servers"]}
WELCOME = {"name": "Welcome", "percent": "10 %", "last_day": "2027-03-31"}


def test_many_kinds_of_lines_in_one_contract_are_sound():
    assert refused(
        lines=[READERS, {"add_on": "safe-start"}, STORAGE, {**MOVE, "instalments": "12"}, {**READERS, "id": "late", "last_day": "2027-12-31"}],
        prices=[{"line": "users", "pricing": "graduated", "tiers": TIERS}],
        discounts=[WELCOME, {"name": "Free month", "free": "1 month", "lines": ["readers"]}],
        invoice_addresses=[{**PLANT, "lines": ["servers", "setup", "move"]}],
        minimum="2000.00 USD",
    ) == []  # fmt: skip


@pytest.mark.parametrize(
    ("discount", "rule", "says"),
    [
        ({"name": "X", "last_day": "2027-03-31"}, "discount", "this discount takes nothing off"),
        ({**WELCOME, "amount": "1.00 USD"}, "discount", "percent and amount are two discounts"),
        ({**WELCOME, "percent": "101 %"}, "share", "101 % is not above 0 and up to 100"),
        ({"name": "X", "percent": "10 %"}, "discount", "this discount never ends"),
        ({"name": "X", "free": "60 days"}, "discount", "60 days is not a number of months"),
        ({"name": "X", "free": "2 months", "last_day": "2027-03-31"}, "discount", "says how long it lasts"),
        ({**WELCOME, "last_day": "2027-10-01"}, "line-days", "2027-10-01 is not a day of the term"),
        ({**WELCOME, "first_day": "2027-04-01"}, "line-days", "before it begins on 2027-04-01"),
        ({**WELCOME, "lines": ["printers"]}, "unknown-price", "printers is not a line here"),
    ],
)
def test_a_discount_is_refused(discount, rule, says):
    found = refused(discounts=[discount])
    assert [each for each, _ in found] == [rule]
    assert says in found[0][1]


def test_two_discounts_have_two_names():
    assert refused(discounts=[WELCOME, {**WELCOME, "name": "welcome!"}])[0][0] == "discount"


def test_an_amount_off_the_whole_has_no_class_of_sales_tax():
    less = [{"name": "Referral", "amount": "50.00 USD", "last_day": "2027-03-31"}]
    assert refused(discounts=less) == []
    sales = {"agreement__tax": Tax(regime="us-sales")}
    assert [rule for rule, _ in refused(facts=sales, discounts=less)] == ["discount"]


@pytest.mark.parametrize(
    ("step", "rule", "says"),
    [
        ({"year": "1", "percent": "3 %"}, "price-step", "the first Contract Year has the prices themselves"),
        ({"year": "2", "percent": "3 %"}, "price-step", "Contract Year 2 is not a part of the term"),
        ({"year": "2"}, "price-step", "this changes nothing"),
        ({"year": "2", "percent": "3 %", "amount": "1.00 USD"}, "price-step", "percent and amount are two steps"),
        ({"year": "2", "price": "70.00 USD"}, "price-step", "a new price is that of a line with one unit price"),
        ({"year": "2", "index": "yes"}, "no-index", "no index is named"),
        ({"year": "2", "percent": "-100 %"}, "price-step", "nothing would be left"),
        ({"year": "2", "percent": "3 %", "lines": ["printers"]}, "unknown-price", "printers is not a line here"),
    ],
)
def test_a_price_step_is_refused(step, rule, says):
    found = refused(steps=[step])
    assert (rule, True) in [(each, says in what) for each, what in found], found


def test_a_step_by_a_named_index_in_a_longer_term_is_sound():
    facts = {
        "agreement__fees__increase": Increase.model_validate({"rule": "index", "series": "cpi"}),
        "agreement__term__length": inputs().agreement.model.term.length.__class__(36, "month"),
    }
    assert refused(facts=facts, steps=[{"year": "2", "index": "yes"}, {"year": "3", "percent": "-2 %"}]) == []


def test_each_line_is_invoiced_to_one_address():
    two = [PLANT, {**PLANT, "id": "office"}]
    assert refused(invoice_addresses=two) == [
        ("two-addresses", "fees.invoice_addresses.1.lines.0: servers is invoiced to plant already")
    ]
    assert refused(invoice_addresses=[{**PLANT, "lines": ["cabling"]}])[0][0] == "unknown-price"
