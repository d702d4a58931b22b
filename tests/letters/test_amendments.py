"""What lies between two states of a contract: numbers that stay, changes unit by unit, and the way back."""

import random
from dataclasses import replace

import pytest

from contract_assembly.document import tree as d
from contract_assembly.document.numbering import numbered
from contract_assembly.document.references import resolved
from contract_assembly.letters.amendments.changes import apply, compare
from contract_assembly.letters.amendments.instructions import in_one_line, place
from contract_assembly.letters.amendments.kept_numbers import kept
from contract_assembly.letters.amendments.pairing import pairs
from contract_assembly.letters.bare_contract import bare_contract
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.markdown import review_text
from tests.helpers.corpus import REPOSITORY
from tests.helpers.sample_tree import p, sample, t


def section(name, *children, level=1, heading=""):
    return d.Section(name, level, t(heading) if heading else (), children)


def clause(name, *subsections):
    return section(
        name,
        *(section(each, p(f"Words of {each}."), level=2, heading=each.title()) for each in subsections),
        heading=name,
    )


def document(*parts):
    return d.Document(sample().meta, tuple(parts))


def terms(*clauses):
    return d.Part("terms", "terms", t("Standard terms"), clauses)


def schedule(name, *clauses):
    return d.Part("schedule", name, t(name.title()), clauses)


def numbers(found):
    return [each.number for each in d.walk(found) if isinstance(each, d.Part | d.Section)]


def changed(old, new, *earlier):
    first = numbered(old)
    return first, kept(new, [*earlier, first])


OLD = document(
    terms(clause("fees", "due", "late"), clause("term", "start", "end")),
    schedule("plan", clause("sites", "list", "more")),
)


def test_what_was_there_keeps_its_number_and_what_is_new_gets_a_letter():
    new = document(
        terms(
            clause("fees", "due", "rate", "cap", "late"), clause("audit", "when", "how"), clause("term", "start", "end")
        ),
        schedule("data", clause("subject", "x", "y")),
        schedule("plan", clause("sites", "list", "more")),
        schedule("exit", clause("steps", "a", "b")),
    )
    _, found = changed(OLD, new)
    assert numbers(found) == [
        *("", "1", "1.1", "1.1A", "1.1B", "1.2", "1A", "1A.1", "1A.2", "2", "2.1", "2.2"),
        *("1", "1", "1.1", "1.2", "A", "1", "1.1", "1.2", "A1", "1", "1.1", "1.2"),
    ]


def test_the_number_of_what_is_taken_out_is_not_used_again():
    without = document(terms(clause("fees", "late"), clause("term", "start", "end")), OLD.parts[1])
    first, second = changed(OLD, without)
    assert numbers(second)[:5] == ["", "1", "1.2", "2", "2.1"]
    third = kept(
        document(terms(clause("fees", "late", "tax"), clause("term", "start", "end")), OLD.parts[1]), [first, second]
    )
    assert numbers(third)[:5] == ["", "1", "1.2", "1.2A", "2"]
    fourth = kept(without, [first, second, third])
    fifth = kept(
        document(terms(clause("fees", "late", "other"), clause("term", "start", "end")), OLD.parts[1]),
        [first, second, third, fourth],
    )
    assert numbers(fifth)[3] == "1.2B"


def test_a_change_is_as_small_as_can_be_named():
    table = d.Table(("left",), (), ((d.Cell(t("one")),),), t("Sites"))
    before = document(
        terms(clause("fees", "due", "late")),
        schedule(
            "plan",
            section(
                "s",
                section("u", p("All:"), table, level=2, heading="Places"),
                section("v", p("x"), level=2, heading="V"),
                heading="Sites",
            ),
        ),
    )
    after = d.rewrite(
        before,
        lambda node: (
            d.Text("two")
            if node == d.Text("one")
            else d.Text("Words of dues.")
            if node == d.Text("Words of due.")
            else node
        ),
    )
    old, new = changed(before, after)
    assert [in_one_line(each) for each in compare(old, new)] == [
        "Section\u00a01.1 (Due) is deleted and replaced by",
        "The table “Sites” in Schedule\u00a0A, paragraph\u00a01.1 (Places) is deleted and replaced by",
    ]


def test_definitions_are_changed_one_by_one():
    def entry(term, words):
        return d.Paragraph((d.Definition(term), d.Text(f" means {words}.")))

    def of(*entries):
        return document(
            terms(
                section(
                    "definitions",
                    section("list", *entries, level=2, heading="Terms"),
                    section("x", p("x"), level=2, heading="X"),
                    heading="Definitions",
                )
            )
        )

    old, new = changed(
        of(entry("Asset", "a thing"), entry("User", "a person")),
        of(entry("Asset", "a device"), entry("Site", "a place")),
    )
    assert [in_one_line(each) for each in compare(old, new)] == [
        "The definition of “Asset” in section\u00a01.1 (Terms) is deleted and replaced by",
        "This definition is added to section\u00a01.1 (Terms), in its place in the alphabet",
        "The definition of “User” in section\u00a01.1 (Terms) is deleted.",
    ]


def test_a_clause_whose_only_words_had_no_number_is_replaced_as_a_whole():
    old = document(terms(section("law", section("", p("One."), level=2), heading="Law")))
    new = document(
        terms(section("law", section("", p("One."), level=2), section("", p("Two."), level=2), heading="Law"))
    )
    first, second = changed(old, new)
    assert numbers(second) == ["", "1", "1.1", "1.2"]
    assert [in_one_line(each) for each in compare(first, second)] == ["Section\u00a01 (Law) is deleted and replaced by"]


def test_a_paragraph_that_was_reworded_is_known_by_its_words_and_not_by_its_place():
    was = p("The provider answers every request within four business hours.")
    now = p("The provider answers every request within two business hours.")
    assert pairs([was], [p("Work at night costs twice as much."), now]) == ((0, 1),)
    assert pairs([was], [p("Work at night costs twice as much.")]) == ()


def test_a_clause_is_known_by_its_id_whatever_its_words():
    old, new = section("fees", p("Fees are due monthly.")), section("rates", p("Fees are due monthly."))
    assert pairs([old], [new]) == ()
    assert pairs([old], [new, section("fees", p("Something else."))]) == ((0, 1),)


def test_a_new_title_is_a_change_of_the_title_alone():
    first, second = changed(OLD, d.rewrite(OLD, lambda node: d.Text("Charges") if node == d.Text("fees") else node))
    (found,) = compare(first, second)
    assert (found.op, in_one_line(found)) == ("retitle", "Section\u00a01 (fees) has this heading in place of its own")
    assert place(found) == "terms 1"


def test_no_change_is_no_change():
    first, second = changed(OLD, OLD)
    assert first == second
    assert compare(first, second) == ()


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
