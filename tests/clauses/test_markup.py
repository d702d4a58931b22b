"""Markdown of clauses as elements: what is kept, what is added, and what is refused by name."""

import pytest

from contract_assembly.clauses.limits import MAX_PARAGRAPH
from contract_assembly.clauses.markup import LongTextError, elements, pieces


def tags(text):
    return [each.tag for each in elements(text)]


def refusals(text):
    return [each.get("what") for each in elements(text).iter("refused")]


def test_paragraphs_lists_tables_boxes_and_captions_are_kept():
    text = "One.\n\n(a) x\n(b) y\n\n| a | b |\n|---|---|\n| c | d |\n\n> Box.\n\n## Due {#due}\n"
    assert tags(text) == ["p", "ol", "table", "blockquote", "h2"]


def test_a_caption_has_words_and_an_id_or_none():
    first, second = elements("## Due day {#due-day}\n\n## Late\n")
    assert (first.text, first.get("id"), second.text, second.get("id")) == ("Due day", "due-day", "Late", "")


def test_an_empty_link_is_a_reference_to_its_target():
    (found,) = elements("See [](#fees-due).").iter("crossref")
    assert (found.get("target"), found.tail) == ("fees-due", ".")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("![x](y.png)", "an image"),
        ("[x](http://y)", "a link"),
        ("<http://y.example>", "a link"),
        ("a <b>c", "HTML"),
        ("a &amp; b", "an HTML entity"),
        ("`x`", "code"),
        ("x[^1]", "a footnote"),
        ("---", "a rule"),
        ("- x", "a bullet"),
        ("1. x", "a typed number"),
        ("Words\n---", "an underlined heading"),
        ("    x", "code"),
        ("```\nx\n```", "code"),
        ("[x]: y", "a footnote or link target"),
        ("##", "a heading without words"),
        ("# One", "a heading of level 1"),
        ("### Three", "a heading of level 3"),
        ("> > > x", "a box inside two others"),
        ("| a | b |\n|---|---|\n| c |", "a row does not have the 2 cells of its header"),
    ],
)
def test_what_a_contract_has_no_place_for_is_refused_by_name(text, what):
    assert what in refusals(text)


@pytest.mark.parametrize("text", ["5 < 6 & 7 > 6", "AT&T", "a_b_c", "3 * 4", "(see above)", "100 - 20"])
def test_plain_words_with_marks_in_them_are_words(text):
    assert refusals(text) == []
    assert "".join(elements(text).itertext()) == text


def test_a_table_whose_loop_gave_nothing_has_no_rows():
    (table,) = elements("| a | b |\n|---|---|\n")
    assert table.findall("tbody/tr") == []


def test_the_bound_of_a_paragraph_is_inclusive():
    assert tags("x" * MAX_PARAGRAPH) == ["p"]
    with pytest.raises(LongTextError) as found:
        elements("x" * (MAX_PARAGRAPH + 1))
    assert len(found.value.text) == MAX_PARAGRAPH + 1


def test_many_short_lines_of_one_paragraph_are_bounded_together():
    with pytest.raises(LongTextError):
        elements("word\n" * MAX_PARAGRAPH)


def test_pieces_are_texts_and_elements_in_reading_order():
    (paragraph,) = elements("a **b** c [](#d)")
    assert [each if isinstance(each, str) else each.tag for each in pieces(paragraph)] == [
        "a ",
        "strong",
        " c ",
        "crossref",
    ]
