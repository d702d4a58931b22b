"""What another plan gives and takes: worked out from two plans, and words that sell what is there already."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.core.values import Duration, Percent
from contract_assembly.facts.catalogue import Calendar, CreditStep, Exclusion, Plan, Task, Workload
from contract_assembly.facts.frequency import more_often
from contract_assembly.facts.plan_difference import differences, sold_again
from contract_assembly.repository.inputs import Repository
from tests.helpers.inputs_base import ROOT

REPOSITORY = Repository(ROOT)
PLANS = {
    name: REPOSITORY.load(Plan, f"provider/plans/{name}.yaml").model for name in ("essential", "business", "complete")
}
CALENDAR = REPOSITORY.load(Calendar, "provider/calendar.yaml").model
BUSINESS = PLANS["business"]
OPPOSITE = {"more": "less", "less": "more", "other": "other"}


def found(new, old=BUSINESS):
    return differences(old, new, CALENDAR)


def phrases(new, side, old=BUSINESS):
    return [each.phrase.replace("\u00a0", " ") for each in found(new, old) if each.side == side]


def with_services(*services):
    return BUSINESS.model_copy(update={"services": services})


def task(name, frequency="Monthly"):
    return Task(pillar="maintenance", task=name, frequency=frequency, evidence="List")


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_a_plan_does_not_differ_from_itself(plan):
    assert differences(plan, plan, CALENDAR) == ()


@pytest.mark.parametrize("new", PLANS)
@pytest.mark.parametrize("old", PLANS)
def test_what_one_direction_gives_the_other_takes(old, new):
    there, back = (
        {each.what: each for each in differences(PLANS[a], PLANS[b], CALENDAR)} for a, b in ((old, new), (new, old))
    )
    assert there.keys() == back.keys()
    for what, each in there.items():
        assert (each.now, each.then) == (back[what].then, back[what].now)
        assert OPPOSITE[each.side] == back[what].side


def test_what_weighs_most_comes_first():
    assert phrases(PLANS["complete"], "more")[:3] == [
        "Priority 1 response in 30 minutes (now 1 business hour)",
        "12 on-site hours a month (now 6)",
        "97% on time (now 95%)",
    ]
    assert phrases(PLANS["complete"], "less") == []
    assert "no root-cause report on each Priority 1 Incident" in phrases(PLANS["essential"], "less")
    assert phrases(PLANS["essential"], "more") == []


def test_what_both_plans_give_is_not_sold():
    for plan in PLANS.values():
        assert not any("telephone" in each.phrase.casefold() for each in found(plan))


def test_tasks_come_and_go_and_are_done_more_or_less_often():
    old, new = (
        with_services(task("Scan"), task("Report", "Quarterly"), task("Check", "Daily")),
        with_services(task("Report"), task("Check", "As needed"), task("Visit")),
    )
    assert [(each.side, each.phrase) for each in found(new, old)] == [
        ("less", "no scan"),
        ("more", "visit"),
        ("more", "report: monthly (now quarterly)"),
        ("other", "check: as needed (now daily)"),
    ]


def test_an_exclusion_counts_unless_a_task_says_the_same():
    moves = Exclusion(item="Office moves", treatment="quoted")
    without = BUSINESS.model_copy(update={"exclusions": ()})
    with_moves = BUSINESS.model_copy(update={"exclusions": (moves,)})
    assert (phrases(without, "more", with_moves), phrases(with_moves, "less", without)) == (
        ["office moves"],
        ["no office moves"],
    )
    also = with_moves.model_copy(update={"services": (*BUSINESS.services, task("Office moves"))})
    assert phrases(also, "more", with_moves) == ["office moves"]


def with_levels(**changes):
    return BUSINESS.model_copy(update={"service_levels": BUSINESS.service_levels.model_copy(update=changes)})


def updating(words):
    first, *others = BUSINESS.service_levels.priorities
    return with_levels(priorities=(first.model_copy(update={"updates": words}), *others))


def steps(*bands):
    return with_levels(
        credits=tuple(
            CreditStep(least=Percent(Decimal(a)), most=Percent(Decimal(b)), credit=Percent(Decimal(c)))
            for a, b, c in bands
        )
    )


@pytest.mark.parametrize(
    ("changes", "side", "phrase"),
    [
        ({"chronic_consecutive": 3}, "less", "failed months in a row after which you may leave: 3 (now 2)"),
        ({"chronic_rolling": 2}, "more", "failed months not in a row after which you may leave: 2 (now 3)"),
        ({"satisfaction": Decimal("4.8")}, "more", "goal for your users’ rating: 4.8 of 5 (now 4.5)"),
        (
            {"report": Duration(5, "business day")},
            "more",
            "monthly report within 5 business days (now 10 business days)",
        ),
        ({"small_number": 5}, "other", "tickets in a month from which the share counts: 5 (now 10)"),
        (
            {"workload": Workload(tickets_per_user=Decimal("1.5"), changes=4)},
            "less",
            "4 moves and changes a month within the service levels (now 10)",
        ),
        (
            {"workload": Workload(tickets_per_user=Decimal(2), changes=10)},
            "more",
            "2 tickets a month for each user within the service levels (now 1.5)",
        ),
    ],
)
def test_each_figure_of_the_service_levels_is_compared(changes, side, phrase):
    (point,) = found(with_levels(**changes))
    assert (point.side, point.phrase.replace("\u00a0", " ")) == (side, phrase)


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("Every 30 minutes", "more"),
        ("Every 2 Business Hours", "less"),
        ("Each Business Day", "less"),
        ("Each Business Day on request", "other"),
        ("Every 60 minutes", "other"),  # the same interval in other words
    ],
)
def test_updates_are_more_if_they_come_sooner(words, side):
    (point,) = found(updating(words))
    assert (point.side, point.what, point.then) == (side, "Updates on Priority\u00a01", words)


@pytest.mark.parametrize(
    ("new", "side"),
    [
        (steps((90, 96, 2), (0, 89, 10)), "more"),
        (steps((0, 79, 10)), "less"),
        (steps((90, 94, 1), (0, 89, 20)), "other"),
    ],
)
def test_credits_are_more_only_if_no_achievement_earns_less(new, side):
    old = steps((90, 94, 2), (0, 89, 10)) if side != "less" else steps((90, 94, 2), (0, 79, 10))
    (point,) = found(new, old)
    assert (point.side, point.what) == (side, "Service credit by the share on time")


def test_what_neither_plan_includes_may_be_handled_in_another_way():
    def without(treatment):
        return BUSINESS.model_copy(update={"exclusions": (Exclusion(item="Office moves", treatment=treatment),)})

    (point,) = found(without("refused"), without("quoted"))
    assert (point.side, point.phrase) == ("other", "office moves: not supplied (now quoted on request)")


@given(st.integers(1, 500), st.integers(1, 500))
def test_a_shorter_response_is_more_and_the_same_time_in_other_units_is_nothing(before, after):
    def answering(minutes):
        first, *others = BUSINESS.service_levels.priorities
        changed = (first.model_copy(update={"response": Duration(minutes, "minute")}), *others)
        return BUSINESS.model_copy(
            update={"service_levels": BUSINESS.service_levels.model_copy(update={"priorities": changed})}
        )

    sides = [each.side for each in differences(answering(before), answering(after), CALENDAR)]
    assert sides == ([] if before == after else ["more" if after < before else "less"])


@pytest.mark.parametrize(
    ("old", "new", "more"),
    [
        ("Monthly", "Twice a month", True),
        ("Quarterly", "Twice in each Contract Year", False),
        ("Within 14\u00a0days after release", "Within 7\u00a0days after release", True),
        ("Within 10 Business Days", "Within 20 Business Days", False),
        ("Within 10 days", "Within 5 Business Days", None),
        ("Quarterly", "Quarterly, with a call in every month between", True),
        ("Yearly, updated at each business review", "Yearly", False),
        (
            "Twice in each Contract Year, and within 14 days after a fix",
            "Quarterly, and within 7 days after a fix",
            True,
        ),
        (
            "Twice in each Contract Year, and within 14 days after a fix",
            "Quarterly, and within 30 days after a fix",
            None,
        ),
        ("Daily", "As needed", None),
        ("Monthly, by hand", "Quarterly", False),
    ],
)
def test_how_often_is_compared_only_where_the_words_allow_it(old, new, more):
    assert more_often(old, new) == more
    assert more_often(new, old) == (None if more is None else not more)


@pytest.mark.parametrize(
    ("words", "plan", "sold"),
    [
        ("Priority 1 calls day and night", "complete", "Telephone line for Priority\u00a01 Incidents"),
        ("More training; Priority 1 calls day and night", "complete", "Telephone line for Priority\u00a01 Incidents"),
        ("Follow-up of faults with your vendors", "complete", "Follow-up of faults with Vendors"),
        ("Priority 1 response in 30 minutes (now one hour), user training, and the email archive", "complete", None),
        ("Root-cause report within two business days", "complete", None),
        ("half the reviews; no root-cause reports or server restore tests", "essential", None),
        ("A smaller plan for a smaller office", "essential", None),
    ],
)
def test_words_that_sell_what_the_client_has_are_found(words, plan, sold):
    again = sold_again(words, BUSINESS, PLANS[plan])
    assert (again and again.task) == sold


@pytest.mark.parametrize(
    ("words", "sold"),
    [
        ("disk scan", True),
        ("disk scan weekly", True),
        ("disk scan weekly tonight", False),
        ("scan", False),
        ("tonight", False),
    ],
)
def test_a_phrase_names_the_task_with_which_it_shares_two_words_and_most_of_its_own(words, sold):
    plan = with_services(task("Disk scan"), task("Visit"))
    assert (sold_again(words, plan, plan) is not None) == sold


def test_of_a_plan_without_tasks_nothing_is_sold_again():
    assert sold_again("disk scan", with_services(), with_services()) is None


@pytest.mark.parametrize("position", [0, 1, 2, 3])
def test_a_response_to_any_priority_is_compared(position):
    levels = BUSINESS.service_levels.priorities
    changed = tuple(
        each.model_copy(update={"response": Duration(1, "minute")}) if n == position else each
        for n, each in enumerate(levels)
    )
    assert [(each.side, each.member) for each in found(with_levels(priorities=changed))] == [
        ("more", f"Priority\u00a0{position + 1}")
    ]


def test_a_single_on_site_hour_is_an_hour():
    one = BUSINESS.model_copy(update={"onsite_hours": 1})
    assert phrases(one, "less") == ["1 on-site hour a month (now 6)"]


def test_a_credit_is_earned_at_both_ends_of_its_band_and_outside_all_bands_none():
    (point,) = found(steps((90, 90, 3)), steps((90, 90, 2)))
    assert point.side == "more"
    (further,) = found(steps((90, 94, 2), (0, 89, "0.5")), steps((90, 94, 2)))
    assert further.side == "more"
