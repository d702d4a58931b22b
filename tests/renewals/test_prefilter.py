"""The first look at an agreement: never later than what the plan finds, and the same plans with it as without."""

from datetime import date, timedelta

import pytest

from contract_assembly.core.values import DateRange
from contract_assembly.renewals.duties import upcoming
from contract_assembly.renewals.duties.upcoming import renewals
from contract_assembly.renewals.portfolio import Portfolio
from contract_assembly.renewals.prefilter import earliest, reach
from contract_assembly.renewals.term import LETTER_DAYS
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.selection import selected
from tests.helpers.firms import ACME, ROOT, small

TEXT = (ROOT / ACME).read_text("utf-8")
REACH = reach(each.model for each in Portfolio(Repository(ROOT)).laws().values())


def test_a_term_with_months_to_go_is_known_by_its_text():
    assert earliest(TEXT, date(2026, 11, 1), REACH) == date(2027, 9, 30) - timedelta(days=90 + REACH)
    assert earliest(TEXT, date(2028, 11, 1), REACH) == date(2029, 9, 30) - timedelta(days=90 + REACH)


@pytest.mark.parametrize(
    ("old", "new", "last", "notice"),
    [
        ("length: 12 months", "last_day: 2027-06-30", date(2027, 6, 30), 90),
        ("notice: 60 days", "notice: 4 months", date(2027, 9, 30), 4 * 31),
        ("notice: 60 days", "notice: 4 months\n  notice_to: month-end", date(2027, 9, 30), 5 * 31),
    ],
)
def test_a_chosen_last_day_and_a_notice_in_months_are_known_by_the_text_too(old, new, last, notice):
    text = TEXT.replace(old, new, 1)
    assert earliest(text, date(2026, 11, 1), REACH) == last - timedelta(days=notice + REACH)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: support", "kind: time-block"),
        ("notice: 60 days", "notice: soon"),
        ("first_day: 2026-10-01", 'first_day: "2026-10-01"'),
        ("length: 12 months", "length: 12 hours"),
        ("term:\n", "term: {}\n"),
        ("signatories:\n", "ended: {last_day: 2026-12-31, by: client, ground: x}\nsignatories:\n"),
        (
            "signatories:\n",
            "notices:\n  - {says: decline, term: 2027-10-01, sent: 2027-05-01, by: email}\nsignatories:\n",
        ),
        ("tax: {regime: us-sales}", "tax: &x {regime: us-sales}"),
    ],
)
def test_what_is_unusual_is_read_in_full(old, new):
    assert old in TEXT
    assert earliest(TEXT.replace(old, new, 1), date(2026, 11, 1), REACH) is None


def test_plans_are_the_same_with_it_as_without(tmp_path, monkeypatch):
    root = small(tmp_path / "firm", 40)
    pairs = selected(Repository(root))[0]
    spans = [DateRange(date(2026, 1, 5) + timedelta(days=n), date(2026, 1, 5) + timedelta(days=n + length)) for n in range(0, 500, 97) for length in (0, 40, 150)]  # fmt: skip
    quick = [renewals(Repository(root), pairs, each) for each in spans]
    looked = []
    monkeypatch.setattr(upcoming, "earliest", lambda *_: looked.append(1))
    assert [renewals(Repository(root), pairs, each) for each in spans] == quick
    assert looked
    assert any(found for found, _ in quick)


@pytest.mark.parametrize(
    ("old", "new", "last", "notice"),
    [
        ("notice: 60 days", "notice: 14 weeks", date(2029, 9, 30), 98),
        ("renewal: automatic", "renewal: by-agreement", date(2027, 9, 30), 90),
    ],
)
def test_weeks_have_seven_days_and_what_does_not_renew_by_itself_ends_with_its_first_term(old, new, last, notice):
    assert old in TEXT
    assert earliest(TEXT.replace(old, new, 1), date(2028, 11, 1), REACH) == last - timedelta(days=notice + REACH)


def test_a_firm_looks_as_far_ahead_as_its_longest_window_and_a_month_more():
    assert REACH == reach([]) == LETTER_DAYS + 30
