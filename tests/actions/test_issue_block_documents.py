"""Notices and statements of a prepaid block, issued and noted."""

import email
import shutil
import signal
import subprocess
import sys
from email import policy

import pytest

from contract_assembly.cli.block import issuing
from tests.helpers import block_firm
from tests.helpers.block_firm import BLOCK, CONVERT, NOTIFY, STATEMENT, account, done, propose, refused, words
from tests.helpers.corpus import REPOSITORY, state

before = block_firm.before
root = block_firm.root


DYING = """
import os, signal, sys
from contract_assembly.repository import store
real, seen = store.locked, []
def step(name):
    seen.extend([name] if name.startswith("land ") else [])
    if len(seen) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
store.locked = lambda root, patience=0: real(root, step, patience)
from contract_assembly.cli import main
from contract_assembly.cli.block import issuing
issuing.FORMATS = ("md",)
from contract_assembly.actions import convert
convert.FORMATS = ("md",)
main()
"""


def test_a_plan_of_messages_writes_nothing(root):
    was = state(root)
    assert "low-balance of Block first: due today" in done(root, *NOTIFY)
    assert state(root) == was


def test_a_message_is_noted_with_the_letter_and_told_once(root):
    was = account(root).read_text()
    done(root, *NOTIFY, "--apply")
    now = account(root).read_text()
    added = "  - {what: low-balance, on: 2026-11-23, block: first}\n"
    assert added in now
    assert now.replace(added, "") == was
    stood = state(root)
    assert done(root, *NOTIFY, "--apply") == f"{BLOCK}: nothing is due\n"
    assert state(root) == stood


def test_a_draft_of_a_message_notes_nothing_and_gives_way_to_the_letter(root):
    was = account(root).read_text()
    done(root, *NOTIFY, "--apply", "--draft")
    assert account(root).read_text() == was
    assert "DRAFT" in words(root, "low-balance-first").upper()
    done(root, *NOTIFY, "--apply")
    assert "await approval" not in words(root, "low-balance-first")
    assert "what: low-balance" in account(root).read_text()


def test_a_message_that_is_not_approved_lands_nowhere(root):
    (root / "provider/approvals.yaml").unlink()
    was = state(root)
    assert "never approved" in refused(root, *NOTIFY, "--apply")
    assert state(root) == was


def test_a_statement_may_be_made_from_the_day_after_its_month(root):
    november = "statement for 2026-11: can be sent now, and is due by 2026-12-10\n"
    assert november not in done(root, "block", "notify", "--client", "hudson", "--on", "2026-11-30")
    assert november in done(root, "block", "notify", "--client", "hudson", "--on", "2026-12-01")


def test_a_letter_comes_with_its_mail(root, monkeypatch):
    monkeypatch.setattr(issuing, "FORMATS", ("pdf",))
    done(root, *NOTIFY, "--apply")
    found = email.message_from_bytes((root / BLOCK / "low-balance-first.eml").read_bytes(), policy=policy.default)
    assert found["To"].addresses[0].addr_spec == "andre.baptiste@hudson-vine.example"
    assert "You have 4.625 hours left" in " ".join(found.get_body().get_content().split())
    (attached,) = found.iter_attachments()
    assert attached.get_content() == (root / BLOCK / "low-balance-first.pdf").read_bytes()


@pytest.mark.parametrize(
    "command",
    [(*CONVERT, "--apply"), ("block", "notify", "--client", "hudson", "--on", "2026-11-23", "--apply"), STATEMENT],
    ids=["convert", "notify", "statement"],
)
def test_a_command_that_was_killed_while_its_files_landed_is_whole_after_a_second_run(root, tmp_path, command):
    propose(root, "business")
    twin = shutil.copytree(root, tmp_path / "twin")
    done(twin, *command)
    died = subprocess.run([sys.executable, "-c", DYING, "--root", str(root), *command], cwd=REPOSITORY, check=False)
    assert died.returncode == -signal.SIGKILL
    done(root, *command)
    assert state(root) == state(twin)
