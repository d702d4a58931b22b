"""Invoices as text for a terminal, as JSON, and as rows for a spreadsheet. Pure; `cli` prints them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contract_assembly.billing.charge import Charge
from contract_assembly.billing.invoices import Invoice
from contract_assembly.billing.listing import InvoiceSum
from contract_assembly.core.csv_tables import lines, table
from contract_assembly.core.report import to_json
from contract_assembly.core.text import cut, with_count
from contract_assembly.core.values import Money

WIDTH = 100
HEAD = (
    "client", "agreement", "contract", "status", "number", "invoiced", "due", "kind", "line", "label", "period_first",
    "period_last", "first_day", "last_day", "quantity", "unit_price", "amount", "currency", "nature", "tax_treatment",
    "tax_rate", "working", "purchase_order", "bill_to",
)  # fmt: skip
ADDRESS = ("id", "name", "attention", "email", "address")
_TREATMENTS = {"reverse-charge": "VAT: reverse charge", "added": "plus tax where it is due", "none": ""}


def as_text(each: Invoice) -> str:
    """An invoice as a paragraph: its days, its lines with their working, its taxes."""
    status = "" if each.binds else f" [{each.status}, not signed]"
    number = f" {each.number}" if each.number else ""
    head = f"{each.short} ({each.client}/{each.agreement}){number}: invoice {each.invoiced}, due {each.due}{status}"
    rows = [f"  {text}" for text in _heading(each)]
    rows += [text for charge in each.charges for text in _charge(charge)]
    if each.treatment == "sales-tax":
        rows.append(_row("  Net", each.net))
        rows += [
            _row(f"  Sales tax {part.rate.value} % on {part.base.amount:,} ({', '.join(part.natures)})", part.amount)
            for part in each.tax_parts
            if part.rate.value
        ]
    elif each.tax and each.rate:
        rows += [_row("  Net", each.net), _row(f"  {each.tax_name} {each.rate.value} %", each.tax)]
    elif words := _TREATMENTS.get(each.treatment, ""):
        rows.append(f"  {words}")
    return "\n".join([head, *rows, _row("  Total", each.total, each.total.currency)])


def _heading(each: Invoice) -> Iterator[str]:
    """What an invoice must show beyond its lines: the address that is not the client's own, and the purchase order."""
    if to := each.bill_to:
        attention = f", {to.attention}" if to.attention else ""
        yield f"to {to.name}{attention}, {to.address}{f', {to.email}' if to.email else ''}"
    if each.purchase_order:
        yield f"purchase order {each.purchase_order}"


def _charge(each: Charge) -> Iterator[str]:
    days = f"{each.days.first} to {each.days.last}" if each.days.first != each.days.last else str(each.days.first)
    yield _row(f"  {days:24}  {each.label}", each.amount)
    yield f"  {'':24}    {each.working}"


def _row(text: str, amount: Money, after: str = "") -> str:
    shown = f"{amount.amount:,.{max(0, -int(amount.amount.as_tuple().exponent))}f}"
    room = WIDTH - len(shown) - 6
    return f"{cut(text, room):{room}}  {shown}{f' {after}' if after else ''}"


def _money(money: Money) -> str:
    return f"{money.amount:,.{max(0, -int(money.amount.as_tuple().exponent))}f} {money.currency}"


def in_all(sums: Mapping[str, InvoiceSum]) -> str:
    """What all invoices come to, by currency."""
    rows = []
    for currency, (count, net, whole) in sorted(sums.items()):
        words = with_count(count, "invoice")
        rows.append(f"{currency}: {words}, {_money(net)} net, {_money(whole)} in all")
    return "\n".join(rows) or "nothing to invoice"


def as_rows(each: Invoice) -> str:
    """An invoice as rows of the table, one for each charge."""
    return lines(_cells(each, charge) for charge in each.charges)


def as_table(rows: Iterable[str]) -> str:
    """The rows of all invoices below their head."""
    return table(HEAD, ()) + "".join(rows)


def _cells(each: Invoice, charge: Charge) -> tuple[Any, ...]:
    return (
        each.client, each.agreement, each.id, each.status, each.number, each.invoiced, each.due, charge.key.sort, charge.key.line,
        charge.label, charge.key.first, charge.key.last, charge.days.first, charge.days.last, charge.quantity,
        charge.price.amount if charge.price else None, charge.amount.amount, charge.amount.currency, charge.nature,
        each.treatment, each.rate.value if each.rate else None, charge.working,
        each.purchase_order, each.bill_to.id if each.bill_to else "",
    )  # fmt: skip


def as_json(each: Invoice) -> str:
    """An invoice as JSON; amounts are exact texts."""
    return to_json(_as_data(each))


def _as_data(each: Invoice) -> dict[str, Any]:
    return {
        "client": each.client,
        "agreement": each.agreement,
        "contract": each.id,
        "status": each.status,
        "binds": each.binds,
        "number": each.number or None,
        "invoiced": each.invoiced.isoformat(),
        "due": each.due.isoformat(),
        "currency": each.net.currency,
        "purchase_order": each.purchase_order or None,
        "bill_to": {name: getattr(each.bill_to, name) for name in ADDRESS} if each.bill_to else None,
        "lines": [_line(charge) for charge in each.charges],
        "net": f"{each.net.amount:f}",
        "tax_treatment": each.treatment,
        "tax_rate": f"{each.rate.value:f}" if each.rate else None,
        "tax": f"{each.tax.amount:f}" if each.tax else None,
        "tax_parts": [
            {
                "natures": list(part.natures),
                "rate": f"{part.rate.value:f}",
                "base": f"{part.base.amount:f}",
                "amount": f"{part.amount.amount:f}",
            }
            for part in each.tax_parts
        ],
        "total": f"{each.total.amount:f}",
    }


def _line(each: Charge) -> dict[str, Any]:
    return {
        "kind": each.key.sort,
        "line": each.key.line,
        "label": each.label,
        "period": {"first": each.key.first.isoformat(), "last": each.key.last.isoformat()},
        "days": {"first": each.days.first.isoformat(), "last": each.days.last.isoformat()},
        "quantity": f"{each.quantity:f}" if each.quantity is not None else None,
        "unit_price": f"{each.price.amount:f}" if each.price else None,
        "amount": f"{each.amount.amount:f}",
        "nature": each.nature,
        "correction": each.correction,
        "working": each.working,
        "source": str(each.origin),
    }
