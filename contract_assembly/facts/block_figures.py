"""The price of a prepaid block at its own rate and at the list rate, and its last day. Pure."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from contract_assembly.core.values import Money, Percent
from contract_assembly.facts.agreed_lines import in_currency
from contract_assembly.facts.agreement_files import BlockInputs


class BlockFigures(Struct, frozen=True):
    """What follows from a block: hours at the block's rate and at the list rate, and its last day, inclusive."""

    price: Money
    list_rate: Money
    list_value: Money
    saving: Money
    discount: Percent
    last_day: date


def block_price(rate: Money, hours: int) -> Money:
    """The price of a number of hours at a rate, rounded half up once."""
    return (rate * hours).rounded()


def block_figures(inputs: BlockInputs) -> BlockFigures:
    """Work out a block: 20 h at 90 against 100 is 1,800, saves 200, 10 %. Raises ValueError when its role has no rate."""
    block = inputs.agreement.model.block
    rates = [each.rate for each in inputs.rates.model.roles if each.role == block.role]
    list_rate = in_currency(rates[0], block.rate.currency) if rates else None
    if list_rate is None or list_rate.amount <= 0:
        raise ValueError(f"the rate card has no rate of {block.role} in {block.rate.currency}")
    saving = (list_rate.amount - block.rate.amount) * block.hours
    share = ((1 - block.rate.amount / list_rate.amount) * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return BlockFigures(
        price=block_price(block.rate, block.hours),
        list_rate=list_rate,
        list_value=block_price(list_rate, block.hours),
        saving=Money(saving, block.rate.currency).rounded(),
        discount=Percent(share),
        last_day=block.ends,
    )
