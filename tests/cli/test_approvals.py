"""`build.py approvals`."""

import json

from tests.helpers import command_output
from tests.helpers.command_output import BY, CLAUSES, data, lines
from tests.helpers.corpus import AGREEMENT, approved, change, run

root = command_output.root


def test_what_nobody_stands_for_is_listed_and_counted(root):
    first, names, last = lines(root, "approvals")
    assert first == f"{CLAUSES} clauses: never approved (acme/2026-support)"
    assert "notes" in names.split(", ")
    assert last == OPEN


OPEN = f"{CLAUSES} clauses are open. After the review: build.py approve --all --by NAME --on DATE --reason WHY"


def test_once_all_is_approved_nothing_is_open_until_it_is_overdue(root):
    _, done = lines(root, "approve", "--all", *BY)
    assert done == "provider: wrote approvals.yaml; approval of every clause until 2027-08-31"
    assert lines(root, "approvals") == ["nothing is open"]
    assert lines(root, "approvals", "--on", "2027-08-31") == ["nothing is open"]
    overdue = lines(root, "approvals", "--on", "2027-09-01")
    assert overdue[-1] == OPEN
    assert overdue[0] == f"{CLAUSES} clauses: overdue, until 2027-08-31 (acme/2026-support)"
    assert data(root, "approvals") == {"open": [], "problems": []}


def test_what_could_not_be_looked_at_is_told_in_both_forms(root):
    change(root, f"{AGREEMENT}/agreement.yaml\n-version: 1\n+version: first\n")
    said = run(root, "approvals")
    assert said.code == 1
    assert said.err.startswith(f"{AGREEMENT}/agreement.yaml:5: error: ")
    said = run(root, "approvals", "--json")
    assert (said.code, said.err) == (1, "")
    assert [each["rule"] for each in json.loads(said.out)["problems"]] == ["ill-typed"]


def test_approvals_of_one_client_only(root):
    assert run(root, "approvals", "--client", "acne").code == 1
    assert lines(root, "approvals", "--client", "acme")[-1] == OPEN


def test_a_law_that_an_approval_is_not_for_keeps_the_clause_open(root):
    approved("--on", "2026-09-01", "--law", "GB-EW")(root)
    assert lines(root, "approvals") == [
        "notes: not approved for this use, until 2027-08-31 (acme/2026-support)",
        "1 clause is open. After the review: build.py approve notes --by NAME --on DATE --reason WHY",
    ]


def test_a_negotiated_clause_is_named_by_its_path_because_its_id_may_be_that_of_the_library(root):
    approved("--on", "2026-09-01")(root)
    own = root / AGREEMENT / "clauses"
    own.mkdir()
    text = (root / "clauses/notes.md").read_text("utf-8")
    (own / "notes.md").write_text(text.replace("rung: preferred", "rung: acceptable") + "More.\n", "utf-8")
    path = f"{AGREEMENT}/clauses/notes.md"
    assert lines(root, "approvals") == [
        f"{path}: never approved (acme/2026-support)",
        f"1 clause is open. After the review: build.py approve {path} --by NAME --on DATE --reason WHY",
    ]


def test_a_signed_agreement_is_left_out_unless_its_client_is_named(root):
    change(root, f"{AGREEMENT}/agreement.yaml\n-status: draft\n+status: signed\n")
    assert lines(root, "approvals") == ["nothing is open"]
    assert lines(root, "approvals", "--client", "acme")[-1] == OPEN
