"""`build.py due`: what it lists, how it reads, why each date is what it is, and the calendar file."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest

from contract_assembly.renewals.duties.report import WIDTH, explained, table
from tests.helpers.acme_duties import DUE, FOUND, ON, duty
from tests.helpers.corpus import REPOSITORY, run


def test_the_table_tells_weekday_date_days_left_client_what_and_why():
    assert table([duty()], ON) == (
        "Coming up: 1\n"
        "Wed 2027-06-30    in 58 d  acme              Business review\n"
        "                                               Promised"
    )


def test_what_is_overdue_stands_first_under_its_own_head():
    text = table([duty(last=date(2027, 4, 30)), duty(last=ON)], ON)
    assert text.splitlines()[0] == "OVERDUE: 1"
    assert "3 d late" in text
    assert "today" in text


def series(*days, **changes):
    return [duty(key=day, last=date.fromisoformat(day), rhythm="quarterly", **changes) for day in days]


def test_what_comes_again_is_one_row_with_its_next_date_and_how_many_more():
    found = series("2027-06-30", "2027-09-30", "2027-12-31")
    assert table(found, ON).splitlines() == [
        "Coming up: 1 (3 dates; --all-dates lists each)",
        "Wed 2027-06-30    in 58 d  acme              Business review",
        "                                               quarterly, 2 more until Fri 2027-12-31",
    ]
    assert table(found, ON, all_dates=True).startswith("Coming up: 3\n")


def test_a_row_holds_one_client_one_kind_and_what_is_late_or_ahead():
    found = [
        *series("2027-03-31", "2027-06-30"),
        *series("2027-06-30", client="cedar"),
        *series("2027-06-30", what="Count"),
    ]
    text = table(found, ON)
    assert text.startswith("OVERDUE: 1\n")
    assert "Coming up: 3\n" in text


def test_who_is_late_with_a_promise_is_told_where_to_record_it():
    assert "is recorded in service.yaml" in table(series("2027-03-31"), ON)
    assert "service.yaml" not in table([*series("2027-06-30"), duty(kind="price notice", last=date(2027, 4, 30))], ON)


def test_a_draft_is_marked_and_nothing_is_said_of_nothing():
    assert "Business review [draft]" in table([duty(status="draft")], ON)
    assert table([], ON) == "nothing comes up"


def test_no_line_is_over_a_hundred_columns():
    long = duty(client="a-client-with-a-very-long-name", what="word " * 60, why="x" * 300)
    for text in (table([*FOUND, long], ON), explained(FOUND)):
        assert max(map(len, text.splitlines())) <= WIDTH
    done = run(REPOSITORY, *DUE)
    assert max(map(len, done.out.splitlines())) <= WIDTH


def test_each_date_is_explained_down_to_the_line_it_was_written_on():
    done = run(REPOSITORY, "due", "--client", "acme", "--explain", "--on", "2027-05-03")
    assert done.code == 0
    part = done.out[done.out.index("Last day to decline") :]
    for said in (
        "Thu 2026-10-01  first day",
        "Thu 2027-09-30  last day of the term",
        "Sun 2027-08-01  notice counted back",
        "Fri 2027-07-30  Business Day: not a Business Day, so the Business Day before; Sunday",
    ):
        assert said in part
    path, line = re.search(r"from (agreements/acme/2026-support/agreement\.yaml):(\d+)", part).groups()
    assert (
        (REPOSITORY / path).read_text("utf-8").splitlines()[int(line) - 1].strip().startswith("first_day: 2026-10-01")
    )


def test_json_has_every_duty_with_its_steps():
    done = run(REPOSITORY, *DUE, "--json", "--client", "acme")
    data = json.loads(done.out)
    assert (data["on"], data["by"], data["problems"]) == ("2027-05-03", "2027-12-31", [])
    decision = next(each for each in data["due"] if each["kind"] == "decision")
    assert (decision["by"], decision["days_left"], decision["status"]) == ("2027-07-30", 88, "sent")
    assert [each["day"] for each in decision["steps"]] == ["2026-10-01", "2027-09-30", "2027-08-01", "2027-07-30"]


def test_the_firm_s_own_duties_are_listed_with_everybody_s_only():
    assert "the firm" in run(REPOSITORY, *DUE).out
    assert "the firm" not in run(REPOSITORY, *DUE, "--client", "acme").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("due", "--on", "tomorrow"),
        ("due", "--on", "2027-05-03", "--by", "2027-05-02"),
        ("due", "--client", "acme", "--explain", "--ics", "due.ics"),
    ],
)
def test_wrong_use_is_said(arguments):
    assert run(REPOSITORY, *arguments).code == 2


def test_an_unknown_client_is_named():
    done = run(REPOSITORY, "due", "--client", "acmee", "--on", "2027-05-03")
    assert done.code == 1
    assert "did you mean acme?" in done.err


def test_without_a_day_it_is_today():
    data = json.loads(run(REPOSITORY, "due", "--json", "--client", "hudson").out)
    assert abs(date.fromisoformat(data["on"]) - datetime.now(UTC).date()) <= timedelta(days=1)


@pytest.mark.parametrize(
    ("later", "left"), [(-3, "  3 d late"), (-1, "  1 d late"), (0, "     today"), (1, "    in 1 d")]
)
def test_the_days_that_are_left_or_gone_stand_beside_the_date(later, left):
    day = ON + timedelta(days=later)
    assert table([duty(last=day)], ON).splitlines()[1].startswith(f"{day:%a %Y-%m-%d} {left}  acme")
