"""`build.py block log`."""

import signal
import subprocess
import sys
from datetime import date

import pytest

from contract_assembly.blocks.ledger import HEADER
from contract_assembly.cli.block import entering
from tests.helpers import block_commands
from tests.helpers.block_commands import BY, FOLDER, LOG, data, ledger, log
from tests.helpers.corpus import REPOSITORY, run

root = block_commands.root


ACKNOWLEDGED = """
import os, signal, sys
from contract_assembly.repository.store import Store
append = Store.append
def killed(self, *arguments):
    append(self, *arguments)
    os.kill(os.getpid(), signal.SIGKILL)
Store.append = killed
from contract_assembly.cli import main
main()
"""


def test_hours_are_entered_and_what_they_come_to_is_said(root):
    said = log(root, "20m", "Printer", "--at", "9:00")
    assert said.code == 0
    assert "worked 20 min, rounded 30 min, factor 1: 0.5 h" in said.out
    assert "Balance: 20 h before, 19.5 h after" in said.out
    head, row = ledger(root)
    assert head == HEADER
    assert row.startswith("1,2026-10-06,09:00,priya,Printer,remote,20,30,1,30,")


def test_a_dry_run_says_the_same_and_writes_nothing(root):
    dry = log(root, "20m", "Printer", "--dry-run")
    assert ledger(root) == []
    assert not (root / ".build").exists()
    wet = log(root, "20m", "Printer")
    assert dry.out.splitlines()[:-1] == wet.out.splitlines()[:-1]


def test_an_entry_as_json_has_its_row_its_blocks_and_both_balances(root):
    found = data(root, "log", "acme", "35m", "--task", "Printer", *BY)
    assert (found["wrote"], found["dry_run"]) == ([f"{FOLDER}/ledger.csv"], False)
    assert (found["before"], found["after"]) == ("1200", "1155")
    assert found["blocks"] == [{"block": "first", "minutes": "45"}]
    assert found["rows"][0]["deducted"] == "45"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--at", "23:50"), "past midnight"),
        (("--asked-by", "nobody", "--at", "19:00"), "nobody is not a contact"),
        (("--task", "=1"), "begins like a formula"),
        (("--on", "2026-10-07"), "after 2026-10-06, the day of booking"),
    ],
)
def test_what_cannot_be_entered_ends_with_1_and_writes_nothing(root, more, words):
    said = log(root, "35m", "Printer", *more)
    assert (said.code, ledger(root)) == (1, [])
    assert words in said.err


def test_without_dates_today_counts_where_the_desk_is(root, monkeypatch):
    monkeypatch.setattr(entering, "today", lambda _zone: date(2026, 10, 9))
    run(root, *LOG, "35m", "--task", "Printer", "--by", "priya")
    assert ledger(root)[1].startswith("1,2026-10-09,")
    assert ",2026-10-09," in ledger(root)[1][20:]


def test_a_command_killed_between_its_row_and_its_answer_does_not_enter_it_twice(root):
    arguments = ["--root", str(root), *LOG, "35m", "--task", "Printer", *BY]
    died = subprocess.run([sys.executable, "-c", ACKNOWLEDGED, *arguments], cwd=REPOSITORY, check=False)
    assert died.returncode == -signal.SIGKILL
    once = ledger(root)
    run(root, "check")  # any command in between
    said = log(root)
    assert (said.code, ledger(root)) == (1, once)
    assert "row 1 is this entry already" in said.err
    assert log(root, "35m", "Printer", "--again").code == 0
    assert len(ledger(root)) == len(once) + 1
