"""`build.py status`."""

import json

import pytest

from tests.helpers import command_output
from tests.helpers.corpus import run

root = command_output.root


def test_each_document_says_what_can_come_next(root):
    (contract,) = json.loads(run(root, "status", "acme", "--json").out)["documents"]
    assert (contract["status"], contract["next"]) == ("draft", ["sent"])
    assert "contract: draft, next: sent" in run(root, "status", "acme").out


@pytest.mark.parametrize("step", ["agreed", "Sent", ""])
def test_a_step_that_does_not_exist_is_wrong_use(root, step):
    assert run(root, "status", "acme", "--set", step).code == 2


def test_a_step_that_cannot_come_next_is_refused_and_changes_nothing(root):
    path = root / "agreements/acme/2026-support/agreement.yaml"
    before = path.read_bytes()
    assert run(root, "status", "acme", "--set", "ended").code in {1, 2}
    assert path.read_bytes() == before


def test_without_a_client_every_agreement_is_listed_with_what_comes_next(root):
    assert run(root, "status").out == "acme/2026-support  draft   to be sent\n"
    (row,) = json.loads(run(root, "status", "--json").out)["agreements"]
    assert (row["client"], row["kind"], row["next"], row["drafts"]) == ("acme", "support", "to be sent", [])


def test_a_step_needs_a_client(root):
    said = run(root, "status", "--set", "sent")
    assert (said.code, "name the client" in said.err) == (2, True)
