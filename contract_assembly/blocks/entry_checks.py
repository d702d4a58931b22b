"""Reasons to refuse a new entry: in itself, on its day, or because of existing entries. Pure."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from contract_assembly.blocks.block_state import BookState
from contract_assembly.blocks.book import HOUR, Book, by_task, closed_on, contacts, purchases
from contract_assembly.blocks.ledger import CHANNELS, LedgerRow, unfit
from contract_assembly.blocks.work import EntryIndex, Work, identity, key_of
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.core.text import did_you_mean, shown
from contract_assembly.core.values import corresponding, hours

_Telling = Callable[..., Problem]


def against(book: Book, work: Work, booked: date, index: EntryIndex) -> Iterator[Problem]:
    """Why one entry may not be accepted: by itself, on its day, and with the other entries of the day."""

    def problem(what: str, hint: str, level: str = "error") -> Problem:
        return Problem("entry", what, work.origin, hint, "warning" if level == "warning" else "error")

    for name in ("person", "task", "asked_by", "reference"):
        if reason := unfit(getattr(work, name)):
            yield problem(f"{name} {reason}", "write it in plain words")
    if not work.task:
        yield problem("the task is missing", "say what was done, as the client will read it")
    if work.channel not in CHANNELS:
        yield problem(f"{shown(work.channel)} is not a channel", f"choose {' or '.join(CHANNELS)}")
    known = [each.id for each in book.inputs.provider.model.people]
    if work.person not in known:
        yield problem(
            f"unknown person: {work.person or 'none'} is not in provider.yaml", did_you_mean(work.person, known)
        )
    if work.asked_by and work.asked_by not in contacts(book):
        yield problem(f"{work.asked_by} is not a contact of the client", did_you_mean(work.asked_by, contacts(book)))
    if not 0 < work.worked <= 24 * HOUR:
        yield problem(
            f"{work.worked} minutes cannot be the work of one day", "write the time worked like 35m, 1h or 1h30m"
        )
        return
    yield from _against_its_day(book, work, booked, problem)
    yield from _against_others(book, work, index, problem)


def _against_its_day(book: Book, work: Work, booked: date, problem: _Telling) -> Iterator[Problem]:
    if wrong := booked_too_early(book, booked) or _too_late(book, booked):
        yield wrong
    if work.date > booked:
        yield problem(f"{work.date} is after {booked}, the day of booking", "log work after it is done")
    bought = purchases(book, max(booked, work.date))
    usable = [each for each in bought if each.usable]
    closed, change = closed_on(book), book.account.model.conversion
    if closed and work.date >= closed and change and change.first_day == closed:
        hint = f"it belongs to the support contract {change.agreement}"
        yield problem(f"{work.date} is not before {closed}, when a support contract took the place of the block", hint)
    elif not usable:
        hint = f"once the price is paid, write the day into {book.account.at().path}: paid: {booked}"
        yield problem("no Block is paid yet, so no hours may be used", hint)
    elif work.date < (first := min(each.usable for each in usable if each.usable)):
        yield problem(f"{work.date} is before {first}, the first day of use", "see first_day, and paid in account.yaml")
    elif work.date > (last := min(max(each.last_day for each in usable), closed or date.max)):
        yield problem(f"{work.date} is after {last}, the last day", "further work needs a further Block")


def booked_too_early(book: Book, booked: date, reverses: int | None = None) -> Problem | None:
    """A day of booking before that of an entry that is not reversed: one of the two clocks is wrong."""
    last = book.ledger.last_booked(reverses)
    if last is None or booked >= last.booked:
        return None
    what = f"{booked} is before {last.booked}, the day on which row {last.number} was booked"
    hint = f"check this machine's clock; if it was wrong then, reverse that row first: build.py block reverse … {last.number}"
    return Problem("entry", what, Origin(book.ledger.path, last.number + 1), hint)


def _too_late(book: Book, booked: date) -> Problem | None:
    """A day of booking so far after the last Block that the clock must be wrong."""
    last = max(each.stated for each in purchases(book, booked))
    if booked <= corresponding(last, 12):
        return None
    what = f"{booked}, the day of booking, is over a year after {last}, the last day of the latest Block"
    return Problem("entry", what, Origin(book.ledger.path), "check this machine's clock, or give the day with --booked")


def _against_others(book: Book, work: Work, index: EntryIndex, problem: _Telling) -> Iterator[Problem]:
    same_day = index.days.get(work.date, [])
    try:
        span = book.desk.span(work.date, work.time, work.worked) if work.time else None
    except ValueError as error:
        yield problem(str(error), f"times are in {book.inputs.calendar.model.timezone_name}")
        return
    if work.asked_by and not span and book.desk.open_on(work.date):
        yield problem("the client asked for work at a time, but the time is missing", "add --at, like --at 18:30")
    if sum(row.worked for row in same_day if row.person == work.person) + work.worked > 24 * HOUR:
        yield problem(f"{work.person} would have worked over 24 hours on {work.date}", "check the entries of that day")
    for row in same_day:
        if not span or not row.time:
            continue
        other = book.desk.span(row.date, row.time, row.worked)
        if not (span[0] < other[1] and other[0] < span[1]):
            continue
        until = other[1].astimezone(book.desk.zone).strftime("%H:%M")
        if row.person == work.person:
            what = f"{row.person} already worked at that time, in row {row.number}: {row.time} to {until}"
            yield problem(
                what, f"if it is the same work, it is entered; if row {row.number} is wrong, reverse it first"
            )
        elif row.task == work.task and not work.asked_by:
            what = (
                f"{row.person} worked on this task at that time (row {row.number}), and only one person's time counts"
            )
            yield problem(what, "if the client's contact approved a second person, add --asked-by")


def repeated(work: Work, index: EntryIndex) -> Iterator[Problem]:
    """The entry that the ledger has already, where no time of day tells two apart: a command that was interrupted
    before it could answer, and is run again, must not enter its work twice. With a time of day, the overlap is
    found."""
    alike = [row for row in index.groups.get(key_of(work), ()) if identity(row) == identity(work)]
    if alike and not work.time:
        what = (
            f"row {alike[-1].number} is this entry already: same day, person, task and minutes, without a time of day"
        )
        yield Problem("entry", what, work.origin, "if it is further work, add --again, or its time with --at")


def beyond_the_hours(book: Book, before: BookState, after: BookState) -> Iterator[Problem]:
    """Hours that neither a Block nor an approval covers."""
    missing = after.uncovered - before.uncovered
    if missing <= 0:
        return
    block, path = book.block, book.account.at().path
    left = f"{hours(before.balance)} hours are left, and {hours(missing)} would not be covered"
    if block.overage == "stop":
        hint = "the agreement says to stop: order a further Block first"
    else:
        people = " or ".join(contacts(book))
        hint = f"up to {block.overage_hours} more hours need written approval by {people}: record it under overage: in {path}"
    yield Problem(
        "entry", f"{left} by a Block or an approval", Origin(book.ledger.path, len(book.ledger.rows) + 1), hint
    )


def needs_estimate(book: Book, rows: Sequence[LedgerRow]) -> Iterator[Problem]:
    """A warning for each task that these rows make long enough to need an approved estimate."""
    most = book.promises.estimate * HOUR
    had, new = by_task(book.ledger.rows), by_task(rows)
    for task, added in new.items():
        whole = had.get(task, Decimal(0)) + added
        if whole > most >= whole - added:
            what = f"{task}: {hours(whole)} hours so far; over {book.promises.estimate}, the client approves an estimate first"
            yield Problem(
                "estimate", what, None, "hours without a required approval are not deducted: reverse them", "warning"
            )
