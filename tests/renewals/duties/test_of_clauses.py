"""The days of what clauses promise."""

from datetime import date

import pytest
from msgspec.structs import replace

from contract_assembly.core.values import Duration
from contract_assembly.facts.kept_duty import KeptDuty
from contract_assembly.facts.renewal_terms import Ending, SentNotice
from contract_assembly.renewals.context import Successor
from contract_assembly.renewals.duties.of_agreement import duties
from contract_assembly.renewals.duties.of_clauses import later
from tests.helpers.matters import block_matter, matter


def d(text):
    return date.fromisoformat(text)


ON, BY = d("2026-10-01"), d("2027-09-30")


def days(kind, subject=None, on=ON, by=BY):
    return [(each.last.isoformat(), each.what) for each in duties(subject or matter(), on, by) if each.kind == kind]


def with_service(*kept):
    service = matter().service
    model = service.model.model_copy(update={"kept": kept, "reviews": ()})
    return matter(more={"service": replace(service, model=model)})


def test_what_has_a_rhythm_is_due_on_the_last_business_day_of_each_period():
    what = "Compare the numbers with the client's systems, and report the result"
    assert days("count comparison") == [
        ("2026-12-31", what),
        ("2027-03-31", what),
        ("2027-06-30", what),
        ("2027-09-30", what),
    ]


def test_a_monthly_report_is_due_so_long_after_each_calendar_month():
    found = [day for day, _ in days("report")]
    assert found[:3] == [
        "2026-11-16",
        "2026-12-14",
        "2027-01-15",
    ]  # ten Business Days after October, November, December


def test_the_tasks_of_the_plan_come_as_often_as_it_says():
    found = days("task")
    assert [day for day, what in found if what.startswith("Firmware")] == ["2027-03-31", "2027-09-30"]
    assert [day for day, what in found if what.startswith("Budget")] == ["2027-07-02"]  # 90 days before the renewal
    assert not [what for _, what in found if what.startswith(("Security updates", "Restore test", "Business review"))]
    assert len([1 for _, what in days("access review") if what.startswith("Review of administrator rights")]) == 4


def test_what_was_done_in_its_period_is_not_due():
    kept = KeptDuty(duty="Count-Comparison", on=d("2026-12-21"), source="Mail")
    assert [day for day, _ in days("count comparison", with_service(kept))] == [
        "2027-03-31",
        "2027-06-30",
        "2027-09-30",
    ]
    by_name = KeptDuty(duty="Update of the list of warranties", on=d("2026-12-21"), source="List")
    found = [day for day, what in days("task", with_service(by_name)) if what.startswith("Update of the list")]
    assert found == ["2027-03-31", "2027-06-30", "2027-09-30"]


def test_a_report_counts_for_the_month_before_the_day_on_which_it_was_sent():
    kept = KeptDuty(duty="service-report", on=d("2026-11-12"), source="Mail")
    assert [day for day, _ in days("report", with_service(kept))][:2] == ["2026-12-14", "2027-01-15"]


def test_the_first_weeks_have_their_duties_and_a_renewal_has_none_of_them():
    assert [day for day, _ in days("onboarding")] == ["2026-10-08", "2026-11-02"]
    assert days("onboarding", matter(agreement__renews="2025-support")) == []


@pytest.mark.parametrize(("on", "done"), [("2026-09-30", False), ("2026-10-01", True), ("2026-10-08", True)])
def test_what_follows_an_event_is_done_from_the_day_of_the_event_on(on, done):
    (first, _), kept = days("onboarding"), KeptDuty(duty=days("onboarding")[0][1], on=d(on), source="Mail")
    assert (first not in days("onboarding", with_service(kept))) == done


def test_a_notice_about_licences_goes_out_before_they_end():
    assert [day for day, _ in days("licence notice")] == ["2027-08-17"]  # 45 days before 1 October 2027, a Tuesday


@pytest.mark.parametrize(
    ("on", "done"), [("2026-10-31", False), ("2026-11-01", True), ("2026-11-16", True), ("2026-11-17", False)]
)
def test_a_report_of_a_month_is_sent_from_the_day_after_it_until_its_last_day(on, done):
    kept = KeptDuty(duty="service-report", on=d(on), source="Mail")
    assert ("2026-11-16" not in [day for day, _ in days("report", with_service(kept))]) == done


@pytest.mark.parametrize(("on", "done"), [("2026-10-01", True), ("2026-12-31", True), ("2027-01-01", False)])
def test_what_has_a_rhythm_is_done_on_any_day_of_its_period(on, done):
    kept = KeptDuty(duty="count-comparison", on=d(on), source="Mail")
    assert ("2026-12-31" not in [day for day, _ in days("count comparison", with_service(kept))]) == done


def test_a_yearly_task_comes_every_twelve_months():
    long = matter(agreement__term__length=Duration(36, "month"))
    found = [day for day, what in days("task", long, by=d("2029-09-30")) if what.startswith("Budget")]
    assert found == ["2027-07-02", "2028-07-03", "2029-07-03"]


def test_what_is_promised_twice_a_month_is_done_after_two_entries():
    (task, *_) = [each for each in matter().inputs.plan.model.services if each.task.startswith("Firmware")]
    twice = task.model_copy(update={"task": "Walk through the rooms", "frequency": "Twice a month"})
    kept = [KeptDuty(duty="walk through the rooms", on=d(f"2026-10-{day}"), source="List") for day in (12, 26)]
    for count, due in ((0, True), (1, True), (2, False)):
        service = with_service(*kept[:count]).service
        subject = matter(plan__services=(twice,), more={"service": service})
        assert ("2026-10-30" in [day for day, _ in days("task", subject)]) == due


# ---- the end

DECLINED = SentNotice(says="decline", term=d("2027-10-01"), sent=d("2027-06-01"), by="email", to="provider")
AFTER = d("2028-03-31")


def test_an_end_has_the_steps_of_the_exit():
    found = {what: day for day, what in days("exit", matter(agreement__notices=(DECLINED,)), by=AFTER)}
    assert found["Send the exit plan"] == "2027-06-11"
    assert found["Hand over accounts, credentials, and data"] == "2027-09-30"
    assert found["Refund prepaid fees and pay open Service Credits"] == "2027-11-01"  # 30 October is a Saturday
    assert found["Remove our tools and access"] == "2027-12-06"  # 60 days, then five Business Days
    assert found["Delete the client's data and records"] == "2028-01-05"


def test_no_exit_is_due_while_the_agreement_goes_on():
    assert days("exit", by=AFTER) == []
    follows = {"successor": Successor("2027-support", "signed", d("2027-10-01"))}
    assert days("exit", matter(agreement__term__renewal="by-agreement", more=follows), by=AFTER) == []


def test_where_nothing_renews_by_itself_the_exit_begins_before_the_last_day():
    found = days("exit", matter(agreement__term__renewal="by-agreement"), by=AFTER)
    assert ("2027-08-17", "The exit begins, unless an extension is signed") in found


def test_an_early_end_cuts_what_has_a_rhythm():
    ended = matter(agreement__ended=Ending(last_day=d("2027-02-28"), by="client", ground="x"))
    assert [day for day, _ in days("count comparison", ended)] == ["2026-12-31", "2027-02-26"]


def test_a_block_has_its_exit_once_its_hours_expire():
    found = days("exit", block_matter(), by=d("2028-01-31"))
    assert [day for day, _ in found] == ["2027-10-14", "2027-12-13"]


# ---- periods


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("5 business days", "2026-10-08"),
        ("10 days", "2026-10-11"),
        ("2 weeks", "2026-10-15"),
        ("1 month", "2026-11-01"),
    ],
)
def test_a_period_after_an_event_starts_on_the_next_day(period, day):
    assert later(d("2026-10-01"), Duration.parse(period), matter().calendar) == d(day)


def test_hours_are_no_period_of_days():
    with pytest.raises(ValueError, match="not a number of months"):
        later(d("2026-10-01"), Duration.parse("4 hours"), matter().calendar)
