"""What a prepaid block costs: the Blocks, hours beyond the last one, and the refund of unused hours."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from contract_assembly.billing.block_charges import block_charges
from contract_assembly.core.origin import Origin
from contract_assembly.facts.fields import Located
from tests.helpers.books import FIRST, IN_TIME, book, day, hours, order, with_work, work

LATER = date(2027, 9, 30)


def listed(found, until=LATER):
    return [
        (each.key.sort, each.key.line, str(each.listed), str(each.due), each.amount.amount)
        for each in block_charges(found, until)
    ]


def test_the_first_block_is_charged_on_its_first_day():
    assert listed(book()) == [("block", "first", "2026-10-05", "2026-10-19", Decimal("1800.00"))]


def test_a_further_block_is_charged_when_it_was_ordered():
    account = {"paid": "2026-10-02", "messages": [IN_TIME], "orders": [order()]}
    assert listed(book(account))[1] == ("block", "second", "2027-09-01", "2027-09-15", Decimal("1800.00"))
    assert [len(listed(book(account), date(2027, *each))) for each in ((8, 31), (9, 1))] == [1, 2]
    assert [len(listed(book(), each)) for each in (day(-1), FIRST)] == [0, 1]


def test_hours_beyond_the_last_one_are_charged_once_no_order_can_take_them_over():
    account = {
        "paid": "2026-10-02",
        "messages": [IN_TIME],
        "overage": [{"on": "2026-10-20", "by": "andre-baptiste", "hours": "2"}],
    }
    found = book(account)
    for n in range(3):
        found = with_work(found, work(on=day(n), worked=390))
    found = with_work(found, work(on=day(16), worked=90))
    charged = [each for each in listed(found) if each[0] == "overage"]
    assert [each[1] for each in charged] == ["approved-2026-10-20"]
    assert str(charged[0][2]) == "2026-11-20"  # 30 days after the approval an order would still have taken them over
    waiting = [each for each in listed(found, date(2026, 11, 19)) if each[0] == "overage"]
    assert waiting == []
    found = with_work(found, work(on=day(16), worked=30, task="More"))  # of the same day and approval
    (both,) = [each for each in block_charges(found, LATER) if each.key.sort == "overage"]
    assert (both.quantity, both.amount) == (Decimal("1.5"), (both.price * Decimal("1.5")).rounded())


@pytest.mark.parametrize("used_on", [14, 15, 16])
def test_no_order_can_take_hours_over_from_the_thirty_first_day_after_the_approval_on(used_on):
    account = {"paid": "2026-10-02", "messages": [IN_TIME]}
    account["overage"] = [{"on": "2026-10-19", "by": "andre-baptiste", "hours": "2"}]
    used = [work(on=day(0), worked=600, person=each) for each in ("tom-ekberg", "priya-raman")]
    found = with_work(book(account), *used, work(on=day(used_on), worked=60))
    assert [each[2] for each in listed(found) if each[0] == "overage"] == ["2026-11-19"]


def test_hours_beyond_the_last_one_are_charged_on_their_day_once_it_is_too_late_for_an_order():
    account = {
        "paid": "2026-10-02",
        "messages": [IN_TIME],
        "overage": [{"on": "2026-10-20", "by": "andre-baptiste", "hours": "2"}],
    }
    used = [work(on=day(0), worked=600, person=each) for each in ("tom-ekberg", "priya-raman")]
    found = with_work(book(account), *used, work(on=date(2026, 12, 1)))
    assert [each[2] for each in listed(found) if each[0] == "overage"] == ["2026-12-01"]


def test_unused_hours_are_refunded_at_the_price_paid_after_a_breach_of_ours():
    account = {"paid": "2026-10-02", "messages": [IN_TIME], "ended": {"on": "2026-12-31", "because": "provider-breach"}}
    found = with_work(book(account), work(on=FIRST, worked=int(hours(5))))
    refund = ("refund", "unused-hours", "2026-12-31", "2027-01-30", Decimal("-1350.00"))
    assert listed(found, date(2026, 12, 31))[-1] == refund
    assert refund not in listed(found, date(2026, 12, 30))


def test_a_block_leads_to_the_line_where_it_was_agreed_or_ordered():
    found = book({"paid": "2026-10-02", "messages": [IN_TIME], "orders": [order(), order("third", "2027-09-10")]})
    lines = {
        "orders": Origin("account.yaml", 4),
        "orders.0": Origin("account.yaml", 5),
        "orders.1": Origin("account.yaml", 9),
    }
    found = replace(found, account=Located(found.account.model, lines))
    assert [str(each.origin) for each in block_charges(found, LATER)][1:] == ["account.yaml:5", "account.yaml:9"]
