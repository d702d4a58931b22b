"""Taxes on invoices: value added tax, reverse charge, and sales tax by the nature of each line."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from contract_assembly.billing.charges import charges
from contract_assembly.billing.taxes import taxes_of
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.values import total
from contract_assembly.facts.tax_rates import TaxRates
from tests.helpers.inputs_base import inputs
from tests.helpers.running import running, usd

DAY = date(2027, 1, 1)
SUPPORT = {"place": "US-NY", "natures": ["support"], "rate": "0 %", "first_day": "2026-01-01", "source": "A notice"}
BACKUP = {**SUPPORT, "natures": ["backup", "other"], "rate": "8.25 %"}


def taxed(*sales, vat=(), gst=(), place="US-NY", country="US", ours="US", regime="us-sales"):
    facts = {"agreement__tax": inputs().agreement.model.tax.model_copy(update={"regime": regime})}
    found = running(**facts)
    lines = [each for each in charges(found, DAY) if each.key.first == DAY]
    natures = dict(zip(("users", "servers"), ("support", "backup"), strict=True))
    lines = tuple(replace(each, nature=natures[each.key.line]) for each in lines)
    rates = TaxRates.model_validate({"sales": list(sales), "vat": list(vat), "gst": list(gst)})
    address = inputs().client.model.party.address.model_copy(update={"country": country})
    parties = {"client__party__address": address, "client__place": place, "provider__party__address__country": ours}
    given = inputs(**facts, **parties)
    return taxes_of(rates, given, lines, total((each.amount for each in lines), "USD"), DAY)


def parts(found):
    return [(each.natures, each.rate.value, each.base, each.amount) for each in found.parts]


def test_without_rates_of_the_place_accounting_adds_the_tax():
    assert taxed().treatment == "added"
    assert taxed({**SUPPORT, "place": "US-TX"}).tax is None


def test_each_rate_is_applied_to_the_sum_of_its_lines():
    found = taxed(SUPPORT, BACKUP)
    assert parts(found) == [
        (("support",), Decimal(0), usd("2108.00"), usd("0.00")),
        (("backup",), Decimal("8.25"), usd("330.00"), usd("27.23")),
    ]
    assert (found.treatment, found.rate, found.tax) == ("sales-tax", None, usd("27.23"))


def test_the_rate_of_the_day_counts():
    later = {**BACKUP, "rate": "9 %", "first_day": "2027-01-01"}
    assert taxed(SUPPORT, BACKUP, later).tax == usd("29.70")
    assert taxed(SUPPORT, BACKUP, {**later, "first_day": "2027-01-02"}).tax == usd("27.23")


def test_a_nature_without_a_rate_is_asked_for_and_not_left_untaxed():
    with pytest.raises(RefusedError) as refused:
        taxed(SUPPORT)
    (problem,) = refused.value.problems
    assert problem.rule == "no-tax-rate"
    assert "sales tax in US-NY on lines of the nature backup" in problem.what


def test_value_added_tax_is_one_amount_and_none_across_a_border():
    vat = [{"country": "US", "rate": "20 %", "first_day": "2020-01-01", "source": "A law"}]
    assert parts(taxed(vat=vat, regime="uk-vat")) == [((), Decimal(20), usd("2438.00"), usd("487.60"))]
    found = taxed(vat=vat, country="IE", regime="uk-vat")
    assert (found.treatment, found.tax, parts(found)) == (
        "reverse-charge",
        usd("0.00"),
        [((), Decimal(0), usd("2438.00"), usd("0.00"))],
    )


@pytest.mark.parametrize(("ours", "treatment", "tax"), [("CA", "gst", usd("121.90")), ("US", "added", None)])
def test_gst_is_counted_between_parties_of_one_country(ours, treatment, tax):
    rate = {"place": "CA-AB", "rate": "5 %", "first_day": "2008-01-01", "source": "A law"}
    found = taxed(gst=[rate], place="CA-AB", country="CA", ours=ours, regime="ca-gst")
    assert (found.treatment, found.tax) == (treatment, tax)
