"""Acme’s contract as it was sent and as it was signed, for tests of the steps from draft to ended."""

import json
import shutil
from functools import cache

import pytest

from contract_assembly.build.signed_files import frozen_problems
from contract_assembly.repository.inputs import Repository
from tests.helpers import signing
from tests.helpers.corpus import run, state
from tests.helpers.git_repositories import committed
from tests.helpers.living import FOLDER, NAMED, change, firm

FACTS = f"{FOLDER}/agreement.yaml"


@pytest.fixture(scope="module")
def sent_once(tmp_path_factory):
    return _sent(tmp_path_factory.getbasetemp())


@cache
def _sent(base):
    """Built once for all files: tests change copies only."""
    root = firm(base / "sent_agreement")
    change(root / FACTS, "status: sent", "status: draft       # ready")
    approve(root)
    said = run(root, "status", *NAMED, "--set", "sent")
    assert (said.code, said.err) == (0, "")
    committed(root, "Sent")
    return root


def approve(root):
    (root / "provider/approvals.yaml").unlink()
    assert run(root, "approve", "--all", "--by", "A Lawyer", "--on", "2026-09-01").code == 0


@pytest.fixture
def sent(sent_once, tmp_path):
    return shutil.copytree(sent_once, tmp_path / "root")


@pytest.fixture
def signed(sent):
    (sent / "back.pdf").write_bytes((sent / FOLDER / "contract.pdf").read_bytes() + b"\n1 0 obj <<>> endobj\n%%EOF\n")
    said = sign(sent, "--signed-file", str(sent / "back.pdf"))
    assert (said.code, said.err) == (0, "")
    (sent / "back.pdf").unlink()
    return sent


@pytest.fixture
def by_both(sent, tmp_path, monkeypatch):
    """The contract signed by both sides with keys of their own, ours by the command."""
    monkeypatch.setenv("CONTRACTS_P12_PASSWORD", "secret")
    (tmp_path / "firm.p12").write_bytes(signing.p12("Dana Whitfield (test)", b"secret"))
    ours, both = tmp_path / "ours.pdf", tmp_path / "both.pdf"
    said = run(sent, "sign", "acme", "--as", "provider", "--p12", str(tmp_path / "firm.p12"), "--output", str(ours))
    assert (said.code, said.err) == (0, "")
    both.write_bytes(signing.signed(ours.read_bytes(), "Client", tmp_path))
    return ours, both


def sign(root, *more):
    return run(root, "status", *NAMED, "--set", "signed", "--on", "2026-09-21", *more)


def record(root):
    return json.loads((root / FOLDER / "record.json").read_bytes())["documents"]["contract"]


def rules(root):
    return [each.rule for each in frozen_problems(Repository(root), FOLDER)]


END = ("status", *NAMED, "--set", "ended")


def outputs(root):
    return {name: data for name, data in state(root).items() if name.startswith(f"{FOLDER}/contract.")}


def letter(root, facts):
    (root / FOLDER / "documents").mkdir(exist_ok=True)
    (root / FOLDER / "documents/letter.yaml").write_text(facts)
