"""Figures of a block as text, as data and as rows for a spreadsheet."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.blocks.balance import state
from contract_assembly.blocks.new_entries import entered
from contract_assembly.blocks.notices import Notice
from contract_assembly.blocks.plan_comparison import compared
from contract_assembly.blocks.reports import by_value, comparison, forecast_row, forecast_table, notice, preview, tenth
from tests.helpers.books import FIRST, IN_TIME, book, day, with_work, work
from tests.helpers.used_blocks import PLANS, used


def test_the_text_says_which_is_cheaper_whichever_it_is():
    assert any(
        "the block is cheaper by 40.50 USD a month" in line for line in comparison(compared(used(60), PLANS, day(90)))
    )
    dear = compared(used(90), PLANS, day(90))
    assert any("the plan is cheaper by 154.80 USD a month" in line for line in comparison(dear))
    assert dear.plans[0].cheaper == "plan"


@pytest.mark.parametrize(("minutes", "text"), [(87, "1.5"), (85, "1.4"), (93, "1.6"), (0, "0.0")])
def test_average_hours_have_one_decimal_half_up(minutes, text):
    assert tenth(Decimal(minutes)) == text


def test_new_entries_say_how_many_hours_go_beyond_the_block_and_what_is_left():
    account = {"paid": "2026-10-02", "messages": [IN_TIME]}
    account["overage"] = [{"on": "2026-10-05", "by": "andre-baptiste", "hours": "4"}]
    found = with_work(book(account, agreement__block__overage="list-rate"), *(work(day(n), 600) for n in (0, 1)))
    for n, beyond in ((2, 60), (3, 90)):
        new = entered(found, [work(day(n), beyond)], day(n))
        lines = preview(new).splitlines()
        assert lines[-2:] == [
            f"    beyond the last hour, as approved: {beyond / 60:g} h",
            "Balance: 0 h before, 0 h after",
        ]
        found = new.book
    assert "beyond" not in preview(entered(book(), [work()], FIRST))


def message(on, arises="2027-03-01", due="2027-03-05", sent=None):
    day_, begins, last = (date.fromisoformat(each) for each in (on, arises, due))
    found = Notice("used-up", "first", None, arises=begins, due=last, sent=sent, why="No hours", clause="block-balance")
    return notice("agreements/hudson/2026-block", found, day_).splitlines()[0].rpartition(": ")[2]


@pytest.mark.parametrize(
    ("on", "says"),
    [
        ("2027-02-28", "can be sent from 2027-03-01"),
        ("2027-03-01", "can be sent now, and is due by 2027-03-05"),
        ("2027-03-05", "due today"),
        ("2027-03-06", "overdue"),
    ],
)
def test_a_message_says_whether_it_can_be_sent_on_a_day(on, says):
    assert message(on) == says
    assert message(on, sent=date(2027, 3, 2)) == "sent on 2027-03-02"


def test_the_forecast_names_the_plan_that_costs_least_and_the_largest_saving_comes_first():
    rows = [
        forecast_row(name, "2026-block", compared(found, PLANS, day(90)), state(found, day(90)))
        for name, found in (("cedar", used(60)), ("birch", used(90)), ("acme", used(60, environment=None)))
    ]
    assert [row["plan"] for row in rows] == ["essential", "essential", None]
    assert [row["client"] for row in by_value(rows)] == ["birch", "cedar", "acme"]
    head, *table = forecast_table(by_value(rows)).splitlines()
    assert [line.split()[0] for line in table] == ["birch", "cedar", "acme"]
    assert {line.index("2026-block") for line in table} == {head.index("agreement")}
