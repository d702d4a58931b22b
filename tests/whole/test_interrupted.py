"""Every command that writes, killed before each of its steps and run again: the end is as if nothing had happened.

A command runs in a forked process that kills itself (SIGKILL) just before a step on the disk. What a kill before each other
step leaves behind is copied from a run that goes on: one kill of each command shows that the two are the same. Then `check`
must not take what is there for an edit by hand, the same command must end well or be refused with a true reason, and the files
must be those of an undisturbed run.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import pytest
from msgspec import Struct

from contract_assembly.actions import amend, convert, signature_steps, steps
from contract_assembly.actions.renew import batch
from contract_assembly.build import dependent_drafts
from contract_assembly.cli import cli
from contract_assembly.cli.block import issuing
from contract_assembly.repository import git, store
from contract_assembly.writers.formats import FORMATS
from tests.cli.test_dry_run import ENDLESS
from tests.helpers.block_firm import BLOCK, block_alone
from tests.helpers.client_tables import table
from tests.helpers.corpus import REPOSITORY, based, run, state
from tests.helpers.esign_services import KEY, at_hand, contract_alone, for_signature
from tests.helpers.firms import BY, ON, changeable, signed
from tests.helpers.git_repositories import begun, committed
from tests.helpers.living import FOLDER, NAMED, change, firm
from tests.helpers.returned import edited

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
    monkeypatch.setenv("CONTRACTS_ESIGN_KEY", KEY)
    monkeypatch.setattr(dependent_drafts, "FORMATS", MD)
    monkeypatch.setattr(steps, "FORMATS", MD)
    monkeypatch.setattr(signature_steps, "FORMATS", MD)
    monkeypatch.setattr(amend, "FORMATS", MD)
    monkeypatch.setattr(convert, "FORMATS", MD)
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


def sent_and_changed(root):
    sent(root)
    facts = root / "agreements/acme/2026-support/agreement.yaml"
    change(facts, "version: 1", "version: 2")
    change(facts, "price: 62.00 USD", "price: 61.00 USD")
    return root


def countersigned(root):
    """The contract as it was built and signed, and a scan of the signed paper."""
    signed(root)
    (root / "scan.pdf").write_bytes(b"%PDF-1.4\na scan\n%%EOF\n")
    return root


def came_back(root):
    """A contract as it was built, and the Word file that came back."""
    plain(root)
    well(root, "--client", "acme/2026-support", "--document", "contract", "--format", "docx")
    sent = (root / "agreements/acme/2026-support/contract.docx").read_bytes()
    (root / "back.docx").write_bytes(edited(sent, (">12\u00a0months<", ">24\u00a0months<")))
    return root


def unchanged(root):
    """The Word file came back without a change, so that nothing is left to decide."""
    came_back(root)
    shutil.copy(root / "agreements/acme/2026-support/contract.docx", root / "back.docx")
    return root


def decided(root):
    came_back(root)
    run(root, "receive", "acme", str(root / "back.docx"), "--on", "2026-11-24")
    change(root / "agreements/acme/2026-support/negotiation/1.yaml", "decision: open", "decision: take")
    return root


def carried_out(root):
    decided(root)
    well(root, "negotiate", "acme", "--apply")
    return root


def to_sign(root):
    for_signature(contract_alone(root))
    return root


def out_for_signature(root):
    to_sign(root)
    well(root, "send", "acme", "--on", "2026-11-24")
    at_hand().complete(b"%PDF-1.4\na scan\n%%EOF\n")
    return root


def ended(root):
    contracted(root)
    well(root, *END)
    return root


def with_index(root):
    plain(root)
    shutil.copytree(REPOSITORY / "provider/indices", root / "provider/indices")
    (root / "CPI.csv").write_text("observation_date,CPI\n2026-09-01,121.0\n2026-10-01,121.3\n2026-11-01,121.9\n")
    return root


def empty(root):
    """A firm without a client."""
    with_block(root)
    shutil.rmtree(root / "agreements")
    return root


def with_clients(root):
    plain(root)
    shutil.rmtree(root / "clauses/law")
    shutil.copytree(REPOSITORY / "clauses/law", root / "clauses/law")
    shutil.copytree(REPOSITORY / "templates/start", root / "templates/start")
    (root / "provider/mappings").mkdir()
    shutil.copy(REPOSITORY / "provider/mappings/clients.yaml", root / "provider/mappings")
    (root / "clients.csv").write_text(table(), "utf-8")
    return root


def with_mapping(root):
    plain(root)
    (root / "provider/mappings").mkdir()
    shutil.copy(REPOSITORY / "provider/mappings/generic-tickets.yaml", root / "provider/mappings")
    (root / "tickets.csv").write_text(TICKETS)
    return root


def with_block(root):
    block_alone(root)
    (root / "hours.csv").write_text(HOURS)
    (root / "provider/approvals.yaml").write_bytes(approvals())
    return root


@cache
def approvals():
    """What a lawyer's approval of every clause comes to; the same for each case."""
    with TemporaryDirectory() as folder:
        root = block_alone(Path(folder) / "root")
        well(root, "approve", "--all", "--by", "A Lawyer", "--on", "2026-09-01", "--until", "2027-12-31")
        return (root / "provider/approvals.yaml").read_bytes()


def over(root):
    """A signed block whose last reminder was sent in time."""
    with_block(root)
    account = root / BLOCK / "account.yaml"
    change(account, "\nmessages:\n", "\nmessages:\n  - {what: expiry-final, on: 2027-09-10, block: first}\n")
    change(root / BLOCK / "agreement.yaml", "status: sent", "status: draft")
    well(root, "status", "hudson", "--set", "sent")
    well(root, "status", "hudson", "--set", "signed", "--on", "2026-10-01")
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
END = ("status", "acme", "--set", "ended", "--on", "2027-03-31", "--by", "client", "--reason", "Section 20.1")


class Case(Struct, frozen=True):
    """Where a command is run, its arguments, and what a second run may be refused with once the first has written all."""

    prepare: Callable[[Path], Path]
    arguments: tuple[str, ...]
    done_already: str = ""


CASES = {
    "build": Case(plain, ("--client", "acme", "--format", "md")),
    "approve": Case(plain, ("approve", "notes", "--by", "A Lawyer", "--on", "2026-09-01")),
    "approve more": Case(approved, ("approve", "notes", "--by", "B Lawyer", "--on", "2026-09-02")),
    "new in an empty firm": Case(
        empty, ("new", "oakridge", "--kind", "support", "--first-day", "2027-01-01", "--place", "US-NY"),
        "exists-already"
    ),
    "new": Case(with_block, ("new", "oakridge", "--kind", "support", "--first-day", "2027-01-01", "--place", "US-NY"),
        "exists-already"),
    "service import": Case(
        with_mapping,
        ("service", "import", "acme/2026-support", "ROOT/tickets.csv", "--mapping", "generic-tickets", "--on", "2026-10-31"),
    ),
    "status sent": Case(approved, ("status", "acme", "--set", "sent"), "status-step"),
    "status draft": Case(sent, ("status", "acme", "--set", "draft", "--reason", "Another date"), "status-step"),
    "status signed": Case(sent, ("status", "acme", "--set", "signed", "--on", "2026-09-21"), "status-step"),
    "status sent again": Case(sent_and_changed, ("status", "acme", "--set", "sent"), "status-step"),
    "status signed, the copy": Case(
        countersigned,
        ("status", "acme", "--agreement", "2026-support", "--set", "signed", "--signed-file", "ROOT/scan.pdf",
         "--looked-at-by", "Tom Ekberg"),
        "status-step",
    ),
    "status ended": Case(contracted, END, "status-step"),
    "status signed again": Case(ended, ("status", "acme", "--set", "signed", "--reason", "It goes on"), "status-step"),
    "status of a block ended": Case(over, ("status", "hudson", "--set", "ended", "--on", "2027-10-04"), "status-step"),
    "import": Case(with_clients, ("import", "ROOT/clients.csv"), "exists-already"),
    "mapping": Case(with_clients, ("mapping", "--guess", "ROOT/clients.csv", "--name", "ours"), "exists-already"),
    "index import": Case(with_index, ("index", "import", "ROOT/CPI.csv", "--series", "example-cpi")),
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
    "block log": Case(
        with_block,
        ("block", "log", "hudson", "1h", "--task", "Server", "--by", "tom-ekberg", "--at", "14:00", *BOOKED),
        "entry",
    ),
    "block log without a time": Case(
        with_block, ("block", "log", "hudson", "1h", "--task", "Server", "--by", "tom-ekberg", *BOOKED), "entry"
    ),
    "block reverse": Case(with_block, ("block", "reverse", "hudson", "7", "--because", "Our own fault", *BOOKED), "entry"),
    "block import": Case(with_block, ("block", "import", "hudson", "ROOT/hours.csv", *BOOKED)),
    "receive": Case(unchanged, ("receive", "acme", "ROOT/back.docx", "--on", "2026-11-24")),
    "negotiate": Case(decided, ("negotiate", "acme", "--apply")),
    "reply": Case(carried_out, ("reply", "acme", "--on", "2026-11-25")),
    "send": Case(to_sign, ("send", "acme", "--on", "2026-11-24"), "esign-sent"),
    "fetch": Case(out_for_signature, ("fetch", "acme", "--looked-at-by", "Tom Ekberg")),
    "change": Case(
        changeable,
        ("change", "acme", "users=36", "--on", "2027-01-17", "--asked", "2027-01-12", "--asked-by", "lena"),
    ),
    "invoices": Case(contracted, ("invoices", "--from", "2026-10-01", "--to", "2026-10-31", "--issue", "--on", "2026-09-22")),
    "convert": Case(
        proposed,
        ("convert", "hudson", "--plan", "business", "--start", "2027-01-01", "--signed", "2026-12-10", "--apply"),
    ),
}  # fmt: skip


# ---- what the table must hold

# Commands that only read. `test_a_command_outside_the_table_writes_nothing` runs each; `words` is given no repository.
READ = {
    "approvals": (),
    "block balance": ("hudson", "--on", "2026-11-30"),
    "block compare": ("hudson", "--on", "2026-11-30"),
    "block forecast": ("--on", "2026-11-30"),
    "block notices": ("--on", "2026-11-30"),
    "check": (),
    "deviations": (),
    "diff": ("hudson", "HEAD"),
    "due": ("--on", "2026-11-30", "--by", "2026-12-31"),
    "facts": ("hudson/2026-block",),
    "find": ("vandermeer",),
    "impact": ("--base", "HEAD"),
    "inspect": ("CONTRACT",),
    "laws": ("hudson/2026-block",),
    "playbook": ("liability",),
    "readability": ("hudson/2026-block",),
    "revenue": ("--on", "2026-11-30"),
    "rules": (),
    "schema": ("agreement",),
    "sign": ("hudson", "--as", "provider", "--p12", "CONTRACT", "--output", "signed.pdf"),
    "verify": ("CONTRACT",),
}


def leaves(command=cli, name=""):
    """Every command that can be called, by its words."""
    if not isinstance(command, click.Group):
        return {name}
    names = command.list_commands(click.Context(command))
    below = (leaves(command.get_command(click.Context(command), each), f"{name} {each}".strip()) for each in names)
    return set().union(*below)


def leaf(arguments):
    """The words of the command that is called; "" for a build."""
    words = [" ".join(arguments[:2]), arguments[0]]
    return next((each for each in words if each in leaves()), "")


def test_every_command_that_writes_is_in_the_table():
    killed = {leaf(case.arguments) for case in CASES.values()}
    git_alone = {
        "git-setup",
        "init",
        "library",
        "site",
    }  # what they write is git's, or a new folder that one rename puts in place
    assert killed | {*READ, *git_alone, *ENDLESS, "words"} == leaves() | {""}
    assert not killed & {*READ}


def test_every_step_of_a_status_is_in_the_table():
    words = {case.arguments[case.arguments.index("--set") + 1] for case in CASES.values() if "--set" in case.arguments}
    assert len([case for case in CASES.values() if "--set" in case.arguments]) >= len(steps.STEPS)
    assert words == {to for _, to in steps.STEPS}


def test_a_command_outside_the_table_writes_nothing(tmp_path):
    root = with_block(tmp_path / "root")
    begun(root)
    before = files(root)
    for name, more in READ.items():
        words = [each.replace("CONTRACT", str(REPOSITORY / BLOCK / "contract.docx")) for each in more]
        assert run(root, *name.split(), *words).code in {0, 1}, name
        assert files(root) == before, name


# ---- killing


@contextmanager
def watching(step: Callable[[str], None]):
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
    with watching(names.append):
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
        with watching(step):
            run(root, *at(root, arguments))
    finally:
        os._exit(1)


def left_behind(root, arguments, numbers):
    """What is on the disk just before each of these steps, in a folder of its own: what a kill at that moment leaves behind.
    Buffers that no kill would write are not in it, and nobody holds its locks."""
    left, count = [], 0

    def step(_name):
        nonlocal count
        if count in numbers:
            left.append((count, shutil.copytree(root, root.parent / f"at-{count}")))
        count += 1

    with watching(step):
        well(root, *at(root, arguments))
    assert [number for number, _ in left] == numbers
    return left


def files(root):
    return {path: data for path, data in state(root).items() if not path.startswith(".git/")}


def kinds_of(names):
    """The steps at which a command is killed. Of the files that the store stages in one loop, the first and the last; of those
    that it lands, the first two, the last, and the first of each folder; and every other step."""
    return [number for number in range(len(names)) if not is_like_its_neighbours(names, number)]


def is_like_its_neighbours(names, number):
    (two, before, here, after) = [step.rpartition("/")[0] for step in (["", "", *names, ""][number : number + 4])]
    kinds = [step.partition(" ")[0] for step in (two, before, here, after)]
    if kinds[2] == "stage":
        return kinds[1] == kinds[3] == "stage"
    return kinds == ["land"] * 4 and here == before


def test_every_kind_of_step_is_among_those_at_which_a_command_is_killed():
    names = [
        f"{kind} {path}"
        for kind in ("stage", "land")
        for path in ("a/1", "a/2", "a/3", "a/4", "a/b/1", "a/b/2", "a/b/3")
    ]
    names = ["take the lock", *names[:7], "show the journal", *names[7:], "clear the stage"]
    assert [names[number] for number in kinds_of(names)] == [
        "take the lock", "stage a/1", "stage a/b/3", "show the journal", "land a/1", "land a/2", "land a/b/1", "land a/b/3",
        "clear the stage",
    ]  # fmt: skip


def is_half(before, step):
    """Whether files are half written between two steps."""
    return (before.startswith("land ") and step.startswith("land ")) or step in {"appended a part", "forget the length"}


@pytest.mark.parametrize("name", CASES)
def test_a_command_killed_at_any_kind_of_step_and_run_again_ends_as_if_undisturbed(tmp_path, name):
    case = CASES[name]
    base = case.prepare(tmp_path / "base")
    whole = shutil.copytree(base, tmp_path / "whole")
    names = undisturbed(whole, case.arguments)
    wanted, clean = files(whole), run(whole, "check")
    assert len(names) > 2
    stops = kinds_of(names)
    really = next((number for number in stops if names[number].startswith("land ")), stops[-1])
    for number, root in left_behind(shutil.copytree(base, tmp_path / "run"), case.arguments, stops):
        step = names[number]
        if number == really:
            killed_at(shutil.copytree(base, tmp_path / "killed"), case.arguments, number)
            assert state(tmp_path / "killed") == state(root)
        half = number and is_half(names[number - 1], step)
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


def test_a_build_finishes_what_was_interrupted_before_it_looks_for_agreements(tmp_path):
    root = empty(tmp_path / "root")
    wanted = ("agreements/oakridge/client.yaml", "agreements/oakridge/2027-support/agreement.yaml")
    at = CASES["new in an empty firm"]
    whole = shutil.copytree(root, tmp_path / "whole")
    killed_at(root, at.arguments, undisturbed(whole, at.arguments).index(f"land {wanted[1]}"))
    said = run(root, "--client", "oakridge", "--format", "md")
    assert "all its files are in place now [interrupted-write]" in said.err
    assert {*wanted, "agreements/oakridge/2027-support/contract.md"} <= files(root).keys()


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
