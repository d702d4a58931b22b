"""`build.py convert`."""

import json

import pytest

from contract_assembly.actions import convert
from tests.helpers.block_firm import CONVERT
from tests.helpers.corpus import REPOSITORY, run


@pytest.fixture(autouse=True)
def review_text_alone(monkeypatch):
    monkeypatch.setattr(convert, "FORMATS", ("md",))


def test_a_plan_says_the_fee_the_credit_and_how_to_carry_it_out():
    said = run(REPOSITORY, *CONVERT)
    assert (said.code, said.err) == (0, "")
    fee, files = said.out.splitlines()
    assert fee == "hudson/2027-support: 560.00 USD a month, credit 416.25"
    assert files.startswith("agreements/hudson: would write 2027-support/agreement.yaml, 2027-support/contract.md, ")
    assert files.endswith("2026-block/account.yaml; --apply carries out the plan")


def test_json_has_the_fee_the_credit_and_the_files():
    found = json.loads(run(REPOSITORY, *CONVERT, "--json").out)
    assert (found["agreement"], found["fee"], found["credit"]) == ("2027-support", "560.00 USD", "416.25 USD")
    assert found["dry_run"]
    assert "agreements/hudson/2027-support/agreement.yaml" in found["wrote"]


@pytest.mark.parametrize("missing", ["--plan", "--start"])
def test_plan_and_first_day_must_be_given(missing):
    at = CONVERT.index(missing)
    said = run(REPOSITORY, *CONVERT[:at], *CONVERT[at + 2 :])
    assert (said.code, f"Missing option '{missing}'" in said.err) == (2, True)


def test_a_plan_that_was_not_offered_names_those_that_were():
    said = run(REPOSITORY, *("complete" if each == "business" else each for each in CONVERT))
    assert (said.code, "hint: known here: business, essential" in said.err) == (1, True)
