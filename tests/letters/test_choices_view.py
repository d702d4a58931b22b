"""Choices of a client with a block."""

from datetime import date

import pytest

from contract_assembly.core.values import Duration
from contract_assembly.letters.choices_view import last_of


@pytest.mark.parametrize(
    ("period", "last"), [("30 days", date(2026, 12, 31)), ("1 day", date(2026, 12, 2)), ("1 month", date(2027, 1, 1))]
)
def test_a_period_after_the_day_of_a_letter_includes_its_last_day(period, last):
    assert last_of(date(2026, 12, 1), Duration.parse(period)) == last
