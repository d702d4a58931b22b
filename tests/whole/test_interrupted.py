"""Every command that writes, killed before each of its steps and run again: the end is as if nothing had happened.

A command runs in a forked process that kills itself (SIGKILL) just before its nth step on the disk. Then `check` must not take
what is there for an edit by hand, the same command must end well or be refused with a true reason, and the files must be those
of an undisturbed run.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from contract_assembly.actions import amend, lifecycle
from contract_assembly.actions.renew import batch
from contract_assembly.cli.block import issuing
from contract_assembly.repository import git, store
from contract_assembly.writers.formats import FORMATS
from tests.helpers.corpus import REPOSITORY, based, run, state
from tests.helpers.firms import BY, ON, signed
from tests.helpers.git_repositories import begun, committed
from tests.helpers.living import FOLDER, NAMED, change, firm

BLOCK = "agreements/hudson/2026-block"
MD = {"md": FORMATS["md"]}
TICKETS = """Ticket,Priority,Status,Opened,First response,Resolved,Closed,Waiting (minutes),Rating,Close reason
1,3 - Normal,Closed,2026-10-05 09:00,2026-10-05 10:00,2026-10-06 09:00,2026-10-06 12:00,,5,Solved
"""
HOURS = (
    "date,person,task,worked,time\n2026-11-24,miguel-santos,Scanner,35m,09:10\n2026-11-24,tom-ekberg,Server,1h,10:00\n"
)


@pytest.fixture(autouse=True)
def review_text_only(monkeypatch):
    """The steps on the disk are the same for every format, and review text is quick."""
    monkeypatch.setattr(lifecycle, "FORMATS", MD)
    monkeypatch.setattr(amend, "FORMATS", MD)
    monkeypatch.setattr(issuing, "FORMATS", ("md",))
    monkeypatch.setattr(batch.applied, "__defaults__", (*batch.applied.__defaults__[:-1], ("md",)))


def well(root, *arguments):
    said = run(root, *arguments)
    assert said.code == 0, said.err
    return said


# ---- where the commands are run


def plain(root):
    return based(root)


def built(root):
    plain(root)
    well(root, "--client", "acme", "--format", "md")
    return root


def approved(root):
    plain(root)
    well(root, "approve", "--all", "--by", "A Lawyer", "--on", "2026-09-01")
    return root


def sent(root):
    approved(root)
    well(root, "status", "acme", "--set", "sent")
    return root


def contracted(root):
    sent(root)
    well(root, "status", "acme", "--set", "signed", "--on", "2026-09-21")
    return root


def with_mapping(root):
    plain(root)
    (root / "provider/mappings").mkdir()
    shutil.copy(REPOSITORY / "provider/mappings/generic-tickets.yaml", root / "provider/mappings")
    (root / "tickets.csv").write_text(TICKETS)
    return root


def with_block(root):
    for name in ("clauses", "templates", "provider"):
        shutil.copytree(REPOSITORY / name, root / name)
    (root / BLOCK).mkdir(parents=True)
    for name in ("client.yaml", "2026-block/agreement.yaml", "2026-block/account.yaml", "2026-block/ledger.csv"):
        shutil.copy(REPOSITORY / "agreements/hudson" / name, root / "agreements/hudson" / name)
    account = root / BLOCK / "account.yaml"
    lines = account.read_text().splitlines(keepends=True)
    account.write_text("".join(line for line in lines if "what: low-balance" not in line))
    (root / "provider/approvals.yaml").unlink()
    (root / "hours.csv").write_text(HOURS)
    well(root, "approve", "--all", "--by", "A Lawyer", "--on", "2026-09-01", "--until", "2027-12-31")
    return root


def proposed(root):
    with_block(root)
    well(root, *PROPOSE)
    return root


def amended(root):
    firm(root)
    change(root / f"{FOLDER}/agreement.yaml", "status: sent", "status: draft")
    (root / "provider/approvals.yaml").unlink()
    well(root, "approve", "--all", "--by", "A Lawyer", "--on", "2026-09-01")
    well(root, "status", *NAMED, "--set", "sent")
    well(root, "status", *NAMED, "--set", "signed", "--on", "2026-09-21")
    committed(root, "Signed")
    change(root / f"{FOLDER}/agreement.yaml", "price: 62.00 USD", "price: 64.00 USD")
    return root


PROPOSE = (
    "block", "propose", "hudson", "--plan", "business", "--first-day", "2027-01-01", "--valid-until", "2026-12-18",
    "--on", "2026-11-23",
)  # fmt: skip
BOOKED = ("--booked", "2026-11-24")


@dataclass(frozen=True)
class Case:
    """Where a command is run, its arguments, and what a second run may be refused with once the first has written all."""

    prepare: Callable[[Path], Path]
    arguments: tuple[str, ...]
    done_already: str = ""


CASES = {
    "build": Case(plain, ("--client", "acme", "--format", "md")),
    "approve": Case(plain, ("approve", "notes", "--by", "A Lawyer", "--on", "2026-09-01")),
    "approve more": Case(approved, ("approve", "notes", "--by", "B Lawyer", "--on", "2026-09-02")),
    "new": Case(with_block, ("new", "oakridge", "--kind", "support", "--first-day", "2027-01-01"), "exists-already"),
    "service import": Case(
        with_mapping,
        ("service", "import", "acme/2026-support", "ROOT/tickets.csv", "--mapping", "generic-tickets", "--on", "2026-10-31"),
    ),
    "status sent": Case(approved, ("status", "acme", "--set", "sent"), "status-step"),
    "status draft": Case(sent, ("status", "acme", "--set", "draft", "--reason", "Another date"), "status-step"),
    "status signed": Case(sent, ("status", "acme", "--set", "signed", "--on", "2026-09-21"), "status-step"),
    "amend": Case(amended, ("amend", "acme", "--on", "2027-01-04", "--effective", "2027-02-01"), "not-signed"),
    "renew": Case(signed, ("renew", "--on", ON, "--by", BY, "--apply")),
    "block order": Case(
        with_block, ("block", "order", "hudson", "--hours", "40", "--first-day", "2026-12-07", "--on", "2026-11-24")
    ),
    "block propose": Case(with_block, PROPOSE),
    "block notify": Case(with_block, ("block", "notify", "--client", "hudson", "--on", "2026-11-23", "--apply")),
    "block statement": Case(
        with_block, ("block", "statement", "hudson", "--period", "2026-10", "--on", "2026-11-09", "--issue")
    ),
    "block import": Case(with_block, ("block", "import", "hudson", "ROOT/hours.csv", *BOOKED)),
    "convert": Case(
        proposed,
        ("convert", "hudson", "--plan", "business", "--start", "2027-01-01", "--signed", "2026-12-10", "--apply"),
    ),
}  # fmt: skip


# ---- killing


@contextmanager
def steps(step: Callable[[str], None]):
    """Let the store, and git, call `step` before each change on the disk."""
    locked, checked = store.locked.__wrapped__, git.Git.checked
    before = locked.__defaults__

    def watched(self, *words):
        if words[0] in {"config", "update-ref"} and "--list" not in words:
            step(f"git {' '.join(words)}")
        return checked(self, *words)

    locked.__defaults__, git.Git.checked = (step, 0), watched
    try:
        yield
    finally:
        locked.__defaults__, git.Git.checked = before, checked


def at(root, arguments):
    return [each.replace("ROOT", str(root)) for each in arguments]


def undisturbed(root, arguments):
    """The names of all steps of a command that is not disturbed."""
    names = []
    with steps(names.append):
        well(root, *at(root, arguments))
    return names


def killed_at(root, arguments, number):
    """Run a command in a process of its own that kills itself just before a step."""
    child = os.fork()
    if child:
        assert os.waitpid(child, 0)[1] == signal.SIGKILL
        return
    left = number

    def step(_name):
        nonlocal left
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    try:
        with steps(step):
            run(root, *at(root, arguments))
    finally:
        os._exit(1)


def files(root):
    return {path: data for path, data in state(root).items() if not path.startswith(".git/")}


def placed(prepare, root):
    """What a case begins with, made once; a copy of it for each run."""
    return prepare(root)


@pytest.mark.parametrize("name", CASES)
def test_a_command_killed_at_any_step_and_run_again_ends_as_if_undisturbed(tmp_path, name):
    case = CASES[name]
    base = placed(case.prepare, tmp_path / "base")
    whole = shutil.copytree(base, tmp_path / "whole")
    names = undisturbed(whole, case.arguments)
    wanted, clean = files(whole), run(whole, "check")
    assert len(names) > 2
    for number, step in enumerate(names):
        root = shutil.copytree(base, tmp_path / f"at-{number}")
        killed_at(root, case.arguments, number)
        half = step.startswith("land ") and number and names[number - 1].startswith("land ")
        if half:
            between = run(root, "check")
            assert "edited" not in between.err, (step, between.err)
            assert "fault of the program" not in between.err
            assert "a command was interrupted while it wrote files in" in between.err, (step, between.err)
            assert between.code == 1
        again = run(root, *at(root, case.arguments))
        refused = bool(case.done_already) and f"[{case.done_already}]" in again.err
        assert again.code == 0 or refused, (step, again.err)
        assert files(root) == wanted, step
        assert not half or run(root, "check") == clean, step
        shutil.rmtree(root)


def test_git_setup_killed_at_any_step_and_run_again_ends_as_if_undisturbed(tmp_path):
    base = begun(plain(tmp_path / "base"))
    whole = shutil.copytree(base, tmp_path / "whole")
    names = undisturbed(whole, ("git-setup",))
    assert len(names) == 6
    for number in range(len(names)):
        root = shutil.copytree(base, tmp_path / f"at-{number}")
        killed_at(root, ("git-setup",), number)
        well(root, "git-setup")
        assert settings(root) == settings(whole)


def settings(root):
    said = subprocess.run(["git", "config", "--local", "--list"], cwd=root, capture_output=True, text=True, check=True)
    return sorted(said.stdout.splitlines())
