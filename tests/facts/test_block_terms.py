"""The terms of a prepaid block: what must be stated, and what holds where nothing is."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.core.values import Percent
from contract_assembly.facts.block_terms import Block
from tests.helpers.models import read, refused

BLOCK = """hours: 20
rate: 90.00 USD
role: Technician
first_day: 2026-10-05
valid: 12 months
due: 14 days
allowed_work: [Support]
not_included: [Hardware]
low_percent: 20 %
low_hours: 4
expiry_warning: 60 days
final_warning: 14 days
overage: stop
topup_days: 30 days
rollover: none
refund: none
statement_day: 5
dispute: 30 days
proactive_hours: 2
conversion_percent: 100 %
conversion_window: 60 days
"""


def test_what_is_not_stated_is_the_plain_case():
    found = read(Block, BLOCK).model
    assert found.order == "round-then-multiply"
    assert (found.overage_hours, found.rollover_percent) == (0, Percent(Decimal(0)))


@pytest.mark.parametrize("line", [each for each in BLOCK.splitlines() if "overage" not in each and "valid" not in each])
def test_every_term_of_a_block_must_be_stated(line):
    name = line.partition(":")[0]
    assert [each[:2] for each in refused(Block, BLOCK.replace(line + "\n", ""))] == [
        ("missing-key", f"{name} is missing")
    ]


@pytest.mark.parametrize("ends", ["", "valid: 12 months\nlast_day: 2027-10-04\n"])
def test_a_block_ends_in_one_way(ends):
    ((rule, what, *_),) = refused(Block, BLOCK.replace("valid: 12 months\n", ends))
    assert (rule, "write valid, like 12 months" in what) == ("ill-typed", True)


def test_a_last_day_that_was_agreed_is_the_last_day():
    assert read(Block, BLOCK).model.ends == date(2027, 10, 4)
    assert read(Block, BLOCK.replace("valid: 12 months", "last_day: 2027-08-31")).model.ends == date(2027, 8, 31)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("hours: 20", "hours: 20.5", "hours: '20.5' is not a whole number"),
        ("hours: 20", "hours: -1", "hours: '-1' is not a whole number"),
        ("rate: 90.00 USD", "rate: 90.001 USD", "rate: '90.001 USD' has more decimals than USD"),
        ("valid: 12 months", "valid: a year", "valid: 'a year' is not a period"),
        ("low_percent: 20 %", "low_percent: 20", "low_percent: '20' is not a percentage"),
        ("refund: none", "refund: always", "refund: 'always' is not one of the choices"),
        ("rollover: none", "rollover: all", "rollover: 'all' is not one of the choices"),
        ("overage: stop", "overage: invoice", "overage: 'invoice' is not one of the choices"),
    ],
)
def test_a_term_of_another_form_is_refused_in_words(old, new, what):
    ((_, said, line),) = refused(Block, BLOCK.replace(old, new, 1))
    assert said.startswith(what)
    assert line == BLOCK.splitlines().index(old) + 1
