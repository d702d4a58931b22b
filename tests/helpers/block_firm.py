"""A firm with one prepaid block, hudson’s, whose hours are half used: commands on it and what they wrote."""

import shutil
from functools import cache

import pytest

from contract_assembly.actions import convert
from contract_assembly.cli.block import issuing
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import REPOSITORY, run

BLOCK = "agreements/hudson/2026-block"


NOTIFY = ("block", "notify", "--client", "hudson", "--on", "2026-11-23")


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    return _before(tmp_path_factory.getbasetemp())


@cache
def _before(base):
    """The sample's library and its block as it stood before any message but October's statement; every clause is approved."""
    root = block_alone(base / "block_firm")
    said = run(root, "approve", "--all", "--by", "A Lawyer", "--on", "2026-09-01", "--until", "2027-12-31")
    assert said.code == 0, said.err
    return root


def block_alone(root):
    """The library and hudson’s block before any message but October's statement; no clause is approved."""
    for name in ("clauses", "templates", "provider"):
        shutil.copytree(REPOSITORY / name, root / name)
    (root / BLOCK).mkdir(parents=True)
    for name in ("client.yaml", "2026-block/agreement.yaml", "2026-block/account.yaml", "2026-block/ledger.csv"):
        shutil.copy(REPOSITORY / "agreements/hudson" / name, root / "agreements/hudson" / name)
    account = root / BLOCK / "account.yaml"
    lines = account.read_text().splitlines(keepends=True)
    account.write_text("".join(line for line in lines if "what: low-balance" not in line))
    (root / "provider/approvals.yaml").unlink()
    return root


@pytest.fixture
def root(before, tmp_path, monkeypatch):
    monkeypatch.setattr(issuing, "FORMATS", ("md",))
    monkeypatch.setattr(convert, "FORMATS", ("md",))
    return shutil.copytree(before, tmp_path / "root")


def done(root, *arguments):
    said = run(root, *arguments)
    assert said.code == 0, said.err
    return said.out


def words(root, name):
    """A built document as one line of words, with plain blanks."""
    return " ".join((root / BLOCK / f"{name}.md").read_text("utf-8").replace("\u00a0", " ").split())


def account(root):
    return root / BLOCK / "account.yaml"


def log(root, on, booked, worked="1h", task="More help"):
    return done(
        root, "block", "log", "hudson", worked, "--task", task, "--by", "tom-ekberg", "--on", on, "--booked", booked
    )


def refused(root, *arguments):
    said = run(root, *arguments)
    assert said.code == 1, said.out
    return said.err


DAYS = ("--first-day", "2027-01-01", "--valid-until", "2026-12-18", "--on", "2026-11-23")


CONVERT = ("convert", "hudson", "--plan", "business", "--start", "2027-01-01", "--signed", "2026-12-10")


def propose(root, *plans):
    done(root, "block", "propose", "hudson", *(each for plan in plans for each in ("--plan", plan)), *DAYS)
    return words(root, "proposal-2026-11-23")


def contract(root):
    return Repository(root).inputs("hudson", "2027-support")


STATEMENT = ("block", "statement", "hudson", "--period", "2026-10", "--on", "2026-11-09", "--issue")
