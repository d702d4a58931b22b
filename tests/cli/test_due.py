"""`build.py due`."""

import json
import re

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
