"""`build.py due`."""

import json
import re

from contract_assembly.renewals.duties.duty import KINDS
from tests.helpers.corpus import REPOSITORY, run

DUE = ("due", "--client", "acme", "--on", "2026-10-01", "--by", "2027-10-31")


def test_what_comes_up_is_listed_by_day():
    said = run(REPOSITORY, *DUE)
    days = re.findall(r"^\w{3} (\d{4}-\d\d-\d\d)", said.out, re.MULTILINE)
    assert said.code == 0
    assert days == sorted(days)
    assert days[0] >= "2026-10-01"


def test_the_calendar_has_the_same_entries(tmp_path):
    due = json.loads(run(REPOSITORY, *DUE, "--json", "--ics", str(tmp_path / "due.ics")).out)["due"]
    assert due
    assert (tmp_path / "due.ics").read_text().count("BEGIN:VEVENT") == len(due)


def test_days_the_wrong_way_round_are_wrong_use():
    assert run(REPOSITORY, "due", "--on", "2027-01-01", "--by", "2026-01-01").code == 2


def test_a_kind_is_asked_for_by_its_name_with_a_hyphen_or_a_space():
    for name in ("restore-test", "restore test"):
        due = json.loads(run(REPOSITORY, *DUE, "--json", "--kind", name).out)["due"]
        assert {each["kind"] for each in due} == {"restore test"}
    both = json.loads(run(REPOSITORY, *DUE, "--json", "--kind", "review", "--kind", "decision").out)["due"]
    assert {each["kind"] for each in both} == {"review", "decision"}


def test_an_unknown_kind_is_wrong_use_and_the_kinds_are_named():
    said = run(REPOSITORY, "due", "--kind", "retore-test")
    assert said.code == 2
    assert "restore-test" in said.err


def test_every_kind_that_comes_up_can_be_asked_for():
    due = json.loads(run(REPOSITORY, "due", "--on", "2026-10-01", "--by", "2028-12-31", "--json").out)["due"]
    assert {each["kind"] for each in due} <= set(KINDS)


def test_the_table_has_a_row_for_each_series_and_the_data_every_date():
    rows = len(re.findall(r"^\w{3} (\d{4}-\d\d-\d\d)", run(REPOSITORY, *DUE).out, re.MULTILINE))
    every = len(re.findall(r"^\w{3} (\d{4}-\d\d-\d\d)", run(REPOSITORY, *DUE, "--all-dates").out, re.MULTILINE))
    assert every == len(json.loads(run(REPOSITORY, *DUE, "--json").out)["due"]) > 2 * rows
