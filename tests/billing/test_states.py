"""A contract day by day: changes and signatures, each from its own day on."""

from datetime import date

from contract_assembly.billing.states import facts_on, state_on, states, steps
from contract_assembly.core.values import DateRange
from tests.helpers.fee_facts import fees
from tests.helpers.running import FIRST, change, running, usd

UNTIL = date(2027, 9, 30)
JANUARY, MARCH = date(2027, 1, 17), date(2027, 3, 1)


def monthly(found, until=UNTIL):
    return [(str(each.days.first), str(each.days.last), each.monthly) for each in states(found, until)]


def test_a_contract_without_changes_has_one_state():
    assert monthly(running()) == [("2026-10-01", "2027-09-30", usd("2438.00"))]


def test_each_change_begins_a_state():
    found = running(change(JANUARY, "users", 34, 36), change(MARCH, "server", 3, 4))
    assert monthly(found) == [
        ("2026-10-01", "2027-01-16", usd("2438.00")),
        ("2027-01-17", "2027-02-28", usd("2562.00")),
        ("2027-03-01", "2027-09-30", usd("2672.00")),
    ]


def test_the_last_state_ends_with_the_contract():
    assert states(running(last=date(2027, 3, 31)), UNTIL)[-1].days == DateRange(FIRST, date(2027, 3, 31))
    assert state_on(running(last=date(2027, 3, 31)), date(2027, 4, 1)) is None


def test_a_contract_that_has_not_begun_has_no_state():
    assert states(running(), date(2026, 9, 30)) == ()
    assert state_on(running(), date(2026, 9, 30)) is None


def test_an_amendment_applies_from_its_day_and_leaves_earlier_changes_of_other_things_alone():
    found = running(change(JANUARY, "server", 3, 4), later=[(MARCH, {"agreement__coverage__users": 30})])
    assert monthly(found) == [
        ("2026-10-01", "2027-01-16", usd("2438.00")),
        ("2027-01-17", "2027-02-28", usd("2548.00")),
        ("2027-03-01", "2027-09-30", usd("2300.00")),
    ]


def test_an_amendment_sets_what_it_changes_whatever_it_was_before():
    found = running(change(JANUARY, "users", 34, 36), later=[(MARCH, {"agreement__coverage__users": 40})])
    assert facts_on(found, MARCH).agreement.model.coverage.users == 40


def test_an_amendment_of_other_words_keeps_the_count_that_was_asked_for():
    found = running(
        change(JANUARY, "users", 34, 36), later=[(MARCH, {"agreement__courts": "the courts of Kings County"})]
    )
    assert facts_on(found, MARCH).agreement.model.coverage.users == 36


def test_what_recurs_is_the_fee_of_a_month_and_a_twelfth_of_that_of_a_year():
    domains = {"id": "domains", "name": "Domains", "price": "1200.00 USD", "every": "year"}
    assert states(running(**fees(lines=[domains])), UNTIL)[0].recurring == usd("2538.00")


def test_what_was_signed_first_is_where_the_steps_begin_and_none_of_them():
    signed = running(
        change(JANUARY, "users", 34, 36), later=[(JANUARY, {"agreement__courts": "the courts of Kings County"})]
    )
    found = list(steps(signed.versions, signed.standing))
    assert [(each.on, each.version and each.version.document) for each in found] == [
        (JANUARY, None),
        (JANUARY, "amendment-1"),
    ]
