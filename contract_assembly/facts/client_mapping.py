"""How a list of clients and their contracts is read: the model of such a mapping, and amounts as other programs write
them. Reads nothing."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from pydantic import Field

from contract_assembly.core.problems import Problem
from contract_assembly.core.text import joined, shown
from contract_assembly.facts.export_cells import ISO, open_form
from contract_assembly.facts.export_mapping import ExportMapping, HeadsFact
from contract_assembly.facts.fields import Located, Model, TextFact

ALWAYS = ("company", "place", "first_day", "last_day")
OF_CONTRACT = ("renewal", "notice", "price")
OF_HOURS = ("hours", "hours_left", "left_on", "rate")
_SIGNS = re.compile(r"^(?:[A-Z]{3}|[A-Z]{0,3}[$£€])\s*|\s*(?:[A-Z]{3}|[$£€])$")
_CURRENCIES = {"$": ("USD", "CAD", "AUD", "NZD"), "£": ("GBP",), "€": ("EUR",), "US$": ("USD",), "C$": ("CAD",), "CA$": ("CAD",),
               "A$": ("AUD",), "AU$": ("AUD",)}  # fmt: skip
_WITH = {"point": re.compile(r"\d+|\d{1,3}(?:[, ’']\d{3})+"), "comma": re.compile(r"\d+|\d{1,3}(?:[. ’']\d{3})+")}


class ClientColumns(Model):
    """The heads of the columns that are read: who the client is, its contact, and its contract as it runs.

    `price` is the fee a month without tax. `contract` is the name or number of the contract on its own paper, `plan` the
    plan that its renewal is to be offered under, and `file` the signed PDF, as a path from the folder of the table.
    `renewal_length` is how long it renews for, and `due` the time for payment.

    A row with `hours` is a block of prepaid hours: how many were bought, how many of them were left at the end of the day
    `left_on`, and the price of one."""

    company: HeadsFact
    short: HeadsFact | None = None
    place: HeadsFact | None = None
    form: HeadsFact | None = None
    registration: HeadsFact | None = None
    tax_id: HeadsFact | None = None
    street: HeadsFact | None = None
    city: HeadsFact | None = None
    region: HeadsFact | None = None
    postcode: HeadsFact | None = None
    person: HeadsFact | None = None
    role: HeadsFact | None = None
    email: HeadsFact | None = None
    phone: HeadsFact | None = None
    contract: HeadsFact | None = None
    first_day: HeadsFact
    last_day: HeadsFact
    signed_on: HeadsFact | None = None
    renewal: HeadsFact | None = None
    renewal_length: HeadsFact | None = None
    notice: HeadsFact | None = None
    billing: HeadsFact | None = None
    due: HeadsFact | None = None
    price: HeadsFact | None = None
    users: HeadsFact | None = None
    workstations: HeadsFact | None = None
    servers: HeadsFact | None = None
    plan: HeadsFact | None = None
    hours: HeadsFact | None = None
    hours_left: HeadsFact | None = None
    left_on: HeadsFact | None = None
    rate: HeadsFact | None = None
    file: HeadsFact | None = None


class ClientMapping(ExportMapping):
    """From columns and words of a table to clients and their contracts. `dates` are forms as in Python's strptime, or
    `iso`; `decimal` is the mark before the cents. `values` holds what is the same for every row, in place of a column.
    `renewals` and `billings` say what the table's words mean."""

    kind: Literal["clients"]
    dates: tuple[TextFact, ...] = (ISO,)
    decimal: Literal["point", "comma"] = "point"
    columns: ClientColumns
    values: dict[str, TextFact] = Field(default={})
    renewals: dict[str, Literal["automatic", "by-agreement"]] = Field(default={})
    billings: dict[str, Literal["monthly", "quarterly", "yearly"]] = Field(default={})

    def heads(self) -> dict[str, tuple[str, ...]]:
        """The columns that are read, by what each is for."""
        named = {name: tuple(heads) for name, heads in self.columns.model_dump().items() if heads is not None}
        return named | super().heads()

    def optional(self) -> frozenset[str]:
        """Those that a table may lack: all but the ones that every contract needs."""
        return frozenset(ClientColumns.model_fields) - frozenset(ALWAYS)


def problems(mapping: Located[ClientMapping]) -> Iterator[Problem]:
    """Forms that leave something open, and values that no column has, or that a column has, too."""
    model, hint = mapping.model, "see docs/importing.md for the keys of a mapping"
    for n, form in enumerate(model.dates):
        for what in open_form(form, day_only=True):
            yield Problem("mapping", what, mapping.at(f"dates.{n}"), hint)
    named = set(model.heads())
    for name in model.values:
        if name not in ClientColumns.model_fields or name in named:
            what = "is in columns, too" if name in named else "is not known here"
            yield Problem("mapping", f"values: {name} {what}", mapping.at(f"values.{name}"), hint)
    given, blocks = named | set(model.values), set(OF_HOURS) <= named
    for name in ALWAYS if blocks and "price" not in named else (*ALWAYS, *OF_CONTRACT):
        if name not in given:
            yield Problem("mapping", f"{name} has neither a column nor a value", mapping.at("columns"), hint)
    if not blocks and (some := named & set(OF_HOURS)):
        what = f"prepaid hours need columns for {joined(OF_HOURS)}; here only {joined(sorted(some))}"
        yield Problem("mapping", what, mapping.at("columns"), hint)


def is_of_currency(text: str, currency: str) -> bool:
    """Whether the sign or the code in an amount, if there is one, may be that of a currency."""
    found = _SIGNS.search(text.strip())
    sign = found[0].strip() if found else ""
    return not sign or currency in _CURRENCIES.get(sign, (sign,))


def amount(text: str, decimal: Literal["point", "comma"]) -> Decimal:
    """An amount of money with or without a sign of its currency and marks between thousands: "$1,250.00", "1.250,00 €".

    Raises ValueError with a sentence; "1,250" with a decimal comma is refused, since it may be a thousand."""
    bare = _SIGNS.sub("", _SIGNS.sub("", text.strip()))
    whole, mark, cents = bare.rpartition("." if decimal == "point" else ",")
    whole, cents = (whole, cents) if mark else (bare, "")
    if not _WITH[decimal].fullmatch(whole) or (mark and not re.fullmatch(r"\d\d?", cents)):
        example = "1,250.00" if decimal == "point" else "1.250,00"
        raise ValueError(f"{shown(text)} is not an amount: write it like {example}, above zero and without a formula")
    found = Decimal(f"{re.sub(r'[^0-9]', '', whole)}.{cents or '0'}")
    if not found:
        raise ValueError(f"{shown(text)}: a contract without a fee is not taken over")
    return found
