"""The changes of an amendment, compared and applied."""

import random

import pytest
from msgspec.structs import replace

from contract_assembly.document import tree as d
from contract_assembly.document.numbering import numbered
from contract_assembly.document.references import resolved
from contract_assembly.letters.amendments.changes import apply, compare
from contract_assembly.letters.amendments.instructions import in_short, place
from contract_assembly.letters.amendments.kept_numbers import kept
from contract_assembly.letters.bare_contract import bare_contract
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.markdown import review_text
from tests.helpers.amended_documents import OLD, changed, document, numbers, section, terms
from tests.helpers.corpus import REPOSITORY
from tests.helpers.sample_tree import p


@pytest.fixture(scope="module")
def acme():
    found = bare_contract(Repository(REPOSITORY), "acme", "2026-support")
    return found.document, found.assembled.elsewhere


def grown(tree, seed):
    """The tree with units put in, taken out, moved and reworded here and there."""
    dice = random.Random(seed)  # noqa: S311  # a test

    def change(node):
        chance = dice.random()
        if isinstance(node, d.Text) and chance < 0.01:
            return replace(node, text=node.text + " and so on")
        if isinstance(node, d.Section | d.Part) and node.id != "cover":
            new = (
                replace(node, id=f"{node.id or 'x'}-new-{seed}", heading=(d.Text(f"New {seed}"),))
                if chance > 0.98
                else None
            )
            if chance < 0.03:
                return replace(node, heading=(d.Text("Another title"),))
            if 0.03 < chance < 0.05:
                return ()
            return (node, new) if new else node
        return node

    moved = d.rewrite(tree, change)
    parts = [
        replace(part, children=tuple(dice.sample(part.children, len(part.children)))) if dice.random() < 0.1 else part
        for part in moved.parts
    ]
    return replace(moved, parts=tuple(parts))


def test_a_clause_whose_only_words_had_no_number_is_replaced_as_a_whole():
    old = document(terms(section("law", section("", p("One."), level=2), heading="Law")))
    new = document(
        terms(section("law", section("", p("One."), level=2), section("", p("Two."), level=2), heading="Law"))
    )
    first, second = changed(old, new)
    assert numbers(second) == ["", "1", "1.1", "1.2"]
    assert [in_short(each) for each in compare(first, second)] == ["Section 1 (Law) is replaced"]


def test_a_new_title_is_a_change_of_the_title_alone():
    first, second = changed(OLD, d.rewrite(OLD, lambda node: d.Text("Charges") if node == d.Text("fees") else node))
    (found,) = compare(first, second)
    assert (found.op, in_short(found)) == ("retitle", "Section 1 (fees) gets another heading")
    assert place(found) == "terms 1"


def test_no_change_is_no_change():
    first, second = changed(OLD, OLD)
    assert first == second
    assert compare(first, second) == ()


@pytest.mark.parametrize("seed", range(12))
def test_the_changes_done_to_one_state_give_the_other_byte_for_byte(acme, seed):
    tree, elsewhere = acme
    first, _ = resolved(numbered(tree), elsewhere)
    second, _ = resolved(kept(grown(tree, seed), [first]), elsewhere)
    third, _ = resolved(kept(grown(second, seed + 100), [first, second]), elsewhere)
    for old, new in ((first, second), (second, third), (third, first)):
        found = compare(old, new)
        assert found
        assert review_text(apply(old, found)) == review_text(new)
    for state in (second, third):
        in_parts = [
            [each.number for each in d.walk(part) if isinstance(each, d.Section) and each.number]
            for part in state.parts
        ]
        assert all(len(each) == len(set(each)) for each in in_parts), "two units have one number"
