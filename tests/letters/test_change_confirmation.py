"""The confirmation of a change: when the letter says that its amount is rounded line by line."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from contract_assembly.core.values import Money
from contract_assembly.letters.change_confirmation import _rounded_by_line


def usd(text):
    return Money(Decimal(text), "USD")


@pytest.mark.parametrize(
    ("difference", "covered", "months", "charged", "by_line"),
    [
        ("68.00", 21, 0, "46.06", False),  # 68 x 21 / 31 = 46.0645
        ("68.00", 21, 0, "46.07", True),  # 48 and 20 apart: 32.52 + 13.55
        ("68.00", 21, 2, "182.07", True),
        ("-68.00", 21, 0, "-46.06", False),
        ("68.00", 0, 0, "500.00", False),  # no part of a month, so no working is shown
    ],
)
def test_it_is_said_where_lines_and_total_round_to_other_amounts(difference, covered, months, charged, by_line):
    found = SimpleNamespace(
        difference=usd(difference), covered=covered, month=31, months=months, for_the_rest=usd(charged)
    )
    assert _rounded_by_line(found) == by_line
