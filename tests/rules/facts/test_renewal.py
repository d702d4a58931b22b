"""What can be wrong with what an agreement says about its renewal, and with the one that it renews."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from contract_assembly.core.values import Duration, Percent
from contract_assembly.facts.fields import Located
from contract_assembly.facts.price_index import Index
from contract_assembly.facts.renewal_terms import Ending, Increase, Renewal, SentNotice
from contract_assembly.rules.facts import problems
from tests.helpers.inputs_base import inputs


def d(text):
    return date.fromisoformat(text)


def told(**changes):
    return [(each.rule, each.origin.line) for each in problems(inputs(**changes))]


def percent(text):
    return Percent(Decimal(text))


@pytest.mark.parametrize(
    ("increase", "found"),
    [
        (Increase(), 0),
        (Increase(rule="none"), 0),
        (Increase(rule="fixed", percent=percent("5")), 0),
        (Increase(rule="fixed"), 1),
        (Increase(rule="fixed", percent=percent("5.01")), 1),
        (Increase(rule="fixed", percent=percent("-1")), 1),
        (Increase(rule="index"), 1),
        (Increase(rule="index", series="x"), 0),
        (Increase(rule="index", series="x", percent=percent("3")), 1),
        (Increase(rule="on-notice", series="x"), 1),
        (Increase(rule="index", series="x", floor=percent("6")), 1),
        (Increase(rule="index", series="x", floor=percent("-1")), 1),
        (Increase(rule="index", series="x", decimals=3), 1),
    ],
)
def test_a_rule_for_prices_names_all_it_needs_and_no_more(increase, found):
    assert [rule for rule, _ in told(agreement__fees__increase=increase)] == ["increase"] * found


EXAMPLE = Located(
    Index(**dict.fromkeys(("name", "publisher", "area", "items", "adjusted", "base", "replacement"), "x")), {}
)


def of_index(lag, index=EXAMPLE, **changes):
    increase = Increase(rule="index", series="x", lag=lag)
    found = replace(inputs(agreement__fees__increase=increase, **changes), index=index)
    return [each for each in problems(found) if each.rule == "index-late"]


def test_a_rise_whose_figure_comes_after_the_last_day_for_its_notice_is_refused_when_it_is_drafted():
    """The renewal begins on 1 October 2027: 90 days before is 3 July, a Saturday."""
    found = of_index(3)
    (what,) = [each.what for each in found]
    assert what.startswith(
        "fees.increase.lag: the figure of July 2027 is published by 2027-08-21, and its notice is due by 2027-07-02"
    )
    assert what.endswith("this rise can never take place")
    assert found[0].level == "error"
    assert found[0].hint == "write lag: 5 or more, or shorten increase_notice"
    assert of_index(4)
    assert of_index(5) == []


def test_a_rise_that_can_never_take_place_is_a_warning_once_it_was_agreed():
    assert [each.level for each in of_index(3, agreement__status="signed")] == ["warning"]


def test_an_index_that_is_published_sooner_needs_less_lag():
    soon = replace(EXAMPLE, model=EXAMPLE.model.model_copy(update={"published_after": Duration(2, "day")}))
    assert of_index(4, index=soon) == []


@pytest.mark.parametrize(
    ("increase", "found"),
    [
        (Increase(), []),
        (Increase(rule="fixed", percent=percent("3")), ["increase"]),
        (Increase(rule="index", series="x"), ["increase"]),
    ],
)
def test_a_rise_that_is_meant_has_no_effect_where_the_rule_sets_it(increase, found):
    meant = Renewal(increase=percent("4"))
    assert [rule for rule, _ in told(agreement__fees__increase=increase, agreement__renewal=meant)] == found


@pytest.mark.parametrize(
    ("first", "ended", "found"),
    [
        ("2027-10-01", None, []),  # the day after the initial term
        ("2028-10-01", None, []),  # the day after its first renewal
        ("2027-09-30", None, ["renewal-day"]),
        ("2027-10-02", None, ["renewal-day"]),
        ("2026-10-01", None, ["renewal-day"]),
        ("2027-03-01", "2027-02-28", []),
        ("2027-10-01", "2027-02-28", ["renewal-day"]),
    ],
)
def test_a_renewal_begins_the_day_after_the_term_before(first, ended, found):
    before = inputs().agreement
    ending = Ending(last_day=d(ended), by="client", ground="Section 20.1") if ended else None
    before = replace(before, model=before.model.model_copy(update={"ended": ending}))
    subject = replace(inputs(agreement__term__first_day=d(first)), before=before)
    assert [each.rule for each in problems(subject) if each.rule == "renewal-day"] == found


@pytest.mark.parametrize(
    ("term", "sent", "found"),
    [
        ("2027-10-01", "2027-06-01", []),
        ("2028-10-01", "2028-06-01", []),
        ("2026-10-01", "2026-06-01", ["notice-term"]),
        ("2027-10-02", "2027-06-01", ["notice-term"]),
        ("2027-10-01", "2027-10-01", ["notice-term"]),
        ("2027-10-01", "2025-10-01", []),
        ("2027-10-01", "2025-09-30", ["notice-term"]),
    ],
)
def test_a_notice_is_about_a_renewal_that_there_is(term, sent, found):
    notice = SentNotice(says="reminder", term=d(term), sent=d(sent), by="email")
    assert [rule for rule, _ in told(agreement__notices=(notice,))] == found


def test_an_agreement_does_not_end_before_it_begins():
    ended = Ending(last_day=d("2026-09-30"), by="both", ground="Section 20.1")
    assert [rule for rule, _ in told(agreement__ended=ended)] == ["ended-before"]
