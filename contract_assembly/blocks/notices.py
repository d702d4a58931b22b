"""Messages about a block that are due by a day, and why (clauses block-balance, block-validity, block-statements). Pure.

A message counts as sent when `account.yaml` lists it under `messages`, with its day. There is one message for each threshold and
Block, even if hours come back later."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from contract_assembly.blocks.balance import state
from contract_assembly.blocks.block_state import BookState
from contract_assembly.blocks.book import (
    HOUR,
    Book,
    Purchase,
    closed_on,
    purchases,
    reminder_day,
    span,
)
from contract_assembly.core.values import days_before, hours, last_day
from contract_assembly.facts.account import Told
from contract_assembly.facts.business_days import business_days_later

_DAY = timedelta(days=1)


class Notice(Struct, frozen=True):
    """A message that a clause promises: its Block (or, for a statement, the last day of its period), the day on which
    its reason arises, the day by which it is due, and the day on which it was sent."""

    what: Told
    block: str | None
    period_end: date | None
    arises: date
    due: date
    sent: date | None
    why: str
    clause: str

    def late(self, on: date) -> bool:
        """Whether it is late, or was sent late."""
        return (self.sent or on) > self.due


def notices(book: Book, on: date, by: date | None = None) -> tuple[Notice, ...]:
    """Every message with a reason by a day, sent or not, by due day. Events until `on` count; reminders and statements
    that fall due until `by` are included."""
    by = by or on
    found = state(book, on)
    every = (*_low(book, found), *_used_up(book, found), *_expiry(book, on, by), *_statements(book, found, by))
    due = (each for each in every if each.sent or _remains(each, on, closed_on(book)))
    return tuple(sorted(due, key=lambda each: (each.due, each.what, each.block or "")))


def open_notices(book: Book, on: date, by: date | None = None) -> tuple[Notice, ...]:
    """The messages that were not sent."""
    return tuple(each for each in notices(book, on, by) if not each.sent)


def _remains(each: Notice, on: date, closed: date | None) -> bool:
    """Whether a message that was not sent is still owed. After the end of a block, or its step to a support contract,
    only statements are: up to that of the month in which its hours went."""
    if closed is None:
        return True
    if each.period_end:
        return each.period_end.replace(day=1) <= closed
    return on < closed and each.arises < closed and each.due <= closed


def threshold(book: Book, block: Purchase) -> Decimal:
    """The low Balance in minutes: a share of the hours of the latest Block or a number of hours, whichever is reached
    first."""
    share: Decimal = book.block.low_percent.value * block.minutes / 100
    return max(share, Decimal(book.block.low_hours * HOUR))


def _verb(book: Book) -> str:
    return "is promised" if book.on_our_paper else "goes out"


def _sent_on(book: Book, what: Told, block: str | None, period_end: date | None = None) -> date | None:
    wanted = (what, block, period_end)
    return min((t.on for t in book.account.model.messages if (t.what, t.block, t.period_end) == wanted), default=None)


def _notice(what: Told, block: str, *, arises: date, due: date, sent: date | None, why: str, clause: str) -> Notice:
    """A message about the hours of one Block."""
    return Notice(what, block, None, arises=arises, due=due, sent=sent, why=why, clause=clause)


def _reached(book: Book, found: BookState, block: Purchase, least: Decimal) -> tuple[date, Decimal] | None:
    """The first day since a Block came, and before the next one did, on which the Balance was no more than this."""
    later = [each for each in purchases(book, found.on) if each.paid and block.paid and each.paid > block.paid]
    until = min((each.paid for each in later if each.paid), default=found.on + _DAY)
    days = (each for each in found.path if block.usable and block.usable <= each[0] < until and each[1] <= least)
    return next(days, None)


def _low(book: Book, found: BookState) -> Iterator[Notice]:
    for block in purchases(book, found.on):
        least = threshold(book, block)
        if reached := _reached(book, found, block, least):
            day, left = reached
            share = f"{book.block.low_percent.value} % of {hours(block.minutes)} hours"
            why = (
                f"{hours(left)} hours were left; the message {_verb(book)} at {hours(least)}: {share} or "
                f"{book.block.low_hours} hours, whichever is reached first"
            )
            due = business_days_later(day, book.promises.message, book.inputs.calendar.model)
            sent = _sent_on(book, "low-balance", block.id)
            yield _notice("low-balance", block.id, arises=day, due=due, sent=sent, why=why, clause="block-balance")


def _used_up(book: Book, found: BookState) -> Iterator[Notice]:
    for block in purchases(book, found.on):
        if (reached := _reached(book, found, block, Decimal(0))) and reached[0] <= block.last_day:
            why = "no hours are left: work stops, and the client's contact is informed"
            sent = _sent_on(book, "used-up", block.id)
            yield _notice(
                "used-up", block.id, arises=reached[0], due=reached[0], sent=sent, why=why, clause="block-balance"
            )


def _expiry(book: Book, on: date, by: date) -> Iterator[Notice]:
    """Both reminders before each Expiry Day. The day itself, counted back, is the due day, or the Business Day
    before."""
    for block in purchases(book, on):
        for what, warning in _WARNINGS:
            period = getattr(book.block, warning)
            last = _last_before_lateness(book, block)
            due = reminder_day(book, last, period)
            if due <= by and block.paid:
                arises = days_before(last, span(period).days)
                why = f"{period.count} {period.unit}s before {last}, the Expiry Day"
                sent = _sent_on(book, what, block.id)
                yield _notice(what, block.id, arises=arises, due=due, sent=sent, why=why, clause="block-validity")


_WARNINGS: tuple[tuple[Told, str], ...] = (("expiry-first", "expiry_warning"), ("expiry-final", "final_warning"))


def _last_before_lateness(book: Book, block: Purchase) -> date:
    """The Expiry Day without the effect of a late reminder: the day that reminders are counted back from."""
    at_first = purchases(book, days_before(block.stated, span(book.block.expiry_warning).days + 7))
    return next((each.last_day for each in at_first if each.id == block.id), block.stated)


def _statements(book: Book, found: BookState, by: date) -> Iterator[Notice]:
    """One for each month in which the block ran, due on a day of the month after, or on the next Business Day."""
    bought = [each for each in purchases(book, found.on) if each.usable]
    if not bought:
        return
    month = min(each.usable for each in bought if each.usable).replace(day=1)
    end = max(each.last_day for each in bought)
    while month <= end:
        closes = last_day(month, 1)
        due = next_open(book, statement_day(book, closes))
        if due > by:
            return
        why = f"the statement for {month:%Y-%m} {_verb(book)} by day {book.block.statement_day} of the month after"
        yield Notice(
            what="statement",
            block=None,
            period_end=closes,
            arises=closes + _DAY,
            due=due,
            sent=_sent_on(book, "statement", None, closes),
            why=why,
            clause="block-statements",
        )
        month = closes + _DAY


def statement_day(book: Book, closes: date) -> date:
    """The day of the next month by which the statement for a period that closes on a day is due; entries of the period
    that are booked by then are in it."""
    following = last_day(closes.replace(day=1), 1) + _DAY
    return min(following + timedelta(days=book.block.statement_day - 1), last_day(following, 1))


def next_open(book: Book, day: date) -> date:
    """The day itself if it is a Business Day, else the next one."""
    while not book.desk.open_on(day):
        day += _DAY
    return day
