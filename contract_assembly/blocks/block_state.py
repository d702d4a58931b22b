"""The state of a book at the end of a day: hours by Block, hours beyond the last one, and the balance over time. Data
only."""

from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from contract_assembly.blocks.book import Purchase
from contract_assembly.core.values import Money

_ZERO = Decimal(0)


class BlockState(Struct, frozen=True):
    """The minutes of one Block: bought = used + left + expired + refunded + credited. Minutes that carried over stay
    with the Block that sold them, because its price counts; `until` is the last day of those left."""

    id: str
    bought: Decimal
    used: Decimal
    left: Decimal
    expired: Decimal
    refunded: Decimal
    credited: Decimal
    rate: Money
    first_day: date
    until: date
    carried: bool


class Beyond(Struct, frozen=True):
    """Minutes after the last one, by an approval: still pending, deducted from a Block ordered in time, or charged at
    the List Rate."""

    day: date
    minutes: Decimal
    approved: date
    state: Literal["pending", "deducted", "charged"]
    block: str | None = None


class BookState(Struct, frozen=True):
    """The state of a book at the end of a day. `path` has the balance at the end of each day with a change."""

    on: date
    blocks: tuple[BlockState, ...]
    beyond: tuple[Beyond, ...]
    uncovered: Decimal
    path: tuple[tuple[date, Decimal], ...]
    unpaid: tuple[Purchase, ...]

    @property
    def balance(self) -> Decimal:
        """Minutes that are paid for and neither deducted nor expired."""
        return self.sum("left")

    def sum(self, what: str) -> Decimal:
        """A kind of minutes over all Blocks."""
        return sum((getattr(each, what) for each in self.blocks), _ZERO)

    @property
    def expiry(self) -> date | None:
        """The day on which the next of the hours left expire."""
        return min((each.until for each in self.blocks if each.left), default=None)
