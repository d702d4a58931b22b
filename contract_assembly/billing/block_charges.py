"""Every charge of a prepaid block: the Blocks bought, hours beyond the last one, and the refund of unused hours. Pure.

Source: clauses payment-block, block-balance and block-refund; `blocks` counts the hours."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from contract_assembly.billing.charge import Charge, Key, Sort
from contract_assembly.billing.periods import due_day
from contract_assembly.blocks.balance import state
from contract_assembly.blocks.book import HOUR, Book, purchases, within
from contract_assembly.blocks.settlement import money, refund, refund_day
from contract_assembly.core.values import DateRange, Money

_DAY = timedelta(days=1)


def block_charges(book: Book, until: date) -> tuple[Charge, ...]:
    """Every charge of a block that is known by a day."""
    return (*_bought(book, until), *_beyond(book, until), *_refunded(book, until))


def _key(book: Book, sort: Sort, line: str, days: DateRange) -> Key:
    _, client, name = book.folder.split("/")
    return Key(client=client, agreement=name, sort=sort, line=line, first=days.first, last=days.last)


def _due(book: Book, invoiced: date) -> date:
    return due_day(invoiced, book.block.due, book.inputs.calendar.model)


def _bought(book: Book, until: date) -> Iterator[Charge]:
    """Each Block, paid before its hours are used; the first on its first day, a later one when it was ordered."""
    for n, each in enumerate(purchases(book, until)):
        if each.ordered > until:
            continue
        days, hours = DateRange(each.first_day, each.stated), each.minutes / HOUR
        yield Charge(
            key=_key(book, "block", each.id, days),
            label="Prepaid hours",
            days=days,
            quantity=hours,
            price=each.rate,
            amount=(each.rate * hours).rounded(),
            nature=None,
            listed=each.ordered,
            invoiced=each.ordered,
            due=_due(book, each.ordered),
            working=f"{hours:f} h x {each.rate.amount}, valid until {each.stated}",
            origin=book.account.at(f"orders.{n - 1}") if n else book.inputs.agreement.at("block.hours"),
        )


def _beyond(book: Book, until: date) -> Iterator[Charge]:
    """Hours beyond the last one that no order took over in time, at the list rate; those of a day and an approval together."""
    found: dict[tuple[date, date], Decimal] = {}
    for each in state(book, until).beyond:
        if each.state == "charged":
            found[each.day, each.approved] = found.get((each.day, each.approved), Decimal(0)) + each.minutes
    for (day, approved), minutes in found.items():
        invoiced = _charged_on(book, day, approved)
        amount, rate = money(book.figures.list_rate, minutes), book.figures.list_rate
        yield Charge(
            key=_key(book, "overage", f"approved-{approved}", DateRange(day, day)),
            label="Hours beyond the last Block",
            days=DateRange(day, day),
            quantity=minutes / HOUR,
            price=rate,
            amount=amount,
            nature=None,
            listed=invoiced,
            invoiced=invoiced,
            due=_due(book, invoiced),
            working=f"{minutes.normalize():f} minutes at {rate.amount} an hour, approved on {approved}",
            origin=book.account.at("overage"),
        )


def _charged_on(book: Book, day: date, approved: date) -> date:
    """The first day on which no order can take the hours over any more."""
    if book.block.overage != "block-rate":
        return day
    charged = max(day, approved)
    while within(charged, approved, book.block.topup_days):
        charged += _DAY
    return charged


def _refunded(book: Book, until: date) -> Iterator[Charge]:
    ended = book.account.model.ended
    if ended is None or ended.on > until:
        return
    back = refund(book, state(book, ended.on))
    if back.amount:
        yield Charge(
            key=_key(book, "refund", "unused-hours", DateRange(ended.on, ended.on)),
            label="Refund of unused hours",
            days=DateRange(ended.on, ended.on),
            quantity=None,
            price=None,
            amount=Money(-back.amount, back.currency),
            nature=None,
            listed=ended.on,
            invoiced=ended.on,
            due=refund_day(book) or ended.on,
            working=f"the block ended on {ended.on}: {ended.because}",
            origin=book.account.at("ended"),
        )
