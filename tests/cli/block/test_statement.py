"""`build.py block statement`: the figures, for the sample hudson. The letter is tested with the letters."""

import pytest

from contract_assembly.cli.block import issuing
from tests.helpers.block_commands import data
from tests.helpers.corpus import REPOSITORY, run

HUDSON = ("statement", "hudson", "--period", "2026-10")


def test_the_figures_open_close_and_add_up():
    said = run(REPOSITORY, "block", *HUDSON)
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0] == "NL-2026-B017: 2026-10-01 to 2026-10-31, booked by 2026-11-10"
    assert lines[1:5] == ["Opening balance: 0 h", "Bought: 20 h", "Used: 8.625 h", "Closing balance: 11.375 h"]
    assert "Entries: 15" in lines


def test_json_has_the_same_figures_in_minutes():
    found = data(REPOSITORY, *HUDSON)["statement"]
    assert (found["opening"], found["closing"], len(found["entries"])) == ("0", "682.5", 15)
    assert found["days"] == {"first": "2026-10-01", "last": "2026-10-31"}


def test_each_month_opens_with_the_closing_balance_of_the_one_before():
    october, november = (data(REPOSITORY, *HUDSON[:-1], month)["statement"] for month in ("2026-10", "2026-11"))
    assert november["opening"] == october["closing"]


def test_days_within_a_month_are_a_period_too():
    found = data(REPOSITORY, *HUDSON[:-1], "2026-10-05..2026-10-09")["statement"]
    assert (found["days"], len(found["entries"])) == ({"first": "2026-10-05", "last": "2026-10-09"}, 5)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (("statement", "hudson", "--period", "November"), "'November'"),
        (("statement", "hudson"), "Missing option '--period'"),
        ((*HUDSON, "--draft"), "--draft and --dry-run need --issue"),
        ((*HUDSON, "--dry-run"), "--draft and --dry-run need --issue"),
    ],
)
def test_wrong_use_is_refused(line, says):
    said = run(REPOSITORY, "block", *line)
    assert (said.code, says in said.err) == (2, True), said.err


def test_with_issue_the_letter_and_its_facts_are_named(monkeypatch):
    monkeypatch.setattr(issuing, "FORMATS", ("md",))
    more = ("--period", "2026-11-01..2026-11-15", "--on", "2026-12-09", "--issue", "--dry-run")
    said = run(REPOSITORY, "block", "statement", "hudson", *more)
    name = "statement-2026-11-01-2026-11-15"
    assert said.out == f"agreements/hudson/2026-block: would write documents/{name}.yaml, {name}.md, record.json\n"
