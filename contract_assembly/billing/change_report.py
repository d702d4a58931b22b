"""A change and its effect as text for a terminal, and as data for JSON. Pure; `cli` prints them."""

from typing import Any

from contract_assembly.billing.already_invoiced import InvoicedDifference
from contract_assembly.billing.change_checks import named, value_text
from contract_assembly.billing.new_change import ProposedChange
from contract_assembly.core.values import Money


def as_text(found: ProposedChange, folder: str) -> str:
    """What changes, the fee before and after, the rest of the billing period, and what a request may still do."""
    effect, limits = found.effect, found.running.limits
    lines = [f"{folder} from {effect.on:%A} {effect.on}"]
    if not effect.moved:
        lines.append(f"  {'taken back':18}nothing changes on this day any more")
    lines += [
        f"  {named(each.change):18}{value_text(each.before)} to {value_text(each.after)}" for each in effect.moved
    ]
    change = f"{effect.difference.amount:+,}"
    lines.append(f"  {'monthly fee':18}{_money(effect.before)} to {_money(effect.after)} ({change})")
    for each in effect.rest:
        lines.append(
            f"  {'until ' + str(each.days.last):18}{each.amount.amount:,} {each.amount.currency}: {each.label}"
        )
        lines.append(f"  {'':18}{each.working}; invoice {each.invoiced}, due {each.due}")
    if found.invoiced:
        lines.append(f"  {'already invoiced':18}{_invoiced(found.invoiced)}")
    elif effect.moved and not effect.rest:
        lines.append(f"  {'invoice':18}in full with the billing period that begins on {effect.on}")
    for what, fewest in found.fewest:
        lines.append(f"  {'by request':18}{what} down to {fewest}: the fee stays at {_money(found.floor)} or above")
    notice = f"{limits.removal.count} {limits.removal.unit}s"
    lines.append(f"  {'':18}a removal asked for on the same day begins on {found.removal} ({notice})")
    return "\n".join(lines)


def _invoiced(found: InvoicedDifference) -> str:
    """What becomes of the difference for periods that were invoiced before the change."""
    days, amount = found.days, Money(abs(found.amount.amount), found.amount.currency)
    way = "an invoice for the difference" if found.amount.amount > 0 else "deducted from the next invoice"
    return f"{days.first} to {days.last}: {way}, {_money(amount)}"


def _money(money: Money) -> str:
    return f"{money.amount:,} {money.currency}"


def as_data(found: ProposedChange) -> dict[str, Any]:
    """A change for JSON; amounts are exact texts."""
    effect = found.effect
    return {
        "on": effect.on.isoformat(),
        "changes": [
            {
                "what": each.change.what,
                "name": each.change.name,
                "from": value_text(each.before),
                "to": value_text(each.after),
            }
            for each in effect.moved
        ],
        "new_entries": len(found.entries),
        "monthly": {"before": f"{effect.before.amount:f}", "after": f"{effect.after.amount:f}"},
        "currency": effect.after.currency,
        "rest": [
            {
                "line": each.key.line,
                "label": each.label,
                "first": each.days.first.isoformat(),
                "last": each.days.last.isoformat(),
                "amount": f"{each.amount.amount:f}",
                "working": each.working,
                "invoiced": each.invoiced.isoformat(),
                "due": each.due.isoformat(),
            }
            for each in effect.rest
        ],
        "already_invoiced": _earlier(found.invoiced),
        "floor": f"{found.floor.amount:f}",
        "fewest_by_request": dict(found.fewest),
        "removal_from": found.removal.isoformat(),
    }


def _earlier(found: InvoicedDifference | None) -> dict[str, str] | None:
    """The days that were invoiced before the change, and what it adds to them; below zero if it is deducted."""
    if found is None:
        return None
    days = found.days
    return {"first": str(days.first), "last": str(days.last), "amount": f"{found.amount.amount:f}"}
