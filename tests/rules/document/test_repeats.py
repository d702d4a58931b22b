"""The rule about sentences that a document says twice."""

from contract_assembly.rules.document.repeats import repeated_words
from tests.helpers.rule_documents import items, places, told, words

LONG = "The Provider shall delete its copies of the data and confirm this to the Client in writing."


def test_a_long_sentence_that_stands_twice_is_told_at_the_second_place_with_the_first():
    (what,) = told(repeated_words, f"One. {LONG}", f"Two. {LONG}")
    assert "clauses/x.md:1" in what
    assert places(repeated_words, f"One. {LONG}", f"Two. {LONG}") == [("clauses/x.md:2", "error")]


def test_a_third_place_is_told_too():
    assert len(told(repeated_words, LONG, LONG, LONG)) == 2


def test_a_sentence_that_is_much_alike_is_a_warning():
    other = LONG.replace("in writing.", "by email.")
    assert places(repeated_words, LONG, other) == [("clauses/x.md:2", "warning")]


def test_a_sentence_about_something_else_is_sound():
    assert (
        told(
            repeated_words,
            LONG,
            "The Client shall return the keys of the office and send a list of them to the Provider.",
        )
        == []
    )


def test_a_short_sentence_may_stand_twice():
    eleven = "The Provider shall delete its copies of the data at once."
    twelve = eleven.replace("its copies", "all its copies")
    assert told(repeated_words, eleven, eleven) == []
    assert told(repeated_words, twelve, twelve)


def test_capitals_make_no_difference():
    assert told(repeated_words, LONG, LONG.replace("The Provider", "the Provider"))


def test_two_sentences_with_facts_may_say_two_things():
    text = "Within ⟦{}⟧ after the end, the Provider shall delete its copies of the data and confirm it."
    assert places(repeated_words, text.format("30 days"), text.format("60 days")) == [("clauses/x.md:2", "warning")]


def test_what_speaks_of_its_own_place_says_two_things():
    text = "A breach of this section counts as a breach of the other duties of the party concerned."
    assert told(repeated_words, text, text) == []


def test_what_a_loop_prints_of_one_line_counts_once():
    assert told(repeated_words, words(LONG, 4), words(LONG, 4)) == []


def test_items_count_as_sentences():
    assert len(told(repeated_words, LONG, "It is agreed:", items(LONG, "No more.", line=8))) == 1
