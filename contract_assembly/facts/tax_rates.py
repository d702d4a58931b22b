"""Rates of value added tax: the model of `provider/taxes.yaml`. Models only.

Contracts print no rate, for the one in force at the tax point applies (clause taxes-vat). Invoices need it."""

from datetime import date

from contract_assembly.core.values import Percent
from contract_assembly.facts.fields import CountryFact, DateFact, Model, PercentFact, TextFact

TAXES = "provider/taxes.yaml"


class VatRate(Model):
    """The standard rate of a country from a day on; `source` is where it was looked up."""

    country: CountryFact
    rate: PercentFact
    first_day: DateFact
    source: TextFact


class TaxRates(Model):
    """`provider/taxes.yaml`: the rates that the firm's invoices need. A new rate is a further entry."""

    vat: tuple[VatRate, ...] = ()


def vat_rate(rates: TaxRates, country: str, day: date) -> Percent | None:
    """The rate in a country on a day; None where it is not known."""
    found = [each for each in rates.vat if each.country == country and each.first_day <= day]
    return max(found, key=lambda each: each.first_day).rate if found else None
