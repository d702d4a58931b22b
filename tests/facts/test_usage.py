"""`usage.yaml`: what is read, and what is refused at which line."""

from datetime import date
from decimal import Decimal

from contract_assembly.facts.usage import Usage
from tests.helpers.models import read, refused

ENTRY = "usage:\n  - {{line: storage, month: {month}, used: {used}, source: Backup report}}\n"


def test_a_month_is_read_as_its_first_day():
    (found,) = read(Usage, ENTRY.format(month="2026-11", used="612.5")).model.usage
    assert (found.month, found.used) == (date(2026, 11, 1), Decimal("612.5"))


def test_a_day_is_not_a_month_and_usage_is_not_below_zero():
    assert refused(Usage, ENTRY.format(month="2026-11-01", used="1")) == [
        ("ill-typed", "usage.0.month: '2026-11-01' is not a month: write it like 2027-01", 2)
    ]
    assert refused(Usage, ENTRY.format(month="2026-11", used="-1"))[0][0] == "ill-typed"
