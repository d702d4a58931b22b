"""The plan of a renewal for people and for programs."""

import csv
import io
import json
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from contract_assembly.actions.renew.batch import Done
from contract_assembly.actions.renew.report import WIDTH, spreadsheet, text
from contract_assembly.core.problems import Problem
from contract_assembly.renewals.plan import renewal
from tests.helpers.corpus import run
from tests.helpers.firms import BY, ON, signed, tree
from tests.helpers.matters import matter

PLAN = ("renew", "--on", ON, "--by", BY)


@pytest.fixture
def one(tmp_path):
    return signed(tmp_path / "one")


def plain(text):
    """Without line breaks, and with single blanks."""
    return re.sub(r"\s+", " ", text)


@cache
def _applied_once(folder):
    root = signed(Path(folder) / "one")
    return root, tree(root), run(root, *PLAN, "--apply")


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """(root, the tree before, what the command said), carried out once for all tests below."""
    return _applied_once(str(tmp_path_factory.mktemp("applied")))


def test_the_plan_says_who_by_when_at_which_price_and_what_will_be_written(one):
    before = tree(one)
    done = run(one, *PLAN)
    assert done.code == 0, done.err
    for said in (
        "Acme Instruments (acme/2026-support): to do",
        "decide by Friday 2027-07-30",
        "next term 2027-10-01 to 2028-09-30, as 2027-support",
        "2,908.00 USD to 3,153.28 USD a month (+8.4 %); meant for this renewal: 4 %",
        "number 34 to 36; unit price 62.00 to 64.48",
        "notice of new prices: in person or by email until Fri 2027-07-02, by courier until Wed 2027-06-30, or",
        "Fri 2027-07-02 to Thu 2027-07-15: AR-NY: Renewal reminder",
        "in person Fri 2027-07-02 to Thu 2027-07-15 or by certified mail Fri 2027-07-02 to Thu 2027-07-08",
        "writes    agreements/acme/2027-support/agreement.yaml",
        "renewal-notice-2027, to be sent Friday 2027-07-02",
        "1 renewal: 1 to do. Nothing was changed; --apply carries out the plan.",
    ):
        assert plain(said) in plain(done.out)
    assert tree(one) == before


def test_no_line_is_over_a_hundred_columns():
    plan = renewal(matter(), date(2027, 5, 3))
    odd = Problem("x", "word " * 60, None, "y" * 300)
    said = text([Done(plan, ("agreements/" + "a" * 90,), (odd,))], applied=True)
    assert max(len(line) for line in said.splitlines() if "aaaa" not in line) <= WIDTH


def test_contracts_that_nobody_signed_are_one_group_at_the_end_and_block_nothing():
    sent = Done(renewal(matter(agreement__status="sent"), date(2027, 5, 3)))
    draft = Done(renewal(matter("pecan", agreement__status="draft"), date(2027, 5, 3)))
    said = text([sent, draft, Done(renewal(matter(), date(2027, 5, 3)))], applied=False)
    assert said.endswith(
        """
Not signed yet, so there is nothing to renew: 2
  acme/2026-support   sent
  pecan/2026-support  draft
  Once one is signed: build.py status acme/2026-support --set signed --on DATE

3 renewals: 2 not signed yet, 1 to do. Nothing was changed; --apply carries out the plan."""
    )
    assert not sent.blocked


def test_the_plan_as_json(one):
    found = json.loads(run(one, *PLAN, "--json").out)
    (only,) = found["renewals"]
    assert (found["on"], found["by"], found["applied"], found["problems"]) == (ON, BY, False, [])
    assert (only["client"], only["state"], only["decide_by"]) == ("acme", "to do", "2027-07-30")
    assert (only["price"]["old"], only["price"]["new"], only["price"]["percent"]) == ("2908.00", "3153.28", "8.4")
    assert only["decision_steps"][-1]["day"] == "2027-07-30"
    assert [each["rule"] for each in only["windows"]] == ["AR-NY", "contract"]
    assert only["windows"][0]["sending"] == {
        "in-person": {"first": "2027-07-02", "last": "2027-07-15"},
        "certified-mail": {"first": "2027-07-02", "last": "2027-07-08"},
    }
    assert only["price_notice_by"]["certified-mail"] == "2027-06-25"
    assert only["next_term"] == {"first": "2027-10-01", "last": "2028-09-30"}


def test_the_plan_as_csv_is_no_formula_and_numbers_stay_numbers(one):
    (row,) = csv.DictReader(io.StringIO(run(one, *PLAN, "--csv").out))
    assert (row["weekday"], row["old_monthly"], row["new_monthly"]) == ("Friday", "2908.00", "3153.28")
    plan = renewal(matter(), date(2027, 5, 3))
    for bad in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\n=1"):
        told = (Problem("x", bad, None, bad),)
        (row,) = csv.DictReader(io.StringIO(spreadsheet([Done(plan, problems=told)])))
        assert row["blocked_by"] == f"'{bad}" == row["cure"]
