"""How much of what was sold recurs."""

from decimal import Decimal

import pytest

from contract_assembly.billing.shares import recurring_share, tenth


def test_the_share_that_recurs_is_of_everything_sold():
    billed = {
        ("USD", "recurring"): Decimal(900),
        ("USD", "block"): Decimal(100),
        ("USD", "service-credit"): Decimal(-50),
    }
    assert recurring_share(billed, "USD") == 90
    assert recurring_share(billed, "EUR") is None


@pytest.mark.parametrize(
    ("share", "shown"),
    [("99.99", "99.9"), ("100", "100.0"), ("33.35", "33.4"), ("33.25", "33.3"), ("33.31", "33.3"), ("0", "0.0")],
)
def test_what_is_not_all_never_looks_like_all(share, shown):
    assert str(tenth(Decimal(share))) == shown
