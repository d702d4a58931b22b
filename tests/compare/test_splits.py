"""Paragraphs split in two or joined: unchanged words are shown as such, with a mark at the break."""

import pytest

from contract_assembly.compare.marking import marked
from contract_assembly.compare.trees import compare
from tests.compare.test_marking import accepted, lines, words
from tests.compare.test_trees import clause, items, tree
from tests.helpers.sample_tree import p

FIRST = "The Client shall pay each invoice within thirty days of its date."
SECOND = "An invoice that is not paid in time bears interest from the day after."
THIRD = "The Provider may then suspend its services until all of it is paid."


def runs(old, new):
    """The changes of each line below the heading of the only clause, in the format of git's word diff."""
    (change,) = (each for each in compare(old, new) if each.key == "fees")
    return [
        "".join(
            run.new if run.op == "equal" else f"[-{run.old}-]" if run.op == "delete" else f"{{+{run.new}+}}"
            for run in line.cells[0]
        )
        for line in change.lines[1:]
    ]


def fees(*blocks):
    return tree(clause("fees", *blocks))


def test_a_paragraph_that_was_split_keeps_its_words():
    old, new = fees(p(f"{FIRST} {SECOND}")), fees(p(FIRST), p(SECOND))
    assert runs(old, new) == [f"{FIRST}{{+¶+}}", SECOND]
    assert lines(marked(new, compare(old, new))) == [f"{FIRST}[- ¶-]"]  # a note, not a word of either state


def test_paragraphs_that_were_joined_keep_their_words():
    old, new = fees(p(FIRST), p(SECOND)), fees(p(f"{FIRST} {SECOND}"))
    assert runs(old, new) == [f"{FIRST}[-¶-] {SECOND}"]
    assert lines(marked(new, compare(old, new))) == [f"{FIRST}[-¶-] {SECOND}"]


def test_only_words_that_changed_at_the_break_are_marked():
    old, new = fees(p(f"{FIRST} {SECOND} {THIRD}")), fees(p(FIRST), p(SECOND.replace("bears", "carries")), p(THIRD))
    assert runs(old, new) == [f"{FIRST}{{+¶+}}", SECOND.replace("bears", "[-bears-]{+carries+}") + "{+¶+}", THIRD]


def test_a_list_item_that_was_split_keeps_its_words():
    old, new = fees(items(f"{FIRST} {SECOND}", THIRD)), fees(items(FIRST, SECOND, THIRD))
    assert runs(old, new)[:2] == [f"{FIRST}{{+¶+}}", SECOND]
    assert words(accepted(marked(new, compare(old, new)))) == words(new)


def test_a_paragraph_with_other_words_does_not_count_as_part_of_its_neighbour():
    old, new = fees(p(FIRST)), fees(p(FIRST), p(SECOND))
    assert runs(old, new) == [FIRST, f"{{+{SECOND}+}}"]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_whatever_was_split_the_marked_state_gives_the_new_one(count):
    old, new = fees(p(f"{FIRST} {SECOND} {THIRD}")), fees(*map(p, (FIRST, SECOND, THIRD)[:count]))
    for before, after in ((old, new), (new, old)):
        assert words(accepted(marked(after, compare(before, after)))) == words(after)
