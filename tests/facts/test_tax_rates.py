"""Rates of value added tax, by country and day."""

from datetime import date

import pytest

from contract_assembly.core.values import Percent
from contract_assembly.facts.tax_rates import TaxRates, vat_rate
from tests.helpers.models import read, refused

RATES = read(
    TaxRates,
    """
vat:
  - {country: GB, rate: 20 %, first_day: 2011-01-04, source: An act}
  - {country: GB, rate: 17.5 %, first_day: 2010-01-01, source: An act}
  - {country: IE, rate: 23 %, first_day: 2021-03-01, source: An act}
""",
).model


@pytest.mark.parametrize(
    ("country", "day", "rate"),
    [
        ("GB", "2011-01-03", "17.5 %"),
        ("GB", "2011-01-04", "20 %"),
        ("GB", "2026-11-30", "20 %"),
        ("IE", "2026-11-30", "23 %"),
    ],
)
def test_the_rate_is_the_last_one_that_began_on_or_before_the_day(country, day, rate):
    assert vat_rate(RATES, country, date.fromisoformat(day)) == Percent.parse(rate)


@pytest.mark.parametrize(("country", "day"), [("GB", "2009-12-31"), ("FR", "2026-11-30")])
def test_where_no_rate_is_known_there_is_none(country, day):
    assert vat_rate(RATES, country, date.fromisoformat(day)) is None


def test_a_rate_needs_its_source():
    (found,) = refused(TaxRates, "vat:\n  - {country: GB, rate: 20 %, first_day: 2011-01-04}\n")
    assert (found[0], found[2]) == ("missing-key", 2)
