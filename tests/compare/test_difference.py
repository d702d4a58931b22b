"""What changed between two states, as one value: nothing, what needs review, and the count of each kind."""

from contract_assembly.compare.difference import Difference
from contract_assembly.compare.trees import PartChange


def change(kind, part="Terms", *, moved=False, alone=True, key="x"):
    return PartChange(key, 1, part, kind, moved, alone, ())


def difference(*changes, facts=()):
    return Difference("agreements/acme/2026", "Support", "Acme", "en-US", "HEAD", "working tree", facts, changes)


def test_nothing_changed_only_if_no_fact_unit_number_or_place_did():
    assert difference().none
    assert difference(change("unchanged")).none
    assert not difference(change("renumbered")).none
    assert not difference(change("unchanged", moved=True)).none
    assert not difference(facts=("a fact",)).none


def test_what_is_only_renumbered_needs_no_review_unless_it_also_moved():
    still, gone = change("renumbered"), change("renumbered", moved=True)
    found = difference(still, gone, change("reworded"), change("unchanged"))
    assert found.touched == (gone, change("reworded"))
    assert found.renumbered == (still,)


def test_changes_are_grouped_by_part_in_reading_order():
    first, second, third = change("added"), change("removed"), change("added", "Schedule A")
    parts = difference(first, change("unchanged", "Cover"), second, third).parts()
    assert [(name, group) for name, group in parts] == [("Terms", (first, second)), ("Schedule A", (third,))]


def test_the_summary_counts_each_kind_and_says_nothing_of_the_rest():
    assert difference(change("unchanged")).summary() == "nothing"
    assert difference(change("reworded", key="a"), change("added", key="b"), change("reworded", key="c")).summary() == (
        "1 added, 2 reworded"
    )
