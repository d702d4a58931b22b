"""Work that a plan leaves out, and what it would cost."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.blocks.outside_work import AFTER_HOURS
from contract_assembly.blocks.plan_comparison import above_breakeven, compared
from tests.helpers.books import IN_TIME, book, day, with_work, without, work
from tests.helpers.used_blocks import ENVIRONMENT, PLANS, monthly, usd

TELEPHONES = {"task": "Telephones", "plans": ["essential"], "item": "Work on equipment that is not a Covered Asset"}


def sorted_(*works, weeks=13, **rows):
    """A book in which so much was done in each of some weeks; `rows` sort it."""
    account = {"paid": "2026-10-02", "messages": [IN_TIME], "environment": ENVIRONMENT, **rows}
    return with_work(book(account), *(work(day(7 * n), *each) for n in range(weeks) for each in works))


def test_a_plan_is_compared_for_the_same_work():
    found = compared(sorted_((45, "Telephones"), (45, "Mail"), outside=[TELEPHONES]), PLANS, day(90))
    essential, business = found.plans
    assert [(each.task, each.hours, each.rate, each.cost) for each in essential.outside] == [
        ("Telephones", Decimal("3.26"), usd("80.00"), usd("260.80"))
    ]
    assert (essential.fee, essential.total) == (usd("432.00"), usd("692.80"))
    assert found.cost == usd("586.80")  # 6.52 hours at 90.00
    assert (essential.difference, essential.cheaper) == (usd("106.00"), "block")
    assert (business.outside, business.total, business.cheaper) == ((), usd("560.00"), "plan")
    assert found.unsorted == ("Mail",)


def test_the_role_that_the_work_needs_sets_its_price():
    engineer = {**TELEPHONES, "role": "Systems engineer"}
    found = compared(sorted_((45, "Telephones"), outside=[engineer]), PLANS, day(90)).plans[0]
    assert found.outside_cost == usd("430.32")  # 3.26 hours at 132.00


@pytest.mark.parametrize(
    ("start", "asked", "outside"),
    [
        ("16:00", "claire-vandermeer", "0.00"),
        ("17:30", "claire-vandermeer", "1.63"),  # 15 minutes after hours, times 1.5, are 22.5 a week
        ("17:30", "", "0.00"),
        ("19:00", "claire-vandermeer", "4.89"),
    ],
)
def test_work_after_hours_that_the_client_asked_for_is_outside_by_itself(start, asked, outside):
    account = {"paid": "2026-10-02", "messages": [IN_TIME], "environment": ENVIRONMENT}
    found = with_work(book(account), *(work(day(7 * n + 1), 45, "Mail", time=start, asked_by=asked) for n in range(13)))
    for plan in compared(found, PLANS, day(90)).plans:
        assert plan.outside_hours == Decimal(outside)
        assert {each.item for each in plan.outside} <= {AFTER_HOURS}


def test_an_entry_that_was_reversed_is_neither_inside_nor_outside():
    found = sorted_((30, "Telephones"), (30, "Mail"), outside=[TELEPHONES], inside=["Mail"])
    for number in range(1, 27, 2):
        found = without(found, number, day(95))
    told = compared(found, PLANS, day(95))
    assert (told.plans[0].outside, told.unsorted) == ((), ())


@given(
    st.lists(st.tuples(st.integers(1, 100), st.sampled_from("abc"), st.booleans()), max_size=7),
    st.sampled_from(["round-then-multiply", "multiply-then-round"]),
)
def test_no_more_is_left_out_than_was_used_and_the_parts_make_the_total(works, order):
    account = {"paid": "2026-10-02", "messages": [IN_TIME], "environment": ENVIRONMENT}
    account["outside"] = [{**TELEPHONES, "task": "a", "plans": ["essential"]}]
    made = [
        work(day(n + 2 * (n // 5)), minutes, task, time="17:00", asked_by="claire-vandermeer" if asked else "")
        for n, (minutes, task, asked) in enumerate(works)
    ]
    found = with_work(book(account, agreement__block__order=order), *made, booked=day(30))
    told = compared(found, PLANS, day(34))
    for plan in told.plans:
        assert plan.total == plan.fee + plan.outside_cost
        assert plan.difference.amount == plan.total.amount - told.cost.amount
        assert plan.outside_cost.amount == sum(each.cost.amount for each in plan.outside)
        most = told.hours + told.hours_beyond + Decimal("0.005") * (len(plan.outside) + 1)
        assert 0 <= plan.outside_hours <= most


def test_break_even_counts_what_the_plan_leaves_out():
    row = {"task": "Task 0", "plans": ["essential", "business"], "item": "Projects"}
    plain, dear = monthly(5, 6, 7), monthly(5, 6, 7, outside=[row])
    assert above_breakeven(plain, PLANS, date(2027, 1, 31))
    assert above_breakeven(dear, PLANS, date(2027, 1, 31)) is None
