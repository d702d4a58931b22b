"""What all commands that enter hours have in common."""

import os
import signal
import subprocess
import sys

from tests.helpers import block_commands
from tests.helpers.block_commands import BY, FOLDER, LOG, ledger, log
from tests.helpers.corpus import REPOSITORY, run

root = block_commands.root


KILLED = """
import os, signal, sys
from pathlib import Path
from contract_assembly.repository.store import append as growing
def half(target, added, step):
    with target.open("ab") as file:
        file.write(added[:25])
    os.kill(os.getpid(), signal.SIGKILL)
growing.grow = half
sys.argv = ["build.py", *sys.argv[1:]]
from contract_assembly.cli import main
main()
"""


def test_a_half_written_line_that_no_writer_here_left_is_not_cut(root):
    log(root)
    path = root / FOLDER / "ledger.csv"
    whole = path.read_bytes()
    path.write_bytes(whole + b"2,2026-10")
    said = run(root, "block", "balance", "--client", "acme", "--on", "2026-10-06")
    assert (said.code, "ledger.csv:3: warning: the last line is half written" in said.err) == (0, True)
    assert log(root, "5m", "Other").code == 1
    assert path.read_bytes() == whole + b"2,2026-10"


def test_what_a_killed_command_left_is_cured_by_the_next_entry_with_a_message(root):
    log(root)
    before = ledger(root)
    arguments = ["--root", str(root), *LOG, "5m", "--task", "Cut", *BY]
    died = subprocess.run([sys.executable, "-c", KILLED, *arguments], cwd=REPOSITORY, check=False)
    assert died.returncode == -signal.SIGKILL
    assert ledger(root)[:-1] == before
    said = log(root, "5m", "Other")
    assert "the half-written row was taken away" in said.err
    assert (len(ledger(root)), ledger(root)[:2]) == (3, before)
    assert "Other" in ledger(root)[2]


def test_two_who_enter_at_once_both_get_their_row(root):
    keep = {name: value for name, value in os.environ.items() if name != "CONTRACTS_ROOT"}
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(root), *LOG, "5m", *BY]
    both = [subprocess.Popen([*command, "--task", f"Task {n}"], env=keep, stdout=subprocess.DEVNULL) for n in range(4)]
    assert [each.wait() for each in both] == [0] * 4
    assert sorted(row.split(",")[4] for row in ledger(root)[1:]) == [f"Task {n}" for n in range(4)]
    assert run(root, "block", "balance").code == 0
