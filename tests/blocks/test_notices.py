"""Messages that a block's clauses promise: when there is a reason, by when they are due, and that each is sent once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from contract_assembly.blocks.book import purchases
from contract_assembly.blocks.notices import notices, open_notices, statement_day, threshold
from contract_assembly.core.values import Duration, Percent
from tests.helpers.books import FIRST, IN_TIME, book, day, order, with_work, work

PEOPLE = ("tom-ekberg", "miguel-santos", "priya-raman", "dana-whitfield")


def after(count, account=None, **terms):
    """A book in which so many hours were used on the first days, five on a day and by each."""
    found = book(account, **terms)
    for n in range(0, count * 60, 300):
        found = with_work(found, work(day(n // 300), min(300, count * 60 - n), f"Task {n}"))
    return found


def kinds(found, on, *what):
    return [(each.what, each.block, each.arises, each.due) for each in open_notices(found, on) if each.what in what]


@pytest.mark.parametrize(
    ("used", "percent", "least", "low"),
    [
        (14, 25, 5, False),
        (15, 25, 5, True),
        (10, 25, 10, True),
        (9, 25, 10, False),
        (10, 50, 5, True),
        (9, 50, 5, False),
    ],
)
def test_a_low_balance_is_a_share_or_a_number_of_hours_whichever_is_reached_first(used, percent, least, low):
    terms = {"agreement__block__low_percent": Percent(Decimal(percent)), "agreement__block__low_hours": least}
    assert bool(kinds(after(used, **terms), day(6), "low-balance")) == low


def test_the_message_is_due_on_the_next_business_day():
    # 5, 10 and 15 hours on Monday, Tuesday and Wednesday
    assert kinds(after(15), day(6), "low-balance") == [("low-balance", "first", day(2), day(3))]
    on_friday = with_work(after(14), work(date(2026, 11, 25), 60, "Late"))  # Thanksgiving and the day after are closed
    assert kinds(on_friday, date(2026, 12, 1), "low-balance")[0][3] == date(2026, 11, 30)


def test_it_is_told_once_even_if_the_balance_falls_again():
    account = {
        "paid": "2026-10-02",
        "messages": [IN_TIME, {"what": "low-balance", "block": "first", "on": "2026-10-08"}],
    }
    found = after(16, account)
    assert kinds(found, day(20), "low-balance") == []
    (sent,) = [each for each in notices(found, day(20)) if each.what == "low-balance"]
    assert (sent.sent, sent.late(day(20))) == (date(2026, 10, 8), False)


def test_a_further_block_has_thresholds_of_its_own():
    bought = order(ordered="2026-10-12", paid="2026-10-12", last_day="2027-11-30", hours=40)
    account = {
        "paid": "2026-10-02",
        "orders": [bought],
        "messages": [{"what": "low-balance", "block": "first", "on": "2026-10-08"}],
    }
    found = after(16, account)
    assert kinds(found, day(20), "low-balance") == []
    found = with_work(found, *[work(day(20 + n), 600, f"More {n}", PEOPLE[n]) for n in range(4)])
    assert [each[:2] for each in kinds(found, day(40), "low-balance")] == [("low-balance", "second")]


def test_used_up_hours_are_told_on_the_same_day():
    assert kinds(after(20), day(6), "used-up") == [("used-up", "first", day(3), day(3))]
    assert kinds(after(19), day(6), "used-up") == []


def test_both_reminders_are_due_on_business_days_before_the_expiry_day():
    found = book({"paid": "2026-10-02"})
    foreseen = [
        (each.what, each.due) for each in notices(found, FIRST, date(2027, 10, 4)) if each.what.startswith("expiry")
    ]
    assert foreseen == [("expiry-first", date(2027, 8, 5)), ("expiry-final", date(2027, 9, 17))]
    assert not kinds(found, date(2027, 8, 4), "expiry-first")
    (late,) = [each for each in open_notices(found, date(2027, 9, 1)) if each.what == "expiry-first"]
    assert late.late(date(2027, 9, 1))


def test_a_statement_is_due_for_each_month_by_its_day_or_the_next_business_day():
    account = {
        "paid": "2026-10-02",
        "messages": [{"what": "statement", "period_end": "2026-10-31", "on": "2026-11-09"}],
    }
    found = [
        each for each in open_notices(book(account), date(2026, 11, 30), date(2027, 1, 31)) if each.what == "statement"
    ]
    assert [(each.period_end, each.due) for each in found] == [
        (date(2026, 11, 30), date(2026, 12, 10)),
        (date(2026, 12, 31), date(2027, 1, 11)),  # the tenth is a Sunday
    ]


CONVERTED = {"signed": "2026-12-10", "first_day": "2027-01-01", "agreement": "2027-support"}


def closing(**how):
    """A block of which 18 hours were used, and that ended before its hours expired; no message was sent."""
    return after(18, {"paid": "2026-10-02", **how})


@pytest.mark.parametrize(
    "how",
    [{"conversion": CONVERTED}, {"ended": {"on": "2027-01-01", "because": "returned"}}],
    ids=["converted", "ended"],
)
@pytest.mark.parametrize("on", [date(2027, 2, 15), date(2027, 8, 10), date(2029, 1, 1)])
def test_after_the_end_of_a_block_only_statements_up_to_that_of_its_month_are_owed(how, on):
    owed = open_notices(closing(**how), on)
    assert {each.what for each in owed} == {"statement"}
    assert [each.period_end.isoformat() for each in owed] == ["2026-10-31", "2026-11-30", "2026-12-31", "2027-01-31"]


def test_a_message_that_arises_or_is_due_with_the_step_to_a_support_contract_is_not_owed_from_that_day_on():
    """15 hours are used on 2026-10-07; the message about it is due on the 8th."""

    def owed(first_day, on):
        how = {"signed": "2026-10-06", "first_day": first_day, "agreement": "2026-support"}
        return "low-balance" in {
            each.what for each in open_notices(after(15, {"paid": "2026-10-02", "conversion": how}), on)
        }

    assert owed("2026-10-09", date(2026, 10, 8))
    assert not owed("2026-10-09", date(2026, 10, 9))


def test_until_the_step_to_a_support_contract_messages_go_on():
    assert "low-balance" in {each.what for each in open_notices(closing(conversion=CONVERTED), date(2026, 12, 31))}
    foreseen = open_notices(closing(conversion=CONVERTED), date(2026, 12, 31), date(2028, 1, 1))
    assert not [each for each in foreseen if each.what.startswith("expiry")]


def test_a_step_too_late_for_a_credit_leaves_the_block_as_it_was():
    late = closing(conversion={**CONVERTED, "first_day": "2027-06-01"})
    assert {"low-balance", "expiry-first"} <= {each.what for each in open_notices(late, date(2027, 8, 10))}


def test_a_message_arises_on_the_first_and_on_the_last_day_of_the_hours():
    def all_on(on):
        return with_work(book(), *(work(on, 600, person=each) for each in PEOPLE[:2]))

    last = date(2027, 10, 4)
    for on in (FIRST, last):
        assert kinds(all_on(on), on, "used-up") == [("used-up", "first", on, on)]


def test_the_first_of_two_messages_counts():
    sent = [{"what": "low-balance", "block": "first", "on": f"2026-10-{each:02}"} for each in (9, 12)]
    found = after(16, {"paid": "2026-10-02", "messages": [IN_TIME, *sent]})
    assert [each.sent for each in notices(found, day(20)) if each.what == "low-balance"] == [date(2026, 10, 9)]


@pytest.mark.parametrize(
    ("by", "what"),
    [("2026-11-09", []), ("2026-11-10", ["statement"]), ("2027-08-05", ["expiry-first"]), ("2027-08-04", [])],
)
def test_what_is_due_on_the_last_day_of_a_look_ahead_is_in_it(by, what):
    until = date.fromisoformat(by)
    assert [each.what for each in notices(book({"paid": "2026-10-02"}), FIRST, until) if each.due == until] == what


def test_statements_run_from_the_month_of_the_first_hours_to_that_of_the_last_day():
    bought = order(ordered="2027-09-01", paid="2027-09-01", last_day="2027-12-01")
    account = {"paid": "2026-10-02", "messages": [IN_TIME], "orders": [bought]}
    found = [each for each in notices(book(account), date(2027, 9, 2), date(2028, 3, 1)) if each.what == "statement"]
    assert (found[0].period_end, found[0].arises) == (date(2026, 10, 31), date(2026, 11, 1))
    assert found[-1].period_end == date(2027, 12, 31)


def test_the_threshold_is_the_share_to_the_minute():
    found = book(agreement__block__low_percent=Percent(Decimal(50)), agreement__block__low_hours=1)
    assert threshold(found, purchases(found, FIRST)[0]) == 600


def test_a_message_that_is_due_on_the_last_day_is_owed_and_one_that_arises_on_it_is_not():
    how = {"signed": "2026-10-06", "first_day": "2026-10-08", "agreement": "2026-support"}
    found = after(15, {"paid": "2026-10-02", "conversion": how})  # on the 7th; the message is due on the 8th
    assert "low-balance" in {each.what for each in open_notices(found, date(2026, 10, 7))}
    for ended, owed in (("2027-08-05", False), ("2027-08-06", True)):  # the first reminder is due on 5 August
        found = book({"paid": "2026-10-02", "ended": {"on": ended, "because": "returned"}})
        told = open_notices(found, date(2027, 8, 4), date(2027, 9, 1))
        assert ("expiry-first" in {each.what for each in told}) == owed


def test_a_low_balance_from_the_day_on_which_the_next_block_came_is_that_of_the_next():
    bought = [
        order(name, paid, hours=1, paid=paid) for name, paid in (("second", "2026-10-12"), ("third", "2026-10-19"))
    ]
    account = {"paid": "2026-10-02", "messages": [IN_TIME], "orders": bought}
    for on in (day(7), day(8)):
        found = with_work(after(14, account), work(on, 180, "More"))
        assert [each[1] for each in kinds(found, day(10), "low-balance")] == ["second"]
        assert [each[1] for each in kinds(found, day(20), "low-balance")] == ["second", "third"]


def test_a_single_minute_that_is_left_is_not_used_up():
    minute = {"rates__increment": Duration(1, "minute"), "rates__minimum_remote": Duration(1, "minute")}
    found = with_work(after(19, **minute), work(day(4), 59, "Nearly all"))
    assert kinds(found, day(6), "used-up") == []
    assert kinds(with_work(found, work(day(5), 1, "All")), day(6), "used-up") == [("used-up", "first", day(5), day(5))]


@pytest.mark.parametrize(("over", "due"), [("2027-07-29", date(2027, 8, 23)), ("2027-07-30", date(2027, 8, 5))])
def test_reminders_are_counted_from_the_expiry_day_as_it_is_a_week_before_the_first(over, due):
    """An interruption of 18 days that ends by then has moved it from 4 October to the 22nd."""
    first = date.fromisoformat(over) - timedelta(days=17)
    found = book({"paid": "2026-10-02", "interruptions": [{"first_day": str(first), "last_day": over}]})
    told = [each.due for each in notices(found, FIRST, date(2027, 9, 1)) if each.what == "expiry-first"]
    assert told == [due]


def test_a_statement_day_that_a_month_has_not_is_its_last_day():
    assert statement_day(book(agreement__block__statement_day=31), date(2027, 1, 31)) == date(2027, 2, 28)
    assert statement_day(book(agreement__block__statement_day=10), date(2027, 1, 15)) == date(2027, 2, 10)
