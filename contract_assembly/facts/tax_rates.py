"""Rates of value added tax, GST and HST: the model of `provider/taxes.yaml`. Models only.

Contracts print no rate, because the one in force at the tax point applies (clause taxes-vat). Invoices need it."""

from collections.abc import Iterable
from datetime import date

from contract_assembly.core.values import Percent
from contract_assembly.facts.fields import CountryFact, DateFact, Model, PercentFact, PlaceFact, TextFact

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


class TaxRates(Model):
    """`provider/taxes.yaml`: the rates that the firm's invoices need. A new rate is a further entry."""

    vat: tuple[VatRate, ...] = ()
    gst: tuple[GstRate, ...] = ()


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


def _latest(rates: Iterable[VatRate | GstRate], day: date) -> Percent | None:
    found = [each for each in rates if each.first_day <= day]
    return max(found, key=lambda each: each.first_day).rate if found else None
