"""The edits that give a file of facts other lines: what is set, and what is dropped."""

from decimal import Decimal

from contract_assembly.renewals.continued_lines import continued
from contract_assembly.renewals.line_edits import line_edits, written
from tests.helpers.fee_facts import READERS, TIERS, fees
from tests.helpers.inputs_base import inputs
from tests.helpers.running import usd

MOVE = {"id": "move", "name": "Move", "price": "900.00 USD", "every": "once"}


def found(**said):
    facts = inputs(**fees(**said))
    return line_edits(facts.agreement.model, continued(facts, Decimal(3)).agreement.model)


def test_a_price_that_rises_is_set_and_a_line_that_ends_is_dropped():
    assert found(lines=[{**READERS, "first_day": "2027-02-15"}, MOVE]) == (
        {("fees", "lines", 0, "price"): "4.64 USD"},
        [("fees", "lines", 0, "first_day"), ("fees", "lines", 1)],
    )


def test_a_list_of_which_nothing_is_left_is_dropped_whole():
    assert found(lines=[MOVE]) == ({}, [("fees", "lines")])


def test_each_tier_is_set():
    values, dropped = found(prices=[{"line": "users", "pricing": "graduated", "tiers": TIERS}])
    assert values == {
        ("fees", "prices", 0, "tiers", 0, "price"): "65.92 USD",
        ("fees", "prices", 0, "tiers", 1, "price"): "61.80 USD",
        ("fees", "prices", 0, "tiers", 2, "price"): "56.65 USD",
    }
    assert dropped == []


def test_an_address_loses_the_lines_that_ended_and_goes_with_the_last():
    plant = {"id": "plant", "name": "Plant", "address": "1 Mill Road", "lines": ["move", "readers"]}
    _, dropped = found(lines=[READERS, MOVE], invoice_addresses=[plant])
    assert ("fees", "invoice_addresses", 0, "lines", 0) in dropped
    _, dropped = found(lines=[READERS, MOVE], invoice_addresses=[{**plant, "lines": ["move"]}])
    assert dropped == [("fees", "lines", 1), ("fees", "invoice_addresses")]


def test_values_are_written_as_files_have_them():
    assert [written(each) for each in (True, usd("4.50"), 12)] == ["yes", "4.50 USD", "12"]
