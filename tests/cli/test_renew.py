"""`build.py renew`, as a plan."""

import json

from tests.helpers.command_output import rows
from tests.helpers.corpus import REPOSITORY, run

PLAN = ("renew", "--client", "acme", "--by", "2027-12-31", "--on", "2027-05-01")


def test_a_plan_writes_nothing_and_says_what_would_be_written():
    before = sorted(each for each in (REPOSITORY / "agreements/acme").rglob("*"))
    said = run(REPOSITORY, *PLAN)
    assert "acme" in said.out
    assert sorted(each for each in (REPOSITORY / "agreements/acme").rglob("*")) == before


def test_every_form_has_the_same_renewals():
    found = json.loads(run(REPOSITORY, *PLAN, "--json").out)["renewals"]
    assert [each["client"] for each in rows(REPOSITORY, *PLAN)] == [each["client"] for each in found] == ["acme"]


def test_a_plan_needs_a_day_until_which_it_looks():
    assert run(REPOSITORY, "renew").code == 2
