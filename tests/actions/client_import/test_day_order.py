import pytest

from contract_assembly.actions.client_import.day_order import mixed_orders
from tests.helpers.client_tables import rows


def told(*days):
    found = rows(*({"first_day": each} for each in days))
    mixed_orders(found)
    return [(row.record.origin.line, each.what) for row in found for each in row.problems]


def test_where_a_column_has_both_orders_every_day_that_may_be_either_is_refused():
    found = told("13/04/2026", "03/04/2026", "04/25/2026", "05/05/2026", "2026-04-03")
    assert found == [
        (3, "column First day: '03/04/2026' can be read in two ways: line 2 has the day first, line 4 the month"),
    ]


@pytest.mark.parametrize(
    "days", [("13/04/2026", "03/04/2026"), ("04/13/2026", "03/04/2026"), ("13.04.2026", "04/13/2026", "03/04/2026")]
)
def test_a_column_of_one_order_is_left_to_the_mapping(days):
    assert told(*days) == []
