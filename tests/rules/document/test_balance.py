"""The rule about brackets and quotes."""

import pytest

from contract_assembly.rules.document.balance import balance
from tests.helpers.rule_documents import meaning, places, told


@pytest.mark.parametrize("text", ["(a", "a)", "“a", "a”", "{a", "((a)", "(a]", "“(a”", ")a("])
def test_a_mark_without_its_other_half_is_told(text):
    assert told(balance, text)


@pytest.mark.parametrize("text", ["(a)", "“a (b) c”", "the Client’s", "the parties’ (both)", "‘a", "no marks"])
def test_marks_in_pairs_are_sound(text):
    assert told(balance, text) == []


def test_each_mark_is_told_with_what_it_lacks():
    assert told(balance, ")(") == [") is closed but never opened", "( is never closed"]


def test_a_mark_that_a_fact_holds_is_no_concern_of_the_rule():
    assert told(balance, "for ⟦Acme (UK⟧") == []


def test_the_quotes_of_a_defined_term_are_not_typed():
    assert told(balance, meaning("Fees", " means charges.")) == []


def test_a_pair_does_not_reach_into_the_next_paragraph():
    assert places(balance, "All is (well.", "And so) on.") == [("clauses/x.md:1", "error"), ("clauses/x.md:2", "error")]
