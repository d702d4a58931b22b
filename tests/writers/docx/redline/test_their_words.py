"""A file of ours with the words of another."""

from contract_assembly.writers.docx.redline.their_words import Paragraph, with_their_words
from contract_assembly.writers.returned import words_of
from tests.helpers.returned import FEE, SITES, TERM, file
from tests.helpers.word_packages import body, package


def lines(*theirs):
    main = with_their_words(body(TERM + FEE + SITES).encode(), theirs)
    return [each.text for each in words_of(package(main)).lines]


SENT = [each.text for each in words_of(file(TERM + FEE + SITES)).lines]
SAME = [Paragraph(text, n) for n, text in enumerate(SENT)]


def test_the_same_words_are_the_same_file():
    assert lines(*SAME) == SENT


def test_changed_split_new_and_deleted_paragraphs_say_what_they_say():
    theirs = [Paragraph("The term is 24 months.", 0), Paragraph("And more.", 0), Paragraph("New."), *SAME[2:]]
    assert lines(*theirs) == ["The term is 24 months.", "And more.", "New.", *SENT[2:]]


def test_rows_come_and_go():
    row = [Paragraph("Depot", None, 1), Paragraph("9 Lake Avenue", None, 1)]
    assert lines(*SAME, *row) == [*SENT, "Depot", "9 Lake Avenue"]
    assert lines(*SAME[:4]) == SENT[:4]
    assert lines(*SAME[:2]) == SENT[:2]
