"""The commands of prepaid blocks, from outside: what they say, what they write, and how they end."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from contract_assembly.cli import cli
from tests.helpers import block_commands
from tests.helpers.block_commands import BY, FOLDER, GIT, LOG, committed, git, ledger, log
from tests.helpers.corpus import REPOSITORY, run

root = block_commands.root


@pytest.mark.parametrize(
    "arguments", [("1.5h",), ("35m", "--channel", "phone"), ("35m", "--on", "yesterday"), ("35m", "--at")]
)
def test_wrong_use_ends_with_2(root, arguments):
    assert run(root, *LOG, *arguments, "--task", "Printer", "--by", "priya").code == 2


def test_a_row_edited_by_hand_stops_every_command_with_its_line(root):
    log(root)
    path = root / FOLDER / "ledger.csv"
    path.write_text(path.read_text().replace(",45,1,45,", ",45,1,15,"))
    for command in (("balance", "--client", "acme"), ("log", "acme", "5m", "--task", "x", *BY), ("forecast",)):
        said = run(root, "block", *command)
        assert said.code == 1
        assert f"{FOLDER}/ledger.csv:2: error: the digest does not fit" in said.err


def test_two_clones_that_both_entered_hours_conflict_and_neither_ledger_is_torn(root):
    shutil.copy(REPOSITORY / ".gitattributes", root)
    log(root)
    committed(root)
    for branch, task in (("theirs", "Email"), ("ours", "Network")):
        git(root, "checkout", "-q", "-b", branch, "HEAD" if branch == "theirs" else "HEAD~1")
        log(root, "20m", task)
        git(root, "commit", "-qam", task)
    merged = subprocess.run([*GIT, "-C", str(root), "merge", "theirs"], capture_output=True, text=True, check=False)
    assert merged.returncode == 1
    assert "CONFLICT" in merged.stdout
    assert [row.split(",")[4] for row in ledger(root)[1:]] == ["Printer", "Network"]
    assert run(root, "block", "balance", "--client", "acme", "--on", "2026-10-06").code == 0


def test_each_command_has_help_with_an_example(root):
    group = cli.commands["block"]
    for name in group.commands:
        said = run(root, "block", name, "--help").out
        assert "build.py block " + name in said


def test_the_sample_ledger_is_sound_and_runs_low():
    said = run(Path(REPOSITORY), "block", "notices", "--client", "hudson", "--on", "2026-11-20", "--all", "--json")
    (found,) = json.loads(said.out)["blocks"]
    assert [each["what"] for each in found["notices"]] == ["statement", "low-balance"]
