"""Money, percentages, periods and days: exact, refused when ill-written, and counted as contracts count them."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.core.values import (
    DateRange,
    Duration,
    Money,
    Percent,
    Span,
    Weekdays,
    days_before,
    decimals,
    hours,
    last_day,
    month_ends,
    next_month,
    parse_date,
    parse_time,
    span,
    total,
)
from contract_assembly.facts.formatters import money

CENTS = st.integers(-(10**10), 10**10)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def usd(text):
    return Money(Decimal(text), "USD")


# ---- money


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1250.00 USD", "1250.00"),
        ("1,250.00 USD", "1250.00"),
        ("0 USD", "0"),
        ("-12.5 USD", "-12.5"),
        ("12,345,678 USD", "12345678"),
    ],
)
def test_an_amount_is_read_as_written(text, amount):
    assert Money.parse(text) == usd(amount)


@pytest.mark.parametrize(
    "text",
    [
        "1250.00",
        "USD 1250",
        "$1250",
        "1250 usd",
        "12,50 USD",
        "1.250,00 USD",
        "1250.00  USD",
        "1e3 USD",
        "١٢ USD",
        f"{'9' * 13} USD",
        "",
    ],
)
def test_an_ill_written_amount_is_refused(text):
    with pytest.raises(ValueError, match="is not an amount of money: write it like"):
        Money.parse(text)


def test_an_amount_has_no_more_decimals_than_its_currency():
    assert Money.parse("1500 JPY").amount == 1500
    assert Money.parse("1.250 KWD").amount == Decimal("1.250")
    with pytest.raises(ValueError, match="has more decimals than JPY, which has 0"):
        Money.parse("1500.5 JPY")
    with pytest.raises(ValueError, match="has more decimals than USD, which has 2"):
        Money.parse("1.005 USD")


@pytest.mark.parametrize("locale", ["en-US", "en-GB", "en-IE"])
def test_decimals_agree_with_the_currencies_as_printed(locale):
    """Of every currency: none is printed with fewer decimals than an amount of it may have."""
    from babel.numbers import list_currencies

    for currency in list_currencies():
        count = decimals(currency)
        assert money(Money(Decimal(12), currency), locale).endswith(f"12.{'0' * count}" if count else "12"), currency


def test_decimals_are_those_of_the_standard():
    """ISO 4217, list one; Babel's table has none for RSD, ALL, IQD and others that have coins on paper only."""
    standard = {"USD": 2, "JPY": 0, "KWD": 3, "IQD": 3, "RSD": 2, "ALL": 2, "CLF": 4, "UYW": 4, "UYI": 0, "ISK": 0}
    assert {each: decimals(each) for each in standard} == standard


def test_half_a_cent_is_rounded_up():
    assert usd("1.005").rounded() == usd("1.01")
    assert usd("-1.005").rounded() == usd("-1.01")
    assert Money(Decimal("1234.5"), "JPY").rounded() == Money(Decimal(1235), "JPY")


def test_a_discount_is_taken_of_the_unit_or_of_the_total_as_the_order_of_rounding_says():
    share = Percent.parse("95 %")
    assert (share.of(usd("47.50")).rounded() * 37).rounded() == usd("1669.81")
    assert share.of(usd("47.50") * 37).rounded() == usd("1669.63")


def test_a_years_fee_is_twelve_times_the_printed_month():
    month = usd(str(Decimal(10000) / 12)).rounded()
    assert month == usd("833.33")
    assert month * 12 == usd("9999.96")


def test_an_increase_is_taken_of_the_last_printed_price():
    price, prices = usd("1000.00"), []
    for _ in range(3):
        price = (price + Percent.parse("3 %").of(price)).rounded()
        prices.append(str(price.amount))
    assert prices == ["1030.00", "1060.90", "1092.73"]


def test_two_currencies_cannot_be_added():
    with pytest.raises(ValueError, match="USD and EUR cannot be added"):
        usd("1") + Money(Decimal(1), "EUR")


def test_nothing_adds_up_to_zero_of_the_currency():
    assert total((), "JPY") == Money(Decimal(0), "JPY")


@given(st.lists(CENTS, max_size=50))
def test_a_sum_loses_no_cent(cents):
    assert total((Money(Decimal(each) / 100, "USD") for each in cents), "USD").amount * 100 == sum(cents)


@given(st.integers(0, 10**12), st.integers(0, 10**6))
def test_a_price_times_a_count_is_exact(cents, count):
    assert (Money(Decimal(cents).scaleb(-2), "USD") * count).rounded().amount * 100 == cents * count


@given(st.integers(-(10**9), 10**9), st.sampled_from(["USD", "JPY", "KWD"]))
def test_rounding_twice_is_rounding_once_and_moves_by_half_a_unit_at_most(thousandths, currency):
    money = Money(Decimal(thousandths).scaleb(-4), currency)
    once = money.rounded()
    assert once.rounded() == once
    assert abs(once.amount - money.amount) * 2 <= Decimal(1).scaleb(-decimals(currency))


# ---- percentages


def test_a_percentage_needs_its_sign():
    assert Percent.parse("7.5 %") == Percent.parse("7.5%") == Percent(Decimal("7.5"))
    for text in ("0.05", "7.5", "7.555 %", "7,5 %", "seven %", "٧ %"):
        with pytest.raises(ValueError, match="is not a percentage: write it like 7"):
            Percent.parse(text)


# ---- periods


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("30 days", 30, "day"),
        ("1 day", 1, "day"),
        ("4 business hours", 4, "business hour"),
        ("1 quarter", 1, "quarter"),
    ],
)
def test_a_period_is_a_count_of_one_unit_and_is_written_as_it_is_read(text, count, unit):
    assert Duration.parse(text) == Duration(count, unit)
    assert Duration(count, unit).text == text


@pytest.mark.parametrize(
    "text", ["30", "30 Days", "one day", "1.5 hours", "-1 day", "3 fortnights", "30  days", "12345 days"]
)
def test_an_ill_written_period_is_refused(text):
    with pytest.raises(ValueError, match="is not a period: write it like 30 days"):
        Duration.parse(text)


def test_months_are_counted_in_months_quarters_and_years_only():
    assert [Duration.parse(text).months for text in ("5 months", "2 quarters", "3 years")] == [5, 6, 36]
    with pytest.raises(ValueError, match="30 days is not a number of months"):
        _ = Duration.parse("30 days").months


# ---- days


def test_only_an_iso_date_that_exists_is_a_date():
    assert parse_date("2026-10-01") == date(2026, 10, 1)
    for text in ("01.10.2026", "2026-10-1", "20261001", "2026-W40-4", "26-10-01"):
        with pytest.raises(ValueError, match="is not a date: write it like 2026-10-01"):
            parse_date(text)
    for text in ("2026-02-29", "2026-13-01", "0000-01-01"):
        with pytest.raises(ValueError, match="is not a day of the calendar"):
            parse_date(text)
    for text in ("0001-01-01", "1899-12-31", "3000-01-01", "9999-12-31"):
        with pytest.raises(ValueError, match="is not a day from 1900 to 2999"):
            parse_date(text)
    assert parse_date("1900-01-01") < parse_date("2999-12-31")


def test_a_time_of_day_is_on_the_24_hour_clock():
    assert parse_time("08:30") == time(8, 30)
    for text in ("8:30", "24:00", "08:60", "8 am", "08:30:00"):
        with pytest.raises(ValueError, match="is not a time of day: write it like 08:30"):
            parse_time(text)


def test_weekdays_run_forward_in_a_week_that_starts_on_monday():
    week = Weekdays.parse("Monday to Friday")
    assert [date(2026, 8, day) in week for day in (1, 2, 3, 7)] == [False, False, True, True]
    assert Weekdays.parse("Wednesday to Wednesday") == Weekdays(2, 2)
    for text in ("Friday to Monday", "Mon to Fri", "monday to friday", "Monday", "Monday to Friday to Sunday"):
        with pytest.raises(ValueError, match="is not a run of weekdays"):
            Weekdays.parse(text)


def test_both_ends_of_a_range_are_in_it():
    days = DateRange(date(2026, 10, 1), date(2027, 9, 30))
    inside = (date(2026, 9, 30), date(2026, 10, 1), date(2027, 9, 30), date(2027, 10, 1))
    assert [day in days for day in inside] == [False, True, True, False]


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        ("2025-10-01", 12, "2026-09-30"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2024-02-29", 48, "2028-02-28"),
        ("2023-03-01", 12, "2024-02-29"),
        ("2026-08-31", 1, "2026-09-30"),
        ("2026-08-31", 2, "2026-10-30"),
        ("2026-01-01", 3, "2026-03-31"),
    ],
)
def test_a_term_ends_on_the_day_before_its_anniversary_or_at_the_end_of_the_month(first, months, last):
    assert last_day(date.fromisoformat(first), months) == date.fromisoformat(last)


def test_a_twelve_month_term_over_a_leap_day_has_366_days():
    first = date(2023, 3, 1)
    assert (last_day(first, 12) - first).days + 1 == 366


def test_months_end_with_their_last_days_and_the_last_with_the_day_itself():
    ends = [month_ends(date(2027, 1, 15), date(2027, *each)) for each in ((2, 28), (2, 27), (1, 20))]
    january = date(2027, 1, 31)
    assert ends == [[january, date(2027, 2, 28)], [january, date(2027, 2, 27)], [date(2027, 1, 20)]]


def test_the_next_month_begins_on_its_first_day_from_the_first_as_from_the_last():
    begins = [next_month(date(2027, *each)) for each in ((1, 1), (1, 31), (2, 28), (12, 31))]
    assert begins == [date(2027, 2, 1), date(2027, 2, 1), date(2027, 3, 1), date(2028, 1, 1)]


def test_days_are_counted_back_from_a_day_that_is_not_counted():
    assert days_before(date(2026, 9, 30), 60) == date(2026, 8, 1)


@given(DAYS, st.integers(1, 36))
def test_consecutive_terms_leave_no_gap_and_do_not_overlap(first, months):
    """The next term begins on the day after the last; reckoned from the first day, the terms fit to each other."""
    if first.day > 28:
        first = first.replace(day=28)
    next_first = last_day(first, months) + timedelta(days=1)
    assert next_first.day == first.day
    assert last_day(next_first, months) == last_day(first, 2 * months)


@given(DAYS, st.integers(1, 60))
def test_a_longer_term_ends_later(first, months):
    assert first <= last_day(first, months) < last_day(first, months + 1)


@pytest.mark.parametrize(
    ("first", "last", "months", "days"),
    [
        ("2026-11-16", "2027-09-30", 10, 15),
        ("2026-11-16", "2026-11-16", 0, 1),
        ("2026-11-16", "2026-12-15", 1, 0),
        ("2026-12-31", "2027-12-30", 12, 0),
        ("2027-01-31", "2027-02-28", 1, 0),
        ("2026-10-01", "2027-09-30", 12, 0),
    ],
)
def test_a_range_is_whole_months_and_the_days_left_over(first, last, months, days):
    assert span(DateRange(date.fromisoformat(first), date.fromisoformat(last))) == Span(months, days)


def test_months_end_with_the_day_asked_for():
    assert month_ends(date(2027, 1, 15), date(2027, 3, 10)) == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 10)]


def test_minutes_are_hours_exact_to_the_minute():
    assert [hours(Decimal(each)) for each in ("22.5", "60", "0", "1200")] == ["0.375", "1", "0", "20"]
