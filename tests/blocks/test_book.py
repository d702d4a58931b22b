"""A book's days and orders: when hours may be used, until when, and what cannot be right in an account."""

from datetime import date

import pytest

from contract_assembly.blocks.book import (
    by_task,
    closed_on,
    contacts,
    purchases,
    span,
    used_by_day,
    within,
    wrong,
)
from contract_assembly.core.values import Duration
from tests.helpers.books import FIRST, IN_TIME, LAST, book, day, hours, order, with_work, without, work


@pytest.mark.parametrize(
    ("period", "last"),
    [
        ("60 days", date(2026, 12, 4)),
        ("2 weeks", date(2026, 10, 19)),
        ("1 month", date(2026, 11, 5)),
        ("1 quarter", date(2027, 1, 5)),
        ("0 days", FIRST),
    ],
)
def test_a_period_after_an_event_includes_its_last_day_and_the_day_itself(period, last):
    length = Duration.parse(period)
    assert within(FIRST, FIRST, length)
    assert within(last, FIRST, length)
    assert not within(date.fromordinal(last.toordinal() + 1), FIRST, length)
    assert not within(date.fromordinal(FIRST.toordinal() - 1), FIRST, length)


@pytest.mark.parametrize("unit", ["month", "business day", "hour"])
def test_only_days_and_weeks_are_a_number_of_days(unit):
    assert span(Duration(2, "week")).days == 14
    with pytest.raises(ValueError, match="is not a number of days"):
        span(Duration(2, unit))


@pytest.mark.parametrize(("paid", "usable"), [("2026-10-02", FIRST), ("2026-10-20", date(2026, 10, 20)), (None, None)])
def test_hours_may_be_used_from_the_first_day_or_the_payment_whichever_is_later(paid, usable):
    (first,) = purchases(book({"paid": paid} if paid else {}), FIRST)
    assert (first.usable, first.minutes, first.stated) == (usable, hours(20), LAST)


def test_an_order_counts_from_its_day():
    found = book({"paid": "2026-10-02", "orders": [order(ordered="2027-09-01")]})
    assert [each.id for each in purchases(found, date(2027, 8, 31))] == ["first"]
    assert [each.id for each in purchases(found, date(2027, 9, 1))] == ["first", "second"]


def test_a_block_is_closed_by_its_end_or_by_a_conversion_in_time():
    assert closed_on(book()) is None
    assert closed_on(book({"ended": {"on": "2026-12-01", "because": "returned"}})) == date(2026, 12, 1)
    change = {"signed": "2026-11-20", "first_day": "2026-12-15", "agreement": "2026-support"}
    assert closed_on(book({"conversion": change})) == date(2026, 12, 15)
    assert closed_on(book({"conversion": {**change, "first_day": "2027-09-01"}})) is None
    both = {"ended": {"on": "2026-12-20", "because": "returned"}, "conversion": change}
    assert closed_on(book(both)) == date(2026, 12, 15)


@pytest.mark.parametrize(
    ("first", "last", "on", "moved"),
    [
        ("2026-09-29", "2026-10-05", FIRST, date(2027, 10, 11)),  # ends on the first day of the hours
        ("2026-09-28", "2026-10-04", FIRST, LAST),
        ("2027-10-04", "2027-10-08", date(2027, 10, 8), date(2027, 10, 9)),  # begins on the last
        ("2027-10-04", "2027-10-08", date(2027, 10, 7), LAST),  # is not over yet
        ("2027-10-05", "2027-10-12", date(2027, 10, 12), LAST),
    ],
)
def test_an_interruption_moves_the_last_day_once_it_is_over_if_it_touches_the_days_of_the_hours(first, last, on, moved):
    found = book(
        {"paid": "2026-10-02", "messages": [IN_TIME], "interruptions": [{"first_day": first, "last_day": last}]}
    )
    assert purchases(found, on)[0].last_day == moved


@pytest.mark.parametrize(
    ("sent", "last"), [(("2027-09-01", "2027-10-01"), LAST), (("2027-09-25", "2027-10-01"), date(2027, 10, 10))]
)
def test_the_first_of_two_reminders_counts(sent, last):
    found = book({"paid": "2026-10-02", "messages": [{**IN_TIME, "on": each} for each in sent]})
    assert purchases(found, date(2027, 12, 1))[0].last_day == last


@pytest.mark.parametrize(
    ("on", "last"),
    [
        ("2027-09-17", LAST),  # the Friday by which it is due
        ("2027-09-24", date(2027, 10, 9)),  # overdue for fifteen days after this one
        ("2027-09-25", date(2027, 10, 10)),  # sent
        ("2027-12-01", date(2027, 10, 10)),
    ],
)
def test_hours_last_until_the_end_of_the_warning_after_a_late_reminder(on, last):
    found = book({"paid": "2026-10-02", "messages": [{**IN_TIME, "on": "2027-09-25"}]})
    assert purchases(found, date.fromisoformat(on))[0].last_day == last


def test_an_overdue_reminder_moves_nothing_once_the_hours_are_gone():
    ended = {"paid": "2026-10-02", "ended": {"on": "2027-06-01", "because": "returned"}}
    assert purchases(book(ended), date(2027, 12, 1))[0].last_day == LAST


def test_minutes_are_added_by_day_and_by_task_and_a_reversal_leaves_no_day_behind():
    found = with_work(book(), work(day(1), 60, "A"), work(day(0), 30, "B"), work(day(0), 30, "A"))
    assert list(used_by_day(found, day(1)).items()) == [(day(0), 60), (day(1), 60)]
    assert used_by_day(found, day(0)) == {day(0): 60}
    assert by_task(found.ledger.rows) == {"A": 90, "B": 30}
    assert used_by_day(without(found, 1, day(2)), day(9)) == {day(0): 60}


@pytest.mark.parametrize(
    ("account", "rule", "path"),
    [
        ({"orders": [order("first")]}, "doubled-order", "orders.0.id"),
        ({"orders": [order(approved_by="nobody")]}, "unknown-person", "orders.0.approved_by"),
        ({"orders": [order(last_day="2027-08-31")]}, "order-days", "orders.0.last_day"),
        ({"orders": [order(rate="90.00 EUR")]}, "mixed-currencies", "orders.0.rate"),
        ({"orders": [order("b", ordered="2027-09-02"), order("c")]}, "order-days", "orders.1.ordered"),
        ({"messages": [{"what": "statement", "on": "2026-11-01"}]}, "message", "messages.0"),
        ({"messages": [{"what": "used-up", "on": "2026-11-01", "block": "third"}]}, "message", "messages.0.block"),
        ({"overage": [{"on": "2026-11-01", "by": "nobody", "hours": "0"}]}, "overage", "overage.0.by"),
        ({"overage": [{"on": "2026-11-01", "by": "claire-vandermeer", "hours": "999"}]}, "overage", "overage.0.hours"),
    ],
)
def test_what_cannot_be_right_in_an_account_is_named_with_its_place(account, rule, path):
    assert (rule, path) in {(each[0], each[2]) for each in wrong(book(account))}


def test_an_account_may_go_to_its_limits():
    found = book()
    account = {
        "orders": [order("b", last_day="2027-09-01"), order("c")],  # one day long; two on a day
        "overage": [
            {"on": "2026-11-01", "by": "claire-vandermeer", "hours": str(found.block.overage_hours)},
        ],
    }
    assert list(wrong(book(account))) == []


def test_a_block_that_has_ended_says_when():
    assert [each[0] for each in wrong(book(agreement__status="ended"))] == ["block-end"]
    assert list(wrong(book())) == []


def test_the_contacts_are_the_primary_and_the_deputy_where_there_is_one():
    pair = book().inputs.agreement.model.contacts.client
    assert contacts(book()) == (pair.primary, pair.deputy)
    alone = book(agreement__contacts__client__deputy=None)
    assert contacts(alone) == (pair.primary,)
