"""The words of a file with the states in which they are there."""

from contract_assembly.actions.negotiation.returned_words import joined, paragraphs, words_of
from contract_assembly.writers.returned.word_marks import MarkedLine, Span


def shown(*spans, **line):
    return [(each.text, each.before, each.after) for each in words_of([MarkedLine(spans, **line)], "Us")][:-1]


def test_a_word_is_in_both_states_only_if_all_of_it_is():
    assert shown(Span("30"), Span("0", added="Them"), Span(" days")) == [
        ("30", True, False), ("300", False, True), ("days", True, True),
    ]  # fmt: skip


def test_our_own_changes_count_as_accepted():
    assert shown(Span("old ", removed="Us"), Span("new ", added="Us"), Span("word")) == [
        ("new", True, True), ("word", True, True),
    ]  # fmt: skip


def test_paragraphs_are_those_before_the_changes():
    lines = [MarkedLine((Span("One"),), added="Them"), MarkedLine((Span("two"),)), MarkedLine((Span("three"),))]
    assert paragraphs(words_of(lines)) == [(0, 4), (4, 6)]


def test_joined_words_have_the_blanks_they_had():
    assert joined(words_of([MarkedLine((Span("“a (b), c”."),)), MarkedLine((Span("d"),))])) == "“a (b), c”.\nd"
