"""The hours worked in a year, priced as a block."""

from decimal import Decimal

import pytest

from tests.helpers.renewal_documents import (
    SERVICE,
    change,
    words,
)

HOURS = (
    'hours: {count: "331.5", period: {first: 2026-10-01, last: 2027-04-30}, source: Time records of our technicians}\n'
)


def test_the_hours_worked_are_priced_as_a_block(root):
    said = words(root)
    assert "Our 331.5 hours would have cost $27,846.00 prepaid; your fee came to $20,356.00." in said
    assert (Decimal("331.5") * 84, Decimal("2908.00") * 7) == (Decimal("27846.00"), Decimal("20356.00"))


@pytest.mark.parametrize(
    ("hours", "found"),
    [
        (HOURS.replace("331.5", "242.34"), "would have cost $20,356.56"),  # 84.00 an hour: just above the fee
        (HOURS.replace("331.5", "242.33"), None),
        (HOURS.replace("331.5", "18").replace("2027-04-30", "2026-10-31"), None),
        (
            HOURS.replace("331.5", "39").replace("2027-04-30", "2026-10-31"),
            "would have cost $3,510.00",
        ),  # 20 hours: 90.00
        (HOURS.replace("2027-04-30", "2027-04-29"), None),  # no whole months: no fee to compare with
        ("", None),
    ],
)
def test_hours_are_compared_only_with_a_fee_that_is_lower(root, hours, found):
    change(root, SERVICE, (HOURS, hours))
    said = words(root)
    assert ("would have cost" in said) == (found is not None)
    assert (found or "") in said
