"""Invoices with value added tax, of the firm's companies to the sample clients: what e-invoices are made from."""

from datetime import date
from decimal import Decimal
from functools import cache

from msgspec.structs import replace

from contract_assembly.billing.charge import Charge, Key
from contract_assembly.billing.invoices import Invoice
from contract_assembly.billing.taxes import TaxPart
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import DateRange, Money, Percent
from contract_assembly.facts.parties import Bank
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import REPOSITORY

JANUARY = DateRange(date(2027, 1, 1), date(2027, 1, 31))
AT = Origin("agreements/acme/2026-support/agreement.yaml", 3)


def gbp(text):
    return Money(Decimal(text), "GBP")


def line(
    amount,
    quantity=None,
    price=None,
    *,
    sort="recurring",
    name="users",
    label="User support",
    nature="support",
    days=JANUARY,
):
    """A charge of January; a part of a month has other `days`."""
    return Charge(
        key=Key("acme", "2026-support", sort, name, days.first, days.last),
        label=label,
        days=days,
        quantity=Decimal(quantity) if quantity else None,
        price=gbp(price) if price else None,
        amount=gbp(amount),
        nature=nature,
        listed=days.first,
        invoiced=date(2026, 12, 2),
        due=date(2027, 1, 1),
        working="as agreed",
        origin=Origin(AT.path, 40),
    )


MONTH = (line("2108.00", "34", "62.00"), line("60.00", "2", "62.00", days=DateRange(date(2027, 1, 17), JANUARY.last)))
CREDIT = line("-87.63", sort="service-credit", name="missed", label="Service Credit", nature=None)
HOURS = line("180.00", "2", "90.00", sort="block", name="first", label="Prepaid hours", nature=None)


def invoice(*lines, number="NL-1-001", client="acme", rate="20"):
    """An invoice with value added tax at this rate."""
    lines = lines or MONTH
    net = Money(sum(each.amount.amount for each in lines), "GBP")
    percent = Percent(Decimal(rate))
    tax = percent.of(net).rounded()
    return Invoice(
        client=client,
        agreement="2026-support",
        id="NL-1",
        short=client.title(),
        status="signed",
        binds=True,
        invoiced=date(2026, 12, 2),
        due=date(2027, 1, 1),
        charges=lines,
        net=net,
        treatment="vat",
        rate=percent,
        tax=tax,
        number=number,
        tax_parts=(TaxPart((), percent, net, tax),),
        origin=AT,
    )


@cache
def _parties(client):
    inputs = Repository(REPOSITORY).inputs(client, "2026-support")
    return inputs.provider.model.party, inputs.client.model.party


def between(found, seller, buyer, locale="en-GB"):
    """An invoice from the company that serves one sample client to another."""
    return replace(found, seller=_parties(seller)[0], buyer=_parties(buyer)[1], locale=locale)


def british(*lines):
    return between(invoice(*lines), "brookfield", "brookfield")


def irish(*lines):
    return between(invoice(*lines, rate="23"), "liffey", "liffey", "en-IE")


def reverse_charged(*lines):
    found = between(invoice(*lines), "brookfield", "liffey")
    nothing = gbp("0.00")
    parts = (TaxPart((), Percent(Decimal(0)), found.net, nothing),)
    return replace(found, treatment="reverse-charge", rate=None, tax=nothing, tax_parts=parts)


def with_bank(found, **more):
    """The invoice of a firm that states its account."""
    return replace(found, bank=Bank(iban="GB29 NWBK 6016 1331 9268 19", **more))


CASES = {
    "british": british(*MONTH, CREDIT, HOURS),
    "irish": irish(),
    "with-bank": with_bank(british(), bic="NWBKGB2L", holder="Northlight Client Account"),
    "credit-note": british(CREDIT),
    "reverse-charge": reverse_charged(),
}
