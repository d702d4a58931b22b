"""`build.py approve`."""

import subprocess
import sys
from datetime import date

import pytest

from contract_assembly.cli import approve as approving
from contract_assembly.repository.store import locked
from tests.helpers import command_output
from tests.helpers.command_output import BY, CLAUSES, lines
from tests.helpers.corpus import AGREEMENT, REPOSITORY, run, state

root = command_output.root

FILE = "provider/approvals.yaml"


def test_an_approval_makes_a_final_version_possible(root):
    final = ("--client", "acme", "--format", "md", "--final")
    refused = run(root, *final).err
    assert f"error: {CLAUSES} clauses: never approved" in refused
    assert refused.endswith("not built, 1 problem\n")
    run(root, "approve", "--all", *BY)
    assert run(root, *final).code == 0
    assert "Draft" not in (root / AGREEMENT / "contract.md").read_text("utf-8")


def test_an_approval_changes_one_file_and_no_other(root):
    before = state(root)
    assert lines(root, "approve", "notes", "fees", *BY, "--until", "2026-12-31") == [
        "provider: wrote approvals.yaml; approval of notes, fees until 2026-12-31"
    ]
    after = state(root)
    assert {path for path in after if after[path] != before.get(path)} == {FILE}
    assert after[FILE].count(b"\n  - {clause: ") == 2


def test_all_are_listed_and_those_that_have_such_an_approval_are_left_alone(root):
    run(root, "approve", "notes", *BY)
    listed, done = lines(root, "approve", "--all", *BY, "--reason", "Yearly review")
    assert "notes" not in listed.split(", ")
    assert done.startswith("provider: wrote approvals.yaml; approval of ")
    assert "reason: Yearly review" in (root / FILE).read_text("utf-8")
    before = state(root)
    assert lines(root, "approve", "--all", *BY) == ["every clause of the library has such an approval"]
    assert state(root) == before
    assert "notes" in lines(root, "approve", "--all", "--by", "B", "--on", "2026-09-01", "--until", "2027-09-30")[0]


def test_without_a_day_an_approval_holds_from_today(root, monkeypatch):
    monkeypatch.setattr(approving, "today", lambda: date(2026, 9, 1))
    assert lines(root, "approve", "notes", "--by", "A") == [
        "provider: wrote approvals.yaml; approval of notes until 2027-08-31"
    ]
    assert "on: 2026-09-01" in (root / FILE).read_text("utf-8")


def test_the_file_of_approvals_names_its_schema_and_fits_it(root):
    run(root, "approve", "notes", *BY, "--law", "US-*", "--law", "GB-EW", "--kind", "support")
    first = (root / FILE).read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../docs/schema/approvals.json"
    assert 'laws: ["US-*", GB-EW], kinds: [support]' in (root / FILE).read_text("utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ("approve",),
        ("approve", *BY),
        ("approve", "notes", "--all", *BY),
        ("approve", "notes", "--on", "2026-09-01"),
        ("approve", "notes", "--by", "A", "--until", "2026-02-28"),
        ("approve", "notes", "--by", "", "--on", "2026-09-01"),
        ("approve", "notes", "--by", "A", "--on", "tomorrow"),
        ("approve", "notes", *BY, "--until", "2026-08-31"),
        ("approve", "notes", *BY, "--until", "2026-02-30"),
        ("approve", "notes", *BY, "--kind", "lease"),
        ("approvals", "--on", "1.1.2027"),
    ],
    ids=" ".join,
)
def test_wrong_use_approves_nothing(root, arguments):
    before = state(root)
    said = run(root, *arguments)
    assert (said.code, said.out) == (2, "")
    assert "Error: " in said.err
    assert state(root) == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("note", *BY), "did you mean notes?"),
        (("notes", *BY, "--law", "Narnia"), "'Narnia' is not a law like US-NY"),
        (("notes", "--by", "{{ x }}", "--on", "2026-09-01"), "holds {{ or }}"),
    ],
)
def test_what_cannot_be_approved_is_told_and_nothing_is_written(root, arguments, told):
    before = state(root)
    said = run(root, "approve", *arguments)
    assert (said.code, said.out) == (1, "")
    assert told in said.err
    assert state(root) == before


def test_nobody_approves_while_another_builds(root):
    with locked(root):
        said = subprocess.run(
            [sys.executable, str(REPOSITORY / "build.py"), "--root", str(root), "approve", "notes", *BY],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert said.returncode == 75
    assert not (root / FILE).exists()
