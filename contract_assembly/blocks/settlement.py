"""The money for unused hours: refunds (clause block-refund), and the credit to a support contract (clause
block-conversion). Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from contract_assembly.blocks.block_state import BookState
from contract_assembly.blocks.book import HOUR, Book
from contract_assembly.core.values import Money, total

_ZERO = Decimal(0)
# The reasons of an early end, and the refund rules under which unused hours are refunded (clause block-refund).
_REFUNDED: Mapping[str, tuple[str, ...]] = {
    "returned": ("pro-rata",),
    "provider-ended": ("none", "pro-rata", "provider-breach"),
    "unlawful": ("none", "pro-rata", "provider-breach"),
    "provider-stops": ("none", "pro-rata", "provider-breach"),
    "provider-breach": ("pro-rata", "provider-breach"),
    "client-breach": (),
}


def gives_refund(book: Book) -> bool:
    """Whether the agreement refunds unused hours for the reason of its early end."""
    ended = book.account.model.early_end
    return ended is not None and book.block.refund in _REFUNDED[ended.because]


def refund(book: Book, found: BookState) -> Money:
    """The refund for unused hours: the price paid for them; for hours returned without a reason, the Block Price less
    the used hours at the List Rate, Block by Block (clause block-refund; a Block Price is the price of one Block)."""
    back = [each for each in found.blocks if each.refunded]
    if is_return(book):
        return total(
            (returned_price(book, each.rate, each.bought, each.used) for each in back), book.block.rate.currency
        )
    return total((money(each.rate, each.refunded) for each in back), book.block.rate.currency)


def refund_day(book: Book) -> date | None:
    """The day by which a refund must be paid; None before an early end."""
    ended = book.account.model.early_end
    return ended.on + timedelta(days=book.promises.refund) if ended else None


def is_return(book: Book) -> bool:
    """Whether the client returned the hours without a reason, as the agreement allows."""
    ended = book.account.model.early_end
    return ended is not None and ended.because == "returned" and book.block.refund == "pro-rata"


def returned_price(book: Book, rate: Money, bought: Decimal, used: Decimal) -> Money:
    """The price of one Block less its used hours at the List Rate; never below zero."""
    price, listed = money(rate, bought), money(book.figures.list_rate, used)
    return Money(max(price.amount - listed.amount, _ZERO), rate.currency).rounded()


def credit(book: Book, found: BookState, what: Literal["credited", "left"] = "credited") -> Money:
    """The credit for unused hours at the step to a support contract: a share of the price paid for them."""
    worth = total((money(each.rate, getattr(each, what)) for each in found.blocks), book.block.rate.currency)
    share: Money = book.block.conversion_percent.of(worth)
    return share.rounded()


def money(rate: Money, minutes: Decimal) -> Money:
    """Minutes at a rate for an hour, rounded to the currency's minor unit."""
    return Money(rate.amount * minutes / HOUR, rate.currency).rounded()
