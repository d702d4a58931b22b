"""A charge: one line of an invoice, with everything that it was counted from. Data only."""

from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from msgspec import Struct

from contract_assembly.core.origin import Origin
from contract_assembly.core.values import DateRange, Money

Sort = Literal["recurring", "setup", "once", "credit", "service-credit", "block", "overage", "refund"]


class Key(NamedTuple):
    """What is charged once: a line of an agreement for a period. `line` is the plan's, or the block's."""

    client: str
    agreement: str
    sort: Sort
    line: str
    first: date
    last: date


class Charge(Struct, frozen=True):
    """One amount to invoice, rounded; below zero if it is credited.

    `days` are those that it covers, within the period of its key. `quantity` x `price` is a month's amount, or the whole of what
    is sold once. `listed` is the day by which it is chosen; its invoice goes out on `invoiced` and is due on `due`. `working` is
    how it was counted."""

    key: Key
    label: str
    days: DateRange
    quantity: Decimal | None
    price: Money | None
    amount: Money
    nature: str | None
    listed: date
    invoiced: date
    due: date
    working: str
    origin: Origin
    correction: bool = False
