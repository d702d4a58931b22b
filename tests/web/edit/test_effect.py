"""What a change of one day does to the fee, for a page."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.billing.effect import ChangeEffect
from contract_assembly.core.values import Money
from contract_assembly.web.edit.effect import shown


@pytest.mark.parametrize(
    ("after", "difference"),
    [("124.00", "+24.00 USD"), ("1060.50", "+960.50 USD"), ("90.00", "-10.00 USD"), ("100.00", "none")],
)
def test_the_fee_before_and_after_with_its_difference(after, difference):
    before, now = Money(Decimal("100.00"), "USD"), Money(Decimal(after), "USD")
    day = date(2027, 2, 1)
    found = shown(ChangeEffect(day, (), before, now, (), 0, 0, 0, None, day))
    assert (found["before"], found["after"], found["difference"]) == (before, now, difference)
    assert (found["on"], found["rest"], found["full_from"]) == ("Monday, 2027-02-01", [], day)
