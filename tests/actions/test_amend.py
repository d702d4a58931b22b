"""Amendments of a signed agreement: what is written, what is pinned, and what cannot be amended."""

import json

import pytest

from tests.helpers import amending
from tests.helpers.amending import ASK, FACTS, first_changes, said, well
from tests.helpers.corpus import run, state
from tests.helpers.git_repositories import git
from tests.helpers.living import FOLDER, NAMED, change

signed_once = amending.signed_once
once_amended = amending.once_amended
signed = amending.signed
amended = amending.amended


@pytest.mark.parametrize(("day", "why"), [("2026-09-30", "is before 2026-10-01"), ("2031-01-01", "is after 20")])
def test_an_amendment_takes_effect_within_the_term(signed, day, why):
    change(signed / FACTS, "users: 34", "users: 36")
    done = run(signed, "amend", "acme", "--on", "2027-01-04", "--effective", day)
    assert (done.code, why in done.err) == (1, True)


def test_a_dry_run_writes_nothing(signed):
    first_changes(signed)
    before = state(signed)
    said(signed)
    assert state(signed) == before


def test_the_facts_pin_the_state_that_is_amended(once_amended):
    facts = (once_amended / FOLDER / "documents/amendment-1.yaml").read_text()
    assert f"base: {git(once_amended, 'rev-parse', 'HEAD~1')}\n" in facts
    assert "agreement_signed: 2026-09-21\n" in facts


def test_the_signed_contract_stays_as_it_is(signed_once, once_amended):
    for name in ("contract.md", "contract.docx", "contract.pdf"):
        assert (signed_once / FOLDER / name).read_bytes() == (once_amended / FOLDER / name).read_bytes()


@pytest.mark.parametrize(
    ("on", "effective"),
    [
        ("2027-01-04", "1990-02-01"),
        ("2027-01-04", "2031-02-01"),
        ("1990-01-04", "2027-02-01"),
        ("2031-01-04", "2027-02-01"),
    ],
)
def test_days_outside_the_agreement_are_refused(signed, on, effective):
    change(signed / FACTS, "price: 62.00 USD", "price: 64.00 USD")
    refused = run(signed, "amend", "acme", "--on", on, "--effective", effective)
    assert refused.code == 1
    assert "[day-outside-term]" in refused.err


def test_a_negotiated_clause_that_nobody_approved_keeps_an_amendment_from_being_sent(signed):
    first_changes(signed)
    well(signed, *ASK)
    refused = run(signed, "status", *NAMED, "--document", "amendment-1", "--set", "sent")
    assert refused.code == 1
    assert f"{FOLDER}/clauses/general.md" in refused.err
    assert "[approval]" in refused.err


def test_only_what_is_signed_is_amended(signed):
    change(signed / FACTS, "status: signed", "status: sent")
    (signed / FOLDER / "record.json").write_text("{}")
    assert "contract is not signed [not-signed]" in run(signed, *ASK).err


def test_the_amendment_before_must_be_signed(signed):
    change(signed / FACTS, "price: 62.00 USD", "price: 64.00 USD")
    well(signed, *ASK)
    assert "amendment-1 is not signed [not-signed]" in run(signed, *ASK).err


def test_the_record_of_an_amendment_is_frozen_with_it(amended):
    entry = json.loads((amended / FOLDER / "record.json").read_bytes())["documents"]["amendment-1"]
    assert sorted(entry["signed"]["files"]) == ["amendment-1.docx", "amendment-1.md", "amendment-1.pdf"]
    (amended / FOLDER / "amendment-1.pdf").write_bytes(b"%PDF-")
    assert "[signed-changed]" in run(amended, "status", "acme").err
