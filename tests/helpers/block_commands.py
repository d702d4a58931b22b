"""A small firm with a prepaid block, for tests of the commands `block`."""

import json
import subprocess

import pytest

from tests.helpers.corpus import change, laid_out, run

FOLDER = "agreements/acme/2026-block"


LOG = ("block", "log", "acme")


BY = ("--by", "priya", "--on", "2026-10-06", "--booked", "2026-10-06")


GIT = ("git", "-c", "user.name=A Firm", "-c", "user.email=firm@client.example")


@pytest.fixture
def root(tmp_path):
    """The base with a block that was sent, is paid, and may go two hours beyond."""
    case = tmp_path / "case"
    case.mkdir()
    (case / "over.txt").write_text("base-block")
    found = laid_out(case, tmp_path / "root")
    change(found, f"{FOLDER}/agreement.yaml\n-status: draft\n+status: sent\n")
    (found / FOLDER / "account.yaml").write_text("paid: 2026-10-01\n")
    return found


def ledger(root) -> list[str]:
    path = root / FOLDER / "ledger.csv"
    return path.read_text("utf-8").splitlines() if path.exists() else []


def log(root, worked="35m", task="Printer", *more, of="acme"):
    return run(root, "block", "log", of, worked, "--task", task, *BY, *more)


def committed(root):
    for step in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "As sent")):
        git(root, *step)


def git(root, *words):
    subprocess.run([*GIT, "-C", str(root), *words], check=True, capture_output=True)


def data(root, *arguments):
    said = run(root, "block", *arguments, "--json")
    assert said.code == 0, said.err
    return json.loads(said.out)


def second_block(root, first_day="2026-10-01", valid="6 months"):
    new = root / "agreements/acme/2026-more"
    new.mkdir()
    text = (root / FOLDER / "agreement.yaml").read_text()
    text = text.replace("valid: 12 months", f"valid: {valid}").replace("NL-2026-B001", "NL-2026-B002")
    (new / "agreement.yaml").write_text(text)
    (new / "account.yaml").write_text("paid: 2026-10-01\n")
