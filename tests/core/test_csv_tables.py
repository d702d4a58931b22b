"""Text that a spreadsheet would run as a formula is guarded; tables are read strictly, with their lines."""

from decimal import Decimal

import pytest

from contract_assembly.core.csv_tables import guarded, rows, table
from contract_assembly.core.problems import RefusedError


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "|cmd", "%0", "\t=1", "\r=1", "\n=1", "  =1", " @x"])
def test_a_text_that_would_be_a_formula_is_led_by_an_apostrophe(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Acme", "A=B", "3 - 2", "acme/2026-support", "", "'quoted"])
def test_any_other_text_stays(text):
    assert guarded(text) == text


def test_numbers_stay_numbers_even_below_zero():
    assert [guarded(each) for each in (Decimal("-14.330"), -3, Decimal("1E+3"), None)] == ["-14.330", "-3", "1000", ""]


def test_a_table_quotes_what_holds_a_comma_or_a_quote():
    assert table(("a", "b"), [("x, y", 'he said "no"'), ("=1", 2)]) == 'a,b\n"x, y","he said ""no"""\n\'=1,2\n'


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_rows_come_with_the_line_on_which_each_begins(separator, line_end):
    lines = [separator.join(each) for each in (("a", "b"), ("1", '"x'), ('y"', "z"), ("", ""), ("2", "3"))]
    lines[1:3] = [f'1{separator}"x', f'y"{separator}z']
    text = line_end.join(lines) + line_end
    found = [(origin.line, [" ".join(cell.split()) for cell in cells]) for origin, cells in rows(text, "f.csv")]
    assert found == [(1, ["a", "b"]), (2, ["1", "x y", "z"]), (5, ["2", "3"])]


def test_a_separator_that_is_given_is_used():
    assert [cells for _, cells in rows("a;b,c\n", "f.csv", separator=";")] == [["a", "b,c"]]


@pytest.mark.parametrize("text", ['a,b\n1,"x\n', 'a,b\n1,"x"y\n'])
def test_a_table_with_wrong_quotes_is_refused_at_its_row(text):
    with pytest.raises(RefusedError) as caught:
        list(rows(text, "f.csv", rule="import-csv"))
    (problem,) = caught.value.problems
    assert (problem.rule, str(problem.origin), bool(problem.hint)) == ("import-csv", "f.csv:2", True)


def test_a_cell_may_be_as_large_as_its_file():
    assert [len(cells[1]) for _, cells in rows(f"a,b\n1,{'x' * 300_000}\n", "f.csv")] == [1, 300_000]


def test_a_table_that_is_written_is_read_back_word_for_word():
    text = table(["a", "b"], [["x,y", 'say "no"'], [None, Decimal("-1.50")], ["two\nlines", "z"]], line_end="\r\n")
    assert [cells for _, cells in rows(text, "f.csv")] == [
        ["a", "b"], ["x,y", 'say "no"'], ["", "-1.50"], ["two\nlines", "z"],
    ]  # fmt: skip
