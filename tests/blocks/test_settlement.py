"""The money for unused hours: what comes back, and what a support contract is credited with."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from contract_assembly.blocks.balance import state
from contract_assembly.blocks.settlement import credit, is_return, refund, refund_day
from contract_assembly.core.values import Money
from tests.helpers.books import IN_TIME, book, hours, of, order, used


def returned(used_of, **orders):
    """Hours given back on 2026-12-01 after so many were used; `bought` is the orders of further Blocks."""
    account = {"paid": "2026-10-02", "ended": {"on": "2026-12-01", "because": "returned"}, **orders}
    return used(book(account, agreement__block__refund="pro-rata"), used_of)


@pytest.mark.parametrize(
    ("rule", "because", "back"),
    [
        ("none", "provider-ended", "1350.00"),
        ("none", "provider-breach", "0.00"),
        ("provider-breach", "provider-breach", "1350.00"),
        ("pro-rata", "client-breach", "0.00"),
        ("pro-rata", "returned", "1300.00"),  # 1,800 less 5 hours at 100
        ("provider-breach", "returned", "0.00"),
        ("none", "unlawful", "1350.00"),
        ("none", "provider-stops", "1350.00"),
    ],
)
def test_unused_hours_come_back_as_the_clause_says(rule, because, back):
    account = {"paid": "2026-10-02", "ended": {"on": "2026-12-01", "because": because}}
    found = used(book(account, agreement__block__refund=rule), 5)
    assert refund(found, state(found, date(2026, 12, 1))) == Money(Decimal(back), "USD")
    assert state(found, date(2026, 12, 1)).balance == 0


def test_hours_returned_after_much_use_bring_nothing_and_cost_nothing():
    account = {"paid": "2026-10-02", "ended": {"on": "2026-12-01", "because": "returned"}}
    found = used(book(account, agreement__block__refund="pro-rata"), 19)
    assert refund(found, state(found, date(2026, 12, 1))) == Money(Decimal("0.00"), "USD")


@pytest.mark.parametrize(("first_day", "credited"), [("2026-12-01", "1350.00"), ("2027-02-01", "0.00")])
def test_a_support_contract_in_time_credits_unused_hours(first_day, credited):
    change = {"signed": "2026-11-20", "first_day": first_day, "agreement": "2026-support"}
    found = used(book({"paid": "2026-10-02", "conversion": change}), 5)
    end = state(found, date(2027, 2, 1))
    assert credit(found, end) == Money(Decimal(credited), "USD")
    assert end.sum("bought") == sum(end.sum(name) for name in ("used", "left", "credited"))


@pytest.mark.parametrize(("count", "back", "lost"), [(17, "100.00", 0), (18, "0.00", 2), (19, "0.00", 1)])
def test_hours_for_which_no_money_comes_back_are_lost_and_not_refunded(count, back, lost):
    found = returned(count)
    end = state(found, date(2026, 12, 1))
    assert refund(found, end) == Money(Decimal(back), "USD")
    assert (end.sum("expired"), bool(end.sum("refunded"))) == (hours(lost), not lost)
    assert end.sum("bought") == end.sum("used") + end.sum("expired") + end.sum("refunded")


@pytest.mark.parametrize("count", [18, 19, 20])
def test_hours_are_returned_block_by_block(count):
    second = order(ordered="2026-11-01", paid="2026-11-02", last_day="2027-10-31")
    found = returned(count, orders=[second])
    end = state(found, date(2026, 12, 1))
    assert refund(found, end) == Money(Decimal("1800.00"), "USD")  # the second Block, of which nothing was used
    assert of(end, "refunded") == {"first": 0, "second": hours(20)}


def test_a_refund_has_a_day_only_after_an_early_end():
    assert refund_day(book()) is None
    ended = book({"paid": "2026-10-02", "ended": {"on": "2026-12-01", "because": "returned"}})
    assert refund_day(ended) == date(2026, 12, 1) + timedelta(days=ended.promises.refund)


@pytest.mark.parametrize(
    ("rule", "because", "found"),
    [("pro-rata", "returned", True), ("pro-rata", "client-breach", False), ("none", "returned", False)],
)
def test_only_hours_given_back_under_a_clause_that_allows_it_are_a_return(rule, because, found):
    account = {"paid": "2026-10-02", "ended": {"on": "2026-12-01", "because": because}}
    assert is_return(book(account, agreement__block__refund=rule)) is found
    assert not is_return(book(agreement__block__refund="pro-rata"))


def test_hours_that_had_expired_before_an_early_end_stay_expired():
    second = order(ordered="2027-09-01", paid="2027-09-02", last_day="2028-08-31")
    for because, refunded in (("provider-ended", hours(20)), ("client-breach", 0)):
        account = {
            "paid": "2026-10-02",
            "messages": [IN_TIME],
            "orders": [second],
            "ended": {"on": "2027-12-01", "because": because},
        }
        end = state(book(account, agreement__block__rollover="none"), date(2027, 12, 1))
        assert of(end, "expired")["first"] == hours(20)
        assert end.sum("refunded") == refunded
        assert end.sum("bought") == end.sum("expired") + end.sum("refunded")
