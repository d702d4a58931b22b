"""Taxes on an invoice as amounts: value added tax at the rate of the provider's country, GST or HST at the rate of the client's
place, neither of them across a border, and sales tax at the rates that the firm sets. Pure.

Each rate is applied once to the sum of its lines, and rounded once."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from msgspec import Struct

from contract_assembly.billing.charge import Charge
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.values import Money, Percent, total
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.tax_rates import TAXES, TaxRates, gst_rate, has_sales_rates, sales_rate, vat_rate

Treatment = Literal["vat", "gst", "reverse-charge", "sales-tax", "added", "none"]
_VAT, _GST = {"uk-vat", "eu-vat"}, {"ca-gst", "au-gst"}


class TaxPart(Struct, frozen=True):
    """The lines of an invoice that bear one rate: the natures of them, their sum, and the tax on it."""

    natures: tuple[str, ...]
    rate: Percent
    base: Money
    amount: Money


class Taxed(Struct, frozen=True):
    """How an invoice is taxed. `rate` is the only rate, if there is one; `tax` is None where the firm's accounting adds it."""

    treatment: Treatment
    rate: Percent | None = None
    tax: Money | None = None
    parts: tuple[TaxPart, ...] = ()


def taxes_of(rates: TaxRates, inputs: AnyInputs[Any], charges: tuple[Charge, ...], net: Money, day: date) -> Taxed:
    """The taxes on these charges, whose sum is `net`, on an invoice of a day. A province that adds a sales tax of its own has no
    rate of GST: accounting adds both, line by line. Raises RefusedError where a rate is not known."""
    regime = inputs.agreement.model.tax.regime
    ours, theirs = (each.model.party.address.country for each in (inputs.provider, inputs.client))
    if regime == "us-sales" and has_sales_rates(rates, inputs.client.model.place, day):
        return _sales_tax(rates, inputs, charges, day)
    if regime in _GST and ours == theirs and (rate := gst_rate(rates, inputs.client.model.place or ours, day)):
        return _at_one_rate("gst", rate, net)
    if regime not in _VAT:
        return Taxed("none" if regime == "none" else "added")
    if ours != theirs:
        nothing = Money(net.amount * 0, net.currency)
        return Taxed("reverse-charge", None, nothing, (TaxPart((), Percent(Decimal(0)), net, nothing),))
    rate = vat_rate(rates, ours, day)
    if rate is None:
        what = f"the rate of value added tax in {ours} on {day} is not known"
        hint = f"add it to {TAXES}: vat: a list with country, rate, first_day and source"
        raise RefusedError([Problem("no-tax-rate", what, inputs.agreement.at("tax"), hint)])
    return _at_one_rate("vat", rate, net)


def _at_one_rate(treatment: Treatment, rate: Percent, net: Money) -> Taxed:
    tax = rate.of(net).rounded()
    return Taxed(treatment, rate, tax, (TaxPart((), rate, net, tax),))


def _sales_tax(rates: TaxRates, inputs: AnyInputs[Any], charges: Iterable[Charge], day: date) -> Taxed:
    place, found, missing = inputs.client.model.place, dict[Decimal, list[Charge]](), dict[str, None]()
    for each in charges:
        rate = sales_rate(rates, place, each.nature, day)
        if rate is None:
            missing[each.nature or "other"] = None
        else:
            found.setdefault(rate.value, []).append(each)
    if missing:
        what = f"the rate of sales tax in {place} on lines of the nature {' and '.join(missing)} on {day} is not known"
        hint = f"add it to {TAXES}: sales: a list with place, natures, rate, first_day and source; 0 % where it is not taxed"
        raise RefusedError([Problem("no-tax-rate", what, inputs.agreement.at("tax"), hint)])
    currency = inputs.agreement.model.currency
    parts = tuple(_part(Percent(rate), found[rate], currency) for rate in sorted(found))
    only = parts[0].rate if len(parts) == 1 else None
    return Taxed("sales-tax", only, total((each.amount for each in parts), currency), parts)


def _part(rate: Percent, charges: list[Charge], currency: str) -> TaxPart:
    base = total((each.amount for each in charges), currency)
    natures = tuple(sorted({each.nature or "other" for each in charges}))
    return TaxPart(natures, rate, base, rate.of(base).rounded())
