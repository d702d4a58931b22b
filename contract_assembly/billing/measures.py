"""How the amount of a line is shown to a reader who checks it: as quantity times unit price, or in words. Pure."""

from contract_assembly.billing.charge import Charge


def is_product(charge: Charge) -> bool:
    """Whether quantity times unit price is the amount. It is not for a part of a month, several months, a discount or tiers."""
    quantity, price = charge.quantity, charge.price
    return quantity is not None and price is not None and price.amount * quantity == charge.amount.amount


def explained(charge: Charge) -> str:
    """How an amount was counted that is not a quantity times a unit price; "" where it is, or where nothing was counted."""
    return "" if is_product(charge) or charge.quantity is None else charge.working
