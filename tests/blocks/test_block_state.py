"""The state of a book: the balance, and the day on which the next hours expire."""

from datetime import date
from decimal import Decimal

from contract_assembly.blocks.block_state import BlockState, BookState
from contract_assembly.core.values import Money


def block(name, left, until, **more):
    zero = dict.fromkeys(("used", "expired", "refunded", "credited"), Decimal(0))
    return BlockState(
        id=name, bought=Decimal(1200), left=Decimal(left), rate=Money(Decimal(90), "USD"), first_day=date(2026, 10, 5),
        until=until, carried=False, **(zero | more)
    )  # fmt: skip


def state(*blocks):
    return BookState(date(2026, 12, 1), blocks, (), Decimal(0), (), ())


def test_the_balance_is_what_is_left_of_all_blocks():
    assert state(block("a", "22.5", date(2027, 1, 1)), block("b", 60, date(2027, 2, 1))).balance == Decimal("82.5")
    assert state().balance == 0


def test_each_kind_of_minutes_is_added_up_by_itself():
    found = state(block("a", 0, date(2027, 1, 1), used=Decimal(30)), block("b", 60, date(2027, 2, 1), used=Decimal(15)))
    assert (found.sum("used"), found.sum("expired"), found.sum("bought")) == (45, 0, 2400)


def test_the_next_expiry_is_that_of_hours_that_are_left():
    assert state(block("a", 0, date(2027, 1, 1)), block("b", 60, date(2027, 2, 1))).expiry == date(2027, 2, 1)
    assert state(block("a", 1, date(2027, 1, 1)), block("b", 60, date(2027, 2, 1))).expiry == date(2027, 1, 1)
    assert state(block("a", 0, date(2027, 1, 1))).expiry is None
