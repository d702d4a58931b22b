"""How often a task is due, read from the words of the contract."""

import pytest

from contract_assembly.facts.frequency import restore_tests, reviews, times_a_year
from tests.helpers.matters import matter


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("Quarterly, with a call in every month between", 4),
        ("Twice in each Contract Year", 2),
        ("Monthly", 12),
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
