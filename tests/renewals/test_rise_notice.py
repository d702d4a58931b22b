"""The notice of a rise: in time, late, or of a figure that nobody could know yet."""

from datetime import timedelta
from decimal import Decimal

import pytest

from contract_assembly.core.problems import errors
from contract_assembly.core.values import Duration, Percent
from contract_assembly.facts.renewal_terms import Increase
from contract_assembly.renewals.rise_notice import _why_late, late_index_problem, rise_by
from tests.helpers.matters import matter
from tests.helpers.next_fees import series
from tests.helpers.renewal_plans import EARLY, FOUR, d, notice, plan, rules


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


def test_of_two_notices_of_a_rise_the_one_in_time_counts():
    both = (notice("increase", "2027-07-06"), notice("increase", "2027-07-02"))
    assert rules(plan(d("2027-07-12"), agreement__renewal=FOUR, agreement__notices=both)) == set()


def test_a_notice_can_still_be_sent_on_the_last_day_of_the_fastest_channel():
    subject = matter(agreement__renewal=FOUR)
    last = max(each.day for each in rise_by(subject, subject.term(0)).values())
    assert min(each.day for each in rise_by(subject, subject.term(0)).values()) < last
    found = [rules(plan(last + timedelta(days=later), agreement__renewal=FOUR)) for later in (0, 1)]
    assert found == [set(), {"notice-late"}]


def test_a_rise_that_was_agreed_falls_away_if_it_is_told_late():
    found = plan(d("2027-07-05"), agreement__fees__increase=Increase(rule="fixed", percent=Percent(Decimal(3))))
    assert rules(found, "warning") >= {"notice-late"}
    assert found.fees.new == found.fees.old
    assert found.state == "to do"


def test_an_index_that_is_published_too_late_gives_no_rise():
    changes = {"agreement__fees__increase": Increase(rule="index", series="x")}
    known = {"series": series(*["100"] * 18 + ["103"])}
    for day in (
        EARLY,
        d("2027-06-20"),
    ):  # July 2027 is published in August: no notice can be in time, whenever one looks
        found = plan(day, **changes, more=known)
        assert rules(found, "warning", "error") == {"notice-late"}
        assert found.fees.new == found.fees.old
    earlier = {"agreement__fees__increase": Increase(rule="index", series="x", lag=5)}
    found = plan(d("2027-06-20"), **earlier, more={"series": series(*["100"] * 16 + ["103"])})
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
        (["2027-06-13"], "0", "before its index was published on 2027-06-14"),
        (["2027-06-14"], "3.0", ""),
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


def test_a_plan_of_an_earlier_day_knows_no_figure_that_was_published_later():
    changes = {"agreement__fees__increase": Increase(rule="index", series="x", lag=5)}
    index = {"series": series(*["100"] * 16 + ["103"])}  # May 2027 is published on 14 June
    found = plan(d("2027-06-13"), **changes, more=index)
    (problem,) = errors(found.problems)
    assert problem.rule == "index-missing"
    assert "the figure of May 2027 was published on 2027-06-14" in problem.what
    assert plan(d("2027-06-14"), **changes, more=index).fees.rise.percent == Decimal("3.0")


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


@pytest.mark.parametrize(
    ("lag", "days", "late"),
    [
        (3, 60, True),  # July's index, for a notice by 2 July
        (4, 60, False),  # June's
        (4, 92, False),  # a notice by 1 July, when June is just over
        (4, 93, True),  # by 30 June
    ],
)
def test_an_index_is_late_where_its_month_is_not_over_by_the_last_day_for_the_notice(lag, days, late):
    changes = {
        "fees__increase": Increase(rule="index", series="x", lag=lag),
        "fees__increase_notice": Duration(days, "day"),
    }
    subject = matter(**{f"agreement__{name}": value for name, value in changes.items()})
    assert (late_index_problem(subject, subject.term(0)) is not None) == late


def test_an_index_that_is_published_on_the_last_day_for_the_notice_is_not_too_late_for_it():
    subject = matter()
    term = subject.term(0)
    last, by = term.rise_notice.day, rise_by(subject, term)
    assert _why_late(subject, term, EARLY, by, last) is None
    told = _why_late(subject, term, EARLY, by, last + timedelta(days=1))
    assert told == "the index is published on 2027-07-03, after the last day for the notice, 2027-07-02"


def test_a_single_notice_that_was_sent_before_the_index_is_named():
    subject = matter(agreement__notices=(notice("increase", "2027-05-05"),))
    term = subject.term(0)
    told = _why_late(subject, term, d("2027-07-12"), rise_by(subject, term), d("2027-07-20"))
    assert told.endswith("2027-07-02 (the notice of 2027-05-05 could not announce it)")
