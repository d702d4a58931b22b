"""A new entry is judged before it is written."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from contract_assembly.blocks.balance import state
from contract_assembly.blocks.book import purchases
from contract_assembly.blocks.ledger import OPENING, Ledger, LedgerRow, appended, read
from contract_assembly.blocks.new_entries import counted_again, entered, reversed_
from contract_assembly.core.problems import RefusedError
from tests.helpers.books import FIRST, IN_TIME, book, day, hours, order, with_work, without, work

SUNDAY = date(2026, 10, 11)


def test_rows_of_one_task_person_and_day_add_up_to_what_they_come_to_together():
    found = with_work(book(), work(worked=5), work(worked=5), work(worked=6))
    assert [row.deducted for row in found.ledger.rows] == [15, 0, 15]
    apart = with_work(book(), work(worked=5), work(worked=5, task="Other"))
    assert [row.deducted for row in apart.ledger.rows] == [15, 15]


def test_a_visit_gives_the_whole_task_of_the_day_its_least_time():
    found = with_work(book(), work(worked=10), work(worked=10, channel="on-site"))
    assert [row.deducted for row in found.ledger.rows] == [15, 45]


def test_after_hours_work_that_was_asked_for_takes_its_factor():
    found = with_work(book(), work(time="18:00", worked=20, asked_by="andre-baptiste"))
    assert (found.ledger.rows[0].factor, found.ledger.rows[0].deducted) == ("1.5", 45)
    other = with_work(
        book(agreement__block__order="multiply-then-round"), work(time="18:00", worked=20, asked_by="andre-baptiste")
    )
    assert other.ledger.rows[0].deducted == 30
    unasked = with_work(book(), work(SUNDAY, time="10:00", worked=20))
    assert (unasked.ledger.rows[0].factor, unasked.ledger.rows[0].deducted) == ("1", 30)


def test_a_preview_says_from_which_blocks_the_minutes_come():
    preview = entered(book(), [work(worked=50)], FIRST)
    assert preview.blocks() == (("first", Decimal(60)),)
    assert (preview.before.balance, preview.after.balance) == (hours(20), hours(19))


def test_a_preview_names_only_the_blocks_that_give_minutes_now():
    bought = order("second", ordered="2026-10-06", paid="2026-10-06", last_day="2027-11-30")
    found = book({"paid": "2026-10-02", "messages": [IN_TIME], "orders": [bought]})
    found = with_work(found, *(work(FIRST, 600, person=each) for each in ("tom-ekberg", "priya-raman")))
    assert entered(found, [work(day(2))], day(2)).blocks() == (("second", hours(1)),)
    third = entered(with_work(found, work(day(2))), [work(day(3), 120)], day(3))
    assert third.blocks() == (("second", hours(2)),)


@pytest.mark.parametrize(
    ("row", "words"), [(2, "there is no such row"), (0, "there is no such row"), (1, "reversed already")]
)
def test_only_a_row_that_stands_is_reversed(row, words):
    found = with_work(book(), work())
    found = without(found, 1, FIRST) if row == 1 else found
    with pytest.raises(RefusedError, match=words):
        reversed_(found, row, "A mistake", FIRST)


def test_a_reversal_is_not_reversed_and_is_pointed_at():
    found = without(with_work(book(), work()), 1, FIRST)
    with pytest.raises(RefusedError) as refused:
        reversed_(found, 2, "A mistake", FIRST)
    assert [(each.what, each.origin.line) for each in refused.value.problems] == [
        ("row 2 cannot be reversed: it is reversed already, or is a reversal", 3)
    ]


def test_work_that_is_entered_late_leaves_what_is_left_on_the_day_of_booking():
    found = entered(with_work(book(), work(day(5), 120)), [work(day(0), 60)], day(6))
    assert (found.before.balance, found.after.balance) == (hours(18), hours(17))


@pytest.mark.parametrize("because", ["", "=1", " x"])
def test_a_reversal_needs_a_reason_in_plain_words(because):
    with pytest.raises(RefusedError, match="the reason"):
        reversed_(with_work(book(), work()), 1, because, FIRST)


def test_taking_one_of_several_back_counts_the_rest_anew():
    found = without(with_work(book(), work(worked=5), work(worked=6), work(worked=7)), 1, FIRST)
    assert [row.deducted for row in found.ledger.rows] == [15, 0, 15, -15]
    assert [row.worked for row in found.ledger.rows] == [5, 6, 7, -5]
    assert [row.rounded for row in found.ledger.rows] == [15, 0, 15, -15]
    assert state(found, FIRST).sum("used") == 15  # 6 and 7 minutes come to one step


def test_a_clock_that_was_wrong_once_locks_nothing_for_good():
    found = with_work(with_work(book(), work()), work(day(300), task="B"))
    assert "reverse that row first" in hint(found, work(day(5), task="C"))
    freed = without(found, 2, day(5))
    went_on = with_work(freed, work(day(5), task="C"))
    assert state(went_on, day(5)).balance == hours(18)
    assert [each.number for each in went_on.ledger.booked_by(day(5))] == [1, 2, 3, 4]


def hint(found, *works):
    with pytest.raises(RefusedError) as refused:
        with_work(found, *works)
    return " | ".join(each.hint for each in refused.value.problems)


# ---- a block that was taken over


def taken_over(used=300):
    """A block of 20 hours, of which these minutes were used by its third day; then an hour of work."""
    row = LedgerRow(
        1, day(2), "", "tom-ekberg", "Hours used", OPENING, used, used, "1", Decimal(used), "", "", None, "", day(2)
    )
    found = book()
    return with_work(replace(found, ledger=replace(found.ledger, rows=(row,))), work(day(4)))


def test_hours_are_used_from_the_day_after_they_were_counted():
    (first,) = purchases(taken_over(), day(4))
    assert (first.opened, first.usable) == (day(2), day(3))


def again(found, left, number=1, booked=8):
    return counted_again(found, number, left, "Counted again", day(booked))


def test_a_wrong_count_is_put_right_after_work_was_entered():
    made = again(taken_over(), 12 * 60)
    assert (made.before.balance, made.after.balance) == (hours(14), hours(11))
    assert [(row.worked, row.rounded, row.deducted, row.reverses, row.date) for row in made.rows] == [
        (-300, -300, -300, 1, day(2)),
        (480, 480, 480, None, day(2)),
    ]
    rows = made.book.ledger.rows
    assert read(appended(Ledger("ledger.csv"), rows), "ledger.csv").rows == rows
    assert again(made.book, 20 * 60, number=4).after.balance == hours(19)


@pytest.mark.parametrize(
    ("left", "number", "words"),
    [
        (21 * 60, 1, "more is left than the 20 hours that were bought"),
        (15 * 60, 1, "says that already"),
        (30, 1, "would not be covered"),
        (600, 2, "is not the count of the hours"),
    ],
)
def test_a_count_that_cannot_be_right_is_refused(left, number, words):
    with pytest.raises(RefusedError, match=words):
        again(taken_over(), left, number)


def test_a_count_that_says_that_already_is_pointed_at():
    with pytest.raises(RefusedError) as refused:
        again(taken_over(), 20 * 60 - 300)
    assert [each.origin.line for each in refused.value.problems] == [2]


def test_the_count_is_not_taken_back_without_another_one():
    with pytest.raises(RefusedError, match="without which the balance is not known") as refused:
        reversed_(taken_over(), 1, "Wrong", day(8))
    assert "--left" in refused.value.problems[0].hint


def test_a_second_count_beside_the_first_is_not_a_ledger():
    found = taken_over().ledger.rows
    wrong = (*found, found[0]._replace(number=3, booked=day(8)))
    with pytest.raises(RefusedError, match="an opening row is the first one"):
        read(appended(Ledger("ledger.csv"), wrong), "ledger.csv")
