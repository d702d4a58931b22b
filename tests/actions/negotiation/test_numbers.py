"""Numbers that changed while the words stayed."""

import pytest

from contract_assembly.actions.negotiation.changes import changes_of
from contract_assembly.actions.negotiation.judgement import Ours, judged
from contract_assembly.actions.negotiation.numbers import listed
from contract_assembly.writers.returned.word_marks import marked_words
from tests.helpers.decided_round import CONTRACT
from tests.helpers.returned import US, edited, main_part, with_part

SENT = marked_words(CONTRACT)


def changes(data):
    return changes_of(SENT, marked_words(data), US).changes


@pytest.fixture(scope="module")
def recounted():
    """The contract with standard terms that begin at 5."""
    start = '<w:start w:val="1"/>'
    return with_part(CONTRACT, "word/numbering.xml", lambda part: part.replace(start, start.replace("1", "5"), 1))


@pytest.fixture(scope="module")
def reference():
    """The place in the main part that shows the number of a reference to section 11."""
    main = main_part(CONTRACT)
    at = main.index(" REF at_confidentiality")
    return main[at : main.index(">11<", at) + 4]


def test_a_list_that_counts_otherwise_is_numbers_and_not_words(recounted):
    (found,) = changes(recounted)
    assert (found.kind, found.removed, found.added) == ("renumbered", (), ())
    assert found.old.startswith("1, 2, 2.1, 2.2, 3, ")
    assert found.new.startswith("5, 6, 6.1, 6.2, 7, ")
    assert "nothing to decide" in judged(found, {}, Ours({}, {}, {})).says


def test_a_reference_that_was_updated_is_numbers(recounted, reference):
    (found,) = changes(edited(recounted, (reference, reference.replace(">11<", ">15<"))))
    assert (found.kind, found.removed, found.added) == ("renumbered", ("11",), ("15",))


def test_a_reference_to_another_section_is_words(reference):
    found = changes(edited(CONTRACT, (reference, reference.replace(">11<", ">15<"))))
    assert [(each.kind, each.old, each.new) for each in found] == [("reworded", "11", "15")]


def test_numbers_that_were_typed_before_our_paragraphs_are_numbers():
    found = changes(
        edited(CONTRACT, (">Raised limit<", ">26.3 Raised limit<"), (">General limit<", ">26.2 General limit<"))
    )
    assert [(each.kind, each.old, each.new) for each in found] == [("renumbered", "", "26.2, 26.3")]


def test_pairs_are_listed_once():
    assert listed([("1", "2"), ("1", "2"), ("", "3")]) == ("1", "2, 3")
