import pytest

from contract_assembly.actions.client_import.rows import without_sums
from tests.helpers.client_tables import rows


def test_a_blank_that_is_needed_says_so_with_its_column():
    (row,) = rows({"notice": ""})
    assert row.read("notice", str) is None
    assert [each.what for each in row.problems] == ["column Notice: notice is blank"]


def test_a_blank_name_says_that_merged_cells_leave_it_blank():
    (row,) = rows({"company": ""})
    row.read("company", str)
    assert "merged cells" in row.problems[0].hint


@pytest.mark.parametrize("text", ["=B2*12", "#REF!", "#N/A", "#VALUE!"])
def test_a_formula_and_the_error_of_one_are_told_once(text):
    (row,) = rows({"price": text})
    row.of_a_spreadsheet()
    row.read("price", float)
    assert len(row.problems) == 1
    assert "formula" in row.problems[0].what


@pytest.mark.parametrize("name", ["", "Total", "TOTAL (3 clients)", "Grand total:", "Subtotal"])
def test_a_row_of_sums_is_passed_over_with_a_warning(name):
    blank = dict.fromkeys(("place", "first_day", "last_day", "person", "email", "contract"), "")
    left, said = without_sums(rows({}, {**blank, "company": name, "price": "2,960.00"}))
    assert [row.text("company") for row in left] == ["Elm Street Clinic, PLLC"]
    assert [(each.rule, each.level, each.origin.line) for each in said] == [("import-sums", "warning", 3)]


def test_a_client_that_is_called_total_is_a_client():
    left, said = without_sums(rows({"company": "Total Dental LLC"}))
    assert (len(left), said) == (1, [])
