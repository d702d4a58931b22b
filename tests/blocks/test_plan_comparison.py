"""A block beside each plan: the working is shown and the sign never hidden."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from contract_assembly.blocks.outside_work import unsorted_work
from contract_assembly.blocks.plan_comparison import above_breakeven, compared
from contract_assembly.blocks.reports import comparison
from contract_assembly.core.values import Money
from tests.helpers.books import IN_TIME, book, day, order, with_work, work
from tests.helpers.used_blocks import ENVIRONMENT, PLANS, monthly, usd, used


def test_the_cost_the_fee_the_difference_and_the_hours_where_both_are_equal():
    found = compared(used(60), PLANS, day(90))
    assert found.block_cost == usd("391.50")  # 4.348 hours, 4.35 in an average month at 90
    essential, business = found.plans
    assert (essential.fee, essential.difference, essential.breakeven) == (usd("432.00"), usd("40.50"), Decimal("4.8"))
    assert (business.fee, business.difference, business.cheaper) == (usd("560.00"), usd("168.50"), "block")
    assert sum(line.amount.amount for line in essential.lines) == Decimal("432.00")
    assert found.saving == usd("-40.50")
    assert found.credit == usd("630.00")  # 7 of 20 hours


def test_the_same_cost_is_called_the_same():
    found = compared(used(60), PLANS, day(90))
    equal = found.plans[0].__class__(**{**_fields(found.plans[0]), "difference": usd("0.00")})
    assert equal.cheaper == "neither"


def _fields(each):
    return {
        name: getattr(each, name)
        for name in ("plan", "name", "lines", "fee", "outside", "total", "difference", "breakeven")
    }


def test_what_went_beyond_the_block_costs_the_list_rate():
    account = {
        "paid": "2026-10-02",
        "environment": ENVIRONMENT,
        "overage": [{"on": "2026-12-28", "by": "andre-baptiste", "hours": "2"}],
    }
    found = with_work(book(account), *[work(day(7 * n), 120, f"Task {n}") for n in range(10)])
    found = with_work(found, work(date(2026, 12, 29), 120, "Beyond"))
    told = compared(found, PLANS, date(2027, 3, 1))
    # 1,200 minutes in 21 whole weeks are 248.47 a month; 120 beyond the block in 4.83 months are 24.85 of them
    assert (told.hours, told.hours_beyond) == (Decimal("3.73"), Decimal("0.41"))
    assert told.overage_cost == Money(found.figures.list_rate.amount * Decimal("0.41"), "USD").rounded()
    assert told.cost == Money(told.block_cost.amount + told.overage_cost.amount, "USD")


def test_without_an_environment_no_plan_is_priced_and_nothing_is_said_to_be_saved():
    found = compared(used(60, environment=None), PLANS, day(90))
    assert (found.plans, found.saving) == ((), None)
    assert any("No plan is priced" in line for line in comparison(found))


def test_a_plan_without_a_price_in_the_currency_is_left_out():
    plan = PLANS[0].model_copy(
        update={"prices": tuple(line.model_copy(update={"price": line.price[1:]}) for line in PLANS[0].prices)}
    )
    assert compared(used(60), [plan], day(90)).plans == ()


@pytest.mark.parametrize(("weeks", "early"), [(12, True), (13, False)])
def test_less_than_three_months_are_called_an_early_estimate(weeks, early):
    found = compared(used(15, weeks), PLANS, day(7 * weeks - 1))
    assert found.pace.early == early
    assert ("early estimate" in next(comparison(found))) == early


# ---- three months above break-even: from 4.8 hours a month the cheapest plan costs less


def test_three_whole_months_above_break_even_are_told_with_their_hours():
    found = above_breakeven(monthly(5, 6, 7), PLANS, date(2027, 1, 31))
    assert (found.plan, found.breakeven) == ("Essential Care", Decimal("4.8"))
    assert found.months == (
        (date(2026, 11, 30), Decimal(5)),
        (date(2026, 12, 31), Decimal(6)),
        (date(2027, 1, 31), Decimal(7)),
    )


@pytest.mark.parametrize("on", [date(2027, 1, 30), date(2027, 3, 1)])
def test_only_whole_months_that_have_ended_count(on):
    assert above_breakeven(monthly(5, 6, 7), PLANS, on) is None


@pytest.mark.parametrize("hours", [(5, 4.75, 7), (0, 5, 6), (4.75, 5, 6)])
def test_one_month_that_is_not_above_ends_the_run(hours):
    assert above_breakeven(monthly(*hours), PLANS, date(2027, 1, 31)) is None


def test_just_break_even_is_not_above_it():
    rate = {"agreement__block__rate": usd("86.40")}  # 432.00 are 5 hours
    assert above_breakeven(monthly(5, 5, 5, **rate), PLANS, date(2027, 1, 31)) is None
    assert above_breakeven(monthly(5.25, 5.25, 5.25, **rate), PLANS, date(2027, 1, 31))


def test_a_month_in_which_the_block_could_not_be_used_throughout_does_not_count():
    assert above_breakeven(monthly(5, 6), PLANS, date(2026, 12, 31)) is None  # October began without the block


def test_without_an_environment_or_a_price_nothing_is_proposed():
    assert above_breakeven(monthly(6, 6, 6, environment=None), PLANS, date(2027, 1, 31)) is None
    assert above_breakeven(monthly(6, 6, 6), [], date(2027, 1, 31)) is None


def with_second_block(*works):
    bought = order(ordered="2026-10-06", paid="2026-10-06", last_day="2027-11-30", rate="60.00 USD")
    account = {"paid": "2026-10-02", "messages": [IN_TIME], "orders": [bought], "environment": ENVIRONMENT}
    return with_work(book(account), *works)


def test_the_rate_is_that_of_the_latest_block():
    assert compared(with_second_block(work()), PLANS, day(90)).rate == usd("60.00")
    works = [work(date(2026 + month // 13, (month - 1) % 12 + 1, 12), 480, f"Task {month}") for month in (11, 12, 13)]
    assert above_breakeven(with_second_block(*works), PLANS, date(2027, 1, 31)).breakeven == Decimal("7.2")  # 432.00


def test_the_first_and_the_last_day_belong_to_a_month_and_to_the_days_of_the_block():
    account = {"paid": "2026-11-01", "messages": [IN_TIME], "environment": ENVIRONMENT}
    days = (date(2026, 11, 1), 300), (date(2026, 12, 31), 360), (date(2027, 1, 31), 420)
    found = with_work(book(account), *[work(on, minutes, f"Task {on}") for on, minutes in days])
    told = above_breakeven(found, PLANS, date(2027, 1, 31))
    assert [hours for _, hours in told.months] == [5, 6, 7]


@pytest.mark.parametrize(("difference", "cheaper"), [("0.40", "block"), ("-0.40", "plan")])
def test_cents_make_one_of_them_cheaper(difference, cheaper):
    found = compared(used(60), PLANS, day(90)).plans[0]
    assert replace(found, difference=usd(difference)).cheaper == cheaper


def test_half_a_hundredth_of_an_hour_is_rounded_up():
    weeks = [work(day(7 * n), minutes, f"Task {n}") for n, minutes in enumerate((510, 495, 510, 495, 510))]
    row = {"item": "Projects", "plans": ["essential"]}
    account = {"paid": "2026-10-02", "messages": [IN_TIME], "environment": ENVIRONMENT}
    account["outside"] = [{**row, "task": f"Task {n}"} for n in range(5)]
    found = compared(with_work(book(account, agreement__block__hours=60), *weeks), PLANS, day(34))
    assert found.hours == Decimal("36.53")  # 504 minutes a week are 36.525 hours in an average month


def test_hours_that_a_plan_leaves_out_are_rounded_half_up_to_hundredths():
    account = {"paid": "2026-10-02", "messages": [IN_TIME], "environment": ENVIRONMENT}
    account["outside"] = [{"task": "Moves", "item": "Projects", "plans": ["essential"]}]
    for count, each, hours_left_out in ((5, (510, 495, 510, 495, 510), "36.53"), (13, (60,) * 13, "4.35")):
        works = [work(day(7 * n), minutes, "Moves") for n, minutes in enumerate(each)]
        found = compared(with_work(book(account, agreement__block__hours=60), *works), PLANS, day(7 * count - 1))
        assert [plan.outside_hours for plan in found.plans if plan.outside] == [Decimal(hours_left_out)]


@pytest.mark.parametrize(("rate", "breakeven"), [("69.12", "6.3"), ("100.00", "4.3"), ("86.40", "5.0")])
def test_break_even_is_rounded_half_up_to_tenths(rate, breakeven):
    found = compared(with_work(book(_account(), agreement__block__rate=usd(rate)), work()), PLANS, day(90))
    assert found.plans[0].breakeven == Decimal(breakeven)  # 432.00 at this rate: 6.25, 4.32 and 5 hours


def _account():
    return {"paid": "2026-10-02", "messages": [IN_TIME], "environment": ENVIRONMENT}


def test_a_month_that_began_without_the_block_does_not_count_however_much_was_used_in_it():
    works = [work(date(2026, month, 12), 360, f"Task {month}") for month in (10, 11, 12)]
    found = with_work(book(_account()), *works)
    assert above_breakeven(found, PLANS, date(2026, 12, 31)) is None


def test_work_of_the_day_itself_is_told_to_be_unsorted():
    found = with_work(book(_account()), work(day(7), 60, "Moves"))
    assert [unsorted_work(found, each) for each in (day(6), day(7))] == [(), ("Moves",)]
