"""From time worked to hours deducted: least time, steps, factors, and their order."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.blocks.counting import (
    Counted,
    CountingTerms,
    began,
    counted,
    in_business_hours,
    minutes,
    time_left,
    worked,
)
from contract_assembly.core.values import Duration
from tests.helpers.books import book, with_work, work

ROUND = CountingTerms(15, 15, 60, "round-then-multiply")
MULTIPLY = CountingTerms(15, 15, 60, "multiply-then-round")
NIGHT = Decimal("1.5")


def deducted(terms, onsite=False, **by_factor):
    parts = {Decimal(factor.strip("f").replace("_", ".")): count for factor, count in by_factor.items()}
    return counted([parts], terms, onsite=onsite).deducted


def test_the_vectors_20_minutes_after_hours_in_steps_of_15():
    assert deducted(ROUND, f1_5=20) == 45
    assert deducted(MULTIPLY, f1_5=20) == 30


@pytest.mark.parametrize(
    ("terms", "onsite", "by_factor", "expected"),
    [
        (ROUND, False, {"f1": 1}, "15"),
        (ROUND, False, {"f1": 15}, "15"),
        (ROUND, False, {"f1": 16}, "30"),
        (ROUND, True, {"f1": 10}, "60"),
        (ROUND, True, {"f1": 61}, "75"),
        (ROUND, False, {"f1_5": 15}, "22.5"),  # not rounded again
        (ROUND, False, {"f1": 10, "f1_5": 10}, "35"),  # 10 + 15, and 10 more at the lower factor
        (ROUND, True, {"f2_0": 60}, "120"),
        (MULTIPLY, False, {"f1_5": 15}, "30"),
        (MULTIPLY, False, {"f1_5": 10}, "15"),
        (MULTIPLY, True, {"f1_5": 30}, "60"),
        (MULTIPLY, False, {"f1": 10, "f1_5": 10}, "30"),
    ],
)
def test_hours_are_worked_out_step_by_step(terms, onsite, by_factor, expected):
    assert deducted(terms, onsite, **by_factor) == Decimal(expected)


def test_what_is_done_for_a_task_on_a_day_counts_together():
    pieces = [{Decimal(1): 5}] * 3
    assert counted(pieces, ROUND, onsite=False).deducted == 15
    assert counted([], ROUND, onsite=True) == Counted(0, Decimal(0), (Decimal(1),))


@pytest.mark.parametrize(("terms", "plain"), [(ROUND, 25), (MULTIPLY, 24)])
def test_the_part_in_business_hours_has_what_rounding_added_or_its_share_of_it(terms, plain):
    """20 minutes before 18:00 and 20 after it at 1.5: 45 and 10 are 55, or 50 are rounded to 60."""
    found = with_work(book(), work(time="17:40", worked=40, asked_by="claire-vandermeer"))
    assert in_business_hours(found.ledger.rows, found.desk, terms) == plain


@given(st.integers(1, 1440), st.sampled_from([1, 6, 10, 15, 30, 60]), st.sampled_from([ROUND, MULTIPLY]))
def test_in_business_hours_the_order_makes_no_difference_and_time_is_never_cut(count, step, terms):
    found = counted([{Decimal(1): count}], CountingTerms(step, 15, 60, terms.order), onsite=False)
    assert found.deducted == found.rounded
    assert max(count, 15) <= found.rounded < max(count, 15) + step
    assert found.rounded % step == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [("35m", 35), ("1h", 60), ("1h30m", 90), ("1:30", 90), ("90", 90), ("0:05", 5), ("1h 30m", 90), ("35 min", 35)],
)
def test_time_worked_is_read(text, expected):
    assert worked(text) == expected


@pytest.mark.parametrize("text", ["", "1.5", "1,5h", "h", "m", "-5m", "1:60", "٣m"])
def test_what_is_no_time_worked_is_refused(text):
    with pytest.raises(ValueError, match=r"is not a time worked|may be hours or minutes"):
        worked(text)


@pytest.mark.parametrize("text", ["9:00", "09:00", "9:00 AM", "09:00:30"])
def test_a_time_of_day_is_read_as_people_write_it_and_kept_as_the_ledger_has_it(text):
    assert began(text) == "09:00"


def test_steps_are_in_minutes_or_hours():
    assert minutes(Duration(2, "hour")) == 120
    with pytest.raises(ValueError, match="is not a number of minutes"):
        minutes(Duration(1, "business hour"))


@pytest.mark.parametrize(("text", "left"), [("6h30m", 390), ("4.5", 270), ("0", 0)])
def test_hours_left_are_read_as_minutes(text, left):
    assert time_left(text) == left
