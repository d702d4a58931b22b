"""The Markdown of clauses into blocks: what a contract needs, and nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.clauses.parse import Caption, opened, parse, parse_inline
from contract_assembly.core.origin import Origin
from contract_assembly.core.sentinels import line_mark, sealed
from contract_assembly.document import tree as d
from contract_assembly.facts.template_values import Wording

START = Origin("clauses/x.md", 1)


def blocks(text):
    parsed = parse(text, START)
    assert parsed.problems == ()
    return parsed.blocks


def block(text):
    (found,) = blocks(text)
    return found


def rules(text):
    return [problem.rule for problem in parse(text, START).problems]


def kinds(inlines):
    return [type(each).__name__ for each in inlines]


def wordings(*texts):
    return [Wording(text, "some.fact", START) for text in texts]


# ---- inlines


def test_bold_and_italic_words():
    assert kinds(block("a **b** *c* __d__").children) == ["Text", "Strong", "Text", "Emphasis", "Text", "Strong"]


def test_quoted_bold_words_define_a_term():
    assert block('**"Client Data"** means data.').children[0] == d.Definition("Client Data", START)


@pytest.mark.parametrize("text", ["**Client Data**", '**the "Client"**', '"**Client**"', '**"A" or "B"**', '**""**'])
def test_bold_words_that_are_not_just_a_quoted_term_define_nothing(text):
    assert not any(isinstance(node, d.Definition) for node in d.walk(block(text)))


def test_an_empty_link_is_a_reference_and_its_section_mark_stays_with_it():
    found = block("as section [](#term-end) says").children
    assert found == (
        d.Text("as section\u00a0", START),
        d.Reference("term-end", "", START),
        d.Text(" says", START),
    )


def test_quotes_become_typographic_across_bold_words_and_facts():
    found = opened(block(f'say "**yes**" and "{sealed(0)}"'), wordings("no"))
    assert d.plain(found.children) == "say “yes” and “no”"


def test_a_line_break_in_the_file_is_a_blank():
    assert d.plain(block("one\ntwo  \nthree").children) == "one two three"


def test_a_backslash_takes_the_meaning_from_a_mark():
    assert d.plain(block(r"5 \* 3 \[x\] \# \`y\`").children) == "5 * 3 [x] # `y`"


def test_underscores_within_a_word_are_letters():
    assert d.plain(block("some_file_name").children) == "some_file_name"


@pytest.mark.parametrize(
    "text",
    [
        "[a](b)",
        "[a][b]",
        "<http://x.example>",
        "<a@b.example>",
        "![a](b)",
        "a[^1]",
        "<b>x</b>",
        "<!x>",
        "&amp;",
        "&#169;",
        "`x`",
        "# Head",
        "### Head",
        "## {#id}",
        "##",
        "- x",
        "* x",
        "+ x",
        "1. x",
        "1) x",
        "---",
        "***",
        "    code",
        "```\ncode\n```",
        "Head\n====",
        "[a]: http://x.example",
    ],
)
def test_what_has_no_place_in_a_contract_is_refused(text):
    assert "no-node" in rules(text)


# ---- blocks


def test_paragraphs():
    assert [d.plain(each.children) for each in blocks("one\n\ntwo")] == ["one", "two"]


def test_a_caption_with_an_id_and_one_without():
    assert blocks("## Term *end* {#term-end}\n\nx")[0].id == "term-end"
    caption = blocks("## Term end\n\nx")[0]
    assert isinstance(caption, Caption)
    assert (caption.id, d.plain(caption.heading)) == ("", "Term end")


def test_a_caption_needs_a_proper_id():
    assert rules("## Term end {#Term End}") == ["ill-typed"]


def test_a_list_of_letters_whatever_letters_are_typed():
    found = block("(a) one;\n(a) two; and\n(x) three.")
    assert [d.plain(item.children[0].children) for item in found.items] == ["one;", "two; and", "three."]


def test_a_list_may_stand_in_an_item_of_a_list():
    found = block("(a) one, that is:\n\n    (i) x; or\n    (ii) y; and\n\n(b) two.")
    first, second = found.items
    assert kinds(first.children) == ["Paragraph", "Items"]
    assert [d.plain(item.children[0].children) for item in first.children[1].items] == ["x; or", "y; and"]
    assert d.plain(second.children[0].children) == "two."


def test_a_list_of_one_is_refused():
    assert rules("(a) one.") == ["one-item-list"]


@pytest.mark.parametrize(
    "text",
    [
        "words\n(a) x; and\n(b) y.",
        "**bold** words\n(a) x",
        "see [](#x)\n(a) y",
        "words\n| a | b |",
        "words\n- x",
        "words\n1. x",
    ],
)
def test_a_block_needs_an_empty_line_before_it(text):
    assert "blank-line" in rules(text)


def test_a_caption_and_a_box_may_follow_without_an_empty_line():
    assert [type(each) for each in blocks("words\n## Head")] == [d.Paragraph, Caption]
    assert [type(each) for each in blocks("words\n> x")] == [d.Paragraph, d.Box]


def test_a_quote_is_a_box():
    found = block("> one\n>\n> two")
    assert isinstance(found, d.Box)
    assert [d.plain(each.children) for each in found.children] == ["one", "two"]


def test_a_heading_in_a_box_is_refused():
    assert rules("> ## Head\n>\n> words") == ["no-node"]


def test_a_table_has_a_head_alignments_and_rows():
    found = block("| Item | Fee |\n|---|--:|\n| one | 1.00 |\n| two | 2.00 |")
    assert found.aligns == ("left", "right")
    assert [d.plain(cell.children) for cell in found.head] == ["Item", "Fee"]
    assert [[d.plain(cell.children) for cell in row] for row in found.rows] == [["one", "1.00"], ["two", "2.00"]]
    assert not found.total


def test_a_table_with_an_empty_head_is_a_plain_list_of_terms():
    assert block("| | |\n|---|---|\n| Client | Acme |").head == ()


def test_a_last_row_that_starts_with_a_bold_total_is_a_sum():
    found = block("| Item | Fee |\n|---|--:|\n| one | 1.00 |\n| **Total a month** | **1.00** |")
    assert found.total
    assert kinds(found.rows[-1][0].children) == ["Text"]


def test_a_paragraph_that_starts_with_table_is_the_caption_of_the_table():
    found = block("Table: Monthly fees\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    assert d.plain(found.caption) == "Monthly fees"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("| a | b |\n|---|---|\n| 1 |", "table-row"),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", "table-row"),
        ("| a | b |\n|---|---|", "empty-table"),
        ("Table: Fees\n\nwords", "caption-without-table"),
        ("Table: Fees", "caption-without-table"),
    ],
)
def test_an_ill_formed_table_is_refused(text, rule):
    assert rule in rules(text)


def test_a_bar_in_a_cell_is_written_with_a_backslash():
    found = block("| a | b |\n|---|---|\n| x \\| y | 2 |")
    assert d.plain(found.rows[0][0].children) == "x | y"


# ---- facts and lines


def test_words_know_the_line_that_they_stand_on():
    text = f"one{line_mark(3)}\ntwo{line_mark(4)}\n\n(a) three; and{line_mark(6)}\n(b) four.{line_mark(7)}"
    paragraph, items = parse(text, START).blocks
    assert paragraph.origin.line == 3
    assert [item.origin.line for item in items.items] == [6, 7]


def test_words_after_a_definition_over_two_lines_know_their_line():
    text = f'**"Client{line_mark(3)}\nData"** means{line_mark(4)}\n\ndata.{line_mark(6)}'
    definition, after = parse(text, START).blocks
    assert definition.children[0].term == "Client Data"
    assert after.origin.line == 6


def test_a_problem_knows_its_line():
    (problem,) = parse(f"one{line_mark(3)}\n\n`two`{line_mark(5)}", START).problems[:1]
    assert (problem.rule, problem.origin.line) == ("no-node", 5)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"Between A and {sealed(0)}.", "Between A and Acme, Inc."),
        (f"With **{sealed(0)}**. Then", "With Acme, Inc. Then"),
        (f"With {sealed(0)}, and", "With Acme, Inc., and"),
        (f"With {sealed(0)}; and", "With Acme, Inc.; and"),
        (f"With {sealed(1)}. Then", "With Acme. Then"),
    ],
)
def test_a_fact_that_ends_in_a_stop_ends_its_sentence_too(text, words):
    assert d.plain(opened(block(text), wordings("Acme, Inc.", "Acme")).children) == words


def test_one_line_of_words_is_all_that_a_heading_holds():
    assert d.plain(parse_inline("Standard *terms*", START)[0]) == "Standard terms"
    assert [problem.rule for problem in parse_inline("one\n\ntwo", START)[1]] == ["not-one-line"]


@given(st.text(st.sampled_from("ab (1)|*_`[]<>#&!-:.\\\"'\n{}~"), max_size=60))
def test_any_text_is_parsed_or_refused_with_a_place(text):
    parsed = parse(text, START)
    assert all(problem.origin.path == START.path and problem.hint for problem in parsed.problems)


@given(st.text(st.sampled_from("abc ,;é日"), min_size=1, max_size=40).filter(str.strip))
def test_plain_words_stay_as_they_are(text):
    assert d.plain(block(text.strip()).children) == " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    ["a <b> c", "a </b> c", "a <! c", "a <? c", "a ![x](y)", "a [^1] c", "a [b](c)", "a [b][c]", "a <http://b.example>", "a <b@c.example>",
     "a &amp; b", "a `b` c", "a `` b"],
)  # fmt: skip
def test_the_hint_of_what_has_no_place_is_true(text):
    """Applied as often as it is given, the cure leaves the very characters that were typed."""
    cured = text
    while problems := parse(cured, START).problems:
        (mark,) = {re.search(r"a backslash before the (.)$", problem.hint)[1] for problem in problems}
        cured = re.sub(rf"(?<!\\){re.escape(mark)}", lambda found: f"\\{found[0]}", cured)
        assert len(cured) < 3 * len(text), "the cure does not help"
    assert d.plain(block(cured).children) == text
