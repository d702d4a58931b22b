"""Pairing what belongs together: units by key and by words, entries in order by likeness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from contract_assembly.compare.align import Placed, in_step, placed


class Entry(Struct, frozen=True):
    text: str
    role: str = "paragraph"
    identity: str = ""

    @property
    def words(self):
        return tuple(self.text.split())


class Unit(Struct, frozen=True):
    key: str
    entries: tuple = ()


def units(names, **words):
    return [Unit(name, (Entry(words.get(name, f"only {name * 3} here {name * 2}")),)) for name in names]


def entries(*texts):
    return [Entry(each) for each in texts]


def test_units_are_paired_by_key_and_new_and_removed_ones_are_merged_in_order():
    assert placed(units("abd"), units("acd")) == [Placed(0, 0), Placed(1, None), Placed(None, 1), Placed(2, 2)]


def test_a_unit_that_moved_is_listed_at_both_places():
    assert placed(units("abc"), units("bca")) == [
        Placed(0, None, moved=True), Placed(1, 0), Placed(2, 1), Placed(0, 2, moved=True)
    ]  # fmt: skip


def test_a_unit_with_another_key_and_the_same_words_is_the_same_unit():
    text = "the client shall pay each fee within thirty days"
    assert placed(units("x", x=text), units("y", y=text)) == [Placed(0, 0)]


def test_a_unit_that_shares_few_words_is_another_unit():
    old, new = units("x", x="one two three four five"), units("y", y="one six seven eight nine")
    assert placed(old, new) == [Placed(0, None), Placed(None, 0)]


def test_of_two_likely_partners_the_first_is_taken_and_each_only_once():
    text = "the client shall pay each fee within thirty days"
    assert placed(units("x", x=text), units("yz", y=text, z=text)) == [Placed(0, 0), Placed(None, 1)]
    assert placed(units("xw", x=text, w=text), units("y", y=text)) == [Placed(0, 0), Placed(1, None)]


@given(st.permutations("abcdef"), st.sets(st.sampled_from("abcdef")))
def test_every_unit_of_both_sides_is_placed_and_the_new_order_is_kept(order, gone):
    old, new = units("abcdef"), units([each for each in order if each not in gone])
    found = placed(old, new)
    assert [each.new for each in found if each.new is not None] == list(range(len(new)))
    assert {each.old for each in found if each.old is not None} == set(range(6))


def test_equal_entries_are_paired_first():
    assert in_step(entries("a b", "c d"), entries("x y", "a b", "c d")) == [(None, 0), (0, 1), (1, 2)]


def test_a_reworded_entry_is_paired_and_a_different_one_is_not():
    old = entries("the client pays the fee in thirty days")
    assert in_step(old, entries("the client pays the fee in sixty days")) == [(0, 0)]
    assert in_step(old, entries("nothing here is alike at all")) == [(0, None), (None, 0)]


def test_between_two_candidates_the_likelier_is_taken():
    old = entries("the client pays the fee in thirty days")
    new = entries("the client pays a tax in some days", "the client pays the fee in sixty days")
    assert in_step(old, new) == [(None, 0), (0, 1)]


def test_entries_of_different_roles_are_never_paired():
    assert in_step([Entry("a b c", "item")], [Entry("a b c", "row")]) == [(0, None), (None, 0)]


@pytest.mark.parametrize(("role", "pairs"), [("definition", [(0, None), (None, 0)]), ("row", [(0, 0)])])
def test_a_definition_of_another_term_is_another_one_and_a_row_may_be_renamed(role, pairs):
    assert in_step([Entry("a b c d", role, "Fee")], [Entry("a b c e", role, "Term")]) == pairs


def test_an_entry_with_the_same_name_is_the_same_whatever_its_words():
    assert in_step([Entry("a b", "definition", "Fee")], [Entry("x y", "definition", "Fee")]) == [(0, 0)]


def test_nothing_on_one_side_pairs_nothing():
    assert in_step([], entries("a")) == [(None, 0)]
    assert in_step(entries("a"), []) == [(0, None)]
    assert in_step([], []) == []


def test_a_gap_that_is_too_large_counts_as_wholly_changed():
    old, new = entries(*(f"old {n}" for n in range(101))), entries(*(f"new {n}" for n in range(100)))
    assert {pair for pair in in_step(old, new) if None not in pair} == set()
    assert len(in_step(old, new)) == 201
