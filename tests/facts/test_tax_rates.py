"""Rates of value added tax, GST and HST, by place and day."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from contract_assembly.facts.tax_rates import TAXES, GstRate, TaxRates, VatRate, gst_rate, vat_rate
from contract_assembly.repository.inputs import Repository

OURS = Repository(Path(__file__).parents[2]).load(TaxRates, TAXES).model


def rate(found):
    return found.value if found else None


@pytest.mark.parametrize(
    ("place", "day", "percent"),
    [
        ("CA-NS", date(2025, 3, 31), 15),
        ("CA-NS", date(2025, 4, 1), 14),
        ("CA-ON", date(2026, 1, 1), 13),
        ("CA-YT", date(2026, 1, 1), 5),
        ("AU-NSW", date(2026, 1, 1), 10),
        ("AU", date(2026, 1, 1), 10),
    ],
)
def test_gst_is_that_of_the_place_on_the_day(place, day, percent):
    assert rate(gst_rate(OURS, place, day)) == Decimal(percent)


@pytest.mark.parametrize("place", ["CA-BC", "CA-MB", "CA-SK", "CA", "US-NY"])
def test_where_a_province_adds_its_own_tax_no_rate_is_known(place):
    assert gst_rate(OURS, place, date(2026, 1, 1)) is None


def test_before_its_first_day_a_rate_is_not_known():
    assert gst_rate(OURS, "AU-VIC", date(2000, 6, 30)) is None
    assert vat_rate(OURS, "IE", date(2021, 2, 28)) is None


def test_the_latest_rate_counts_whatever_the_order():
    given = [
        {"rate": f"{percent} %", "first_day": day, "source": "A law"}
        for percent, day in ((20, "2011-01-04"), (17, "2010-01-01"))
    ]
    rates = TaxRates(
        vat=tuple(VatRate(country="GB", **each) for each in given),
        gst=tuple(GstRate(place="AU", **each) for each in given),
    )
    assert rate(vat_rate(rates, "GB", date(2026, 1, 1))) == rate(gst_rate(rates, "AU", date(2026, 1, 1))) == Decimal(20)
