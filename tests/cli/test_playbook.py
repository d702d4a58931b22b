"""`build.py playbook`."""

import json

import pytest

from tests.helpers.corpus import REPOSITORY, run


def test_a_slot_is_shown_from_the_preferred_clause_down():
    said = run(REPOSITORY, "playbook", "liability", "--laws", "US-NY")
    assert (said.code, said.err) == (0, "")
    rungs = [line.split()[0] for line in said.out.splitlines() if line[2:].startswith(("preferred", "accept", "last"))]
    assert rungs == sorted(rungs, key=("preferred", "acceptable", "last-resort").index)
    assert {"preferred", "acceptable", "last-resort"} <= set(rungs)
    assert "yield when" in said.out


def test_no_line_is_wider_than_a_page():
    assert max(map(len, run(REPOSITORY, "playbook").out.splitlines())) <= 120


def test_as_json_each_position_says_who_must_see_it():
    (slot,) = json.loads(run(REPOSITORY, "playbook", "liability", "--json").out)["slots"]
    fallbacks = [each for each in slot["positions"] if each["rung"] != "preferred"]
    assert fallbacks
    assert all(each["to"] and each["when"] for each in fallbacks)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [(("--laws", "New York"), 2, "is not a law like US-NY"), (("liabilty",), 1, "did you mean liability")],
)
def test_what_cannot_be_shown_is_refused(words, code, said):
    found = run(REPOSITORY, "playbook", *words)
    assert found.code == code
    assert said in found.err
