"""The book of a block: its terms, its account and its ledger together; and the Blocks that were bought. Pure."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfoNotFoundError

from msgspec import Struct

from contract_assembly.blocks.counting import CountingTerms, terms
from contract_assembly.blocks.ledger import Ledger, LedgerRow
from contract_assembly.blocks.rate_factors import Desk
from contract_assembly.core.text import did_you_mean
from contract_assembly.core.values import Duration, Money, days_before, last_day
from contract_assembly.facts.account import FIRST, Account, Interruption, Order
from contract_assembly.facts.agreement_files import BlockInputs
from contract_assembly.facts.block_figures import BlockFigures, block_figures
from contract_assembly.facts.block_terms import Block
from contract_assembly.facts.business_days import business_day_before
from contract_assembly.facts.fields import Located

HOUR = 60


class BlockPromises(Struct, frozen=True):
    """Parameters of clauses: the length of an interruption that does not count, the time for a message at a low Balance
    (both in Business Days), the hours above which a task needs an approved estimate, and the days until a refund is
    paid."""

    gap: int = 3
    message: int = 1
    estimate: int = 2
    refund: int = 30


class Book(Struct, frozen=True, dict=True):
    """Everything that decides the hours of one agreement. `folder` is the agreement's, relative to the root."""

    folder: str
    inputs: BlockInputs
    account: Located[Account]
    ledger: Ledger
    promises: BlockPromises = BlockPromises()

    @property
    def block(self) -> Block:
        """The Block as agreed."""
        return self.inputs.agreement.model.block

    @property
    def on_our_paper(self) -> bool:
        """Whether our clauses are what it promises; a block that was signed on other paper promises what its PDF says."""
        return self.inputs.agreement.model.origin == "here"

    @cached_property
    def figures(self) -> BlockFigures:
        """Price, list rate and last day of the first Block."""
        return block_figures(self.inputs)

    @cached_property
    def desk(self) -> Desk:
        """The service desk's calendar with the factors of the rate card."""
        rates = self.inputs.rates.model
        return Desk(self.inputs.calendar.model, rates.after_hours, rates.weekend, rates.holiday, rates.sunday)

    @cached_property
    def terms(self) -> CountingTerms:
        """The rules for counting time."""
        return terms(self.block, self.inputs.rates.model)


class Purchase(Struct, frozen=True):
    """A Block that was bought: minutes, the price paid for an hour, and its days, inclusive. `usable` is its first day
    or, if later, that of its payment; None while it is not paid. `stated` is the last day as agreed, `last_day` the
    one after interruptions and late reminders. `opened` is the day at whose end the hours of a block that was taken over
    were counted: use before it is one row of the ledger, and no history."""

    id: str
    minutes: Decimal
    rate: Money
    ordered: date
    first_day: date
    stated: date
    last_day: date
    paid: date | None
    opened: date | None = None

    @property
    def usable(self) -> date | None:
        """The first day on which its hours may be used, and use is recorded."""
        begins = self.opened + timedelta(days=1) if self.opened else self.first_day
        return max(begins, self.paid) if self.paid else None


def purchases(book: Book, on: date) -> tuple[Purchase, ...]:
    """The Blocks bought by a day, in the order of purchase, with their Expiry Days as of that day."""
    block, account = book.block, book.account.model
    first = Order.model_construct(
        id=FIRST,
        ordered=block.first_day,
        approved_by=contacts(book)[0],
        hours=block.hours,
        rate=block.rate,
        first_day=block.first_day,
        last_day=book.figures.last_day,
        paid=account.paid,
    )
    return tuple(
        Purchase(
            id=each.id,
            minutes=Decimal(each.hours * HOUR),
            rate=each.rate,
            ordered=each.ordered,
            first_day=each.first_day,
            stated=each.last_day,
            last_day=expiry_day(book, each.id, each.first_day, each.last_day, on),
            paid=each.paid,
            opened=book.ledger.opened if each is first else None,
        )
        for each in (first, *(each for each in account.orders if each.ordered <= on))
    )


def closed_on(book: Book) -> date | None:
    """The last day of the block as its account has it, or the day on which a support contract took its hours. From that
    day on the only duty left is the last statement. None while the hours run."""
    account, window = book.account.model, book.block.conversion_window
    ended, change = account.ended, account.conversion
    converted = change is not None and within(change.first_day, change.signed, window)
    days = [ended.on] if ended else []
    days += [change.first_day] if change and converted else []
    return min(days, default=None)


def expiry_day(book: Book, block: str, first: date, stated: date, on: date) -> date:
    """The Expiry Day of a Block as it is on a day (clause block-validity).

    Each interruption that counts moves it by its whole length. If the last reminder is late, it moves to the end of the
    same period after it was sent; while it is overdue and not sent, hours cannot expire, so the day runs ahead of `on`.
    Nothing moves it once the hours are gone. On other paper, it is the day that was agreed."""
    if not book.on_our_paper:
        return stated
    last, closed = stated, closed_on(book)
    on = min(on, closed) if closed else on
    for each in sorted(book.account.model.interruptions, key=lambda each: each.first_day):
        if first <= each.last_day and each.first_day <= last and each.last_day <= on and counts(book, each):
            last += timedelta(days=(each.last_day - each.first_day).days + 1)
    messages = book.account.model.messages
    reminders = (each.on for each in messages if (each.what, each.block) == ("expiry-final", block))
    warned: date = min((on, *reminders))
    return max(last, warned + span(book.block.final_warning))


def counts(book: Book, each: Interruption) -> bool:
    """Whether an interruption is longer, in Business Days, than the clause allows for."""
    days = (each.last_day - each.first_day).days + 1
    return sum(book.desk.open_on(each.first_day + timedelta(days=n)) for n in range(days)) > book.promises.gap


def reminder_day(book: Book, last: date, warning: Duration) -> date:
    """The day by which a reminder before an Expiry Day must go out: counted back, and on a Business Day."""
    return business_day_before(days_before(last, span(warning).days), book.inputs.calendar.model)


def span(period: Duration) -> timedelta:
    """A period of days or weeks. Raises ValueError for another unit."""
    factor = {"day": 1, "week": 7}.get(period.unit)
    if factor is None:
        raise ValueError(f"{period.count} {period.unit}s is not a number of days")
    return timedelta(days=factor * period.count)


def within(day: date, start: date, period: Duration) -> bool:
    """Whether a day lies in a period after an event: the period starts on the next day and includes its last; the day
    of the event itself is in time too."""
    if period.unit in {"month", "quarter", "year"}:
        return start <= day <= last_day(start + timedelta(days=1), period.months)
    return start <= day <= start + span(period)


def used_by_day(book: Book, on: date, known: date | None = None) -> dict[date, Decimal]:
    """Exact minutes deducted for each day of work until `on`, as far as they were booked by `known` (by default
    all)."""
    found: dict[date, Decimal] = {}
    for row in book.ledger.rows if known is None else book.ledger.booked_by(known):
        if row.date <= on:
            found[row.date] = found.get(row.date, Decimal(0)) + row.deducted
    return {day: minutes for day, minutes in sorted(found.items()) if minutes}


def by_task(rows: Iterable[LedgerRow]) -> dict[str, Decimal]:
    """Exact minutes deducted, by task."""
    found: dict[str, Decimal] = {}
    for row in rows:
        found[row.task] = found.get(row.task, Decimal(0)) + row.deducted
    return found


Wrong = Iterator[tuple[str, str, str, str]]


def wrong(book: Book) -> Wrong:
    """What cannot be right in `account.yaml`, as rule, sentence, path in the file, and hint."""
    yield from _terms(book)
    yield from _orders(book)
    yield from _messages(book)
    yield from _overage(book)
    yield from _end(book)


def _end(book: Book) -> Wrong:
    account = book.account.model
    if book.inputs.agreement.model.status == "ended" and not account.ended and not account.conversion:
        what = f"{book.inputs.agreement.at('status')} says that the block has ended, and no line here says when"
        hint = (
            "add ended: {on: DATE, because: …}; or take the step back: build.py status … --set signed --reason REASON"
        )
        yield "block-end", what, "", hint


def _terms(book: Book) -> Wrong:
    try:
        _ = book.terms, book.desk.zone, span(book.block.expiry_warning), span(book.block.final_warning)
    except (ValueError, ZoneInfoNotFoundError) as error:
        yield (
            "terms",
            f"hours cannot be counted: {error}",
            "",
            "see the block's periods, the rate card and the calendar",
        )


def _orders(book: Book) -> Wrong:
    names, before = {FIRST}, book.block.first_day
    people = [each.id for each in book.inputs.client.model.people]
    for n, each in enumerate(book.account.model.orders):
        if each.id in names:
            yield (
                "doubled-order",
                f"{each.id} is the name of an earlier Block",
                f"orders.{n}.id",
                "name each Block once",
            )
        if each.approved_by not in people:
            what = f"unknown person: {each.approved_by} is not in client.yaml, and an order needs an approval"
            yield "unknown-person", what, f"orders.{n}.approved_by", did_you_mean(each.approved_by, people)
        if each.last_day < each.first_day:
            yield "order-days", f"{each.id} ends before it begins", f"orders.{n}.last_day", "both days are inclusive"
        if each.rate.currency != book.block.rate.currency:
            what = f"{each.id} is in {each.rate.currency}, the agreement in {book.block.rate.currency}"
            yield "mixed-currencies", what, f"orders.{n}.rate", "use one currency in an agreement"
        if n and each.ordered < before:
            what = f"{each.id} was ordered before the one above it"
            yield "order-days", what, f"orders.{n}.ordered", "keep orders in the order of their days"
        names, before = names | {each.id}, each.ordered


def _messages(book: Book) -> Wrong:
    names = (FIRST, *(each.id for each in book.account.model.orders))
    for n, each in enumerate(book.account.model.messages):
        if each.what == "statement" and each.period_end is None:
            yield "message", "which statement was sent?", f"messages.{n}", "add period_end: the last day of its period"
        if each.what != "statement" and each.block not in names:
            what = f"unknown Block: {each.block or 'none'}"
            yield "message", what, f"messages.{n}.block", f"known here: {', '.join(names)}"


def _overage(book: Book) -> Wrong:
    most, people = book.block.overage_hours, contacts(book)
    for n, over in enumerate(book.account.model.overage):
        if over.hours > most:
            what = f"{over.hours} hours were approved; the agreement allows {most} beyond the last one"
            yield "overage", what, f"overage.{n}.hours", "write the hours that the agreement allows, or order a Block"
        if over.by not in people:
            what = f"{over.by} is not a contact of the client"
            yield "overage", what, f"overage.{n}.by", f"known here: {', '.join(people)}"


def contacts(book: Book) -> tuple[str, ...]:
    """The client's contact and, where there is one, the deputy, by id."""
    pair = book.inputs.agreement.model.contacts.client
    return (pair.primary, pair.deputy) if pair.deputy else (pair.primary,)
