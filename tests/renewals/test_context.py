"""What decides the renewal of an agreement."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.core.origin import Origin
from contract_assembly.facts.price_index import NoFigureError, Reading, Series
from tests.helpers.matters import matter


def test_terms_are_counted_from_the_first():
    found = matter(agreement__term__first_day=date(2025, 10, 1))
    assert [found.number_on(date(year, 10, 1)) for year in (2025, 2026, 2027)] == [0, 1, 2]
    assert found.term(1).days.first == date(2026, 10, 1)


def test_an_agreement_without_notice_continues():
    assert matter().end() is None


def test_an_agreement_that_renews_nothing_is_prevented_by_nothing():
    assert matter(agreement__status="draft").end_before() is None


def test_as_of_a_day_only_what_was_published_by_then_is_known():
    month, told = date(2026, 10, 1), date(2026, 11, 15)
    reading = Reading(month, Decimal(110), told, Origin("provider/indices/cpi.csv", 2))
    series = Series("provider/indices/cpi.csv", {month: (reading,)}, rows=(reading,))
    found = matter(more={"series": series})
    assert found.as_of(told).series.at(month).value == 110
    with pytest.raises(NoFigureError):
        found.as_of(date(2026, 11, 14)).series.at(month)
    assert matter(more={"series": None}).as_of(told).series is None
