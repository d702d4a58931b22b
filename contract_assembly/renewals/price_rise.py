"""A unit price and its rise at a renewal. Pure.

Source: clause "annual-adjustment": the new unit price is the old one plus its rise, rounded half up, but never over the cap."""

from decimal import ROUND_DOWN, Decimal

from contract_assembly.core.values import Money, Percent, decimals


def raised(price: Money, percent: Decimal, cap: Percent) -> Money:
    """A unit price plus its rise, rounded half up to the currency's unit. At the cap it is rounded down, so that it
    never exceeds the cap: 14.99 plus 5 % is 15.73."""
    new = (price * (1 + percent / 100)).rounded()
    return Money(min(new.amount, max(highest(price, cap), price.amount)), price.currency)


def highest(price: Money, cap: Percent) -> Decimal:
    """The highest price that the cap allows."""
    unit = Decimal(1).scaleb(-decimals(price.currency))
    return (price.amount * (1 + cap.value / 100)).quantize(unit, ROUND_DOWN)
