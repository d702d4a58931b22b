"""Rates of value added tax, GST and HST, by place and day."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from contract_assembly.facts.tax_rates import (
    TAXES,
    GstRate,
    TaxRates,
    VatRate,
    gst_rate,
    has_sales_rates,
    sales_rate,
    vat_rate,
)
from contract_assembly.repository.inputs import Repository
from tests.helpers.models import read, refused

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


VAT = read(
    TaxRates,
    """
vat:
  - {country: GB, rate: 20 %, first_day: 2011-01-04, source: An act}
  - {country: GB, rate: 17.5 %, first_day: 2010-01-01, source: An act}
""",
).model


@pytest.mark.parametrize(
    ("day", "percent"), [("2009-12-31", None), ("2010-01-01", "17.5"), ("2011-01-03", "17.5"), ("2011-01-04", "20")]
)
def test_the_rate_is_the_last_one_that_began_on_or_before_the_day(day, percent):
    assert rate(vat_rate(VAT, "GB", date.fromisoformat(day))) == (None if percent is None else Decimal(percent))
    assert vat_rate(VAT, "FR", date.fromisoformat(day)) is None


SALES = TaxRates.model_validate(
    {
        "sales": [
            {"place": "US-TX", "natures": natures, "rate": rate, "first_day": day, "source": "A notice"}
            for natures, rate, day in (
                (["support"], "6.6 %", "2026-03-01"),
                (["backup", "other"], "8.25 %", "2026-03-01"),
                (["support"], "7 %", "2027-01-01"),
            )
        ]
    }
)


@pytest.mark.parametrize(
    ("place", "nature", "day", "percent"),
    [
        ("US-TX", "support", "2026-02-28", None),
        ("US-TX", "support", "2026-03-01", "6.6"),
        ("US-TX", "support", "2026-12-31", "6.6"),
        ("US-TX", "support", "2027-01-01", "7"),
        ("US-TX", None, "2026-03-01", "8.25"),
        ("US-TX", "security", "2026-03-01", None),
        ("US-NY", "support", "2026-03-01", None),
    ],
)
def test_sales_tax_is_that_of_the_nature_at_the_place_on_the_day(place, nature, day, percent):
    found = rate(sales_rate(SALES, place, nature, date.fromisoformat(day)))
    assert found == (None if percent is None else Decimal(percent))


def test_a_firm_sets_rates_of_sales_tax_at_a_place_from_the_first_day_of_one():
    places = (("US-TX", date(2026, 2, 28)), ("US-TX", date(2026, 3, 1)), ("US-NY", date(2026, 3, 1)))
    assert [has_sales_rates(SALES, *each) for each in places] == [False, True, False]


def test_a_rate_needs_its_source():
    (found,) = refused(TaxRates, "vat:\n  - {country: GB, rate: 20 %, first_day: 2011-01-04}\n")
    assert (found[0], found[2]) == ("missing-key", 2)
