"""Clauses of an agreement's own, and where its contract has them."""

import pytest

from contract_assembly.clauses.clause import read_clause
from contract_assembly.clauses.own_places import moved, with_own, without_place
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.facts.outline import Entry

AT = Origin("templates/contract/outline.yaml", 1)
OUTLINE = [(Entry(slot=each), AT) for each in ("fees", "term", "notices")]


def own(name, after, folder="agreements/acme/2026-support/clauses"):
    place = f"after: {after}\n" if after else ""
    rung = "rung: acceptable" if folder.startswith("agreements") else "rung: preferred"
    head = f'id: {name}\ntitle: T\nslot: {name}\n{place}kinds: [support]\nlaws: ["*"]\n{rung}\npurpose: P.\n'
    return read_clause(f"---\n{head}---\nWords.\n", f"{folder}/{name}.md")


def slots(*clauses):
    return [entry.slot for entry, _ in with_own(OUTLINE, moved(clauses))]


def test_a_clause_comes_directly_after_the_slot_that_it_names():
    assert slots(own("publicity", "term")) == ["fees", "term", "publicity", "notices"]
    assert slots(own("b", "term"), own("a", "term"), own("c", "a")) == ["fees", "term", "a", "c", "b", "notices"]


def test_a_clause_of_the_outline_is_only_where_it_was_moved_to():
    assert slots(own("fees", "notices")) == ["term", "notices", "fees"]
    assert slots(own("fees", "")) == ["fees", "term", "notices"]


def test_clauses_that_follow_each_other_in_a_circle_have_no_place():
    clauses = (own("a", "b"), own("b", "a"))
    assert slots(*clauses) == ["fees", "term", "notices"]
    assert [each.rule for each in without_place(moved(clauses), {"fees"})] == ["own-place", "own-place"]


def test_an_unknown_slot_is_a_problem_with_the_nearest_one():
    (problem,) = without_place(moved([own("publicity", "notice")]), {"notices", "term"})
    assert (problem.rule, problem.hint) == ("own-place", "did you mean notices?")


def test_a_clause_of_the_library_has_its_place_in_the_outline():
    with pytest.raises(RefusedError) as refused:
        own("publicity", "term", "clauses/general")
    assert "is a clause of the library" in refused.value.problems[0].what
