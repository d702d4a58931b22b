"""The letters of a renewal, each with its day and way."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from contract_assembly.core.values import DateRange, Duration, Percent
from contract_assembly.facts.renewal_terms import Renewal, SentNotice
from contract_assembly.renewals.letters_due import _shared
from contract_assembly.renewals.plan import renewal
from tests.helpers.matters import matter

ON = date(2027, 5, 3)
FOUR = Renewal(increase=Percent(Decimal(4)))


def letters(on=ON, **changes):
    return {each.kind: each for each in renewal(matter(**changes), on).letters}


def test_each_letter_has_its_own_day_and_way():
    found = letters(agreement__renewal=FOUR)
    assert {kind: (each.name, str(each.day)) for kind, each in found.items()} == {
        "renewal-letter": ("renewal-letter-2027", "2027-05-03"),
        "price-notice": ("price-notice-2027", "2027-05-03"),
        "statutory-notice": ("renewal-notice-2027", "2027-07-02"),
    }
    assert found["statutory-notice"].facts == {"rules": "[AR-NY, contract]", "by": "certified-mail"}
    assert found["renewal-letter"].facts == {"answer_by": "2027-06-02", "mail": "yes"}


def test_a_letter_waits_for_its_day_and_none_is_of_the_past():
    assert str(letters(date(2027, 1, 4))["renewal-letter"].day) == "2027-04-30"  # 1 May is a Saturday
    assert str(letters(date(2027, 5, 1))["renewal-letter"].day) == "2027-05-03"
    late = letters(date(2027, 6, 14))
    assert str(late["renewal-letter"].day) == "2027-06-14"
    assert "renewal-letter" not in letters(date(2027, 7, 30))


def test_a_notice_that_was_recorded_is_not_written_again():
    sent = (
        SentNotice(says="increase", term=date(2027, 10, 1), sent=date(2027, 5, 1), by="in-person"),
        SentNotice(says="reminder", term=date(2027, 10, 1), sent=date(2027, 7, 6), by="in-person", rule="AR-NY"),
    )
    found = letters(agreement__renewal=FOUR, agreement__notices=sent)
    assert "price-notice" not in found
    assert found["statutory-notice"].facts["rules"] == "[contract]"


def test_prices_that_stay_need_no_notice():
    assert "price-notice" not in letters()


def test_the_facts_of_a_letter_are_a_file():
    (text,) = [each.text() for each in letters().values() if each.kind == "renewal-letter"]
    assert text == (
        "# yaml-language-server: $schema=../../../../docs/schema/renewal-letter.json\n"
        "document: renewal-letter\nstatus: draft\ndate: 2027-05-03\nanswer_by: 2027-06-02\nmail: yes\n"
    )


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ((1, 10), (5, 20), (5, 10)),
        ((5, 20), (1, 10), (5, 10)),
        ((1, 10), (10, 20), (10, 10)),
        ((1, 10), (11, 20), None),
        ((11, 20), (1, 10), None),
    ],
)
def test_one_letter_serves_two_windows_on_the_days_that_both_have(one, other, shared):
    def days(pair):
        return pair and DateRange(*(date(2027, 7, each) for each in pair))

    assert _shared(days(one), days(other)) == days(shared)


def test_each_letter_is_due_until_the_last_day_of_its_fastest_way_and_not_after():
    """New prices go out by email until 2 July, and the notice that New York asks for in person until the 15th."""
    for day, kind in ((date(2027, 7, 2), "price-notice"), (date(2027, 7, 15), "statutory-notice")):
        told = [kind in letters(day + timedelta(days=later), agreement__renewal=FOUR) for later in (0, 1)]
        assert told == [True, False]
    assert letters(date(2027, 7, 15))["statutory-notice"].facts["by"] == "in-person"


def test_two_windows_without_a_day_in_common_have_a_letter_each_named_by_its_rule():
    apart = replace(matter().promises, earliest=Duration(60, "day"), latest=Duration(40, "day"))
    found = [each for each in renewal(matter(more={"promises": apart}), ON).letters if each.kind == "statutory-notice"]
    assert [(each.name, str(each.day), each.facts["rules"]) for each in found] == [
        ("renewal-notice-2027", "2027-07-02", "[AR-NY]"),
        ("renewal-notice-2027-contract", "2027-06-01", "[contract]"),
    ]
