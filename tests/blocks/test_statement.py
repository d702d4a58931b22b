"""The figures of a statement."""

from datetime import date

import pytest

from contract_assembly.blocks.statement import period, statement
from contract_assembly.core.values import DateRange
from tests.helpers.books import IN_TIME, book, hours, with_work, without, work

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


@pytest.mark.parametrize("text", ["November", "2026", "2026-13", "2026-11-15..2026-11-03", "2026-11-01..", "26-11"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match=r"is not a period|before it begins|is not a date"):
        period(text)
