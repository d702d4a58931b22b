"""`build.py service import`: how it is called, and what it says. What it writes is tested with its action."""

import json

import pytest

from tests.helpers import ticket_imports
from tests.helpers.corpus import AGREEMENT, REPOSITORY, run, state
from tests.helpers.ticket_imports import ONE, OPEN, OUT, SERVICE, TWO, bring

root = ticket_imports.root


def test_the_figures_are_shown_by_priority_before_the_changes(root):
    lines = bring(root, ONE, TWO, OPEN, OUT, more=("--on", "2027-01-31", "--dry-run")).out.splitlines()
    assert lines[:8] == [
        "4 rows = 2 closed + 1 open + 1 left out",
        "2026-10-01 to 2027-01-31, of the term to 2027-09-30:",
        "  P1   1 closed, answered in time 0 of 1, solved in time 1 of 1",
        "  P2   0 closed",
        "  P3   1 closed, answered in time 1 of 1, solved in time 1 of 1",
        "  P4   0 closed",
        "  all  2 closed, answered in time 1 of 2, solved in time 2 of 2",
        "  users rated 5.0 of 5, 1 of 2",
    ]


def test_a_ticket_without_a_response_is_counted_apart(root):
    lines = bring(root, ONE.replace("2026-10-05 10:00", ""), more=("--dry-run",)).out.splitlines()
    assert "  P3   1 closed, 1 without a known response, solved in time 1 of 1" in lines


def test_a_dry_run_says_what_would_change_and_writes_nothing(root):
    before = state(root)
    done = bring(root, ONE, more=("--dry-run",))
    assert "quarters[1]: none →" in done.out
    assert f"{AGREEMENT}: would write service.yaml; " in done.out
    assert state(root) == before


def test_json_says_all_of_it(root):
    data = json.loads(bring(root, ONE, TWO, OPEN, OUT, more=("--json",)).out)
    assert (data["rows"], data["closed"], data["open"], data["left_out"]) == (4, 2, 1, 1)
    assert (data["wrote"], data["dry_run"]) == ([SERVICE], False)
    assert data["so_far"]["last"] == "2027-01-12"  # the latest moment in the export
    refused = json.loads(bring(root, ONE, ONE, more=("--json",)).out)
    assert [each["rule"] for each in refused["problems"]] == ["import-doubled"]


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        (("acme", __file__), 2, "Missing option '--mapping'"),
        (("acme", "no-such-file.csv", "--mapping", "generic-tickets"), 2, "no-such-file.csv"),
        (("acne", __file__, "--mapping", "generic-tickets"), 1, "did you mean acme?"),
    ],
)
def test_what_cannot_be_imported_is_refused(line, code, says):
    said = run(REPOSITORY, "service", "import", *line)
    assert (said.code, says in said.err) == (code, True)
