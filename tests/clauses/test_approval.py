"""How a clause stands for one use on one day."""

from datetime import date

import pytest

from contract_assembly.clauses.approval import FEW, Approval, approval_problems, approval_status, problem
from contract_assembly.clauses.clause import read_clause
from contract_assembly.facts.agreement_files import Use

TEXT = """---
id: liability
title: Liability
slot: liability
kinds: [support]
laws: ["*"]
rung: preferred
purpose: Limits what a party can lose.
---
Words.
"""
CLAUSE = read_clause(TEXT, "clauses/liability.md")
DAY = date(2026, 10, 1)
DIGEST = "a" * 64


def approval(**changes):
    said = {
        "clause": "liability",
        "digest": DIGEST,
        "laws": ["US-*"],
        "kinds": ["support"],
        "by": "A Lawyer",
        "on": "2026-09-01",
        "until": "2027-08-31",
    }
    return Approval.model_validate(said | changes)


def state(*approvals, law="US-NY", kind="support", day=DAY):
    return approval_status(CLAUSE, DIGEST, approvals, Use(kind, law), day).state


def test_a_clause_that_nobody_named_was_never_approved():
    assert state() == "never approved"
    assert state(approval(clause="indemnity")) == "never approved"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, "approved"),
        ({"laws": ["*"]}, "approved"),
        ({"laws": ["US-NY"]}, "approved"),
        ({"laws": ["GB-EW", "US-NY"]}, "approved"),
        ({"laws": ["US-CA"]}, "not approved for this use"),
        ({"laws": ["GB-*"]}, "not approved for this use"),
        ({"kinds": ["time-block"]}, "not approved for this use"),
        ({"kinds": ["time-block", "support"]}, "approved"),
        ({"digest": "b" * 64}, "changed since approval"),
        ({"until": "2026-09-30"}, "due for review"),
        ({"on": "2026-10-02"}, "approved only from a later day"),
    ],
)
def test_an_approval_holds_for_its_text_its_laws_its_kinds_and_its_time(changes, found):
    assert state(approval(**changes)) == found


@pytest.mark.parametrize("day", [{"on": "2026-10-01"}, {"until": "2026-10-01"}])
def test_both_days_of_an_approval_count(day):
    assert state(approval(**day)) == "approved"


def test_an_agreement_is_judged_on_its_own_day():
    assert state(approval(), day=date(2026, 8, 31)) == "approved only from a later day"
    assert state(approval(), day=date(2027, 9, 1)) == "due for review"


def test_one_approval_that_holds_is_enough():
    lapsed, other = approval(until="2026-09-15"), approval(digest="b" * 64)
    assert state(lapsed, other) == "due for review"
    assert state(lapsed, approval(), other) == "approved"


def test_what_comes_nearest_is_told_and_of_several_the_one_that_lasts_longest():
    short, long, other = approval(until="2026-12-31"), approval(), approval(digest="b" * 64, until="2030-01-01")
    assert approval_status(CLAUSE, DIGEST, (short, long, other), Use("support", "US-NY"), DAY).nearest == long
    assert approval_status(CLAUSE, DIGEST, (other,), Use("support", "US-NY"), DAY).nearest == other
    assert approval_status(CLAUSE, DIGEST, (), Use("support", "US-NY"), DAY).nearest is None


def test_a_clause_that_is_approved_is_no_problem():
    assert problem(approval_status(CLAUSE, DIGEST, [approval()], Use("support", "US-NY"), DAY), CLAUSE, DAY) is None


def test_a_clause_that_is_not_is_one_at_its_own_place_with_the_command_that_cures_it():
    found = problem(approval_status(CLAUSE, DIGEST, [], Use("support", "US-NY"), DAY), CLAUSE, DAY)
    assert (found.rule, found.level, found.origin.path) == ("approval", "error", "clauses/liability.md")
    assert found.what == "clause liability: never approved (judged on 2026-10-01)"
    assert "build.py approve liability --by" in found.hint


@pytest.mark.parametrize(("count", "found"), [(FEW, FEW), (FEW + 1, 1)])
def test_many_clauses_in_one_state_are_one_problem_that_counts_them(count, found):
    status = approval_status(CLAUSE, DIGEST, [approval(until="2026-09-30")], Use("support", "US-NY"), DAY)
    clauses = [read_clause(TEXT.replace("id: liability", f"id: c{n}"), f"clauses/c{n}.md") for n in range(count)]
    listed = list(approval_problems([(status, each) for each in clauses], DAY))
    assert listed[0].origin.path == "clauses/c0.md"
    assert len(listed) == found
    if found == 1:
        assert listed[0].what.startswith("6 clauses: due for review (judged on 2026-10-01): liability, ")
        assert listed[0].what.endswith(" and 1 more")
        assert "build.py approve --all" in listed[0].hint


def test_a_negotiated_clause_is_named_by_its_path_for_it_may_bear_the_id_of_another():
    path = "agreements/acme/2026-support/clauses/liability.md"
    clause = read_clause(TEXT, path)
    assert (
        f"build.py approve {path} --by"
        in problem(approval_status(clause, DIGEST, [], Use("support", "US-NY"), DAY), clause, DAY).hint
    )


def test_a_clause_chosen_by_the_clients_place_needs_an_approval_for_that_place():
    text = TEXT.replace("rung:", "by: either\nrung:", 1)
    clause = read_clause(text, "clauses/liability.md")
    use = Use("support", "US-TX", "US-NY")
    assert approval_status(clause, DIGEST, [approval(laws=("US-NY",))], use, DAY).state == "approved"
    assert approval_status(clause, DIGEST, [approval(laws=("US-CA",))], use, DAY).state == "not approved for this use"
    assert approval_status(CLAUSE, DIGEST, [approval(laws=("US-NY",))], use, DAY).state == "not approved for this use"


def test_a_negotiated_clause_is_approved_by_its_own_text_and_by_no_approval_of_the_clause_it_replaces():
    clause = read_clause(TEXT, "agreements/acme/2026-support/clauses/liability.md")

    def found(*approvals):
        return approval_status(clause, DIGEST, approvals, Use("support", "US-NY"), DAY)

    assert found(approval()).state == "approved"
    assert found(approval(digest="b" * 64)).state == "never approved"
    assert found(approval(digest="b" * 64, instead_of="c" * 64)).state == "changed since approval"
    assert found(approval()).clause == "liability"
