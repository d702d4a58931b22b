"""What may not be combined in fees, each at its place and with its cure."""

import pytest

from contract_assembly.facts.registers import Tax
from contract_assembly.facts.renewal_terms import Increase
from contract_assembly.rules.facts import problems
from contract_assembly.rules.facts.fee_rules import amounts_of
from tests.helpers.fee_facts import ARCHIVE, BUNDLE, DRILLS, READERS, TIERS, fees
from tests.helpers.inputs_base import inputs
from tests.helpers.running import STORAGE, usd

MOVE = {"id": "move", "name": "Move", "price": "900.00 USD", "every": "once"}
PLANT = {"id": "plant", "name": "Plant", "address": "1 Mill Road", "lines": ["servers"]}
WELCOME = {"name": "Welcome", "percent": "10 %", "last_day": "2027-03-31"}
OFFERED = [ARCHIVE, DRILLS, BUNDLE]


def refused(*, facts=None, **said):
    return [(each.rule, each.what) for each in problems(inputs(**(facts or {}), **fees(add_ons=OFFERED, **said)))]


def test_many_kinds_of_lines_in_one_contract_are_sound():
    assert refused(
        lines=[READERS, {"add_on": "safe-start"}, STORAGE, {**MOVE, "instalments": "12"}, {**READERS, "id": "late", "last_day": "2027-12-31"}],
        prices=[{"line": "users", "pricing": "graduated", "tiers": TIERS}],
        discounts=[WELCOME, {"name": "Free month", "free": "1 month", "lines": ["readers"]}],
        invoice_addresses=[{**PLANT, "lines": ["servers", "setup", "move"]}],
        minimum="2000.00 USD",
    ) == []  # fmt: skip


@pytest.mark.parametrize(
    ("line", "rule", "says"),
    [
        ({"name": "Readers", "price": "1.00 USD"}, "unnamed-line", "needs its id"),
        ({"id": "readers", "price": "1.00 USD"}, "unnamed-line", "needs its name"),
        ({"add_on": "archiv"}, "unknown-add-on", "archiv is not an add-on of"),
        ({**READERS, "id": "users"}, "doubled-line", "the id users is taken"),
        ({**READERS, "id": "minimum"}, "doubled-line", "the id minimum is taken"),
        ({**READERS, "per": "user"}, "two-quantities", "takes the number from the coverage"),
        ({"id": "r", "name": "R", "unit": "reader", "price": "1.00 USD"}, "no-quantity", "does not say how many"),
        ({"id": "p", "name": "P", "per": "printer", "price": "1.00 USD"}, "no-quantity", "the coverage counts no printer"),
        ({"id": "r", "name": "R"}, "no-price", "r has no price"),
        ({**READERS, "price": "-4.50 USD"}, "below-zero", "-4.50 is below zero"),
        ({**READERS, "price": "4.50 EUR"}, "mixed-currencies", "fees.lines.0.price is in EUR"),
        ({**READERS, "tiers": TIERS}, "tiers", "this does not say which"),
        ({**READERS, "pricing": "volume"}, "tiers", "volume pricing needs tiers"),
        ({**READERS, "pricing": "volume", "tiers": TIERS}, "tiers", "there are tiers, too"),
        ({**STORAGE, "overage": None}, "usage-terms", "needs both numbers"),
        ({**STORAGE, "every": "year"}, "usage-terms", "counted by the month"),
        ({**READERS, "first_day": "2026-09-30"}, "line-days", "2026-09-30 is not a day of the term"),
        ({**READERS, "first_day": "2027-10-01"}, "line-days", "2027-10-01 is not a day of the term"),
        ({**READERS, "first_day": "2027-02-01", "last_day": "2027-01-31"}, "line-days", "before it begins on 2027-02-01"),
        ({**READERS, "since": "2028-01-01"}, "line-days", "2028-01-01 is not a day of the term"),
        ({**MOVE, "last_day": "2027-01-31"}, "line-days", "what is charged once has no last day"),
        ({**READERS, "instalments": "3"}, "instalments", "only what is charged once"),
        ({**MOVE, "instalments": "0"}, "instalments", "0 is not a number of instalments"),
        ({**MOVE, "instalments": "13"}, "instalments", "would be due on 2027-10-01, after the term"),
        ({**MOVE, "price": "0.03 USD", "instalments": "5"}, "instalments", "too little for 5 payments"),
    ],
)  # fmt: skip
def test_a_line_is_refused(line, rule, says):
    found = refused(lines=[line])
    assert (rule, True) in [(each, says in what) for each, what in found], found


@pytest.mark.parametrize(
    ("tiers", "says"),
    [
        ([{"up_to": "10", "price": "1.00 USD"}], "the last tier has an end"),
        ([{"price": "1.00 USD"}, {"price": "2.00 USD"}], "a tier without an end is not the last"),
        (
            [{"up_to": "10", "price": "1.00 USD"}, {"up_to": "10", "price": "1.00 USD"}, {"price": "2.00 USD"}],
            "is not above",
        ),
        ([{"up_to": "10"}, {"price": "2.00 USD"}], "this tier costs nothing"),
    ],
)
def test_tiers_follow_each_other_to_an_open_end(tiers, says):
    found = refused(prices=[{"line": "users", "pricing": "volume", "tiers": tiers}])
    assert [rule for rule, _ in found] == ["tiers"]
    assert says in found[0][1]


def test_what_a_bundle_includes_is_not_taken_twice():
    assert refused(lines=[{"add_on": "safe-start"}, {"add_on": "drills"}]) == [
        ("included-twice", "fees.lines.0: safe-start includes drills, which is a line of its own, too")
    ]


def test_a_bundle_includes_add_ons():
    lost = [ARCHIVE, {**BUNDLE, "includes": ["archive", "backups"]}]
    found = [(each.rule, each.what) for each in problems(inputs(**fees(add_ons=lost)))]
    assert found == [("unknown-add-on", "add_ons.1.includes: backups is not another add-on")]


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


def test_instalments_of_a_setup_fee_need_one():
    found = refused(facts={"agreement__fees__setup_instalments": 3})
    assert found == [("instalments", "fees.setup_instalments: there is no setup fee to pay in instalments")]


def test_every_amount_is_found_with_its_path():
    said = inputs(**fees(lines=[READERS], prices=[{"line": "users", "pricing": "graduated", "tiers": TIERS}]))
    found = dict(amounts_of(said.agreement.model.fees, "fees"))
    assert found["fees.lines.0.price"] == usd("4.50")
    assert found["fees.prices.0.tiers.2.price"] == usd("55.00")
