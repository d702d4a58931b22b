"""How much prices rise at a renewal: by the rule that was agreed, or on notice."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.facts.renewal_terms import Increase, Renewal
from contract_assembly.renewals.increase import reference_month, rise
from tests.helpers.matters import matter
from tests.helpers.next_fees import NEXT, fees, percent, rules, series, usd

INDEX = Increase(rule="index", series="x")


def test_a_fixed_rise_needs_no_plan():
    found = fees(fees__increase=Increase(rule="fixed", percent=percent("3")))
    assert found.rise.percent == Decimal(3)
    assert found.lines[0].new_price == usd("63.86")


@pytest.mark.parametrize(
    ("values", "found", "told"),
    [
        (["100"] * 18 + ["102.6"], "2.6", "July 2027"),  # October less three months, from July a year before
        (["100"] * 18 + ["112"], "5", "the cap makes it 5 %"),
        (["100"] * 18 + ["97"], "0", "the floor makes it 0 %"),
    ],
)
def test_an_index_moves_prices_within_floor_and_cap(values, found, told):
    result = fees(series(*values), fees__increase=INDEX)
    assert result.rise.percent == Decimal(found)
    assert any(told in step for step in result.rise.steps)
    assert result.rise.known_on == date(2027, 8, 14)


def test_a_month_that_is_not_published_yet_is_a_problem_and_no_price_is_guessed():
    found = fees(series(*["100"] * 12), fees__increase=INDEX)
    assert rules(found) == ["index-missing"]
    assert found.rise is None
    assert "no figure for July 2027" in found.problems[0].what


def increase(meant=None, **terms):
    """How much prices rise under these terms of an increase; `meant` is what was meant for this renewal."""
    changes = {"agreement__fees__increase": Increase.model_validate(terms)}
    if meant:
        changes["agreement__renewal"] = Renewal(increase=percent(meant))
    return rise(matter(**changes).inputs, NEXT, 12, None)


def test_on_notice_prices_rise_by_what_is_meant_for_the_renewal_or_not_at_all():
    assert increase(rule="on-notice").percent == 0
    found = increase(rule="on-notice", meant="4")
    assert (found.percent, found.steps) == (Decimal(4), ("meant for this renewal: 4 %",))


def test_a_fixed_rise_without_its_percent_is_a_problem():
    found = increase(rule="fixed")
    assert (found.rule, found.hint) == ("no-percent", "add percent: 3 %")


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        ({"rule": "none"}, "but prices stay as they are at a renewal"),
        ({"rule": "fixed", "percent": "3 %"}, "but 3 % was agreed"),
        ({"rule": "index", "series": "x"}, "but prices follow the index"),
    ],
)
def test_where_a_rule_was_agreed_another_rise_cannot_be_meant(terms, says):
    found = increase(meant="4", **terms)
    assert found.rule == "no-right-to-rise"
    assert says in found.what
    assert found.origin.path.endswith("agreement.yaml")


def test_to_mean_what_was_agreed_is_no_contradiction():
    assert increase(meant="3", rule="fixed", percent="3 %").percent == Decimal(3)
    assert increase(meant="0", rule="none").percent == 0


def test_the_reference_month_is_as_many_months_back_as_agreed():
    inputs = matter(agreement__fees__increase=Increase(rule="index", series="x", lag=3)).inputs
    assert reference_month(inputs, NEXT) == date(2027, 7, 1)
    assert reference_month(inputs, date(2027, 1, 31)) == date(2026, 10, 1)


def test_without_a_series_there_is_no_index():
    assert increase(rule="index").rule == "no-index"
