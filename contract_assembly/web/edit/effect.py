"""What a change of one day does to the fee, in words and amounts for a page. Pure."""

from typing import Any

from contract_assembly.billing.effect import ChangeEffect


def shown(effect: ChangeEffect) -> dict[str, Any]:
    """The fee before and after, the difference, and what the rest of the billing period costs and when it is invoiced."""
    return {
        "on": f"{effect.on:%A}, {effect.on}",
        "full_from": effect.full_from,
        "before": effect.before,
        "after": effect.after,
        "difference": f"{effect.difference.amount:+,} {effect.difference.currency}"
        if effect.difference.amount
        else "none",
        "rest": [
            (each.days.last, each.amount, each.label, each.working, each.invoiced, each.due) for each in effect.rest
        ],
    }
