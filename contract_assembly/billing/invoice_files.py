"""Invoices as files for an accounting program, by a mapping in `provider/exports`. Pure.

What the program would not take is a problem, with the invoice left out; what it takes in several files is split."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct, field

from contract_assembly.billing.charge import Charge
from contract_assembly.billing.invoices import Invoice
from contract_assembly.billing.measures import explained, is_product
from contract_assembly.core.csv_tables import table
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import shown
from contract_assembly.core.values import Money, Percent
from contract_assembly.facts.export_cells import ISO
from contract_assembly.facts.fields import Located
from contract_assembly.facts.invoice_export import INVOICE, ExportColumn, InvoiceExport, problems
from contract_assembly.facts.tax_rates import TAXES

_CREDITS = "-credits"


class Written(Struct):
    """The files of an export, by the ending of their names ("", "-2", "-credits"), and what is wrong, by client."""

    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)


def files_of(invoices: Iterable[Invoice], export: Located[InvoiceExport]) -> Written:
    """The files. A client with an invoice that the program would not take is left out whole. Raises RefusedError where the
    mapping is wrong."""
    if wrong := tuple(problems(export)):
        raise RefusedError(wrong)
    found, rows = Written(), list[tuple[Invoice, list[list[Any]]]]()
    invoices = list(invoices)
    for problem, clients in _shared_names(invoices, export):
        found.problems.append(problem)
        found.refused |= clients
    for invoice in invoices:
        reader = _Rows(export, invoice)
        rows.append((invoice, reader.rows()))
        if reader.problems:
            found.problems += reader.problems
            found.refused.add(invoice.client)
    kept = [(invoice, each) for invoice, each in rows if invoice.client not in found.refused]
    apart = export.model.below_zero == "separate"
    sorts = {"": [each for invoice, each in kept if not (apart and _is_credit(invoice))]}
    sorts |= {_CREDITS: [each for invoice, each in kept if apart and _is_credit(invoice)]}
    head = [each.head for each in export.model.columns]
    for ending, of_sort in sorts.items():
        for number, part in enumerate(_split(of_sort, export.model), 1):
            name = ending if number == 1 else f"{ending}-{number}"
            found.files[name] = table(head, part, mark=export.model.byte_order_mark).encode()
    return found


def _is_credit(invoice: Invoice) -> bool:
    return invoice.net.amount < 0


def _split(invoices: list[list[list[Any]]], model: InvoiceExport) -> Iterator[list[list[Any]]]:
    """The rows of each file: whole invoices, as many as the program takes at a time."""
    part, count = list[list[Any]](), 0
    for rows in invoices:
        too_many = model.most_invoices is not None and count == model.most_invoices
        too_long = model.most_rows is not None and len(part) + len(rows) > model.most_rows
        if part and (too_many or too_long):
            yield part
            part, count = [], 0
        part, count = [*part, *rows], count + 1
    if part:
        yield part


def _shared_names(invoices: Iterable[Invoice], export: Located[InvoiceExport]) -> Iterator[tuple[Problem, set[str]]]:
    """Clients that would become one contact."""
    seen = dict[str, str]()
    for each in invoices:
        name = _contact(each, export.model)
        if seen.setdefault(name, each.client) != each.client:
            what = f"{seen[name]} and {each.client} would both be the contact {shown(name)}"
            hint = "write the exact name that the program has for each under contacts:"
            yield Problem("export-contact", what, export.at("contacts"), hint), {seen[name], each.client}


def _contact(invoice: Invoice, model: InvoiceExport) -> str:
    further = model.contacts.get(f"{invoice.client}/{invoice.bill_to.id}") if invoice.bill_to else None
    return further or model.contacts.get(invoice.client) or (invoice.buyer.name if invoice.buyer else invoice.short)


def tax_key(invoice: Invoice, nature: str | None) -> tuple[str, Percent | None]:
    """How a mapping names the tax on a line, like "vat 20" or "sales-tax 8.25", and its rate."""
    rate = next(
        (each.rate for each in invoice.tax_parts if not each.natures or (nature or "other") in each.natures), None
    )
    if invoice.treatment in {"vat", "gst", "sales-tax"} and rate is not None:
        return f"{invoice.treatment} {rate.value.normalize():f}", rate
    return invoice.treatment, rate if invoice.treatment == "reverse-charge" else None


class _Rows:
    """Writes the rows of one invoice, and notes what the program would not take."""

    def __init__(self, export: Located[InvoiceExport], invoice: Invoice) -> None:
        self.export, self.model, self.invoice = export, export.model, invoice
        self.problems: list[Problem] = []
        turned = self.model.below_zero in {"turn", "separate"} and _is_credit(invoice)
        self.sign = -1 if turned else 1

    def rows(self) -> list[list[Any]]:
        """A row for each charge."""
        model, invoice = self.model, self.invoice
        for each in invoice.charges:
            if model.below_zero == "refuse" and each.amount.amount < 0:
                what = f"{each.label}: {model.name} does not import amounts below zero ({each.amount.amount})"
                hint = "enter this invoice by hand: hand it over with --client and another export, such as plain"
                self.problem("export-below-zero", what, hint, each.origin)
        if model.most_rows is not None and len(invoice.charges) > model.most_rows:
            what = (
                f"{invoice.number} has {len(invoice.charges)} lines; {model.name} accepts {model.most_rows} in a file"
            )
            self.problem("export-too-long", what, "invoice a shorter time at once: --from and --to", invoice.origin)
        return [[self._cell(column, n, each) for column in model.columns] for n, each in enumerate(invoice.charges)]

    def problem(self, rule: str, what: str, hint: str, origin: Origin | None) -> None:
        """Note what the program would not take, once."""
        found = Problem(rule, what, origin, hint)
        if found not in self.problems:
            self.problems.append(found)

    def _cell(self, column: ExportColumn, n: int, charge: Charge) -> Any:
        if n and self.model.repeat == "first-row" and (column.field in INVOICE or column.value):
            return None
        cell = _FIELDS[column.field](self, charge) if column.field else column.value
        empty, at = cell in {None, ""}, self.invoice.origin
        if column.needed and empty:
            what = f"{self.invoice.number}: {column.head} is empty, and {self.model.name} needs it"
            self.problem("export-empty", what, _NEEDED.get(str(column.field), "see the export's columns"), at)
        if column.longest is not None and isinstance(cell, str) and len(cell) > column.longest:
            what = f"{self.invoice.number}: {column.head} has {len(cell)} characters; {self.model.name} accepts {column.longest}"
            hint = (
                "write a shorter name under contacts: in the export"
                if column.field == "contact"
                else "shorten the fact"
            )
            self.problem("export-too-long", what, hint, at)
        return cell

    def account_of(self, codes: Mapping[str, str], charge: Charge) -> str | None:
        """The code of a line or, where it has none, of its kind of charge."""
        line, _, _ = charge.key.line.partition(".")
        return codes.get(charge.key.line) or codes.get(line) or codes.get(charge.key.sort)

    def document(self) -> str:
        """The program's word for an invoice or a credit note."""
        kind = "credit-note" if self.sign < 0 else "invoice"
        return self.model.documents.get(kind, kind)  # type: ignore[call-overload,no-any-return]

    def bill_to(self) -> str | None:
        """The further address of the client that the invoice goes to, on one line."""
        to = self.invoice.bill_to
        return ", ".join(filter(None, (to.name, to.attention, to.address))) if to else None

    def description(self, charge: Charge) -> str:
        """The label, the days that are charged and, where quantity and price do not show it, how they were counted."""
        first, last = self.day(charge.days.first), self.day(charge.days.last)
        days = first if first == last else f"{first} to {last}"
        words = explained(charge)
        return f"{charge.label}, {days}{f': {words}' if words else ''}"

    def tax_name(self, charge: Charge) -> str | None:
        """The program's name of the tax on a line; ours where the mapping names none."""
        key, _ = tax_key(self.invoice, charge.nature)
        if self.model.taxes and key not in self.model.taxes:
            hint = f"add it with the exact name that the program has: taxes: {{{key}: …}}; rates are in {TAXES}"
            self.problem("export-tax", f"the export has no name for the tax {key}", hint, self.export.at("taxes"))
        return self.model.taxes.get(key) if self.model.taxes else key

    def tax_rate(self, charge: Charge) -> Decimal | None:
        """The rate of the tax on a line, if it is counted."""
        _, rate = tax_key(self.invoice, charge.nature)
        return rate.value if rate else None

    def day(self, day: date) -> str:
        """A day in the program's form."""
        return day.isoformat() if self.model.dates == ISO else day.strftime(self.model.dates)

    def signed(self, money: Money) -> Decimal:
        """An amount, with its sign turned on a credit note."""
        return money.amount * self.sign

    def measured(self, charge: Charge) -> tuple[Decimal, Decimal]:
        """Quantity and unit price whose product is the amount; one and the amount where a part of a month is charged."""
        quantity, price = charge.quantity, charge.price
        if is_product(charge) and quantity is not None and price is not None and quantity > 0:
            return quantity, price.amount
        return Decimal(1), charge.amount.amount


_FIELDS: Mapping[str, Callable[[_Rows, Charge], Any]] = {
    "number": lambda rows, _: rows.invoice.number,
    "contact": lambda rows, _: _contact(rows.invoice, rows.model),
    "contract": lambda rows, _: rows.invoice.id,
    "purchase_order": lambda rows, _: rows.invoice.purchase_order,
    "reference": lambda rows, _: rows.invoice.purchase_order or rows.invoice.id,
    "bill_to": lambda rows, _: rows.bill_to(),
    "client": lambda rows, _: rows.invoice.client,
    "agreement": lambda rows, _: rows.invoice.agreement,
    "invoiced": lambda rows, _: rows.day(rows.invoice.invoiced),
    "due": lambda rows, _: rows.day(rows.invoice.due),
    "currency": lambda rows, _: rows.invoice.net.currency,
    "document": lambda rows, _: rows.document(),
    "net": lambda rows, _: rows.signed(rows.invoice.net),
    "tax": lambda rows, _: rows.signed(rows.invoice.tax) if rows.invoice.tax else None,
    "total": lambda rows, _: rows.signed(rows.invoice.total),
    "description": lambda rows, charge: rows.description(charge),
    "first_day": lambda rows, charge: rows.day(charge.days.first),
    "last_day": lambda rows, charge: rows.day(charge.days.last),
    "kind": lambda _, charge: charge.key.sort,
    "line": lambda _, charge: charge.key.line,
    "quantity": lambda rows, charge: rows.measured(charge)[0],
    "unit_price": lambda rows, charge: rows.measured(charge)[1] * rows.sign,
    "amount": lambda rows, charge: rows.signed(charge.amount),
    "account": lambda rows, charge: rows.account_of(rows.model.accounts, charge),
    "item": lambda rows, charge: rows.account_of(rows.model.items, charge),
    "tax_name": lambda rows, charge: rows.tax_name(charge),
    "tax_rate": lambda rows, charge: rows.tax_rate(charge),
    "nature": lambda _, charge: charge.nature,
    "working": lambda _, charge: charge.working,
}
_NEEDED = {
    "account": "add the kind of charge to accounts: in the export",
    "item": "add the kind of charge to items: in the export",
    "number": "hand over with --issue: numbers are given then",
    "contact": "write the name under contacts: in the export",
}
