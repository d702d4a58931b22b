"""The fate of each word."""

from contract_assembly.actions.negotiation.paragraph_matching import aligned
from contract_assembly.actions.negotiation.returned_words import words_of
from contract_assembly.writers.returned.word_marks import MarkedLine, Span


def fates(sent, back):
    sides = [words_of([MarkedLine((Span(each),)) for each in side]) for side in (sent, back)]
    return "".join({"kept": "=", "removed": "-", "added": "+"}[each.fate] for each in aligned(*sides))


def test_words_of_paired_paragraphs_are_compared_one_by_one():
    assert fates(["a b c d e"], ["a b x d e"]) == "==-+==="


def test_one_paragraph_in_the_place_of_another_keeps_no_word():
    assert fates(["same", "a b c", "end"], ["same", "x y", "end"]) == "==---++=" + "=="


def test_paragraphs_that_went_and_came_in_another_number_are_whole():
    assert fates(["top", "a b", "end"], ["top", "x y", "z w", "end"]) == "==---++++++=="
