"""Rates of taxes: the model of `provider/taxes.yaml`. Models only.

Contracts print no rate, because the one in force at the tax point applies (clause taxes-vat). Invoices need it."""

from datetime import date
from typing import Literal

from contract_assembly.core.values import Percent
from contract_assembly.facts.fields import CountryFact, DateFact, Model, PercentFact, PlaceFact, TextFact
from contract_assembly.facts.law import Nature

TAXES = "provider/taxes.yaml"


class VatRate(Model):
    """The standard rate of a country from a day on; `source` is where it was looked up."""

    country: CountryFact
    rate: PercentFact
    first_day: DateFact
    source: TextFact


class SalesRate(Model):
    """What the firm charges as sales tax at a place, such as US-TX, on lines of these natures, from a day on: state and local
    rates together. `other` are lines without a nature: setup fees, prepaid hours, credits and refunds. What is not taxed has the
    rate 0 %."""

    place: PlaceFact
    natures: tuple[Literal[Nature, "other"], ...]
    rate: PercentFact
    first_day: DateFact
    source: TextFact


class TaxRates(Model):
    """`provider/taxes.yaml`: the rates that the firm's invoices need. A new rate is a further entry. At a place without an entry
    in `sales`, the firm's accounting adds the tax."""

    vat: tuple[VatRate, ...] = ()
    sales: tuple[SalesRate, ...] = ()


def vat_rate(rates: TaxRates, country: str, day: date) -> Percent | None:
    """The rate in a country on a day; None where it is not known."""
    found = [each for each in rates.vat if each.country == country and each.first_day <= day]
    return max(found, key=lambda each: each.first_day).rate if found else None


def has_sales_rates(rates: TaxRates, place: str, day: date) -> bool:
    """Whether the firm sets rates of sales tax at a place on a day."""
    return any(each.place == place and each.first_day <= day for each in rates.sales)


def sales_rate(rates: TaxRates, place: str, nature: str | None, day: date) -> Percent | None:
    """The rate of sales tax on a line of this nature at a place on a day; None where the firm sets none."""
    found = [
        each
        for each in rates.sales
        if each.place == place and (nature or "other") in each.natures and each.first_day <= day
    ]
    return max(found, key=lambda each: each.first_day).rate if found else None
