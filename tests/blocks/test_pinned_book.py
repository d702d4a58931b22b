"""A book as of an earlier day: later rows and events do not count, and changed rows are found."""

from datetime import date

import pytest

from contract_assembly.blocks.pinned_book import Pin, account_digest, known, pin, pin_of, pinned
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.facts.account import Account
from tests.helpers.books import IN_TIME, book, day, order, with_work, work

AT = Origin("documents/statement.yaml", 3)
BEFORE = with_work(book(), work(day(0)), booked=day(0))
AFTER = with_work(BEFORE, work(day(1), task="More"), booked=day(1))


def test_a_pin_has_the_rows_that_were_booked_by_its_day_inclusive():
    assert pin(AFTER.ledger, date(2026, 10, 4)) == Pin(0, "")
    assert pin(AFTER.ledger, day(0)) == pin(BEFORE.ledger, day(9))
    assert pin(AFTER.ledger, day(1)).rows == 2


def test_a_book_that_went_on_is_pinned_to_what_it_was():
    found = pinned(AFTER, pin_of(BEFORE.ledger, 1), day(0), AT)
    assert found.ledger.rows == BEFORE.ledger.rows
    assert found.ledger.digest == pin_of(BEFORE.ledger, 1).digest


def test_a_book_may_be_pinned_to_all_its_rows():
    assert pinned(AFTER, pin_of(AFTER.ledger, 2), day(1), AT).ledger.rows == AFTER.ledger.rows


@pytest.mark.parametrize("to", [Pin(3, "x"), Pin(1, "0" * 32)])
def test_a_ledger_that_lacks_or_changed_the_rows_is_refused_at_the_document(to):
    with pytest.raises(RefusedError) as found:
        pinned(AFTER, to, day(1), AT)
    assert [(each.rule, each.origin) for each in found.value.problems] == [("ledger-pin", AT)]


@pytest.mark.parametrize(("on", "paid"), [("2027-09-09", None), ("2027-09-10", date(2027, 9, 10))])
def test_a_payment_is_known_from_its_day(on, paid):
    account = Account.model_validate({"paid": "2026-10-02", "orders": [order(paid="2027-09-10")]})
    (found,) = known(account, date.fromisoformat(on)).orders
    assert found.paid == paid


def test_events_after_a_day_are_not_known_on_it():
    account = Account.model_validate({
        "paid": "2026-10-02",
        "orders": [order(ordered="2027-09-01")],
        "messages": [IN_TIME],
        "interruptions": [{"first_day": "2027-08-30", "last_day": "2027-09-01"}],
        "overage": [{"on": "2027-09-01", "by": "andre-baptiste", "hours": "2"}],
        "noticed": [{"on": "2027-09-01", "finding": "Old disks", "importance": "high"}],
        "ended": {"on": "2027-09-01", "because": "returned"},
        "conversion": {"signed": "2027-09-01", "first_day": "2027-10-01", "agreement": "x"},
    })  # fmt: skip
    on_it = known(account, date(2027, 9, 1))
    for name in ("messages", "interruptions", "overage", "noticed", "ended", "conversion"):
        assert getattr(on_it, name) == getattr(account, name), name
    assert [each.id for each in on_it.orders] == ["second"]
    early = known(account, date(2027, 8, 31))
    for name in ("orders", "messages", "interruptions", "overage", "noticed"):
        assert getattr(early, name) == (), name
    assert (early.ended, early.conversion, early.paid) == (None, None, account.paid)
    assert [known(account, date(2026, 10, each)).paid for each in (1, 2)] == [None, date(2026, 10, 2)]


def test_a_message_that_moves_no_expiry_day_and_sorted_tasks_leave_the_digest_alone():
    base = {"paid": "2026-10-02"}
    same = {**base, "messages": [{"what": "low-balance", "on": "2026-11-01", "block": "first"}], "inside": ["Help"]}
    assert account_digest(Account.model_validate(base)) == account_digest(Account.model_validate(same))
    for other in ({**base, "messages": [IN_TIME]}, {"paid": "2026-10-03"}):
        assert account_digest(Account.model_validate(base)) != account_digest(Account.model_validate(other))
