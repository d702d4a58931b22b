"""Parts of fees: the vectors of the domain (section 6, traps 5, 6 and 14)."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.core.values import DateRange, Money, Percent
from contract_assembly.facts.proration import charge, instalments, part_of_month, yearly


def usd(text):
    return Money(Decimal(text), "USD")


FROM_17_OCTOBER = DateRange(date(2026, 10, 17), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("basis", "found"), [("actual-days", "1161.29"), ("thirty-days", "1200.00"), ("year-365", "1183.56")]
)
def test_a_part_of_october(basis, found):
    assert part_of_month(usd("2400.00"), FROM_17_OCTOBER, basis) == usd(found)


def test_a_whole_month_of_31_days_is_never_more_than_a_month_of_thirty():
    assert part_of_month(usd("2400.00"), DateRange(date(2026, 10, 1), date(2026, 10, 31)), "thirty-days") == usd(
        "2400.00"
    )


def test_a_run_of_days_has_whole_months_and_parts():
    found = charge(usd("2400.00"), DateRange(date(2026, 10, 17), date(2026, 12, 10)))
    assert [amount for _, amount in found] == [usd("1161.29"), usd("2400.00"), usd("774.19")]


def test_a_whole_month_of_28_days_is_charged_in_full_on_any_basis():
    february = DateRange(date(2027, 2, 1), date(2027, 2, 28))
    assert charge(usd("2400.00"), february, "thirty-days") == ((february, usd("2400.00")),)


def test_days_of_two_months_are_no_part_of_one():
    with pytest.raises(ValueError, match="not days of one month"):
        part_of_month(usd("1.00"), DateRange(date(2026, 10, 17), date(2026, 11, 1)))


def test_instalments_add_up():
    found = instalments(usd("10000.00"), 12)
    assert found[:11] == (usd("833.33"),) * 11
    assert found[11] == usd("833.37")


def test_a_year_is_twelve_printed_months():
    assert yearly((usd("833.33"),), "USD") == usd("9999.96")


def test_the_line_is_rounded_last():
    unit = usd("47.50") * (1 - Percent.parse("5 %").value / 100)
    assert (unit * 37).rounded() == usd("1669.63")
    assert (unit.rounded() * 37).rounded() == usd("1669.81")


@given(st.decimals(min_value=1, max_value=10**6, places=2), st.integers(1, 60))
def test_instalments_always_add_up_to_the_whole(amount, count):
    whole = Money(amount, "USD")
    try:
        found = instalments(whole, count)
    except ValueError:
        return
    assert sum((each.amount for each in found), Decimal(0)) == amount


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 400),
    st.decimals(min_value=1, max_value=10**5, places=2),
)
def test_every_day_is_charged_once(first, length, amount):
    days = DateRange(first, date.fromordinal(first.toordinal() + length))
    months = [each for each, _ in charge(Money(amount, "EUR"), days)]
    assert months[0].first == days.first
    assert months[-1].last == days.last
    assert all((b.first - a.last).days == 1 for a, b in pairwise(months))


@pytest.mark.parametrize(
    ("whole", "count", "last"),
    [("-10.00", 3, "-3.34"), ("0.00", 3, "0.00"), ("0.02", 2, "0.01"), ("0.01", 1, "0.01"), ("-0.01", 1, "-0.01")],
)
def test_a_credit_is_paid_in_instalments_like_a_charge(whole, count, last):
    found = instalments(usd(whole), count)
    assert found[-1] == usd(last)
    assert sum((each.amount for each in found), Decimal(0)) == Decimal(whole)


@pytest.mark.parametrize(("whole", "count"), [("0.02", 4), ("-0.02", 4)])
def test_an_amount_that_is_too_little_for_its_payments_is_refused(whole, count):
    with pytest.raises(ValueError, match="is too little for 4 payments"):
        instalments(usd(whole), count)
