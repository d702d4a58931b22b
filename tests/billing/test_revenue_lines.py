"""What recurs on a day, and what moved between two days and why."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from contract_assembly.billing.revenue_lines import by_currency, lines_on, moved
from tests.helpers.fee_facts import fees
from tests.helpers.running import FIRST, change, running, usd

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


def test_a_movement_says_what_came_or_went():
    found = running(last=date(2027, 2, 28))
    assert [each.working for each in moved([], lines_on(found, OCTOBER))] == ["34 x 62.00", "3 x 110.00"]
    assert [each.working for each in moved(lines_on(found, OCTOBER), [])] == ["34 x 62.00", "3 x 110.00"]


def test_a_few_cents_more_are_more():
    line = replace(lines_on(running(), OCTOBER)[0], quantity=1, price=usd("0.50"), amount=usd("0.50"))
    (found,) = moved([line], [replace(line, quantity=2, amount=usd("1.00"))])
    assert (found.why, found.amount, found.working) == ("more", usd("0.50"), "1 to 2")


def test_a_line_by_the_year_counts_a_twelfth_in_a_month():
    domains = {"id": "domains", "name": "Domains", "price": "1000.00 USD", "every": "year"}
    *_, found = lines_on(running(**fees(lines=[domains])), OCTOBER)
    assert (found.line, found.amount, found.yearly) == ("domains", usd("83.33"), usd("1000.00"))


def test_a_price_and_a_discount_are_told_apart():
    welcome = {"name": "Welcome", "percent": "10 %", "last_day": "2027-01-31"}
    found = running(**fees(discounts=[welcome]))
    words = [each.working for each in moved(lines_on(found, OCTOBER), lines_on(found, MARCH))]
    assert words[0] == "a discount began or ended: 1897.20 to 2108.00"
    dearer = running(later=[(date(2027, 1, 1), {"agreement__fees__prices": ()})])
    assert [each.working for each in moved(lines_on(dearer, OCTOBER), lines_on(dearer, MARCH))] == [
        "62.00 to 65.00, x 34"
    ]


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
