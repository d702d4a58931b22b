"""The plan of a renewal: what is done by when, at which price, and what stands in the way."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.core.problems import Problem, errors
from contract_assembly.core.values import DateRange, Money, Percent
from contract_assembly.facts.catalogue import Plan
from contract_assembly.facts.renewal_terms import Ending, Increase, Renewal, SentNotice
from contract_assembly.renewals.context import Successor
from contract_assembly.renewals.duties.of_agreement import duties
from contract_assembly.renewals.plan import planned, renewal
from tests.helpers.matters import block_matter, matter
from tests.renewals.test_next_prices import series


def d(text):
    return date.fromisoformat(text)


EARLY = d("2027-05-03")
FOUR = Renewal(increase=Percent(Decimal(4)))
NEXT = d("2027-10-01")


def plan(on=EARLY, **changes):
    return renewal(matter(**changes), on)


def rules(found, *levels):
    return {each.rule for each in found.problems if each.level in (levels or ("error",))}


def notice(says, sent, **changes):
    return SentNotice(**{"says": says, "term": NEXT, "sent": d(sent), "by": "in-person", **changes})


def test_a_plan_names_who_when_and_at_which_price():
    found = plan(agreement__renewal=FOUR)
    assert (found.client, found.short, found.state) == ("acme", "Acme Instruments", "to do")
    assert found.decision.day == d("2027-07-30")
    assert found.term == DateRange(d("2026-10-01"), d("2027-09-30"))
    assert (found.next_name, found.next_term) == ("2027-support", DateRange(NEXT, d("2028-09-30")))
    assert found.fees.old == Money(Decimal("2908.00"), "USD")
    assert found.fees.new == Money(Decimal("3024.32"), "USD")
    assert found.fees.rise.steps == ("meant for this renewal: 4 %",)
    assert "agreements/acme/2026-support/renewal-notice-2027" in found.writes
    assert found.letter == d("2027-05-01")


def test_planning_changes_nothing_and_says_the_same_twice():
    subject = matter(agreement__renewal=FOUR)
    assert renewal(subject, EARLY) == renewal(subject, EARLY)


def test_only_a_signed_agreement_is_renewed():
    assert rules(plan(agreement__status="sent")) == {"not-signed"}


def test_a_rise_without_notice_in_time_is_refused_and_what_remains_is_said():
    found = plan(d("2027-07-05"), agreement__renewal=FOUR)
    assert found.state == "blocked"
    (problem,) = errors(found.problems)
    assert problem.rule == "notice-late"
    assert "clause annual-adjustment" in problem.hint
    assert "renew at the old prices" in problem.hint


@pytest.mark.parametrize(("sent", "late"), [("2027-07-02", set()), ("2027-07-06", {"notice-late"})])
def test_a_recorded_notice_of_a_rise_must_have_counted_in_time(sent, late):
    assert rules(plan(d("2027-07-12"), agreement__renewal=FOUR, agreement__notices=(notice("increase", sent),))) == late


def test_a_rise_that_was_agreed_falls_away_if_it_is_told_late():
    found = plan(d("2027-07-05"), agreement__fees__increase=Increase(rule="fixed", percent=Percent(Decimal(3))))
    assert rules(found, "warning") >= {"notice-late"}
    assert found.fees.new == found.fees.old
    assert found.state == "to do"


def test_an_index_that_is_published_too_late_gives_no_rise():
    changes = {"agreement__fees__increase": Increase(rule="index", series="x")}
    found = plan(**changes, more={"series": series(*["100"] * 18 + ["103"])})
    assert "notice-late" in rules(found, "warning")  # July 2027 is published in August
    earlier = {"agreement__fees__increase": Increase(rule="index", series="x", lag=5)}
    found = plan(**earlier, more={"series": series(*["100"] * 16 + ["103"])})
    assert found.fees.rise.percent == Decimal("3.0")
    assert rules(found, "warning", "error") == set()


@pytest.mark.parametrize(
    ("sent", "rise", "why"),
    [
        (
            ["2027-05-05"],
            "0",
            "before its index was published on 2027-06-14",
        ),  # who writes in May cannot know May's figure
        (["2027-06-21"], "3.0", ""),
        (["2027-05-05", "2027-06-21"], "3.0", ""),
    ],
)
def test_a_notice_of_a_rise_that_nobody_could_know_yet_does_not_count(sent, rise, why):
    changes = {
        "agreement__fees__increase": Increase(rule="index", series="x", lag=5),
        "agreement__notices": tuple(notice("increase", day) for day in sent),
    }
    found = plan(d("2027-07-12"), **changes, more={"series": series(*["100"] * 16 + ["103"])})
    assert found.fees.rise.percent == Decimal(rise)
    late = [each for each in found.problems if each.rule == "notice-late"]
    assert [why in each.what for each in late] == [True] * bool(why)


def test_a_month_that_was_never_published_leaves_the_plan_of_who_does_not_need_it():
    rule = {"agreement__fees__increase": Increase(rule="index", series="x", lag=5)}
    known = series(*["100"] * 8, "none", *["100"] * 7, "103")
    assert plan(**rule, more={"series": known}).fees.rise.percent == Decimal("3.0")
    assert rules(plan(**rule, more={"series": series(*["100"] * 16, "none")})) == {"index-never"}


def test_a_wrong_row_of_a_shared_index_is_a_warning_to_who_does_not_need_it():
    rule = {"agreement__fees__increase": Increase(rule="index", series="x", lag=5)}
    found = plan(**rule, more={"series": series(*["100"] * 8, "1OO", *["100"] * 7, "103")})
    assert found.fees.rise.percent == Decimal("3.0")
    assert rules(found, "warning") == {"index-row", "index-gap"}
    assert rules(found) == set()


@pytest.mark.parametrize(
    "rule", [Increase(rule="fixed", percent=Percent(Decimal(3))), Increase(rule="index", series="x")]
)
def test_a_rise_that_is_meant_beside_a_rule_of_its_own_is_refused(rule):
    found = plan(agreement__renewal=FOUR, agreement__fees__increase=rule, more={"series": series(*["100"] * 19)})
    assert rules(found) == {"no-right-to-rise"}


def test_a_missing_month_blocks_the_plan():
    found = plan(agreement__fees__increase=Increase(rule="index", series="x"), more={"series": series("100", "101")})
    assert rules(found) == {"index-missing"}


def test_a_notice_announces_no_figure_of_an_index_that_was_published_later():
    changes = {"agreement__fees__increase": Increase(rule="index", series="x", lag=5)}
    early, in_time = (notice("increase", day) for day in ("2027-05-05", "2027-06-21"))
    index = {"series": series(*["100"] * 16 + ["103"])}  # May 2027 is published in June
    found = plan(d("2027-07-12"), **changes, agreement__notices=(early,), more=index)
    assert rules(found, "warning") >= {"notice-late"}
    assert found.fees.new == found.fees.old
    found = plan(d("2027-07-12"), **changes, agreement__notices=(early, in_time), more=index)
    assert "notice-late" not in rules(found, "warning")
    assert found.fees.rise.percent == Decimal("3.0")


def test_an_index_that_cannot_be_read_blocks_the_plan_and_no_duty():
    wrong = Problem("index-gap", "no figure for 2026-10", None, "add it")
    context = matter(agreement__fees__increase=Increase(rule="index", series="x"), more={"unreadable": (wrong,)})
    assert rules(renewal(context, EARLY)) == {"index-gap"}
    assert {"decision", "review"} <= {each.kind for each in duties(context, EARLY, d("2027-12-31"))}


def test_a_missed_statutory_notice_blocks_and_says_what_remains():
    found = plan(d("2027-07-20"))
    assert rules(found) == {"notice-missed"}
    assert "have the next term signed by both parties" in found.remains
    assert any("30 days" in each for each in found.remains)  # the client may leave, as the clause says
    sent = (notice("reminder", "2027-07-06", rule="AR-NY"), notice("reminder", "2027-07-06"))
    assert rules(plan(d("2027-07-20"), agreement__notices=sent)) == set()


def test_after_the_decision_day_neither_party_can_decline():
    assert "decision-passed" in rules(plan(d("2027-08-02")), "warning")


def test_who_declined_in_time_is_not_renewed_and_who_was_late_is():
    found = plan(agreement__notices=(notice("decline", "2027-07-30", to="provider"),))
    assert (found.state, found.fees) == ("declined", None)
    found = plan(agreement__notices=(notice("decline", "2027-07-31", to="provider"),))
    assert "declined-late" in rules(found, "warning")


def test_what_ended_early_is_not_renewed():
    found = plan(agreement__ended=Ending(last_day=d("2027-02-28"), by="client", ground="Section 20.1"))
    assert (found.state, found.term.last) == ("ended", d("2027-02-28"))


def test_what_is_renewed_already_is_left_alone():
    found = plan(more={"successor": Successor("2027-support", "sent", NEXT)})
    assert found.state == "renewed"
    assert "2027-support" in found.problems[0].what


def test_a_time_block_does_not_renew():
    found = renewal(block_matter(), EARLY)
    assert (found.state, found.term.last) == ("does not renew", d("2027-10-04"))


def test_who_leaves_before_the_next_term_is_told():
    people = matter().inputs.client.model.people
    gone = tuple(
        each.model_copy(update={"until": d("2027-08-31")}) if each.id == "lena-fischer" else each for each in people
    )
    assert rules(plan(client__people=gone)) == {"person-left"}


def test_a_plan_that_is_withdrawn_or_unknown_blocks():
    old = matter().plans["business"]
    withdrawn = {"business": old.model_copy(update={"withdrawn": NEXT}), "complete": matter().plans["complete"]}
    found = plan(more={"plans": withdrawn})
    assert rules(found) == {"plan-withdrawn"}
    assert "complete" in next(iter(errors(found.problems))).hint
    assert rules(plan(agreement__renewal=Renewal(plan="gold"))) == {"unknown-plan"}
    assert isinstance(old, Plan)


def test_a_plan_withdrawn_after_the_next_term_began_blocks_nothing():
    later = {"business": matter().plans["business"].model_copy(update={"withdrawn": d("2027-10-02")})}
    assert plan(more={"plans": later}).state == "to do"


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


def test_what_renews_by_agreement_needs_signatures_and_no_decision():
    found = plan(agreement__term__renewal="by-agreement")
    assert (found.decision, found.signature, found.windows) == (None, True, ())


def test_a_second_renewal_starts_from_the_renewal_term():
    found = plan(d("2028-05-03"))
    assert (found.number, found.term, found.next_term.first) == (1, DateRange(NEXT, d("2028-09-30")), d("2028-10-01"))


def test_a_year_without_holidays_is_no_guess():
    with pytest.raises(ValueError, match="no public holidays are known"):
        plan(calendar__holidays="XX")


def test_own_closing_days_that_stop_before_the_year_are_told():
    assert "closed-days-missing" in rules(plan(d("2028-05-03")), "warning")


def test_only_what_is_to_be_done_in_the_range_is_planned():
    subjects = (matter(), matter("brookfield"), block_matter())
    assert [each.client for each in planned(subjects, DateRange(d("2027-04-01"), d("2027-05-02")))] == ["acme"]
    assert [each.client for each in planned(subjects, DateRange(d("2027-04-01"), d("2027-12-31")))] == [
        "acme",
        "brookfield",
        "hudson",
    ]
