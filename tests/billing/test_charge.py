"""The key of a charge: what is charged once."""

from datetime import date

from contract_assembly.billing.charges import charges
from tests.helpers.running import change, running


def test_what_is_charged_for_one_line_and_period_has_one_key():
    found = [each.key for each in charges(running(change("2027-01-17", "users", 34, 36)), date(2027, 1, 31))]
    january = [each for each in found if each.line == "users" and each.first == date(2027, 1, 1)]
    assert len(january) == 2  # the month, and what is left of it from the change on
    assert len(set(january)) == 1


def test_other_lines_and_periods_have_other_keys():
    found = [each.key for each in charges(running(), date(2027, 1, 31))]
    assert len(found) == len(set(found)) == 8  # two lines, four months
