"""The figures of a statement (clause block-statements): opening Balance, movements, entries, closing Balance, forecast,
findings. Pure.

A month's statement goes out by a day of the next month, so it holds what was booked until then. What is booked later
for a day before the period is listed as late, so that each statement opens with exactly what the last one closed with.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.blocks.balance import state
from contract_assembly.blocks.block_state import BookState
from contract_assembly.blocks.book import Book, by_task
from contract_assembly.blocks.forecast import Pace, pace
from contract_assembly.blocks.ledger import LedgerRow
from contract_assembly.blocks.notices import statement_day
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import shown
from contract_assembly.core.values import DateRange, last_day, parse_date
from contract_assembly.facts.account import Finding

MOVEMENTS = ("bought", "used", "expired", "refunded", "credited")
_RANK = {"high": 0, "medium": 1, "low": 2}


class Statement(Struct, frozen=True):
    """All figures of a period, in exact minutes. `closing = opening + bought - used - expired - refunded - credited`,
    each as the difference between the two statements. `used` came out of Blocks, `beyond` is work after the last hour;
    `tasks` has the largest first."""

    days: DateRange
    known: date
    opening: Decimal
    movements: Mapping[str, Decimal]
    beyond: Decimal
    closing: Decimal
    entries: tuple[LedgerRow, ...]
    late: tuple[LedgerRow, ...]
    tasks: tuple[tuple[str, Decimal], ...]
    end: BookState
    pace: Pace
    noticed: tuple[Finding, ...]


def statement(book: Book, days: DateRange, known: date | None = None, opened: int | None = None) -> Statement:
    """The statement for days, both inclusive, from the rows booked until `known` (default: the day on which it is due).

    `opened` is how many rows the statement before was made from; default: those booked by the day on which it was
    due. Of a block that was taken over, a statement begins on the day after its hours were counted. Raises RefusedError where
    that day is after the period."""
    since = recorded_since(book)
    if days.last < since:
        what = f"use is recorded since {since}, when the hours had been counted"
        raise RefusedError(
            [Problem("period", what, Origin(book.ledger.path, 2), "make the statement for a later period")]
        )
    days = DateRange(max(days.first, since), days.last)
    before = days.first - timedelta(days=1)
    known, due = known or statement_day(book, days.last), statement_day(book, before)
    rows_before = len(book.ledger.booked_by(due)) if opened is None else opened
    opening = replace(book, ledger=replace(book.ledger, rows=book.ledger.rows[:rows_before]))
    start, end = state(opening, before), state(book, days.last, known)
    rows = book.ledger.booked_by(known)
    return Statement(
        days=days,
        known=known,
        opening=start.balance,
        movements={name: end.sum(name) - start.sum(name) for name in MOVEMENTS},
        beyond=_beyond(end) - _beyond(start),
        closing=end.balance,
        entries=tuple(sorted((row for row in rows if row.date in days), key=lambda row: (row.date, row.number))),
        late=tuple(row for row in rows if row.date <= before and row.number > rows_before),
        tasks=_largest_first(by_task(row for row in rows if row.date in days)),
        end=end,
        pace=pace(book, min(days.last, known), end, known),
        noticed=_noticed(book, days),
    )


def recorded_since(book: Book) -> date:
    """The first day of which the ledger has the use; the earliest day of the calendar where it has all of it."""
    counted = book.ledger.opened
    return counted + timedelta(days=1) if counted else date.min


def _largest_first(tasks: Mapping[str, Decimal]) -> tuple[tuple[str, Decimal], ...]:
    return tuple(sorted(tasks.items(), key=lambda each: (-each[1], each[0])))


def _beyond(found: BookState) -> Decimal:
    return sum((each.minutes for each in found.beyond if each.state != "deducted"), found.uncovered)


def _noticed(book: Book, days: DateRange) -> tuple[Finding, ...]:
    """The findings of the period, in order of importance."""
    found = [each for each in book.account.model.noticed if each.on in days]
    return tuple(sorted(found, key=lambda each: (_RANK[each.importance], each.on)))


def period(text: str) -> DateRange:
    """Read "2026-11", a month, or "2026-11-01..2026-11-15", both days inclusive. Raises ValueError with a message for
    people."""
    first, parted, last = text.partition("..")
    if parted:
        days = DateRange(parse_date(first), parse_date(last))
        if days.last < days.first:
            raise ValueError(f"{shown(text)} ends before it begins")
        return days
    try:
        begins = parse_date(f"{text}-01")
    except ValueError:
        raise ValueError(
            f"{shown(text)} is not a period: write a month like 2026-11, or days like 2026-11-01..2026-11-15"
        ) from None
    return DateRange(begins, last_day(begins, 1))
