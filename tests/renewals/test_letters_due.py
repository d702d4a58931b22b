"""The letters of a renewal, each with its day and way."""

from datetime import date
from decimal import Decimal

from contract_assembly.core.values import Percent
from contract_assembly.facts.renewal_terms import Renewal, SentNotice
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
