"""What is open over all agreements, and approvals as text."""

import shutil
from datetime import date
from hashlib import sha256

import pytest

from contract_assembly.actions.reviews import Consent, approved, facts_of, open_clauses, rules_of_law
from contract_assembly.build.assessment import assemble_and_assess
from contract_assembly.build.deviations import deviations
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import AGREEMENT, REPOSITORY, based, change

PAIR = ("acme", "2026-support")
FILE = "provider/approvals.yaml"
YEAR = Consent("A Lawyer", date(2026, 9, 1), date(2027, 8, 31))
NEGOTIATED = """---
id: notes
title: Notes
slot: notes
kinds: [support]
laws: ["*"]
rung: preferred
purpose: Says what was agreed.
---
Each party keeps short notes.
"""


@pytest.fixture
def root(tmp_path):
    return based(tmp_path / "root")


def approve(root, *names, consent=YEAR):
    (root / FILE).write_bytes(approved(Repository(root), names, consent))


def approval_states(root):
    return {each.clause: each.state for each in assemble_and_assess(Repository(root), *PAIR).approvals}


def rows(root, *pairs, on=None):
    found, problems = open_clauses(Repository(root), pairs or [PAIR], on)
    assert problems == ()
    return {each.clause: (each.state, each.until, each.agreements) for each in found}


def negotiate(root, text=NEGOTIATED, agreement="2026-support"):
    path = f"agreements/acme/{agreement}/clauses/notes.md"
    (root / path).parent.mkdir(parents=True)
    (root / path).write_text(text, "utf-8")
    return path


# ---- approvals


def test_an_approval_is_of_the_files_very_bytes(root):
    approve(root, "notes")
    (only,) = Repository(root).approvals().approvals
    assert (only.clause, only.digest) == ("notes", sha256((root / "clauses/notes.md").read_bytes()).hexdigest())
    assert (only.by, only.on, only.until) == ("A Lawyer", date(2026, 9, 1), date(2027, 8, 31))


def test_an_approval_is_for_what_the_clause_is_for_or_for_what_is_said(root):
    approve(root, "notes")
    approve(root, "notes", consent=Consent("B", YEAR.on, YEAR.until, laws=("US-NY", "US-*"), kinds=("time-block",)))
    wide, narrow = Repository(root).approvals().approvals
    assert (wide.laws, wide.kinds) == (("*",), ("support",))
    assert (narrow.laws, narrow.kinds) == (("US-NY", "US-*"), ("time-block",))


def test_without_names_every_clause_of_the_library_is_approved(root):
    assert set(approval_states(root).values()) == {"never approved"}
    approve(root)
    assert set(approval_states(root).values()) == {"approved"}


def test_a_checkout_with_other_line_endings_keeps_its_approvals(root):
    approve(root)
    for path in (root / "clauses").rglob("*.md"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert set(approval_states(root).values()) == {"approved"}


def test_a_change_of_one_character_ends_an_approval_of_that_clause_alone(root):
    approve(root)
    change(root, "clauses/notes.md\n-Each party keeps notes.\n+Each party keeps note.\n")
    assert {clause for clause, state in approval_states(root).items() if state != "approved"} == {"notes"}
    assert approval_states(root)["notes"] == "changed since approval"


@pytest.mark.parametrize(
    "by", ["A Lawyer", 'J. "Jo" Moss', "back\\slash", "Zoë: counsel, #1", "- [x] {y}", "yes", "2026"]
)
def test_an_approval_reads_back_as_it_was_written(root, by):
    approve(root, "notes", consent=Consent(by, YEAR.on, YEAR.until, laws=("*", "US-*", "GB-EW")))
    (only,) = Repository(root).approvals().approvals
    assert (only.by, only.laws, only.kinds) == (by, ("*", "US-*", "GB-EW"), ("support",))


def test_lines_are_added_and_what_stands_there_stays(root):
    approve(root, "notes")
    before = (root / FILE).read_text("utf-8")
    (root / FILE).write_text(f"{before}  # seen by the board", "utf-8")  # and no line break at the end
    approve(root, "fees")
    after = (root / FILE).read_text("utf-8")
    assert (after.startswith(before), after.endswith("\n  # seen by the board")) == (True, True)
    assert [each.clause for each in Repository(root).approvals().approvals] == ["notes", "fees"]


def test_a_name_twice_is_approved_once(root):
    approve(root, "notes", "notes")
    assert len(Repository(root).approvals().approvals) == 1


def test_a_line_is_indented_like_those_that_are_there(root):
    approve(root, "notes")
    (root / FILE).write_text((root / FILE).read_text("utf-8").replace("\n  - ", "\n      - "), "utf-8")
    approve(root, "fees")
    assert (root / FILE).read_text("utf-8").count("\n      - {clause: ") == 2


def test_what_was_laid_out_in_another_way_takes_no_line_that_would_not_fit(root):
    approve(root, "notes")
    text = (root / FILE).read_text("utf-8")
    (root / FILE).write_text(text.replace("approvals:\n  - ", "approvals: [").rstrip() + "]\n", "utf-8")
    with pytest.raises(RefusedError) as caught:
        approved(Repository(root), ("fees",), YEAR)
    assert {each.origin.path for each in caught.value.problems} == {FILE}


@pytest.mark.parametrize(
    "wrong",
    [{"laws": ("nonsense",)}, {"by": ""}, {"by": "{{ x }}"}, {"by": "x" * 401}, {"kinds": ("lease",)}],
)
def test_an_approval_that_cannot_be_written_is_refused(root, wrong):
    said = {"by": "A Lawyer", "on": YEAR.on, "until": YEAR.until} | wrong
    with pytest.raises(RefusedError):
        approved(Repository(root), ("notes",), Consent(**said))


def test_unknown_clauses_are_all_told_with_what_is_like_them(root):
    with pytest.raises(RefusedError) as caught:
        approved(Repository(root), ("note", "zzz", "fees"), YEAR)
    assert [each.what for each in caught.value.problems] == ["there is no clause note", "there is no clause zzz"]
    assert caught.value.problems[0].hint == "did you mean notes?"


# ---- negotiated clauses


def test_a_negotiated_clause_is_not_approved_by_the_approval_of_the_one_that_it_shadows(root):
    approve(root)
    negotiate(root)
    assert approval_states(root)["notes"] == "never approved"
    assert {each.approval for each in deviations(Repository(root), *PAIR)} == {"never approved"}, (
        "one verdict everywhere"
    )


def test_a_negotiated_clause_is_approved_by_its_path(root):
    path = negotiate(root)
    approve(root)
    approve(root, path)
    assert set(approval_states(root).values()) == {"approved"}


def test_a_negotiated_clause_with_an_id_of_its_own_is_approved_by_it(root):
    path = negotiate(root, NEGOTIATED.replace("id: notes", "id: notes-acme"))
    (root / path).rename((root / path).with_name("notes-acme.md"))
    approve(root, "notes-acme")
    assert approval_states(root)["notes-acme"] == "approved"


def test_where_two_agreements_have_a_clause_of_one_id_it_takes_a_path(root):
    shutil.copytree(root / AGREEMENT, root / "agreements/acme/2027-support")
    for agreement in ("2026-support", "2027-support"):
        path = negotiate(root, NEGOTIATED.replace("id: notes", "id: notes-acme"), agreement)
        (root / path).rename((root / path).with_name("notes-acme.md"))
    with pytest.raises(RefusedError) as caught:
        approved(Repository(root), ("notes-acme",), YEAR)
    (problem,) = caught.value.problems
    assert "agreements/acme/2026-support/clauses/notes-acme.md or agreements/acme/2027" in problem.hint
    approve(root, "agreements/acme/2027-support/clauses/notes-acme.md")


# ---- what is open


def test_a_clause_is_open_for_each_agreement_that_uses_it(root):
    shutil.copytree(root / AGREEMENT, root / "agreements/acme/2027-support")
    change(root, "agreements/acme/2027-support/agreement.yaml\n-  renewal: automatic\n+  renewal: by-agreement\n")
    found = rows(root, PAIR, ("acme", "2027-support"))
    assert found["notes"] == ("never approved", None, ("acme/2026-support", "acme/2027-support"))
    assert found["renewal"] == ("never approved", None, ("acme/2026-support",))


def test_what_is_approved_is_not_open_until_it_is_overdue(root):
    approve(root, consent=Consent("A", YEAR.on, date(2026, 12, 31)))
    assert rows(root) == rows(root, on=date(2026, 12, 31)) == {}
    assert rows(root, on=date(2027, 1, 1))["notes"] == ("overdue", date(2026, 12, 31), ("acme/2026-support",))


def test_an_agreement_that_cannot_be_read_keeps_no_other_from_being_looked_at(root):
    shutil.copytree(root / AGREEMENT, root / "agreements/acme/2027-support")
    change(root, f"{AGREEMENT}/agreement.yaml\n-version: 1\n+version: first\n")
    found, problems = open_clauses(Repository(root), [PAIR, ("acme", "2027-support")], None)
    assert {each.agreements for each in found} == {("acme/2027-support",)}
    assert [problem.rule for problem in problems] == ["ill-typed"]


# ---- facts and rules


def test_facts_are_told_with_kind_and_place(root):
    found = {key: (kind, where) for key, kind, where in facts_of(Repository(root), *PAIR)}
    assert found["coverage.users"][1] == f"{AGREEMENT}/agreement.yaml:18"
    assert found["client.name"][1] == "agreements/acme/client.yaml:2"
    assert "fees.monthly" in found
    assert len({kind for kind, _ in found.values()}) > 5


def test_rules_of_law_are_told_with_their_windows():
    found = {each["rule"]: each for each in rules_of_law(Repository(REPOSITORY), *PAIR)}
    assert found["AR-NY"]["state"] == "to be done"
    assert found["AR-NY"]["window"] == ["2027-06-30", "2027-07-15"]
    assert found["AR-NY"]["channels"] == ["in-person", "certified-mail"]
    assert found["US-CONSUMER"]["state"] == "kept"
    assert found["AR-NY"]["where"].startswith("clauses/law/US-NY.yaml:")
