"""How much of what was sold recurs, in percent. Pure."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

_ONCE = ("setup", "once", "block", "overage")
_NONE = Decimal(0)


def recurring_share(billed: Mapping[tuple[str, str], Decimal], currency: str) -> Decimal | None:
    """How much of what was billed recurs, in percent; None where nothing was."""
    recurring = billed.get((currency, "recurring"), _NONE)
    whole = recurring + sum((billed.get((currency, each), _NONE) for each in _ONCE), _NONE)
    return recurring / whole * 100 if whole else None


def tenth(share: Decimal) -> Decimal:
    """One decimal; never 100.0 for what is not all."""
    found = share.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return min(found, Decimal("99.9")) if share < 100 else found
