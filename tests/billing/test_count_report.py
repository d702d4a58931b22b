"""Comparisons of counts as text and as data."""

from datetime import date

from msgspec.structs import replace

from contract_assembly.billing.count_comparison import compared
from contract_assembly.billing.count_loader import CountComparison
from contract_assembly.billing.count_report import as_data, as_text
from contract_assembly.billing.counts import Counts
from tests.helpers.inputs_base import inputs
from tests.helpers.running import running

ON, DAY = date(2027, 1, 1), date(2026, 12, 14)


def found(**counts):
    export = Counts(9, 7, {"left out": 2}, {"acme": counts, "birch": {}}, ("users", "server"))
    billing = inputs().agreement.model.fees.model_copy(update={"billing": "quarterly"})
    contract = compared(running(agreement__fees=billing), export, on=date(2027, 2, 1), compared_on=DAY, source="Export")
    return CountComparison(export, "Export", ON, (contract,), ("birch",), ("cedar/2026-support",), ())


def test_the_rest_of_a_quarter_is_shown_next_to_the_month():
    assert as_text(found(users=36, server=3), "t.csv").splitlines() == [
        "t.csv: 9 rows = 7 counted + 2 left out",
        "agreements/acme/2026-support from Monday 2027-02-01",
        "  users             34 agreed, 36 counted: +124.00 USD a month, +248.00 until 2027-03-31",
        "Without a support contract on 2027-01-01: birch",
        "Not in the export: cedar/2026-support",
    ]


def test_data_has_exact_amounts_and_the_reason_where_a_correction_is_not_allowed():
    first, second = as_data(found(users=36, server=3)), as_data(found(users=3, server=3))
    assert first["contracts"][0]["differences"] == [
        {
            "what": "users",
            "agreed": 34,
            "counted": 36,
            "allowed": True,
            "monthly_difference": "124.00",
            "rest_of_period": "248.00",
            "note": None,
        }
    ]
    assert first["contracts"][0]["monthly"] == {"before": "2438.00", "after": "2562.00"}
    (refused,) = second["contracts"][0]["differences"]
    assert (refused["allowed"], refused["monthly_difference"]) == (False, None)
    assert "below 1950.40" in refused["note"]
    assert second["contracts"][0]["monthly"] is None


def test_one_row_is_not_called_rows_and_two_differences_have_the_fee_of_both():
    both = found(users=36, server=4)
    lines = as_text(both, "t.csv").splitlines()
    assert lines[4] == "  monthly fee       2,438.00 USD to 2,672.00 USD (+234.00)"
    single = replace(both, counts=replace(both.counts, rows=1))
    assert as_text(single, "t.csv").startswith("t.csv: 1 row = ")
