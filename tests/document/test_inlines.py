"""Neighbouring inlines: one text instead of two, one stop instead of two, and a section mark with its number."""

import pytest

from contract_assembly.core.text import NBSP
from contract_assembly.document import tree as d
from contract_assembly.document.inlines import merged, one_stop, trimmed
from tests.helpers.sample_tree import t, v

SECTION_2 = d.Reference("fees", "2 (Fees)")


def texts(inlines):
    return [each.text if isinstance(each, d.Text | d.Value | d.Reference) else d.plain(each) for each in inlines]


def test_neighbouring_texts_become_one_with_single_blanks():
    assert merged(t("a ", " b", "\n c")) == t("a b c")


def test_texts_on_both_sides_of_a_fact_stay_apart_and_the_fact_keeps_its_blanks():
    assert texts(merged(t("a ", v("x  y"), " b"))) == ["a ", "x  y", " b"]


def test_a_joined_text_keeps_the_place_of_its_first_piece():
    first, second = d.Text("a", d.Origin("x.md", 1)), d.Text("b", d.Origin("x.md", 2))
    assert merged([first, second])[0].origin.line == 1


@pytest.mark.parametrize("word", ["Section", "sections", "Paragraph", "paragraphs", "Clause", "clauses"])
def test_a_section_mark_stays_on_the_line_of_its_number(word):
    assert texts(merged(t(f"see {word} ", SECTION_2)))[0] == f"see {word}{NBSP}"


@pytest.mark.parametrize("words", ["see ", "Subsection ", "Sectional ", "Section", "Section: "])
def test_other_words_before_a_reference_may_be_separated_from_it(words):
    assert texts(merged(t(words, SECTION_2)))[0] == words


def test_only_a_reference_holds_its_section_mark():
    assert texts(merged(t("Section ", v("2"))))[0] == "Section "


def test_a_line_has_no_blanks_at_its_ends_and_no_empty_texts():
    assert trimmed(t(" a ", v(" x "), " ")) == t("a ", v(" x "))
    assert trimmed(t("  ")) == trimmed(()) == ()


def test_a_non_breaking_blank_at_an_end_is_kept():
    assert trimmed(t(f"{NBSP}a{NBSP}")) == t(f"{NBSP}a{NBSP}")


@pytest.mark.parametrize("name", [v("Acme, Inc."), d.Strong(t("Acme, Inc.")), d.Emphasis(t(v("Acme, Inc.")))])
def test_a_fact_that_ends_in_a_stop_ends_the_sentence(name):
    assert d.plain(one_stop(t("Signed by ", name, ". Then more."))) == "Signed by Acme, Inc. Then more."
    assert one_stop(t(name, ".")) == (name,)


@pytest.mark.parametrize(
    "line", [t(v("Acme"), "."), t("etc.", v("x"), "."), t(v("Acme, Inc."), ", and"), t(SECTION_2, "."), ()]
)
def test_any_other_stop_stays(line):
    assert one_stop(line) == line


def test_a_stop_of_the_clauses_own_words_is_not_taken_for_that_of_a_fact():
    line = t(d.Text("etc."), d.Text(". More"))
    assert one_stop(line) == line
