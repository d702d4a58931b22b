"""What blocks a renewal or needs attention, each with its cure."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from contract_assembly.facts.catalogue import ClosedDay
from contract_assembly.facts.renewal_terms import Increase, Renewal
from contract_assembly.renewals.plan import renewal
from tests.helpers.matters import matter
from tests.helpers.next_fees import series
from tests.helpers.renewal_plans import EARLY, FOUR, d, notice, plan, rules


def test_only_a_signed_agreement_is_renewed():
    for status in ("draft", "sent"):
        found = plan(agreement__status=status)
        assert (rules(found), found.state, found.status) == ({"not-signed"}, "not signed yet", status)


def test_a_wrong_row_of_a_shared_index_is_a_warning_to_who_does_not_need_it():
    rule = {"agreement__fees__increase": Increase(rule="index", series="x", lag=5)}
    found = plan(d("2027-06-20"), **rule, more={"series": series(*["100"] * 8, "1OO", *["100"] * 7, "103")})
    assert found.fees.rise.percent == Decimal("3.0")
    assert rules(found, "warning") == {"index-row", "index-gap"}
    assert rules(found) == set()


def test_a_missed_statutory_notice_blocks_and_says_what_remains():
    found = plan(d("2027-07-20"))
    assert rules(found) == {"notice-missed"}
    assert "have the next term signed by both parties" in found.remains
    assert any("30 days" in each for each in found.remains)  # the client may leave, as the clause says
    sent = (notice("reminder", "2027-07-06", rule="AR-NY"), notice("reminder", "2027-07-06"))
    assert rules(plan(d("2027-07-20"), agreement__notices=sent)) == set()


def test_on_other_paper_a_missed_notice_blocks_nothing_because_the_next_term_is_signed():
    found = plan(d("2027-07-20"), agreement__origin="elsewhere", agreement__renewal=Renewal(plan="essential"))
    assert "notice-missed" in rules(found, "warning")
    assert "notice-missed" not in rules(found)
    assert any("binds only once both parties have signed it" in each.hint for each in found.problems)


def test_after_the_decision_day_neither_party_can_decline():
    assert "decision-passed" in rules(plan(d("2027-08-02")), "warning")


def test_who_leaves_before_the_next_term_is_told():
    people = matter().inputs.client.model.people
    gone = tuple(
        each.model_copy(update={"until": d("2027-08-31")}) if each.id == "lena-fischer" else each for each in people
    )
    assert rules(plan(client__people=gone)) == {"person-left"}


def test_a_price_list_that_changed_after_signing_makes_old_prices_unsure():
    found = plan(more={"changed": ("provider/plans/business.yaml",)})
    assert rules(found) == {"prices-changed"}
    assert "users" not in found.problems[0].what.partition("prices of")[2]  # that line has a price of its own


def test_service_data_of_another_year_blocks():
    found = matter().service
    other = type(found)(found.model.model_copy(update={"term": d("2025-10-01")}), found.origins)
    assert rules(plan(more={"service": other})) == {"service-period"}
    assert "no-service" in rules(plan(more={"service": None}), "warning")


def test_every_obstacle_is_told_at_once():
    found = plan(d("2027-07-20"), agreement__status="draft", agreement__renewal=FOUR, more={"plans": {}})
    assert rules(found) == {"not-signed", "notice-missed", "unknown-plan"}


def test_own_closing_days_that_stop_before_the_year_are_told():
    assert "closed-days-missing" in rules(plan(d("2028-05-03")), "warning")


def test_a_line_that_ended_while_the_contract_ran_does_not_come_back_unasked():
    running = matter()
    lines = tuple(each for each in running.inputs.plan.model.prices if each.id != "servers")
    assert len(lines) == len(running.inputs.plan.model.prices) - 1
    ended = matter(plan__prices=lines)
    (found,) = (each for each in renewal(ended, EARLY).problems if each.rule == "line-returns")
    assert found.what == "servers ended while the contract ran, and plan business would charge it again"
    assert "line-returns" not in rules(plan(plan__prices=lines, agreement__renewal=Renewal(ended=("servers",))))
    assert "line-returns" not in rules(renewal(running, EARLY))


def test_a_notice_is_missed_after_its_last_day_and_declining_after_the_decision_day():
    """The notice that the law of New York asks for goes out by 15 July; the Decision Day is 30 July."""
    told = [rules(plan(d(f"2027-07-{day}")), "error", "warning") for day in (15, 16, 30, 31)]
    assert told == [set(), {"notice-missed"}, {"notice-missed"}, {"notice-missed", "decision-passed"}]


def test_on_other_paper_the_plan_of_the_renewal_is_one_of_ours():
    (found,) = (each for each in plan(agreement__origin="elsewhere").problems if each.rule == "no-plan")
    assert "business" not in found.hint
    assert "essential" in found.hint


@pytest.mark.parametrize(("until", "told"), [("2027-09-30", True), ("2027-10-01", False)])
def test_who_leaves_on_the_first_day_of_the_next_term_has_not_left_before_it(until, told):
    people = matter().inputs.client.model.people
    gone = [each.model_copy(update={"until": d(until)}) if each.id == "lena-fischer" else each for each in people]
    assert ("person-left" in rules(plan(client__people=tuple(gone)))) == told


def test_who_leaves_and_has_no_part_in_the_contract_is_not_told():
    people = matter().inputs.client.model.people
    other = people[0].model_copy(update={"id": "somebody-else", "until": d("2027-01-31")})
    assert rules(plan(client__people=(other, *people))) == set()


@pytest.mark.parametrize(
    ("status", "first"), [("draft", "build.py status acme/2026-support --set sent, then "), ("sent", "")]
)
def test_what_is_not_signed_has_the_steps_to_be_signed(status, first):
    (found,) = (each for each in plan(agreement__status=status).problems if each.rule == "not-signed")
    assert found.hint == f"once it is signed: {first}build.py status acme/2026-support --set signed --on DATE"


@pytest.mark.parametrize(
    ("before", "status", "in_force"),
    [
        ({}, "sent", True),
        ({}, "draft", False),
        ({"agreement__term__renewal": "by-agreement"}, "sent", False),
        ({"agreement__status": "sent"}, "sent", False),
        ({"agreement__status": "sent", "agreement__renews": "2025-support"}, "sent", True),
        ({"agreement__status": "draft", "agreement__renews": "2025-support"}, "sent", False),
        ({"agreement__plan": "essential"}, "sent", False),
        ({"agreement__renewal": Renewal(ended=("servers",))}, "sent", False),
    ],
)
def test_a_term_that_was_sent_is_in_force_where_the_one_before_renewed_by_itself_as_it_was(before, status, in_force):
    found = matter(agreement__status=status)
    found = replace(found, inputs=replace(found.inputs, before=matter(**before).inputs.agreement))
    assert ("not-signed" not in rules(renewal(found, EARLY))) == in_force


def test_only_the_first_three_faults_of_an_index_are_told():
    rule = {"agreement__fees__increase": Increase(rule="index", series="x", lag=5)}
    found = plan(d("2027-06-20"), **rule, more={"series": series(*["100"] * 3, *["1OO"] * 6, *["100"] * 7, "103")})
    assert len([each for each in found.problems if each.rule in {"index-row", "index-gap"}]) == 3


def test_the_earliest_year_without_a_closed_day_is_named():
    (found,) = (each for each in plan(d("2028-05-03")).problems if each.rule == "closed-days-missing")
    assert found.what.startswith("closed: no closed day of the firm in 2028,")


def test_of_two_years_without_closed_days_the_earlier_is_named():
    closed = (ClosedDay(date=d("2025-11-28"), name="Day after Thanksgiving"),)
    found = plan(d("2026-11-02"), agreement__term__first_day=d("2026-03-20"), calendar__closed=closed)
    (told,) = (each for each in found.problems if each.rule == "closed-days-missing")
    assert (found.decision.day.year, told.what[:45]) == (2027, "closed: no closed day of the firm in 2026, an")
