"""The balance of a block: which hours are used, left, expired, refunded or credited, Block by Block, day by day. Pure.

On each day, hours that expired the day before leave the balance (or carry over), then hours paid on the day come in,
then the day's work is deducted from the hours that expire first, and of hours that expire together from the Block
bought first. Work that no hours cover is overage as far as it was approved, and otherwise `uncovered`, which a sound
ledger never has."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct, field

from contract_assembly.blocks.block_state import Beyond, BlockState, BookState
from contract_assembly.blocks.book import HOUR, Book, Purchase, purchases, used_by_day, within
from contract_assembly.blocks.settlement import gives_refund, is_return, returned_price
from contract_assembly.facts.account import Account, Overage

_DAY = timedelta(days=1)
_ZERO = Decimal(0)


class _Lot(Struct):
    """Minutes of one Block with the same days. Minutes that were `carried` over once do not carry over again."""

    block: Purchase
    left: Decimal
    usable: date
    last: date
    carried: bool = False
    used: Decimal = _ZERO
    expired: Decimal = _ZERO
    refunded: Decimal = _ZERO
    credited: Decimal = _ZERO


class _Walk(Struct):
    book: Book
    bought: tuple[Purchase, ...]
    on: date
    lots: list[_Lot] = field(default_factory=list)
    beyond: list[Beyond] = field(default_factory=list)
    uncovered: Decimal = _ZERO
    path: list[tuple[date, Decimal]] = field(default_factory=list)

    @property
    def account(self) -> Account:
        return self.book.account.model

    def day(self, day: date, minutes: Decimal) -> None:
        self.expire(day)
        for block in self.bought:
            if block.paid == day:
                self.lots.append(_Lot(block, block.minutes, max(block.first_day, day), block.last_day))
        self.convert(day)
        self.settle(day)
        self.deduct(day, minutes)
        if self.account.early_end and self.account.early_end.on == day:
            self.end()
        self.path.append((day, sum((lot.left for lot in self.lots), _ZERO)))

    def expire(self, day: date) -> None:
        """Carry over, credit or expire the minutes that were left at the end of their last day."""
        for lot in [each for each in self.lots if each.left and each.last < day]:
            change = self.account.conversion
            if change and change.signed <= lot.last and self.in_window():
                lot.credited, lot.left = lot.credited + lot.left, _ZERO
                continue
            if (target := self.target(lot)) and not lot.carried:
                kept = min(lot.left, self.share(lot))
                lot.left -= kept
                self.lots.append(_Lot(lot.block, kept, lot.last + _DAY, target.last_day, carried=True))
            lot.expired, lot.left = lot.expired + lot.left, _ZERO

    def target(self, lot: _Lot) -> Purchase | None:
        """The Block that minutes of an expiring Block carry over to: the first one ordered after it, by its Expiry Day,
        that lasts longer."""
        if self.book.block.rollover == "none":
            return None
        later = self.bought[self.bought.index(lot.block) + 1 :]
        return next((each for each in later if each.ordered <= lot.last < each.last_day), None)

    def share(self, lot: _Lot) -> Decimal:
        """The most minutes that carry over: all of them on a top-up, or a share of those bought."""
        if self.book.block.rollover == "on-topup":
            return lot.left
        share: Decimal = self.book.block.rollover_percent.value * lot.block.minutes / 100
        return share

    def in_window(self) -> bool:
        """Whether the support contract starts soon enough after its signature for a credit."""
        change = self.account.conversion
        return change is not None and within(change.first_day, change.signed, self.book.block.conversion_window)

    def convert(self, day: date) -> None:
        change = self.account.conversion
        if change and change.first_day == day and self.in_window():
            for lot in self.lots:
                if change.signed <= lot.last:
                    lot.credited, lot.left = lot.credited + lot.left, _ZERO

    def deduct(self, day: date, minutes: Decimal) -> None:
        for lot in sorted(self.lots, key=lambda lot: (lot.last, self.bought.index(lot.block))):
            if minutes and lot.left and lot.usable <= day:
                taken = min(lot.left, minutes)
                lot.left, lot.used, minutes = lot.left - taken, lot.used + taken, minutes - taken
        for approval in self.approvals(day):
            room = approval.hours * HOUR - sum((b.minutes for b in self.beyond if b.approved == approval.on), _ZERO)
            taken = min(minutes, max(room, _ZERO))
            if taken:
                self.beyond.append(Beyond(day, taken, approval.on, "pending"))
                minutes -= taken
        self.uncovered += minutes

    def approvals(self, day: date) -> Iterator[Overage]:
        """The approvals to continue that are valid on a day: until a Block that was ordered since may be used."""
        if self.book.block.overage == "stop":
            return
        for each in self.account.overage:
            since = (b for b in self.bought if b.ordered >= each.on and b.id != self.bought[0].id)
            if each.on <= day and not any(block.usable and block.usable <= day for block in since):
                yield each

    def settle(self, day: date) -> None:
        """Deduct hours beyond the last one from the Block that was ordered in time, once it may be used (clause
        block-balance)."""
        if self.book.block.overage != "block-rate":
            return
        for n, each in enumerate(self.beyond):
            lot = next(
                (lot for lot in self.lots if lot.usable <= day and not lot.carried and self.in_time(lot, each)), None
            )
            if each.state == "pending" and lot and lot.left >= each.minutes:
                lot.left, lot.used = lot.left - each.minutes, lot.used + each.minutes
                self.beyond[n] = Beyond(each.day, each.minutes, each.approved, "deducted", lot.block.id)

    def in_time(self, lot: _Lot, each: Beyond) -> bool:
        first = lot.block.id == self.bought[0].id
        return not first and within(lot.block.ordered, each.approved, self.book.block.topup_days)

    def end(self) -> None:
        """Refund or expire unused hours, depending on the reason of the end. Hours of a Block whose price leaves
        nothing to refund expire."""
        for lot in self.lots:
            if self.refunds(lot.block):
                lot.refunded += lot.left
            else:
                lot.expired += lot.left
            lot.left = _ZERO

    def refunds(self, block: Purchase) -> bool:
        if not gives_refund(self.book):
            return False
        used = sum((lot.used for lot in self.lots if lot.block == block), _ZERO)
        return not is_return(self.book) or bool(returned_price(self.book, block.rate, block.minutes, used).amount)

    def charge(self) -> None:
        """Charge the overage that no order took over in time; at the list rate, at once."""
        topup = self.book.block.topup_days
        for n, each in enumerate(self.beyond):
            waiting = self.book.block.overage == "block-rate" and (
                within(self.on, each.approved, topup)
                or any(within(b.ordered, each.approved, topup) for b in self.bought[1:])
            )
            if each.state == "pending" and not waiting:
                self.beyond[n] = Beyond(each.day, each.minutes, each.approved, "charged")


def state(book: Book, on: date, known: date | None = None) -> BookState:
    """The state of a book at the end of a day, by the rows booked until `known` (default: all)."""
    return walked(book, used_by_day(book, on, known), on)


def walked(book: Book, used: Mapping[date, Decimal], on: date) -> BookState:
    """The state at the end of a day, from exact minutes deducted by day."""
    bought = purchases(book, on)
    walk = _Walk(book, bought, on)
    for day in _days(walk, used):
        walk.day(day, used.get(day, _ZERO))
    walk.charge()
    blocks = tuple(_block_state(block, walk.lots) for block in bought if block.paid and block.paid <= on)
    unpaid = tuple(block for block in bought if not block.paid or block.paid > on)
    return BookState(
        on=on, blocks=blocks, beyond=tuple(walk.beyond), uncovered=walk.uncovered, path=tuple(walk.path), unpaid=unpaid
    )


def _days(walk: _Walk, used: Iterable[date]) -> list[date]:
    """Every day on which something can happen, and the last."""
    account = walk.account
    days = {*used, walk.on}
    for block in walk.bought:
        days |= {each for each in (block.paid, block.usable, block.last_day + _DAY) if each}
    days |= {
        each
        for each in (account.conversion and account.conversion.first_day, account.early_end and account.early_end.on)
        if each
    }
    return sorted(day for day in days if day <= walk.on)


def _block_state(block: Purchase, lots: list[_Lot]) -> BlockState:
    own = [lot for lot in lots if lot.block == block]

    def sum_of(name: str) -> Decimal:
        return sum((getattr(lot, name) for lot in own), _ZERO)

    return BlockState(
        id=block.id,
        bought=block.minutes,
        used=sum_of("used"),
        left=sum_of("left"),
        expired=sum_of("expired"),
        refunded=sum_of("refunded"),
        credited=sum_of("credited"),
        rate=block.rate,
        first_day=block.first_day,
        until=own[-1].last,
        carried=own[-1].carried,
    )
