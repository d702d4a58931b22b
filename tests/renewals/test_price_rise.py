"""A unit price and its rise: rounded half up, and never over the cap."""

from decimal import Decimal

import pytest

from contract_assembly.core.values import Money, Percent
from contract_assembly.renewals.price_rise import highest, raised


@pytest.mark.parametrize(
    ("price", "percent", "new"),
    [("62.00", "3", "63.86"), ("14.99", "5", "15.73"), ("62.00", "-2", "60.76"), ("0.10", "4", "0.10")],
)
def test_a_price_rises_by_its_percentage_within_the_cap(price, percent, new):
    found = raised(Money(Decimal(price), "USD"), Decimal(percent), Percent(Decimal(5)))
    assert found == Money(Decimal(new), "USD")


def test_the_cap_is_rounded_down():
    assert highest(Money(Decimal("14.99"), "USD"), Percent(Decimal(5))) == Decimal("15.73")
