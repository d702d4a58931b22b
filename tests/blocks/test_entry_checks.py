"""What speaks against a new entry."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from contract_assembly.blocks.balance import state
from contract_assembly.blocks.entry_checks import beyond_the_hours
from contract_assembly.blocks.new_entries import entered
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.values import Duration
from tests.helpers.books import FIRST, IN_TIME, book, day, hours, order, with_work, without, work


def said(found, *works, booked=None):
    with pytest.raises(RefusedError) as told:
        with_work(found, *works, booked=booked)
    return " | ".join(each.what for each in told.value.problems)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"person": "nobody"}, "unknown person: nobody is not in provider.yaml"),
        ({"task": ""}, "the task is missing"),
        ({"task": "=HYPERLINK(1)"}, "begins like a formula"),
        ({"reference": "@x"}, "begins like a formula"),
        ({"channel": "phone"}, "is not a channel"),
        ({"asked_by": "dana-whitfield", "time": "19:00"}, "is not a contact of the client"),
        ({"asked_by": "andre-baptiste"}, "the time is missing"),
        ({"worked": 0}, "cannot be the work of one day"),
        ({"worked": 1441}, "cannot be the work of one day"),
        ({"time": "23:30"}, "past midnight"),
        ({"time": "25:00"}, "not a time of day"),
        ({"on": date(2026, 10, 4)}, "before 2026-10-05, the first day of use"),
        ({"on": date(2027, 10, 5)}, "after 2027-10-04, the last day"),
    ],
)
def test_what_cannot_be_is_refused(wrong, words):
    assert words in said(book(), work(**wrong))


def test_work_of_the_future_is_refused():
    assert "is after 2026-10-05, the day of booking" in said(book(), work(day(1)), booked=FIRST)


def test_nothing_is_entered_before_the_price_has_arrived():
    assert "no Block is paid yet" in said(book({}), work())
    assert "before 2026-10-20, the first day of use" in said(book({"paid": "2026-10-20"}), work(), booked=day(30))


def test_after_an_early_end_nothing_is_entered():
    ended = {"paid": "2026-10-02", "ended": {"on": "2026-11-01", "because": "client-breach"}}
    assert "after 2026-11-01, the last day" in said(book(ended), work(date(2026, 11, 2)))
    assert len(with_work(book(ended), work(date(2026, 11, 1))).ledger.rows) == 1


def test_from_the_first_day_of_the_support_contract_nothing_is_entered():
    change = {"signed": "2026-11-20", "first_day": "2026-12-15", "agreement": "2026-support"}
    found = book({"paid": "2026-10-02", "conversion": change})
    assert "not before 2026-12-15, when a support contract took" in said(found, work(date(2026, 12, 15)))
    assert len(with_work(found, work(date(2026, 12, 14))).ledger.rows) == 1


def test_work_is_entered_from_the_first_day_of_the_first_block_to_the_last_day_of_the_last():
    orders = [order(), order("third", ordered="2027-09-20", last_day="2028-08-31", paid="2027-09-20")]
    found = book({"paid": "2026-10-02", "messages": [IN_TIME], "orders": orders})
    made = with_work(found, work(FIRST), work(date(2028, 9, 30)), booked=date(2028, 9, 30))
    assert [row.deducted for row in made.ledger.rows] == [60, 60]


def test_a_booking_before_the_last_one_means_a_wrong_clock():
    found = with_work(book(), work(), booked=day(5))
    with pytest.raises(RefusedError, match="before 2026-10-10, the day on which row 1 was booked") as refused:
        with_work(found, work(worked=15, task="B"), booked=day(4))
    assert refused.value.problems[0].origin.line == 2  # row 1 is below the header


@pytest.mark.parametrize(
    ("time", "clash"), [("09:30", True), ("08:31", True), ("10:00", False), ("08:00", False), ("09:59", True)]
)
def test_nobody_works_twice_at_one_time(time, clash):
    found = with_work(book(), work(time="09:00", worked=60))
    other = work(time=time, worked=60 if time == "08:00" else 30, task="Other")
    if clash:
        assert "tom-ekberg already worked at that time, in row 1: 09:00 to 10:00" in said(found, other)
    else:
        assert len(with_work(found, other).ledger.rows) == 2


def test_an_entry_taken_back_leaves_its_time_free():
    found = without(with_work(book(), work(time="09:00")), 1, FIRST)
    assert with_work(found, work(time="09:00")).ledger.rows[-1].number == 3


def test_entries_of_one_import_are_compared_with_each_other_too():
    assert "already worked at that time, in row 1" in said(book(), work(time="09:00"), work(time="09:30", task="Other"))


def test_of_two_people_at_once_on_a_task_one_counts_unless_the_contact_approved_more():
    found = with_work(book(), work(time="09:00"))
    assert "only one person's time counts" in said(found, work(time="09:30", person="miguel-santos"))
    both = with_work(found, work(time="09:30", person="miguel-santos", asked_by="andre-baptiste"))
    assert state(both, FIRST).balance == hours(18)


def test_a_day_has_24_hours():
    found = with_work(book(), work(worked=15 * 60))
    assert "over 24 hours" in said(found, work(worked=9 * 60 + 1, task="Other"))
    assert "over 24 hours" not in said(found, work(worked=9 * 60, task="Other"))
    assert "the work of one day" not in said(book(), work(worked=24 * 60))  # too much for the block all the same


def test_a_long_task_is_told_once_to_need_an_approved_estimate():
    found = with_work(book(), work(worked=90))
    warned = entered(found, [work(day(1), 60)], day(1))
    assert [each.rule for each in warned.warnings] == ["estimate"]
    assert entered(warned.book, [work(day(2), 60)], day(2)).warnings == ()


def test_a_task_of_exactly_the_hours_without_an_estimate_needs_none_yet():
    whole = entered(book(), [work(worked=120)], FIRST)
    assert (whole.book.promises.estimate, whole.warnings) == (2, ())
    assert [each.rule for each in entered(whole.book, [work(day(1), 15)], day(1)).warnings] == ["estimate"]


def test_a_single_minute_that_no_hours_cover_is_refused_with_what_the_agreement_says_to_do():
    minute = {"rates__increment": Duration(1, "minute"), "rates__minimum_remote": Duration(1, "minute")}
    for overage, words in (("stop", "order a further Block first"), ("list-rate", "need written approval by")):
        found = with_work(book(agreement__block__overage=overage, **minute), work(worked=20 * 60))
        with pytest.raises(RefusedError, match="0 hours are left") as refused:
            with_work(found, work(day(1), 1))
        (problem,) = refused.value.problems
        assert words in problem.hint
        assert problem.origin.line == 2


def test_a_day_of_booking_long_after_the_last_block_is_a_wrong_clock():
    assert "over a year after 2027-10-04" in said(book(), work(), booked=date(2028, 10, 5))
    assert len(with_work(book(), work(), booked=date(2028, 10, 4)).ledger.rows) == 1
    longer = book({"paid": "2026-10-02", "messages": [IN_TIME], "orders": [order()]})
    assert len(with_work(longer, work(), booked=date(2029, 9, 30)).ledger.rows) == 1


def test_the_same_entry_without_a_time_is_entered_again_only_on_request():
    found = with_work(book(), work())
    with pytest.raises(RefusedError) as refused:
        entered(found, [work()], FIRST, once=True)
    assert [each.what for each in refused.value.problems] == [
        "row 1 is this entry already: same day, person, task and minutes, without a time of day"
    ]
    for other in (work(worked=45), work(task="B"), work(person="priya-raman")):
        assert len(entered(found, [other], FIRST, once=True).rows) == 1
    assert len(entered(without(found, 1, FIRST), [work()], FIRST, once=True).rows) == 1


def test_hours_that_were_not_covered_before_are_not_told_again():
    found = book()
    before = replace(state(found, FIRST), uncovered=Decimal(60))
    assert list(beyond_the_hours(found, before, before)) == []
    (told,) = beyond_the_hours(found, before, replace(before, uncovered=Decimal(90)))
    assert "and 0.5 would not be covered" in told.what
