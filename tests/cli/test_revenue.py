"""`build.py revenue`."""

import json

from tests.helpers.corpus import REPOSITORY, run


def test_recurring_revenue_is_reported_by_currency():
    found = json.loads(run(REPOSITORY, "revenue", "--on", "2027-01-15", "--json").out)
    assert found["on"] == "2027-01-15"
    assert "Recurring on 2027-01-15" in run(REPOSITORY, "revenue", "--on", "2027-01-15").out


def test_a_period_that_ends_before_it_begins_is_wrong_use():
    assert run(REPOSITORY, "revenue", "--on", "2027-01-15", "--since", "2027-02-01").code == 2
