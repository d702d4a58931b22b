"""The figures of a statement."""

from datetime import date

import pytest
from msgspec.structs import replace

from contract_assembly.blocks.ledger import OPENING, LedgerRow
from contract_assembly.blocks.statement import period, statement
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.values import DateRange
from tests.helpers.books import IN_TIME, book, hours, order, with_work, without, work

OCTOBER, NOVEMBER = period("2026-10"), period("2026-11")


def test_a_month_has_its_opening_its_movements_its_entries_and_its_closing():
    found = with_work(book(), work(date(2026, 10, 6)), work(date(2026, 11, 3), 120, "More"))
    first, second = statement(found, OCTOBER), statement(found, NOVEMBER)
    assert (first.opening, first.movements["bought"], first.movements["used"], first.closing) == (
        0,
        hours(20),
        hours(1),
        hours(19),
    )
    assert (second.opening, second.closing, [row.task for row in second.entries]) == (hours(19), hours(17), ["More"])
    assert second.tasks == (("More", hours(2)),)


def test_what_is_booked_by_the_day_of_the_statement_is_in_it_and_later_in_the_next():
    found = with_work(book(), work(date(2026, 10, 30), 60, "In time"), booked=date(2026, 11, 10))
    found = with_work(found, work(date(2026, 10, 30), 120, "Too late"), booked=date(2026, 11, 11))
    first, second = statement(found, OCTOBER), statement(found, NOVEMBER)
    assert [row.task for row in first.entries] == ["In time"]
    assert [row.task for row in second.late] == ["Too late"]
    assert second.opening == first.closing == hours(19)
    assert second.closing == hours(17)


def test_the_pace_of_a_statement_knows_what_the_statement_knows():
    found = with_work(book(), work(date(2026, 10, 6)), booked=date(2026, 10, 6))
    before = statement(found, OCTOBER)
    found = with_work(found, work(date(2026, 10, 30), 120, "Too late"), booked=date(2026, 11, 11))
    assert statement(found, OCTOBER).pace == before.pace
    assert statement(found, NOVEMBER, date(2026, 11, 20)).pace.on == date(2026, 11, 20)


def test_an_entry_taken_back_after_its_statement_shows_in_the_next_one():
    found = with_work(book(), work(date(2026, 10, 6)))
    found = without(found, 1, date(2026, 11, 20))
    first, second = statement(found, OCTOBER), statement(found, NOVEMBER)
    assert (first.closing, second.opening, second.closing) == (hours(19), hours(19), hours(20))
    assert second.movements["used"] == -hours(1)
    assert [row.reverses for row in second.late] == [1]


def test_work_beyond_the_hours_is_that_of_the_days_and_not_what_a_block_took_over():
    approved = {
        "paid": "2026-10-02",
        "messages": [IN_TIME],
        "overage": [{"on": "2026-10-06", "by": "andre-baptiste", "hours": "3"}],
    }
    people = ("tom-ekberg", "priya-raman")
    used = [work(date(2026, 10, 5), 600, person=each) for each in people]
    found = with_work(book(approved), *used, work(date(2026, 10, 31)), work(date(2026, 11, 3), 120, "More"))
    assert [statement(found, each).beyond for each in (OCTOBER, NOVEMBER)] == [hours(1), hours(2)]
    bought = order(ordered="2026-10-20", paid="2026-10-20", last_day="2027-11-30")
    taken = with_work(book({**approved, "orders": [bought]}), *used, work(date(2026, 10, 19)))
    assert statement(taken, OCTOBER).beyond == 0


def test_tasks_come_largest_first_and_then_by_name():
    works = [work(date(2026, 10, 6), count, task) for count, task in ((60, "B"), (60, "A"), (90, "C"))]
    assert [task for task, _ in statement(with_work(book(), *works), OCTOBER).tasks] == ["C", "A", "B"]


def test_work_of_the_last_day_before_the_period_that_was_booked_late_is_in_it_as_late():
    found = with_work(book(), work(date(2026, 10, 31), 60, "Too late"), booked=date(2026, 11, 11))
    second = statement(found, NOVEMBER)
    assert ([row.task for row in second.late], second.entries) == (["Too late"], ())


def test_a_statement_of_hours_taken_over_begins_on_the_day_after_they_were_counted():
    counted = date(2026, 10, 7)
    row = LedgerRow(
        1, counted, "", "tom-ekberg", "Hours used", OPENING, 300, 300, "1", hours(5), "", "", None, "", counted
    )
    found = replace(book(), ledger=replace(book().ledger, rows=(row,)))
    assert statement(found, OCTOBER).days == DateRange(date(2026, 10, 8), date(2026, 10, 31))
    assert statement(found, period("2026-10-08..2026-10-08")).opening == hours(15)
    with pytest.raises(RefusedError, match="use is recorded since 2026-10-08") as refused:
        statement(found, period("2026-10-01..2026-10-07"))
    assert refused.value.problems[0].origin.line == 2


def test_what_was_noticed_stands_in_order_of_importance():
    noticed = [
        {"on": "2026-10-07", "finding": "Small", "importance": "low"},
        {"on": "2026-10-09", "finding": "Grave", "importance": "high"},
        {"on": "2026-11-01", "finding": "Later", "importance": "high"},
    ]
    found = book({"paid": "2026-10-02", "messages": [IN_TIME], "noticed": noticed})
    assert [each.finding for each in statement(found, OCTOBER).noticed] == ["Grave", "Small"]


def test_a_period_is_a_month_or_days():
    assert period("2026-02") == DateRange(date(2026, 2, 1), date(2026, 2, 28))
    assert period("2026-11-03..2026-11-15") == DateRange(date(2026, 11, 3), date(2026, 11, 15))
    assert period("2026-11-03..2026-11-03") == DateRange(date(2026, 11, 3), date(2026, 11, 3))


@pytest.mark.parametrize("text", ["November", "2026", "2026-13", "2026-11-15..2026-11-03", "2026-11-01..", "26-11"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match=r"is not a period|before it begins|is not a date"):
        period(text)
