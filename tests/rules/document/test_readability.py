"""How easily a document reads."""

from pathlib import Path

import pytest

from contract_assembly.build.pipeline import draft
from contract_assembly.document import tree as d
from contract_assembly.repository.inputs import Repository
from contract_assembly.rules.document.readability import readability
from tests.helpers.rule_documents import document, items

REPOSITORY = Path(__file__).parents[3]


def measured(*blocks):
    return {each.name: each for each in readability(document(*blocks))}


def test_words_and_sentences_are_counted_as_printed():
    found = measured("The Client pays ⟦$500.00⟧ a month. It may stop.")["services"]
    assert (found.words, found.sentences, found.longest, found.average) == (9, 2, 6, 4.5)


def test_an_item_counts_as_a_sentence():
    assert measured("It keeps:", items("logs; and", "notes."))["services"].sentences == 3


def test_clauses_parts_and_the_whole_are_measured():
    assert list(measured("One word.")) == ["services", "terms", "document"]


def test_headings_and_tables_are_no_body_text():
    table = d.Table(("left",), (), ((d.Cell((d.Text("many words in a cell"),)),),))
    assert measured("One word.", table)["document"].words == 2


def test_what_holds_no_sentence_is_left_out():
    assert measured() == {}


def test_the_scores_follow_flesch_and_kincaid():
    found = measured("The cat sat on the mat.")["document"]
    assert found.ease == pytest.approx(206.835 - 1.015 * 6 - 84.6)
    assert found.grade == pytest.approx(0.39 * 6 + 11.8 - 15.59)


def test_longer_words_read_less_easily():
    assert measured("Confidentiality obligations continue.")["document"].ease < measured("We keep it.")["document"].ease


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("The data is kept.", 1),
        ("It was promptly reported.", 1),
        ("The Provider keeps it.", 0),
        ("It is red. It is sold.", 0.5),
    ],
)
def test_passive_sentences_are_counted(text, share):
    assert measured(text)["document"].passive == share


@pytest.fixture(scope="module")
def sample():
    return {each.name: each for each in readability(draft(Repository(REPOSITORY), "acme", "2026-support").document)}


def test_the_standard_terms_of_the_sample_are_short(sample):
    assert sample["terms"].words <= 5_500


def test_the_sample_reads_easily(sample):
    whole = sample["document"]
    assert whole.average <= 20
    assert whole.longest <= 60
    assert whole.grade <= 12.5
    assert whole.ease >= 38
    assert whole.passive <= 0.15


def test_no_clause_of_the_sample_is_hard_to_read(sample):
    # a clause of one or two sentences has no average to speak of
    assert {name for name, each in sample.items() if each.sentences > 2 and each.grade > 12.5} == set()
