"""Units of two states, paired."""

from contract_assembly.letters.amendments.pairing import pairs
from tests.helpers.amended_documents import section
from tests.helpers.sample_tree import p


def test_a_paragraph_that_was_reworded_is_known_by_its_words_and_not_by_its_place():
    was = p("The provider answers every request within four business hours.")
    now = p("The provider answers every request within two business hours.")
    assert pairs([was], [p("Work at night costs twice as much."), now]) == ((0, 1),)
    assert pairs([was], [p("Work at night costs twice as much.")]) == ()


def test_a_clause_is_known_by_its_id_whatever_its_words():
    old, new = section("fees", p("Fees are due monthly.")), section("rates", p("Fees are due monthly."))
    assert pairs([old], [new]) == ()
    assert pairs([old], [new, section("fees", p("Something else."))]) == ((0, 1),)
