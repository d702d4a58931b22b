"""Support contracts as they run, for tests: the base agreement with facts changed, dated changes, and what was signed later."""

from datetime import date
from decimal import Decimal

from contract_assembly.billing.charges import charges
from contract_assembly.billing.issued import InvoicedRow, Issued, appended, read
from contract_assembly.billing.running import Limits, Running
from contract_assembly.billing.signed_facts import SignedVersion
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import Money
from contract_assembly.facts.changes import Changes
from contract_assembly.facts.fields import Located
from tests.helpers.inputs_base import inputs

FIRST = date(2026, 10, 1)
PATH = "agreements/acme/2026-support/changes.yaml"

# A line with an included quantity, and a price for what is used beyond it.
STORAGE = {
    "id": "storage",
    "name": "Storage",
    "unit": "GB",
    "price": "90.00 USD",
    "included": "500",
    "overage": "0.25 USD",
}


def usd(text) -> Money:
    return Money(Decimal(text), "USD")


def change(on, what, before, to, **more) -> dict:
    """An entry of changes.yaml: asked for on the day itself, by the client's contact, unless it says otherwise."""
    return {
        "on": str(on),
        "what": what,
        "from": str(before),
        "to": str(to),
        "asked": str(on),
        "asked_by": "lena",
        **more,
    }


def removal(on, what, before, to, asked, **more) -> dict:
    return change(on, what, before, to, **{"asked": str(asked), **more})


def changes_file(entries) -> Located[Changes]:
    """The entries as a file, one on each line after the first."""
    model = Changes.model_validate({"changes": list(entries)})
    origins = {f"changes.{n}": Origin(PATH, n + 2) for n in range(len(model.changes))}
    return Located(model, {"": Origin(PATH), **origins})


def running(*entries, last=None, later=(), service=None, signed_on=None, limits=None, **facts) -> Running:
    """A contract with these changes. `later` are signatures after the first: the day, and the facts that it changed."""
    now = inputs(**facts)
    versions = [SignedVersion(now.agreement.model.term.first_day, now)]
    for n, (first, changed) in enumerate(later, 1):
        facts = {**facts, **changed}
        versions.append(SignedVersion(first, inputs(**facts), f"amendment-{n}"))
    return Running(
        client="acme",
        name="2026-support",
        inputs=versions[-1].inputs,
        versions=tuple(versions),
        changes=changes_file(entries),
        last=last,
        signed_on=signed_on,
        service=service,
        limits=limits or Limits(),
    )


def handed_over(found, until) -> tuple[InvoicedRow, ...]:
    """The rows of everything up to a period, handed over on 2 December 2026."""
    given = [("NL-1", each) for each in charges(found, until)]
    path = "agreements/acme/invoiced.csv"
    return read(appended(Issued(path), given, date(2026, 12, 2)), path, "acme").rows
