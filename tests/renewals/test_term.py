"""A term and the days before its end, each with its steps."""

from datetime import date

import pytest

from contract_assembly.core.values import Duration
from tests.helpers.matters import of_2025, windows_of


def d(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("90 days", "2026-07-02"),  # 3 July is the holiday for 4 July
        ("30 days", "2026-07-30"),  # before the Decision Day, 31 July
        ("3 months", "2026-07-01"),
    ],
)
def test_a_rise_is_told_so_long_before_the_renewal_and_before_the_decision_day(period, day):
    assert of_2025(agreement__fees__increase_notice=Duration.parse(period)).term(0).rise_notice.day == d(day)


def test_each_step_follows_from_the_one_before():
    for way in (
        of_2025().term(0).rise_notice,
        of_2025().term(3).decision,
        *(w.way for w in windows_of(of_2025(), 2).values()),
    ):
        assert all(each.name and each.rule and each.source for each in way.steps)
        assert way.day == way.steps[-1].day
