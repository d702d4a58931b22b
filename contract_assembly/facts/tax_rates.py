"""Rates of value added tax, GST, HST and sales tax: the model of `provider/taxes.yaml`. Models only.

Contracts print no rate, because the one in force at the tax point applies (clause taxes-vat). Invoices need it."""

from collections.abc import Iterable
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


class GstRate(Model):
    """The rate of GST or HST in a client's place ("CA-ON"), or in a whole country ("AU"), from a day on."""

    place: PlaceFact
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
    gst: tuple[GstRate, ...] = ()
    sales: tuple[SalesRate, ...] = ()


def vat_rate(rates: TaxRates, country: str, day: date) -> Percent | None:
    """The rate in a country on a day; None where it is not known."""
    return _latest((each for each in rates.vat if each.country == country), day)


def gst_rate(rates: TaxRates, place: str, day: date) -> Percent | None:
    """The rate in a client's place on a day, else that of its country; None where neither is known, as in a province that adds
    a sales tax of its own."""
    of_place, of_country = (
        _latest((each for each in rates.gst if each.place == code), day) for code in (place, place.partition("-")[0])
    )
    return of_place or of_country


def _latest(rates: Iterable[VatRate | GstRate | SalesRate], day: date) -> Percent | None:
    found = [each for each in rates if each.first_day <= day]
    return max(found, key=lambda each: each.first_day).rate if found else None


def has_sales_rates(rates: TaxRates, place: str, day: date) -> bool:
    """Whether the firm sets rates of sales tax at a place on a day."""
    return any(each.place == place and each.first_day <= day for each in rates.sales)


def sales_rate(rates: TaxRates, place: str, nature: str | None, day: date) -> Percent | None:
    """The rate of sales tax on a line of this nature at a place on a day; None where the firm sets none."""
    return _latest((each for each in rates.sales if each.place == place and (nature or "other") in each.natures), day)
