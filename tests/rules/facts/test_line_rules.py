"""What may not be combined in a line of an agreement's own, each at its place and with its cure."""

import pytest

from contract_assembly.rules.facts import problems
from tests.helpers.fee_facts import ARCHIVE, BUNDLE, MOVE, READERS, TIERS, fees, refused
from tests.helpers.inputs_base import inputs
from tests.helpers.running import STORAGE


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


def test_instalments_of_a_setup_fee_need_one():
    found = refused(facts={"agreement__fees__setup_instalments": 3})
    assert found == [("instalments", "fees.setup_instalments: there is no setup fee to pay in instalments")]
