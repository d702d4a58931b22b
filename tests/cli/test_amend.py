"""`build.py amend`."""

import json

import pytest

from contract_assembly.actions import amend
from tests.helpers import amending
from tests.helpers.amending import ASK, FACTS, well
from tests.helpers.corpus import REPOSITORY, run
from tests.helpers.living import FOLDER, change

signed_once = amending.signed_once
signed = amending.signed


@pytest.mark.parametrize(
    "more", [("--effective", "2027-02-01"), ("--from", "HEAD"), ("--take", "clauses/")], ids=lambda each: each[0]
)
def test_a_consolidated_text_has_no_changes_of_its_own(more):
    said = run(REPOSITORY, "amend", "acme", "--on", "2027-01-04", "--consolidate", *more)
    assert (said.code, "--consolidate cannot be combined with" in said.err) == (2, True)


def test_the_day_of_the_document_must_be_given():
    assert "Missing option '--on'" in run(REPOSITORY, "amend", "acme").err


def test_json_has_the_changes_and_the_files(signed):
    change(signed / FACTS, "price: 62.00 USD", "price: 64.00 USD")
    found = json.loads(well(signed, *ASK, "--dry-run", "--json"))
    assert (found["document"], found["dry_run"], found["problems"]) == ("amendment-1", True, [])
    assert "Schedule B, paragraph 1.1 (Monthly fee) is replaced" in found["changes"]
    assert f"{FOLDER}/documents/amendment-1.yaml" in found["wrote"]


def test_after_many_amendments_a_restated_agreement_is_suggested(signed, monkeypatch):
    monkeypatch.setattr(amend, "MANY", 0)
    change(signed / FACTS, "price: 62.00 USD", "price: 64.00 USD")
    said = run(signed, *ASK, "--dry-run")
    assert (said.code, said.err) == (0, "this is amendment 1: a restated agreement would be easier to read\n")
