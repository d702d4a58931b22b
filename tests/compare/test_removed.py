"""Removed lines as marked blocks: rows stay rows, items stay items, and no blank is marked."""

from contract_assembly.compare.removed import deleted, gone_row, old, struck
from contract_assembly.compare.trees import LineChange
from contract_assembly.compare.words import Run
from contract_assembly.document import tree as d


def line(role, *texts, label=""):
    return LineChange("removed", role, label, "", tuple((Run("delete", each, ""),) for each in texts))


def marked(words):
    return (d.Marked("deleted", (d.Text(words),)),)


def test_neighbouring_rows_become_one_table_and_rows_of_another_width_a_second():
    first, second = struck([line("head", "a", "b"), line("row", "c", "d"), line("row", "e")])
    assert [len(each.rows) for each in (first, second)] == [2, 1]
    assert (first.head, first.aligns, second.aligns) == ((), ("left", "left"), ("left",))


def test_items_become_a_list_with_their_marks_as_words():
    (found,) = struck([line("item", "one", label="(a)"), line("item", "two", label="(b)")])
    assert [each.children[0].children for each in found.items] == [marked("(a) one"), marked("(b) two")]


def test_other_lines_become_paragraphs_and_a_heading_is_bold():
    heading, words = struck([line("heading", "Fees", label="2"), line("paragraph", "x")])
    assert heading.children == (d.Strong(marked("2 Fees")),)
    assert words.children == marked("x")


def test_an_empty_line_leaves_nothing():
    assert struck([line("paragraph", " ")]) == []
    assert deleted("  ") == ()
    assert deleted(" a ") == marked("a")


def test_a_row_has_as_many_cells_as_its_table():
    row = line("row", "a", "b", "c")
    assert [each.children for each in gone_row(row, 2)] == [marked("a"), marked("b c")]
    assert [each.children for each in gone_row(row, 4)] == [marked("a"), marked("b"), marked("c"), ()]
    assert [each.children for each in gone_row(row, 1)] == [marked("a b c")]


def test_the_former_text_has_what_was_kept_and_what_was_deleted_but_nothing_new():
    assert old([Run("equal", "a ", "a "), Run("delete", "b", ""), Run("insert", "", "c")]) == "a b"
