"""Where hours go: oldest first, expiry, carrying over, what lies beyond the last hour, and the end."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.blocks.balance import state
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.values import Percent
from tests.helpers.books import FIRST, IN_TIME, LAST, book, day, hours, of, order, used, with_work, work

AFTER = date(2027, 10, 5)


def two_blocks(**changes):
    account = {"paid": "2026-10-02", "messages": [IN_TIME], "orders": [order()]}
    return book(account, **changes)


# ---- payment and order of use


def test_hours_count_from_their_payment():
    found = book({"paid": "2026-10-20"})
    assert state(found, date(2026, 10, 19)).balance == 0
    assert state(found, date(2026, 10, 20)).balance == hours(20)
    assert [each.id for each in state(found, date(2026, 10, 19)).unpaid] == ["first"]
    assert state(found, date(2026, 10, 20)).unpaid == ()
    assert [each.id for each in state(book({}), FIRST).unpaid] == ["first"]


def test_hours_paid_before_their_first_day_wait_for_it():
    later = order(ordered="2026-10-20", first_day="2026-12-01", paid="2026-10-20")
    found = used(book({"paid": "2026-10-02", "messages": [IN_TIME], "orders": [later]}), 20)
    with pytest.raises(RefusedError, match="would not be covered"):
        with_work(found, work(date(2026, 11, 30)))
    assert of(state(with_work(found, work(date(2026, 12, 1))), date(2026, 12, 1)), "used")["second"] == hours(1)


def test_an_entry_may_span_two_blocks_and_the_one_that_expires_first_pays_first():
    found = used(two_blocks(), 18)
    found = with_work(found, work(date(2027, 9, 15), 300, "Long task"))
    assert of(state(found, date(2027, 9, 15)), "used") == {"first": hours(20), "second": hours(3)}


def test_hours_that_expire_first_are_used_first_even_if_bought_later():
    short = order("short", ordered="2026-11-02", last_day="2027-01-31", paid="2026-11-02", hours=5)
    found = book({"paid": "2026-10-02", "orders": [short]})
    found = with_work(found, work(date(2026, 11, 3), 120))
    assert of(state(found, date(2026, 11, 3)), "used") == {"first": 0, "short": hours(2)}


# ---- expiry and carrying over


def test_hours_are_valid_on_their_last_day_and_gone_on_the_next():
    found = book(agreement__block__rollover="none")
    assert state(found, LAST).balance == hours(20)
    assert (state(found, AFTER).balance, state(found, AFTER).sum("expired")) == (0, hours(20))
    assert (AFTER, 0) in state(found, date(2027, 12, 1)).path


@pytest.mark.parametrize(
    ("rollover", "percent", "kept"), [("none", 0, 20), ("on-topup", 0, 35), ("percent", 50, 30), ("percent", 100, 35)]
)
def test_unused_hours_carry_over_as_agreed(rollover, percent, kept):
    terms = {"agreement__block__rollover": rollover, "agreement__block__rollover_percent": Percent(Decimal(percent))}
    found = state(used(two_blocks(**terms), 5), AFTER)
    assert found.balance == hours(kept)
    assert found.sum("bought") == found.balance + found.sum("used") + found.sum("expired")


def test_hours_carry_over_only_once_and_expire_with_the_block_that_took_them():
    third = order("third", ordered="2028-09-01", last_day="2029-08-31", paid="2028-09-01")
    sent = [IN_TIME, {"what": "expiry-final", "block": "second", "on": "2028-09-01"}]
    found = book({"paid": "2026-10-02", "messages": sent, "orders": [order(), third]})
    assert state(found, date(2028, 9, 30)).balance == hours(60)
    after = state(found, date(2028, 10, 1))
    assert of(after, "expired") == {"first": hours(20), "second": 0, "third": 0}
    assert of(after, "left") == {"first": 0, "second": hours(20), "third": hours(20)}


def test_an_order_after_the_last_day_saves_nothing():
    late = order(ordered="2027-10-05", paid="2027-10-05", last_day="2028-10-04")
    found = book({"paid": "2026-10-02", "messages": [IN_TIME], "orders": [late]})
    assert of(state(found, AFTER), "expired")["first"] == hours(20)


@pytest.mark.parametrize(
    ("ordered", "last_day", "expired"),
    [
        ("2027-10-03", "2028-10-02", 0),
        ("2027-10-04", "2028-10-03", 0),  # on the last day
        ("2027-10-05", "2028-10-04", 20),
        ("2027-09-01", "2027-10-04", 20),  # lasts no longer than what it would take over
        ("2027-09-01", "2027-10-05", 0),
    ],
)
def test_hours_carry_over_to_an_order_up_to_the_last_day_that_lasts_longer(ordered, last_day, expired):
    second = order(ordered=ordered, paid=ordered, last_day=last_day)
    reminded = {"what": "expiry-final", "block": "second", "on": "2027-09-01"}
    account = {"paid": "2026-10-02", "messages": [IN_TIME, reminded], "orders": [second]}
    found = book(account, agreement__block__rollover="on-topup")
    assert of(state(found, AFTER), "expired")["first"] == hours(expired)


def test_while_the_last_reminder_is_overdue_hours_do_not_expire():
    untold = {"paid": "2026-10-02"}
    assert state(book(untold), date(2027, 12, 1)).balance == hours(20)
    late = book({"paid": "2026-10-02", "messages": [{"what": "expiry-final", "block": "first", "on": "2027-10-01"}]})
    assert state(late, date(2027, 10, 16)).balance == hours(20)  # 15 days after it was sent
    assert state(late, date(2027, 10, 17)).balance == 0


def test_a_reminder_on_the_business_day_before_a_weekend_is_in_time():
    # 15 days before 2027-10-04 is Sunday 19 September; counted back, the Friday before is the last day in time
    for sent, last in (("2027-09-17", LAST), ("2027-09-20", date(2027, 10, 5))):
        found = book({"paid": "2026-10-02", "messages": [{**IN_TIME, "on": sent}]})
        assert state(found, LAST).blocks[0].until == last


@pytest.mark.parametrize(
    ("first", "last", "moved"),
    [
        ("2027-01-05", "2027-01-07", LAST),  # three Business Days are no more than three
        ("2027-01-05", "2027-01-08", date(2027, 10, 8)),  # four, and the whole length counts
        ("2027-01-07", "2027-01-11", LAST),  # a weekend between does not count
        ("2027-01-07", "2027-01-12", date(2027, 10, 10)),  # but it is part of the length
    ],
)
def test_only_an_interruption_longer_than_the_gap_moves_the_expiry_day_by_its_whole_length(first, last, moved):
    found = book(
        {"paid": "2026-10-02", "messages": [IN_TIME], "interruptions": [{"first_day": first, "last_day": last}]}
    )
    assert state(found, date(2027, 8, 1)).blocks[0].until == moved


# ---- beyond the last hour


def approved(on="2026-10-06", count=2):
    return {
        "paid": "2026-10-02",
        "messages": [IN_TIME],
        "overage": [{"on": on, "by": "andre-baptiste", "hours": str(count)}],
    }


def test_nothing_goes_below_zero_without_an_approval():
    found = used(book(), 20)
    with pytest.raises(RefusedError, match="0 hours are left, and 1 would not be covered"):
        with_work(found, work(day(1)))


def test_with_an_approval_work_goes_on_to_its_limit_and_no_further():
    found = with_work(used(book(approved()), 20), work(day(1), 120))
    assert [(each.minutes, each.state) for each in state(found, day(1)).beyond] == [(hours(2), "pending")]
    with pytest.raises(RefusedError, match=r"0\.25 would not be covered"):
        with_work(found, work(day(2), 15))


def test_an_agreement_that_says_stop_stops():
    found = used(book(approved(), agreement__block__overage="stop"), 20)
    with pytest.raises(RefusedError, match="would not be covered"):
        with_work(found, work(day(1), 15))


def test_at_the_list_rate_what_is_beyond_is_charged_at_once():
    found = with_work(used(book(approved(), agreement__block__overage="list-rate"), 20), work(day(1), 90))
    assert [each.state for each in state(found, day(1)).beyond] == ["charged"]


@pytest.mark.parametrize(("ordered", "stands", "left"), [("2026-11-05", "deducted", 18), ("2026-11-06", "charged", 20)])
def test_an_order_in_time_takes_over_what_was_beyond(ordered, stands, left):
    bought = order(ordered=ordered, paid=ordered, last_day="2027-11-30")
    found = with_work(used(book({**approved(), "orders": [bought]}), 20), work(day(1), 120))
    end = state(found, date(2026, 12, 1))
    assert [each.state for each in end.beyond] == [stands]
    assert of(end, "left")["second"] == hours(left)


def test_hours_that_just_cover_what_was_beyond_take_it_over():
    bought = order(ordered="2026-11-05", paid="2026-11-05", last_day="2027-11-30", hours=2)
    found = with_work(used(book({**approved(), "orders": [bought]}), 20), work(day(1), 120))
    end = state(found, date(2026, 11, 5))
    assert [each.state for each in end.beyond] == ["deducted"]
    assert (of(end, "used")["second"], of(end, "left")["second"]) == (hours(2), 0)


def test_an_order_in_time_keeps_what_was_beyond_open_until_it_is_paid():
    bought = order(ordered="2026-11-05", paid="2026-12-10", last_day="2027-11-30")
    found = with_work(used(book({**approved(), "orders": [bought]}), 20), work(day(1), 120))
    days = (date(2026, 12, 9), date(2026, 12, 10))
    assert [state(found, each).beyond[0].state for each in days] == ["pending", "deducted"]


def test_an_approval_ends_on_the_day_from_which_a_block_ordered_since_may_be_used():
    bought = order(ordered="2026-10-06", first_day="2026-10-08", paid="2026-10-06", last_day="2027-11-30", hours=1)
    found = with_work(used(book({**approved(), "orders": [bought]}), 20), work(day(2), 60))
    assert [state(found, day(each)).beyond[0].state for each in (2, 3)] == ["pending", "deducted"]
    with pytest.raises(RefusedError, match="would not be covered"):
        with_work(found, work(day(3), 15))


def test_without_an_order_it_is_charged_when_the_time_is_over():
    found = with_work(used(book(approved()), 20), work(day(1), 120))
    assert [state(found, date(2026, 11, each)).beyond[0].state for each in (5, 6)] == ["pending", "charged"]


def test_hours_that_expire_between_signature_and_start_are_credited():
    change = {"signed": "2027-10-01", "first_day": "2027-11-01", "agreement": "2027-support"}
    found = used(book({"paid": "2026-10-02", "messages": [IN_TIME], "conversion": change}), 5)
    assert state(found, date(2027, 10, 20)).sum("credited") == hours(15)


@pytest.mark.parametrize("first_day", ["2027-10-04", "2027-10-20"])
def test_a_contract_signed_on_the_last_day_of_hours_still_credits_them(first_day):
    change = {"signed": "2027-10-04", "first_day": first_day, "agreement": "2027-support"}
    found = used(book({"paid": "2026-10-02", "messages": [IN_TIME], "conversion": change}), 5)
    assert state(found, date.fromisoformat(first_day)).sum("credited") == hours(15)


def test_hours_that_were_approved_on_the_first_day_are_charged_once_no_order_can_take_them_over():
    account = {"paid": "2026-10-02", "messages": [IN_TIME]}
    account["overage"] = [{"on": str(FIRST), "by": "andre-baptiste", "hours": "2"}]
    found = with_work(book(account), *(work(FIRST, 600, person=each) for each in ("tom-ekberg", "priya-raman")))
    found = with_work(found, work(day(1), 60))
    states = [[each.state for each in state(found, day(n)).beyond] for n in (30, 31)]
    assert states == [["pending"], ["charged"]]
