"""Billing periods, the share of a period that some days are, and the days of an invoice."""

from datetime import date

import pytest

from contract_assembly.billing.periods import PeriodShare, due_day, invoice_day, periods, share_of
from contract_assembly.core.values import DateRange, Duration
from tests.helpers.inputs_base import inputs

FIRST = date(2026, 10, 15)
MONTH, QUARTER = (tuple(periods(each, DateRange(FIRST, date(2027, 4, 20)))) for each in ("monthly", "quarterly"))


def test_months_are_calendar_months_and_the_first_and_last_cover_only_the_days_of_the_agreement():
    assert (str(MONTH[0].days), str(MONTH[1].days.first), str(MONTH[-1].days.last)) == (
        str(DateRange(FIRST, date(2026, 10, 31))),
        "2026-11-01",
        "2027-04-20",
    )
    assert MONTH[-1].named.last == date(2027, 4, 30)  # an end agreed later does not change its name


def test_quarters_begin_with_the_contract_year():
    assert [each.days.first for each in QUARTER] == [FIRST, date(2027, 1, 15), date(2027, 4, 15)]


def test_periods_from_a_later_day_on_are_those_of_the_contract_years():
    within = DateRange(date(2027, 2, 20), date(2027, 8, 1))
    found = tuple(periods("quarterly", within, FIRST))
    assert [each.days.first for each in found] == [within.first, date(2027, 4, 15), date(2027, 7, 15)]
    assert found[0].named == found[0].days == DateRange(within.first, date(2027, 4, 14))
    assert [each.covered.first for each in found[0].months] == [within.first, date(2027, 3, 15)]


def test_the_last_period_and_its_last_month_may_be_a_single_day():
    def last(billing, day):
        *_, found = periods(billing, DateRange(FIRST, day))
        return found.days, len(found.months)

    day = date(2027, 5, 1)
    assert last("monthly", day) == (DateRange(day, day), 1)
    assert last("quarterly", date(2027, 2, 15)) == (DateRange(date(2027, 1, 15), date(2027, 2, 15)), 2)


def test_days_that_reach_one_day_into_a_month_have_a_share_of_it():
    assert share_of(QUARTER[0], DateRange(FIRST, date(2026, 11, 15))) == PeriodShare(1, ((1, 30),))
    assert share_of(QUARTER[0], DateRange(date(2026, 11, 14), date(2026, 12, 14))) == PeriodShare(1, ((1, 31),))


def test_a_share_is_whole_months_and_days_of_others():
    assert share_of(QUARTER[0], QUARTER[0].days) == PeriodShare(3)
    assert share_of(QUARTER[0], DateRange(date(2026, 11, 5), QUARTER[0].days.last)) == PeriodShare(2, ((10, 31),))


def test_the_first_invoice_goes_out_on_signing_and_later_ones_so_long_before_their_period():
    due = Duration(30, "day")
    assert invoice_day(MONTH[0], due, date(2026, 9, 20), FIRST) == date(2026, 9, 20)
    assert invoice_day(MONTH[0], due, None, FIRST) == date(2026, 9, 15)
    assert invoice_day(MONTH[1], due, date(2026, 9, 20), FIRST) == date(2026, 10, 2)
    # eleven Business Days are at most 15 days with their weekends; a week more is for holidays
    assert invoice_day(MONTH[1], Duration(11, "business day"), None, FIRST) == date(2026, 10, 10)


@pytest.mark.parametrize(
    ("due", "day"),
    [
        (Duration(14, "day"), date(2026, 12, 15)),
        (Duration(2, "week"), date(2026, 12, 15)),
        (Duration(1, "month"), date(2027, 1, 1)),
        (Duration(3, "business day"), date(2026, 12, 4)),
    ],
)
def test_an_invoice_is_due_so_long_after_its_day(due, day):
    assert due_day(date(2026, 12, 1), due, inputs().calendar.model) == day


def test_a_month_of_which_only_its_last_day_is_left_is_part_of_its_quarter():
    within = DateRange(date(2027, 2, 14), date(2027, 8, 1))
    (first, *_) = periods("quarterly", within, FIRST)
    assert [each.covered for each in first.months] == [
        DateRange(within.first, within.first),
        DateRange(date(2027, 2, 15), date(2027, 3, 14)),
        DateRange(date(2027, 3, 15), date(2027, 4, 14)),
    ]
