"""What comes up over all agreements."""

from datetime import date, timedelta

import pytest

from bench.firm import firm as made
from contract_assembly.core.values import DateRange
from contract_assembly.renewals.duties.upcoming import _is_far_off, renewals, upcoming
from contract_assembly.renewals.portfolio import Portfolio
from contract_assembly.renewals.prefilter import earliest
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.selection import selected
from tests.helpers.firms import changed
from tests.helpers.inputs_base import ROOT

DAYS = DateRange(date(2027, 5, 3), date(2027, 12, 31))


def test_one_bad_client_is_named_and_the_rest_is_listed(firm):
    changed(firm / "agreements/pecan/2026-support/agreement.yaml", ("notice: 45 days", "notice: soon"))
    changed(firm / "agreements/liffey/2026-support/agreement.yaml", ("calendar: dublin", "calendar: nowhere"))
    found = upcoming(Repository(firm), selected(Repository(firm))[0], DAYS)
    assert {each.rule for each in found.problems} == {"ill-typed", "unknown-calendar"}
    listed = {each.client for each in found.duties}
    signed = {"alder", "cedar", "harrow", "juniper", "thames"}
    assert listed == {"", "acme", "brookfield", "hudson", "lakeside", "solano", *signed}
    plans, problems = renewals(Repository(firm), selected(Repository(firm))[0], DAYS)
    planned = ["harrow", "cedar", "thames", "alder", "juniper", "hudson"]
    assert [each.client for each in plans] == [*planned, "acme", "brookfield", "lakeside"]
    assert len(problems) == 2


def test_a_calendar_without_holidays_of_the_year_stops_only_its_own_clients(firm):
    changed(firm / "provider/calendars/dublin.yaml", ("holidays: IE", "holidays: XX"))
    found = upcoming(Repository(firm), selected(Repository(firm))[0], DAYS)
    assert [(each.rule, each.origin.path) for each in found.problems] == [
        ("period", "agreements/liffey/2026-support/agreement.yaml")
    ]


@pytest.mark.parametrize(
    ("more", "listed"),
    [
        ("", set()),
        ("ended: {last_day: 2026-04-30, by: client, ground: x}\n", set()),
        ("ended: {last_day: 2027-04-30, by: client, ground: x}\n", {"exit"}),
        ("ended: {last_day: 2027-06-30, by: client, ground: x}\n", {"end", "exit", "review", "restore test", "report"}),
    ],
)
def test_what_is_ended_is_listed_until_its_last_day_and_then_with_the_steps_of_its_exit(firm, more, listed):
    path = firm / "agreements/brookfield/2026-support/agreement.yaml"
    text = path.read_text("utf-8")
    status = next(line for line in text.splitlines() if line.startswith("status:"))
    changed(path, (f"{status}\n", f"status: ended\n{more}"))
    pairs = [("brookfield", "2026-support")]
    found = upcoming(Repository(firm), pairs, DAYS, firm=False)
    assert found.problems == ()
    kinds = {each.kind for each in found.duties}
    assert kinds >= listed
    assert kinds == listed or "end" in kinds
    assert not kinds & {"decision", "renewal", "price notice"}


def test_what_is_overdue_comes_first_and_days_follow_in_order():
    found = upcoming(Repository(ROOT), selected(Repository(ROOT))[0], DAYS).duties
    late = [each.last < DAYS.first for each in found]
    assert late == sorted(late, reverse=True)
    ahead = [each.last for each in found if each.last >= DAYS.first]
    assert ahead == sorted(ahead)


def test_side_by_side_finds_the_same(tmp_path):
    made(120, tmp_path / "many")
    repository = Repository(tmp_path / "many")
    pairs, days = selected(repository)[0], DateRange(date(2026, 11, 23), date(2027, 5, 31))
    assert upcoming(repository, pairs, days, jobs=2) == upcoming(Repository(repository.root), pairs, days)
    assert renewals(repository, pairs, days, jobs=2) == renewals(Repository(repository.root), pairs, days)


def test_what_may_be_due_on_the_last_day_of_a_look_ahead_is_read_in_full():
    portfolio = Portfolio(Repository(ROOT))
    pair = ("acme", "2026-support")
    first = earliest(
        portfolio.repository.text("agreements/acme/2026-support/agreement.yaml"), date(2026, 11, 1), portfolio.reach()
    )
    far = [_is_far_off(portfolio, pair, DateRange(date(2026, 11, 1), first - timedelta(days=n))) for n in (0, 1)]
    assert far == [False, True]


def test_the_firm_s_own_duties_are_listed_on_their_last_day():
    nothing = Repository(ROOT), ()
    (day, *_) = sorted(
        each.last for each in upcoming(*nothing, DateRange(date(2026, 1, 1), date(2099, 12, 31)), firm=True).duties
    )
    found = [upcoming(*nothing, DateRange(date(2026, 1, 1), day - timedelta(days=n)), firm=True).duties for n in (0, 1)]
    assert [{each.last for each in duties} for duties in found] == [{day}, set()]
