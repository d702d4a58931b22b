"""The plain words of a mail: paragraphs apart, list numbers, tables on lines, and nothing to sign."""

from contract_assembly.document import tree as d
from contract_assembly.writers.plain_text import plain, plain_line
from tests.helpers.sample_tree import cells, item, p, t, v


def test_blocks_are_apart_by_a_blank_line_and_the_text_ends_with_one_newline():
    assert plain([p("One."), p("Two.")]) == "One.\n\nTwo.\n"
    assert plain([]) == "\n"


def test_an_empty_block_leaves_no_gap():
    assert plain([p("One."), p(), d.Section("x", 1, (), ()), p("Two.")]) == "One.\n\nTwo.\n"


def test_a_section_has_its_heading_above_its_words():
    assert plain([d.Section("x", 1, t("Fees"), (p("One."),))]) == "Fees\n\nOne.\n"


def test_items_have_their_numbers_on_lines_of_their_own():
    assert plain([d.Items((item("(a)", p("one; and")), item("(b)", p("two."))))]) == "(a) one; and\n(b) two.\n"


def test_a_table_has_its_caption_its_head_and_a_line_for_each_row():
    table = d.Table(("left", "right"), cells("Item", "Fee"), (cells("Users", "10"),), t("Fees"))
    assert plain([table]) == "Fees\nItem | Fee\nUsers | 10\n"
    assert plain([d.Table(("left",), (), (cells("x"),))]) == "x\n"


def test_a_line_break_stays_and_a_non_breaking_blank_is_a_blank():
    assert plain([p("a\u00a0b", d.Break(), v("c"))]) == "a b\nc\n"
    assert plain_line(t("a\u00a0b", d.Break(), "c")) == "a b c"


def test_a_closing_has_the_writer_below_the_close():
    closing = d.Closing(t("Sincerely,"), (t("Dana"), t("Owner")), ())
    assert plain([closing]) == "Sincerely,\n\nDana\nOwner\n"


def test_a_place_to_sign_is_only_its_lead():
    assert plain([d.Signatures(t("Please reply."), ())]) == "Please reply.\n"


def test_a_box_is_its_words():
    assert plain([d.Box((p("One."), p("Two.")))]) == "One.\n\nTwo.\n"
