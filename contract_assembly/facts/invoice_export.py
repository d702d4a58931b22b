"""How invoices are written for an accounting program: the model of a file in `provider/exports`, and its own rules. Reads
nothing."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from contract_assembly.core.problems import Problem
from contract_assembly.core.text import shown
from contract_assembly.facts.export_cells import open_form
from contract_assembly.facts.fields import Located, Model, TextFact, TruthFact, WholeFact

# What a column may hold. Those of INVOICE are the same in every row of an invoice.
InvoiceField = Literal[
    "number", "contact", "contract", "purchase_order", "reference", "bill_to", "client", "agreement", "invoiced", "due",
    "currency", "document", "net", "tax", "total",
]  # fmt: skip
LineField = Literal[
    "description", "first_day", "last_day", "kind", "line", "quantity", "unit_price", "amount", "account", "item", "tax_name",
    "tax_rate", "nature", "working",
]  # fmt: skip
INVOICE: tuple[str, ...] = InvoiceField.__args__  # type: ignore[attr-defined]


class ExportColumn(Model):
    """One column: its head, and what it holds: a `field`, the same `value` in every row, or nothing. A cell that is `needed` must
    not be empty; `longest` is how many characters the program takes."""

    head: TextFact
    field: InvoiceField | LineField | None = None
    value: TextFact | None = None
    needed: TruthFact = False
    longest: WholeFact | None = None

    @model_validator(mode="after")
    def _holds_one_thing(self) -> Self:
        if self.field and self.value:
            raise ValueError("write a field or a value, not both")
        return self


class InvoiceExport(Model):
    """From invoices to the rows of an accounting program, and what that program takes.

    `dates` is the form of days, as in Python's strptime, or `iso`. `accounts` and `items` give the account code and the product
    of each kind of charge, or of single lines of plans; `taxes` the program's name of each tax: `vat 20`, `gst 10`,
    `reverse-charge`, `sales-tax 8.25`, `added`, `none`; `documents` its words for an invoice and for a credit note. `contacts`
    are the exact names of clients, by folder, or by folder and further address, like `acme/plant`; otherwise it is the
    registered name. A `reference` is the purchase order or, without one, the contract.

    `most_invoices` and `most_rows` are what a file may hold: more are split over several. `below_zero` says what becomes of
    amounts below zero: `keep` them; write invoices whose total is below zero as credit notes with their signs turned, into the
    same file (`turn`) or into one of their own (`separate`); or `refuse` them. `repeat` writes what belongs to the whole invoice
    in every row, or in its first row only."""

    name: TextFact
    dates: TextFact = "iso"
    columns: tuple[ExportColumn, ...]
    accounts: dict[str, TextFact] = Field(default={})
    items: dict[str, TextFact] = Field(default={})
    taxes: dict[str, TextFact] = Field(default={})
    documents: dict[Literal["invoice", "credit-note"], TextFact] = Field(default={})
    contacts: dict[str, TextFact] = Field(default={})
    most_invoices: WholeFact | None = None
    most_rows: WholeFact | None = None
    below_zero: Literal["keep", "turn", "separate", "refuse"] = "keep"
    repeat: Literal["every-row", "first-row"] = "every-row"
    byte_order_mark: TruthFact = False


def problems(export: Located[InvoiceExport]) -> Iterator[Problem]:
    """A form of days that leaves something open, heads that are there twice, and limits that let nothing through."""
    model, hint = export.model, "see docs/billing-exports.md for the keys of an export"
    for what in open_form(model.dates, day_only=True):
        yield Problem("mapping", what, export.at("dates"), hint)
    heads = [each.head for each in model.columns]
    for n, head in enumerate(heads):
        if head in heads[:n]:
            yield Problem("mapping", f"{shown(head)} is the heading of two columns", export.at(f"columns.{n}"), hint)
    for name in ("most_invoices", "most_rows"):
        if getattr(model, name) == 0:
            yield Problem("mapping", f"{name}: a file must hold something", export.at(name), hint)
    if not model.columns:
        yield Problem("mapping", "there are no columns", export.at("columns"), hint)
