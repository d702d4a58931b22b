"""Changes as text."""

from contract_assembly.compare.difference import Difference
from contract_assembly.compare.trees import compare
from contract_assembly.writers.changes import text
from tests.compare.test_trees import clause, tree
from tests.helpers.sample_tree import p

FIRST = "The Client shall pay each invoice within thirty days of its date."
SECOND = "An invoice that is not paid in time bears interest from the day after."


def fees(*blocks):
    return tree(clause("fees", *blocks))


def test_the_text_shows_the_break_and_no_word_as_removed():
    old, new = fees(p(f"{FIRST} {SECOND}")), fees(p(FIRST), p(SECOND))
    said = text.text(Difference("acme/2026", "T", "Acme", "en-US", "a", "b", (), compare(old, new)))
    assert "{+¶+}" in said
    assert "[-" not in said
