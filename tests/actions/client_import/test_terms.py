from decimal import Decimal

import pytest

from contract_assembly.actions.client_import.terms import block_terms, support_terms
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.program_library import own_source
from tests.helpers.client_tables import rows

FILES = Repository(own_source())
HOURS = {
    "price": "",
    "renewal": "",
    "notice": "",
    "hours": "20",
    "hours_left": "7:15",
    "left_on": "2026-11-30",
    "rate": "$95.00",
}


def of_contract(**cells):
    (row,) = rows(cells)
    return support_terms(FILES, "elm", row, "USD"), [each.what for each in row.problems]


def of_hours(**cells):
    (row,) = rows({**HOURS, **cells})
    return block_terms(FILES, "elm", row, "USD"), [each.what for each in row.problems]


def test_a_contract_has_the_terms_of_its_row():
    found, wrong = of_contract(plan="Business", due="14 days", renewal_length="1 year")
    assert wrong == []
    assert (found.id, found.price, found.next_plan, found.due.text, found.renewal_length.text) == (
        "ES-7", Decimal("1480.00"), "business", "14 days", "1 year",
    )  # fmt: skip


def test_what_a_contract_may_leave_out_is_the_usual():
    found, _ = of_contract(contract="", billing="", signed_on="", users="")
    assert (found.id, found.billing, str(found.signed_on), found.users) == ("ELM-2026", "monthly", "2026-04-01", 0)


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ({"price": "€1.480"}, "is not an amount"),
        ({"price": "€1,480.00"}, "is in a different currency from contracts at that place, USD"),
        ({"renewal_length": "2 weeks"}, "2 weeks is not a number of months"),
        ({"plan": "as-agreed"}, "there is no plan"),
        ({"last_day": "2026-03-01"}, "before it begins"),
    ],
)
def test_a_contract_that_cannot_be_read_is_refused(cells, what):
    found, (wrong,) = of_contract(**cells)
    assert found is None
    assert what in wrong


@pytest.mark.parametrize(
    ("left", "minutes"), [("7:15", 435), ("7.25", 435), ("7,25", 435), ("7h 15m", 435), ("0", 0), ("20", 1200)]
)
def test_the_hours_left_are_whole_minutes(left, minutes):
    found, wrong = of_hours(hours_left=left)
    assert (found.left, wrong) == (minutes, [])


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ({"hours_left": "20.5"}, "more is left than the 20 hours that were bought"),
        ({"hours_left": ""}, "hours left is blank"),
        ({"left_on": "2027-04-01"}, "is outside the days of the hours, 2026-04-01 to 2027-03-31"),
        ({"price": "$100.00"}, "prepaid hours have no fee a month"),
        ({"rate": "£95.00"}, "is in a different currency from"),
    ],
)
def test_hours_that_cannot_be_read_are_refused(cells, what):
    found, (wrong,) = of_hours(**cells)
    assert found is None
    assert what in wrong
