"""The windows of 4.1: counted from the day to decline, each rule its own, term by term."""

from datetime import date, timedelta

import pytest

from contract_assembly.core.values import DateRange, Duration
from contract_assembly.facts.law import WindowRule
from contract_assembly.facts.renewal_terms import SentNotice
from contract_assembly.renewals.notice_windows import answered
from tests.helpers.matters import matter, of_2025, windows_of


def d(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("earliest", "latest", "first", "last"),
    [
        (30, 15, "2026-07-02", "2026-07-17"),  # New York
        (60, 15, "2026-06-02", "2026-07-17"),  # Wisconsin
        (90, 30, "2026-05-03", "2026-07-02"),  # Utah
        (60, 30, "2026-06-02", "2026-07-02"),  # Illinois and Georgia
    ],
)
def test_the_windows_of_the_worked_example(earliest, latest, first, last):
    decision = d("2026-08-01")
    counted = WindowRule(before="decision_day", earliest=Duration(earliest, "day"), latest=Duration(latest, "day"))
    days = DateRange(decision - timedelta(counted.earliest.count), decision - timedelta(counted.latest.count))
    assert days == DateRange(d(first), d(last))


def test_a_decision_day_on_saturday_moves_to_friday():
    way = of_2025().term(0).decision
    assert way.day == d("2026-07-31")
    assert [step.day for step in way.steps] == [
        d(each) for each in ("2025-10-01", "2026-09-30", "2026-08-01", "2026-07-31")
    ]
    assert way.steps[2].source.startswith("agreements/acme/2026-support/agreement.yaml:")


def test_new_york_keeps_within_both_readings_of_a_moved_day():
    window = windows_of(of_2025())["AR-NY"]
    assert window.days == DateRange(d("2026-07-02"), d("2026-07-16"))  # within 2 to 17 July and within 1 to 16 July
    assert dict(window.sending) == {
        "in-person": DateRange(d("2026-07-02"), d("2026-07-16")),
        "certified-mail": DateRange(d("2026-07-02"), d("2026-07-09")),
    }


def test_the_clause_has_a_window_of_its_own_and_its_ways():
    window = windows_of(of_2025())["contract"]
    assert window.days == DateRange(d("2026-07-01"), d("2026-07-16"))
    assert window.channels == ("in-person", "certified-mail")


def test_a_later_term_has_its_own_windows():
    first, later = windows_of(of_2025())["AR-NY"], windows_of(of_2025(), 1)["AR-NY"]
    assert of_2025().term(1).last.day == d("2027-09-30")
    assert (later.days.first - first.days.first).days in {364, 365, 366, 363}


def test_what_does_not_renew_by_itself_needs_no_reminder():
    assert windows_of(of_2025(agreement__term__renewal="by-agreement")) == {}


def test_a_short_renewal_is_outside_the_law_of_new_york():
    assert "AR-NY" not in windows_of(of_2025(agreement__term__renewal_length=Duration(1, "month")))


def test_a_place_with_a_law_of_its_own_adds_its_window():
    assert "AR-NY" not in windows_of(matter("lakeside", "2027-support"))
    assert "contract" in windows_of(matter("lakeside", "2027-support"))


def notice(**changes):
    given = {
        "says": "reminder",
        "term": d("2026-10-01"),
        "sent": d("2026-07-06"),
        "by": "certified-mail",
        "rule": "AR-NY",
    }
    return SentNotice(**{**given, **changes})


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({}, True),
        ({"sent": d("2026-07-09")}, True),
        ({"sent": d("2026-07-10")}, False),  # counts on 17 July
        ({"sent": d("2026-07-01")}, False),
        ({"by": "email"}, False),
        ({"rule": None}, False),
        ({"term": d("2027-10-01")}, False),
        ({"to": "provider"}, False),
        ({"says": "increase"}, False),
    ],
)
def test_only_a_notice_in_its_window_by_its_way_answers_a_rule(changes, kept):
    subject = of_2025(agreement__notices=(notice(**changes),))
    assert answered(subject, windows_of(subject)["AR-NY"], subject.term(0)) is kept


def test_a_window_is_explained_from_the_day_that_it_is_counted_from_to_its_end():
    way, decision = windows_of(of_2025())["AR-NY"].way, of_2025().term(0).decision
    assert way.steps[: len(decision.steps)] == decision.steps
    assert [(step.name, step.day) for step in way.steps[len(decision.steps) :]] == [
        ("window opens", d("2026-07-02")),
        ("window closes", d("2026-07-16")),
    ]
