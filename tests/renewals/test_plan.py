"""The plan of a renewal: what is done by when, at which price, and what stands in the way."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from contract_assembly.core.problems import Problem, errors
from contract_assembly.core.values import DateRange, Money, Percent
from contract_assembly.facts.catalogue import Plan
from contract_assembly.facts.renewal_terms import Ending, Increase, Renewal
from contract_assembly.renewals.context import Successor
from contract_assembly.renewals.duties.of_agreement import duties
from contract_assembly.renewals.plan import REDLINE, next_name, planned, renewal
from tests.helpers.books import book
from tests.helpers.matters import block_matter, matter
from tests.helpers.next_fees import series
from tests.helpers.renewal_plans import EARLY, FOUR, NEXT, d, notice, plan, rules

PUBLISHED = d("2027-06-20")  # the index of May is known


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
    assert found.letter == d("2027-04-30")  # 1 May is a Saturday


def test_planning_changes_nothing_and_says_the_same_twice():
    subject = matter(agreement__renewal=FOUR)
    assert renewal(subject, EARLY) == renewal(subject, EARLY)


def test_a_month_that_was_never_published_leaves_the_plan_of_who_does_not_need_it():
    rule = {"agreement__fees__increase": Increase(rule="index", series="x", lag=5)}
    known = series(*["100"] * 8, "none", *["100"] * 7, "103")
    assert plan(PUBLISHED, **rule, more={"series": known}).fees.rise.percent == Decimal("3.0")
    assert rules(plan(PUBLISHED, **rule, more={"series": series(*["100"] * 16, "none")})) == {"index-never"}


@pytest.mark.parametrize(
    "rule", [Increase(rule="fixed", percent=Percent(Decimal(3))), Increase(rule="index", series="x")]
)
def test_a_rise_that_is_meant_beside_a_rule_of_its_own_is_refused(rule):
    found = plan(agreement__renewal=FOUR, agreement__fees__increase=rule, more={"series": series(*["100"] * 19)})
    assert rules(found) == {"no-right-to-rise"}


def test_a_missing_month_blocks_the_plan():
    found = plan(
        agreement__fees__increase=Increase(rule="index", series="x", lag=5), more={"series": series("100", "101")}
    )
    assert rules(found) == {"index-missing"}


def test_an_index_that_cannot_be_read_blocks_the_plan_and_no_duty():
    wrong = Problem("index-gap", "no figure for 2026-10", None, "add it")
    context = matter(agreement__fees__increase=Increase(rule="index", series="x"), more={"unreadable": (wrong,)})
    assert rules(renewal(context, EARLY)) == {"index-gap"}
    assert {"decision", "review"} <= {each.kind for each in duties(context, EARLY, d("2027-12-31"))}


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


def test_what_renews_by_agreement_needs_signatures_and_no_decision():
    found = plan(agreement__term__renewal="by-agreement")
    assert (found.decision, found.signature, found.windows) == (None, True, ())


def test_a_second_renewal_starts_from_the_renewal_term():
    found = plan(d("2028-05-03"))
    assert (found.number, found.term, found.next_term.first) == (1, DateRange(NEXT, d("2028-09-30")), d("2028-10-01"))


def test_a_year_without_holidays_is_no_guess():
    with pytest.raises(ValueError, match="no public holidays are known"):
        plan(calendar__holidays="XX")


def test_only_what_is_to_be_done_in_the_range_is_planned():
    subjects = (matter(), matter("brookfield"), block_matter())
    assert [each.client for each in planned(subjects, DateRange(d("2027-04-01"), d("2027-05-02")))] == ["acme"]
    assert [each.client for each in planned(subjects, DateRange(d("2027-04-01"), d("2027-12-31")))] == [
        "acme",
        "brookfield",
        "hudson",
    ]


ENDED = Ending(last_day=d("2027-02-28"), by="client", ground="Section 20.1")
DECLINED = notice("decline", "2027-07-30", to="provider")


def test_there_is_something_to_write_for_a_renewal_ahead_and_for_an_answer():
    assert plan().to_write
    assert plan(d("2027-08-02"), agreement__notices=(DECLINED,)).to_write
    assert not plan(d("2027-08-02"), agreement__notices=(DECLINED,), more={"answered": True}).to_write
    assert not plan(agreement__ended=ENDED).to_write
    assert not plan(agreement__status="draft").to_write


def test_a_settled_renewal_is_listed_until_its_last_day_and_one_ahead_from_its_first():
    settled, ahead, later = plan(agreement__ended=ENDED), plan(), d("2029-12-31")
    assert [settled.falls(DateRange(d(day), later)) for day in ("2027-02-28", "2027-03-01")] == [True, False]
    assert ahead.begins == d("2027-04-30")
    assert [ahead.falls(DateRange(d("2027-01-01"), d(day))) for day in ("2027-04-29", "2027-04-30")] == [False, True]


def test_a_block_that_a_contract_replaced_lasts_until_the_day_before():
    change = {"signed": "2026-12-10", "first_day": "2027-01-01", "agreement": "2027-support"}
    found = renewal(replace(block_matter(), book=book({"paid": "2026-10-02", "conversion": change})), EARLY)
    assert (found.state, found.number, found.term.last) == ("renewed", 0, d("2026-12-31"))


def test_what_ended_is_shown_in_the_term_in_which_it_ended():
    for on in (EARLY, d("2028-05-03")):
        found = plan(on, agreement__ended=ENDED)
        assert (found.number, found.term) == (0, DateRange(d("2026-10-01"), d("2027-02-28")))
        assert found.problems[0].what == "ended early, by client; the last day is 2027-02-28"
    assert plan(agreement__notices=(DECLINED,)).problems[0].what == "declined by the client; it ends on 2027-09-30"


@pytest.mark.parametrize(
    ("before", "verb"),
    [({"agreement__ended": ENDED}, "ended early"), ({"agreement__notices": (DECLINED,)}, "was declined")],
)
def test_a_next_term_that_never_began_says_how_the_one_before_ended(before, verb):
    found = matter(agreement__status="sent", agreement__renews="2026-support", agreement__term__first_day=NEXT)
    found = replace(found, inputs=replace(found.inputs, before=matter(**before).inputs.agreement))
    (note,) = renewal(found, d("2028-05-02")).problems
    assert note.what.startswith(f"2026-support {verb} and ends on ")


def test_what_is_renewed_late_was_in_its_renewal_term_until_the_day_before():
    found = plan(d("2028-05-03"), more={"successor": Successor("2027-support", "signed", d("2027-10-02"))})
    assert (found.state, found.number) == ("renewed", 1)


@pytest.mark.parametrize(
    ("changes", "signature", "comparison"),
    [
        ({}, False, "redline"),
        ({"agreement__renewal": FOUR}, False, "redline"),
        ({"agreement__renewal": Renewal(plan="complete")}, True, "redline"),
        ({"agreement__renewal": Renewal(ended=("servers",))}, True, "redline"),
        ({"agreement__origin": "elsewhere"}, True, "terms"),
    ],
)
def test_the_next_term_needs_signatures_where_more_than_prices_changes(changes, signature, comparison):
    found = plan(**changes)
    assert (found.signature, found.comparison == REDLINE) == (signature, comparison == "redline")


def test_every_fault_of_an_index_that_cannot_be_read_is_told_once():
    wrong = tuple(Problem(rule, rule, None, "add it") for rule in ("index-gap", "index-row", "index-fault"))
    context = matter(agreement__fees__increase=Increase(rule="index", series="x"), more={"unreadable": wrong})
    told = [each.rule for each in renewal(context, EARLY).problems if each.rule.startswith("index")]
    assert told == ["index-gap", "index-row", "index-fault"]


def test_only_the_first_year_of_a_name_becomes_the_next():
    assert next_name("2026-support-2026", NEXT) == "2027-support-2026"
    assert next_name("support", NEXT) == "support-2027-10"
