"""What recurs on a day, and what moved between two days and why."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.billing.recurring import by_currency, lines_on, moved
from tests.helpers.running import FIRST, change, running

OCTOBER, MARCH = date(2026, 10, 15), date(2027, 3, 31)


def why(before, after, first=OCTOBER, last=MARCH):
    old = [line for each in before for line in lines_on(each, first)]
    new = [line for each in after for line in lines_on(each, last)]
    return [(each.why, each.line, each.amount.amount) for each in moved(old, new)]


def test_a_larger_count_is_more_at_the_old_price():
    found = running(change("2027-01-17", "users", 34, 36))
    assert why([found], [found]) == [("more", "users", Decimal("124.00"))]


def test_a_count_and_a_price_that_change_are_told_apart():
    later = [(date(2027, 1, 1), {"agreement__coverage__users": 40, "agreement__fees__prices": ()})]
    found = running(later=later)
    assert why([found], [found]) == [("more", "users", Decimal("372.00")), ("price", "users", Decimal("120.00"))]


def test_a_line_that_comes_or_goes_in_a_contract_is_more_or_less():
    found = running(change("2027-01-17", "server", 3, 0))
    assert why([found], [found]) == [("less", "servers", Decimal("-330.00"))]


def test_a_contract_that_begins_is_new_and_one_that_stops_has_ended():
    found = running(last=date(2027, 2, 28))
    lines = [("users", Decimal("2108.00")), ("servers", Decimal("330.00"))]
    assert why([], [found], last=OCTOBER) == [("new", *each) for each in lines]
    assert why([found], [found]) == [("ended", name, -amount) for name, amount in lines]


def test_the_next_term_goes_on_with_the_contract_before():
    before = replace(running(last=date(2026, 12, 31)), chain="2026-support")
    after = replace(
        running(agreement__term__first_day=date(2027, 1, 1), agreement__coverage__users=30),
        name="2027-support",
        chain="2026-support",
    )
    assert why([before], [after]) == [("less", "users", Decimal("-248.00"))]


counts = st.lists(
    st.tuples(st.integers(0, 400), st.sampled_from(["users", "server", "firewall"]), st.integers(0, 50)),
    max_size=6,
    unique_by=lambda e: e[:2],
)


@given(counts, st.integers(0, 400), st.integers(0, 400))
def test_movements_add_up_to_the_difference(some, first, last):
    found = running(*(change(FIRST + timedelta(days=n), what, 0, count) for n, what, count in some))
    before, after = (lines_on(found, FIRST + timedelta(days=n)) for n in (first, last))
    old, new = (by_currency(each).get("USD", Decimal(0)) for each in (before, after))
    assert sum((each.amount.amount for each in moved(before, after)), Decimal(0)) == new - old
