"""What the changes of a day do to the fee, and to the billing period that is running."""

from datetime import date

from contract_assembly.billing.effect import effect
from contract_assembly.facts.fee_terms import Discount
from tests.helpers.fee_facts import READERS
from tests.helpers.fee_facts import fees as added
from tests.helpers.running import change, removal, running, usd

MID, BEGIN = date(2027, 1, 17), date(2027, 2, 1)


def fees(**facts):
    return {"agreement__fees__billing": "quarterly", **facts}


def test_a_month_that_has_begun_is_charged_for_the_days_that_are_left():
    found = effect(running(change(MID, "users", 34, 36)), MID)
    assert (found.before, found.after, found.difference) == (usd("2438.00"), usd("2562.00"), usd("124.00"))
    assert (found.covered, found.month, found.months) == (15, 31, 0)
    assert found.for_the_rest == usd("60.00")  # 124.00 x 15/31
    assert found.full_from == date(2027, 2, 1)


def test_a_change_on_the_first_day_of_a_period_has_no_rest():
    found = effect(running(change(BEGIN, "users", 34, 36)), BEGIN)
    assert (found.rest, found.covered, found.month, found.months) == ((), 0, 0, 0)
    assert found.for_the_rest == usd("0")
    assert found.full_from == BEGIN


def test_fewer_are_credited():
    found = effect(running(removal(MID, "users", 34, 32, date(2026, 12, 1))), MID)
    assert found.difference == usd("-124.00")
    assert found.for_the_rest == usd("-60.00")


def test_a_quarter_has_whole_months_after_the_part():
    found = effect(running(change(MID, "users", 34, 36), **fees()), MID)
    assert (found.covered, found.month, found.months) == (15, 31, 2)
    assert found.for_the_rest == usd("308.00")  # 60.00, 124.00 and 124.00
    assert found.full_from == date(2027, 4, 1)


def test_each_subject_has_its_value_before_and_after():
    found = effect(running(change(MID, "users", 34, 36), change(MID, "server", 3, 4)), MID)
    assert [(each.change.what, each.before, each.after) for each in found.moved] == [
        ("server", 3, 4),
        ("users", 34, 36),
    ]


def test_changes_of_other_days_are_not_part_of_it():
    found = effect(running(change(MID, "users", 34, 36), change(BEGIN, "users", 36, 40)), MID)
    assert found.after == usd("2562.00")
    assert len(found.moved) == 1


def test_the_rest_of_the_last_month_ends_with_the_contract():
    found = effect(running(change(MID, "users", 34, 36), last=date(2027, 1, 20)), MID)
    assert (found.covered, found.month, found.for_the_rest) == (4, 31, usd("16.00"))  # 124.00 x 4/31


def test_the_fee_before_is_that_of_the_day_before():
    welcome = Discount.model_validate({"name": "Welcome", "percent": "10 %", "last_day": "2027-01-16"})
    found = effect(running(change(MID, "users", 34, 36), agreement__fees__discounts=(welcome,)), MID)
    assert (found.before, found.after) == (usd("2194.20"), usd("2562.00"))
    over = welcome.model_copy(update={"last_day": date(2026, 12, 31)})
    assert effect(running(change(MID, "users", 34, 36), agreement__fees__discounts=(over,)), MID).before == usd(
        "2438.00"
    )


def test_the_new_fee_is_invoiced_in_full_once_the_longest_period_is_over():
    lines = added(lines=[{**READERS, "every": "year"}])
    found = effect(running(change(MID, "users", 34, 36), change(MID, "quantity", 12, 13, name="readers"), **lines), MID)
    assert {str(each.key.last) for each in found.rest} == {"2027-01-31", "2027-09-30"}
    assert found.full_from == date(2027, 10, 1)
