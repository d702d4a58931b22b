"""How often a task is due, read from the words of the contract."""

import pytest

from contract_assembly.core.values import Duration
from contract_assembly.facts.frequency import days_ahead, more_often, restore_tests, reviews, times_a_year
from tests.helpers.matters import matter


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("Quarterly, with a call in every month between", 4),
        ("Twice in each Contract Year", 2),
        ("Monthly", 12),
        ("Yearly, before the renewal", 1),
        ("Once in each Contract Year", 1),
        ("Twice a month", 24),
        ("Continuous, reviewed each Business Day", None),
        ("As needed", None),
        ("Within 14 days after release", None),
    ],
)
def test_words_that_name_a_number_of_times(words, times):
    assert times_a_year(words) == times


def test_every_plan_of_the_samples_promises_reviews():
    assert {name: reviews(plan) for name, plan in matter().plans.items()} == {
        "business": 4,
        "complete": 4,
        "essential": 2,
        "as-agreed": None,  # of a contract on other paper, which says itself what is reviewed
    }


def test_the_more_frequent_of_plan_and_backup_counts():
    plan, agreement = matter().plans["essential"], matter().inputs.agreement.model
    assert restore_tests(plan, agreement) == {"sample files": 12, "one complete server": 2}  # the plan says quarterly


def test_nothing_is_restored_where_nothing_is_backed_up():
    plan, agreement = matter().plans["essential"], matter().inputs.agreement.model
    assert restore_tests(plan, agreement.model_copy(update={"backup": None})) == {}
    empty = agreement.backup.model_copy(update={"sets": ()})
    assert restore_tests(plan, agreement.model_copy(update={"backup": empty})) == {}


@pytest.mark.parametrize(
    ("old", "new", "more"),
    [
        ("Quarterly", "Monthly", True),
        ("Monthly", "Quarterly", False),
        ("Monthly", "Monthly", None),
        ("Monthly", "Twice a month", True),
        ("Within 14 days", "Within 7 days", True),
        ("Within 7 days", "Within 14 days", False),
        ("Monthly", "Monthly, with a call", True),
        ("Monthly, with a call", "Monthly", False),
        ("Yearly, with a call", "Monthly", None),
        ("Daily", "As needed", None),
        ("Daily", "Monthly", None),
        ("Monthly", "Daily", None),
        ("Daily", "Within 7 days", None),
        ("Within 7 days", "Daily", None),
        ("Monthly, within 7 days", "Monthly, and within 7 days", None),
        ("Monthly, within 7 days", "Twice a month, and within 7 days", True),
    ],
)
def test_more_times_a_shorter_time_or_something_more_is_more_often(old, new, more):
    assert more_often(old, new) is more


@pytest.mark.parametrize(
    ("words", "ahead"),
    [
        ("Yearly, at least 90 days before a Renewal Term", Duration(90, "day")),
        ("At least 1 month before a renewal term", Duration(1, "month")),
        ("Yearly", None),
    ],
)
def test_words_may_say_how_long_before_a_renewal(words, ahead):
    assert days_ahead(words) == ahead


def test_of_two_reviews_the_more_frequent_counts():
    plan = matter().plans["business"]
    (review,) = [each for each in plan.services if each.task.casefold().startswith("business review")]
    two = tuple(review.model_copy(update={"frequency": each}) for each in ("Yearly", "Monthly", "As needed"))
    assert reviews(plan.model_copy(update={"services": two})) == 12
