"""Text that a spreadsheet would run as a formula is guarded; tables are read strictly, with their lines."""

from decimal import Decimal

import pytest
from hypothesis import given

from contract_assembly.core.csv_tables import guarded, read_rows, table
from contract_assembly.core.problems import RefusedError
from tests.helpers.torn_tables import torn


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "|cmd", "%0", "\t=1", "\r=1", "\n=1", "  =1", " @x"])
def test_a_text_that_would_be_a_formula_is_led_by_an_apostrophe(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Acme", "A=B", "3 - 2", "acme/2026-support", "", "'quoted"])
def test_any_other_text_stays(text):
    assert guarded(text) == text


def test_numbers_stay_numbers_even_below_zero():
    assert [guarded(each) for each in (Decimal("-14.330"), -3, Decimal("1E+3"), None)] == ["-14.330", "-3", "1000", ""]


def test_a_table_quotes_what_holds_a_comma_or_a_quote():
    assert (
        table(("a", "b"), [("x, y", 'he said "no"'), ("=1", 2)]) == '\ufeffa,b\r\n"x, y","he said ""no"""\r\n\'=1,2\r\n'
    )


@given(torn("Ticket,Priority\n", "a;b\n", ""))
def test_any_file_has_rows_or_one_problem_at_its_line(text):
    try:
        rows, problems = read_rows(text.encode(), "x.csv"), ()
    except RefusedError as error:
        rows, problems = (), error.problems
    assert all(any(each.cells) for each in rows)
    assert len(problems) < 2
    assert all(1 <= each.origin.line <= len(text.splitlines()) + 1 for each in problems)
