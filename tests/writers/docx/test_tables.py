"""Tables of a Word file."""

import pytest
from msgspec.structs import replace

from contract_assembly.document import tree as d
from contract_assembly.writers.docx.writer import docx
from tests.helpers.sample_tree import cells, sample
from tests.helpers.word_bodies import HOUSE, awkward, body, kept
from tests.helpers.word_reader import W, child, part, style_of


def first_table(node: d.Table):
    return body(node).find(f"{W}tbl")


def test_a_table_repeats_its_head_row():
    rows = list(first_table(d.Table(("left",), cells("A"), (cells("1"), cells("2")))).iter(f"{W}tr"))
    assert [child(row, "trPr", "tblHeader") is not None for row in rows] == [True, False, False]


def test_no_row_is_split_over_pages():
    rows = part(docx(awkward(), HOUSE), "word/document.xml").iter(f"{W}tr")
    assert all(child(row, "trPr", "cantSplit") is not None for row in rows)


def test_a_long_table_may_break_but_not_before_its_total():
    node = d.Table(("left",), cells("A"), tuple(cells(str(n)) for n in range(9)), total=True)
    rows = [kept(next(row.iter(f"{W}p"))) for row in first_table(node).iter(f"{W}tr")]
    assert rows == [True, True, *[False] * 6, True, False], "a heading takes the first two rows along"


def test_a_short_table_stays_on_one_page():
    node = d.Table(("left",), cells("A"), tuple(cells(str(n)) for n in range(3)))
    assert [kept(next(row.iter(f"{W}p"))) for row in first_table(node).iter(f"{W}tr")] == [True, True, True, False]


def test_words_to_the_right_of_figures_are_set_apart():
    node = d.Table(("left", "right", "left", "right"), cells("A", "B", "C", "D"), (cells("1", "2", "3", "4"),))
    rows = [list(row.iter(f"{W}tc")) for row in first_table(node).iter(f"{W}tr")]
    assert [[child(cell, "tcPr", "tcMar") is not None for cell in row] for row in rows] == 2 * [
        [False, False, True, False]
    ]


def test_columns_are_fixed_and_fill_the_width_of_the_text():
    for paper, width in (("letter", 8164), ("a4", 8164)):
        document = replace(sample(), meta=replace(sample().meta, paper=paper))
        for table in part(docx(document, HOUSE), "word/document.xml").iter(f"{W}tbl"):
            grid = [int(each.get(f"{W}w")) for each in table.iter(f"{W}gridCol")]
            indent = int(child(table, "tblPr", "tblInd").get(f"{W}w"))
            assert child(table, "tblPr", "tblLayout").get(f"{W}type") == "fixed"
            assert sum(grid) + indent == width
            assert [int(each.get(f"{W}w")) for each in next(table.iter(f"{W}tr")).iter(f"{W}tcW")] == grid


def test_cells_are_aligned_by_style():
    node = d.Table(("left", "right", "center"), cells("A", "B", "C"), (cells("1", "2", "3"),))
    styles = [style_of(each) for each in first_table(node).iter(f"{W}p")]
    assert styles == ["TableText", "TableNumber", "TableCentered"] * 2


@pytest.mark.parametrize(
    ("head", "total", "flags"),
    [(cells("A", "B"), False, ("1", "0", "0")), (cells("A", "B"), True, ("1", "1", "0")), ((), False, ("0", "0", "1"))],
)
def test_head_total_and_first_column_are_formatted_by_the_table_style(head, total, flags):
    look = child(first_table(d.Table(("left", "left"), head, (cells("1", "2"),), total=total)), "tblPr", "tblLook")
    assert tuple(look.get(f"{W}{name}") for name in ("firstRow", "lastRow", "firstColumn")) == flags
