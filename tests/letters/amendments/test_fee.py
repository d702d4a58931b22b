"""What an amendment does to the fee."""

from datetime import date
from types import SimpleNamespace

from contract_assembly.letters.amendments.fee import fee_of
from contract_assembly.repository.inputs import Repository
from tests.helpers.inputs_base import BASE, block_inputs, inputs
from tests.helpers.running import FIRST, usd


def fee(on, **changed):
    """The fee of the base with facts changed from a day on."""
    return fee_from(changed.get("agreement__fees__billing", "monthly"), on, **changed)


def fee_from(billing, on, **changed):
    """The fee of the base, invoiced in this way at first, with facts changed from a day on."""
    before = SimpleNamespace(first=FIRST, agreed=inputs(agreement__fees__billing=billing))
    after = SimpleNamespace(first=on, agreed=inputs(**changed))
    return fee_of(Repository(BASE), "acme", "2026-support", (before, after), on)


def test_within_a_month_the_rest_of_it_is_charged():
    found = fee(date(2027, 1, 17), agreement__coverage__users=36)
    assert (found["old"], found["new"], found["difference"]) == (usd("2438.00"), usd("2562.00"), usd("124.00"))
    assert (found["more"], found["rest_amount"], found["rest_last"]) == (True, usd("60.00"), date(2027, 1, 31))
    assert (found["covered"], found["month_days"], found["months"]) == (15, 31, 0)
    assert found["next_first"] == date(2027, 2, 1)


def test_less_is_deducted():
    found = fee(date(2027, 1, 17), agreement__coverage__users=32)
    assert (found["more"], found["rest_amount"]) == (False, usd("60.00"))


def test_on_the_first_day_of_a_period_nothing_is_left_of_another():
    found = fee(date(2027, 2, 1), agreement__coverage__users=36)
    assert (found["rest"], found["next_first"]) == (False, date(2027, 2, 1))


def test_within_a_year_whole_months_follow_the_part_of_one():
    found = fee(date(2027, 1, 17), agreement__coverage__users=36, agreement__fees__billing="yearly")
    assert (found["covered"], found["month_days"], found["months"]) == (15, 31, 8)
    assert (found["rest_amount"], found["next_first"]) == (usd("1052.00"), date(2027, 10, 1))


def test_a_fee_that_stays_and_a_block_have_nothing_to_say():
    assert fee(date(2027, 1, 17)) == {"changes": False, "billing": None}
    block = SimpleNamespace(first=FIRST, agreed=block_inputs())
    assert fee_of(Repository(BASE), "acme", "2026-support", (block,), FIRST) == {"changes": False, "billing": None}


def test_an_amendment_says_how_often_the_fee_is_invoiced_only_if_that_changes():
    on = date(2027, 1, 1)
    alone = fee_from("quarterly", on, agreement__fees__billing="monthly")
    assert alone == {"changes": False, "billing": "monthly", "billing_last": date(2027, 1, 31)}
    changed = fee_from("monthly", on, agreement__coverage__users=36, agreement__fees__billing="yearly")
    assert (changed["changes"], changed["billing"]) == (True, "yearly")
    assert (changed["billing_last"], changed["next_first"], changed["rest"]) == (date(2027, 9, 30), on, False)
    assert fee(on, agreement__coverage__users=36)["billing"] is None
