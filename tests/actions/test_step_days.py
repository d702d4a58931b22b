"""The day of a step: judged against the term and against today."""

import json
import shutil

import pytest

from contract_assembly.build.signed_files import frozen_problems
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import run, state
from tests.helpers.git_repositories import committed
from tests.helpers.living import FOLDER, NAMED, change, firm

FACTS = f"{FOLDER}/agreement.yaml"


@pytest.fixture(scope="module")
def sent_once(tmp_path_factory):
    root = firm(tmp_path_factory.mktemp("sent") / "root")
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


def sign(root, *more):
    return run(root, "status", *NAMED, "--set", "signed", "--on", "2026-09-21", *more)


def record(root):
    return json.loads((root / FOLDER / "record.json").read_bytes())["documents"]["contract"]


def rules(root):
    return [each.rule for each in frozen_problems(Repository(root), FOLDER)]


END = ("status", *NAMED, "--set", "ended")


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        ((), "no-day"),
        (("--on", "2020-09-30", "--by", "client", "--reason", "x"), "day-outside-term"),
        (("--on", "2030-09-30", "--by", "client", "--reason", "x"), "day-outside-term"),
        (("--on", "2026-09-30", "--by", "client", "--reason", "x"), "day-outside-term"),
        (("--on", "2027-03-31"), "no-reason"),
        (("--on", "2027-03-31", "--by", "client"), "no-reason"),
        (("--on", "2027-09-30"), "no-reason"),  # it renews by itself, and nobody declined
    ],
)
def test_an_end_is_judged_against_the_term(signed, options, rule):
    before = state(signed)
    said = run(signed, *END, *options)
    assert (said.code, state(signed)) == (1, before)
    assert f"[{rule}]" in said.err


@pytest.mark.parametrize("day", ["1990-09-21", "2025-09-30", "2027-10-01", "2031-09-21"])
def test_a_day_of_signature_far_from_the_term_is_refused(sent, day):
    before = state(sent)
    said = run(sent, "status", *NAMED, "--set", "signed", "--on", day)
    assert (said.code, state(sent)) == (1, before)
    assert "[day-outside-term]" in said.err


@pytest.mark.parametrize("day", ["2025-10-01", "2026-09-21", "2027-09-30"])
def test_a_day_of_signature_near_the_term_is_taken(sent, day):
    assert run(sent, "status", *NAMED, "--set", "signed", "--on", day).code == 0
    assert record(sent)["signed"]["on"] == day


def test_a_wrong_day_of_signature_is_corrected_for_a_reason(signed):
    assert "is corrected with --reason" in sign(signed, "--on", "2026-09-22").err
    assert sign(signed, "--on", "2026-09-22", "--reason", "Read wrong").code == 0
    assert record(signed)["signed"]["on"] == "2026-09-22"
    assert "# Corrected: Read wrong\nstatus: signed" in (signed / FACTS).read_text()
    assert "countersigned" in record(signed)["signed"]
    assert rules(signed) == []
