"""Running text with its surroundings."""

import pytest

from contract_assembly.document import tree as d
from contract_assembly.rules.document.passages import found_in, passages, problems_for, sentence_at, sentences
from tests.helpers.rule_documents import document, items, meaning, words


def test_an_item_knows_the_words_that_lead_to_it():
    found = passages(document("The Provider shall:", items("keep logs; and", "tell the Client.")))
    assert [each.lead for each, _ in found] == ["", "The Provider shall:", "The Provider shall:"]


def test_an_item_of_an_inner_list_knows_both_leads():
    inner = d.Items((d.Item((words("logs; and"),)), d.Item((words("notes."),))))
    found = passages(
        document("Each party shall:", d.Items((d.Item((words("keep:"), inner)), d.Item((words("work."),)))))
    )
    assert [each.lead for each, _ in found][2:4] == ["Each party shall: keep:"] * 2


def test_a_paragraph_after_a_list_has_no_lead():
    assert passages(document("It:", items("a;", "b."), "After."))[-1][0].lead == ""


def test_a_passage_knows_the_slot_of_its_clause_and_the_term_that_it_defines():
    ((found, _),) = passages(document(meaning("Fees", " means all charges."), slot="definitions"))
    assert (found.slot, found.term) == ("definitions", "Fees")


def test_a_paragraph_that_only_begins_with_a_term_defines_none():
    ((found, _),) = passages(document(meaning("Fees", " are due.")))
    assert found.term == ""


def test_what_holds_nothing_but_facts_is_no_passage():
    assert passages(document("⟦Acme⟧")) == ()


def test_a_blank_that_does_not_break_is_read_as_a_blank():
    ((found, _),) = passages(document("section\u00a0two"))
    assert found.text == "section two"


def test_another_document_is_read_anew():
    assert [each.text for each, _ in passages(document("One."))] == ["One."]
    assert [each.text for each, _ in passages(document("Two."))] == ["Two."]


def test_the_same_words_are_the_same_passage_wherever_they_stand():
    (here, at), (there, elsewhere) = passages(document("⟦Acme⟧ pays.", "⟦Borealis⟧ pays."))
    assert here is there
    assert at.at(2).line != elsewhere.at(2).line


def test_the_same_words_under_another_lead_are_another_passage():
    one, other = (passages(document(lead, items("keep logs; and", "x.")))[1][0] for lead in ("It must:", "It may:"))
    assert one is not other


def test_what_a_rule_finds_is_looked_for_once_and_told_at_each_place():
    looked = []

    @found_in
    def find(passage):
        looked.append(passage.text)
        yield 0, "what", "cure"

    for _ in range(2):
        found = list(problems_for("rule", find, document("One.", "Two.", "One.")))
    assert looked == ["One.", "Two."]
    assert [problem.origin.line for problem in found] == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two.", 2),
        ("Is it? Yes! It is.", 3),
        ("He said “yes.” Then nothing.", 2),
        ("Acme, Inc. Albany", 1),
        ("the U.S. Code", 1),
        ("Art. 28 and no. 4 of it", 1),
        ("one (e.g. This)", 1),
        ("1.5 hours. ␂ follows.", 2),
        ("one. two", 1),
    ],
)
def test_a_stop_ends_a_sentence_unless_it_ends_an_abbreviation(text, count):
    assert len(list(sentences(text))) == count


def test_sentences_know_their_places():
    text = "One. Two."
    assert [text[start : start + 3] for start, _ in sentences(text)] == ["One", "Two"]
    assert sentence_at(text, 6) == "Two."
