"""What a number of units costs by a price list of tiers, and how a price step changes that list. Pure.

Volume and graduated pricing are the usual terms for the two ways of reading tiers: all units at the price of the tier that their
number reaches, or each unit at the price of the tier that it lies in."""

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from contract_assembly.core.values import Money
from contract_assembly.facts.fee_terms import PriceStep, Pricing, Tier


class Row(Struct, frozen=True):
    """A part of a line that has one price: its mark after the line's id, and the units that it counts, in words."""

    mark: str
    words: str
    quantity: int
    price: Money


def rows(pricing: Pricing, tiers: tuple[Tier, ...], quantity: int) -> tuple[Row, ...]:
    """What a number of units costs, row by row. The rows of each tier keep their marks when the number changes."""
    return tuple(_PRICINGS[pricing](tiers, quantity))


def _one_price(tiers: tuple[Tier, ...], quantity: int) -> Iterator[Row]:
    if tiers[0].price:
        yield Row("", "", quantity, tiers[0].price)


def _volume(tiers: tuple[Tier, ...], quantity: int) -> Iterator[Row]:
    """All units at the price of the tier that their number reaches, and its flat amount."""
    first, tier = next(each for each in bounds(tiers) if each[1].up_to is None or quantity <= each[1].up_to)
    if tier.price:
        yield Row("", "", quantity, tier.price)
    if tier.flat:
        yield Row(".flat", range_words(first, tier), 1, tier.flat)


def _graduated(tiers: tuple[Tier, ...], quantity: int) -> Iterator[Row]:
    """The units of each tier at its own price, and the flat amount of each tier that is reached."""
    for n, (first, tier) in enumerate(bounds(tiers), 1):
        if quantity < first:
            return
        within = min(quantity, tier.up_to if tier.up_to is not None else quantity) - first + 1
        if tier.price:
            yield Row(f".{n}", range_words(first, tier), within, tier.price)
        if tier.flat:
            yield Row(f".{n}.flat", range_words(first, tier), 1, tier.flat)


_PRICINGS: Mapping[Pricing, Callable[[tuple[Tier, ...], int], Iterator[Row]]] = {
    "unit": _one_price,
    "volume": _volume,
    "graduated": _graduated,
}


def bounds(tiers: tuple[Tier, ...]) -> Iterator[tuple[int, Tier]]:
    """Each tier with the first number that lies in it."""
    first = 1
    for each in tiers:
        yield first, each
        first = (each.up_to or 0) + 1


def range_words(first: int, tier: Tier) -> str:
    """The numbers of a tier: "1 to 10", "11 and more"."""
    return f"{first} and more" if tier.up_to is None else f"{first} to {tier.up_to}"


def stepped(tier: Tier, step: PriceStep) -> Tier:
    """A tier after a step. A step by the index whose figure is not known yet changes nothing."""
    return Tier(
        up_to=tier.up_to,
        price=_stepped(tier.price, step) if tier.price else None,
        flat=_stepped(tier.flat, step) if tier.flat else None,
    )


def _stepped(price: Money, step: PriceStep) -> Money:
    found: Money = price
    if step.price:
        found = step.price
    elif step.amount:
        found = price + step.amount
    elif step.percent:
        found = (price * (1 + step.percent.value / 100)).rounded()
    return found
