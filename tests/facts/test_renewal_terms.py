"""What an agreement states about its renewal, and what holds where it states nothing."""

from decimal import Decimal

import pytest

from contract_assembly.core.values import Percent
from contract_assembly.facts.renewal_terms import Ending, Increase, Renewal, SentNotice
from tests.helpers.models import read, refused

NOTICE = "{says: increase, term: 2027-10-01, sent: 2027-07-30, by: email}"


def test_prices_rise_on_notice_and_an_index_is_read_three_months_back_to_one_decimal():
    found = read(Increase, "{}").model
    assert (found.rule, found.lag, found.decimals, found.floor) == ("on-notice", 3, 1, Percent(Decimal(0)))
    assert (found.percent, found.series) == (None, None)


@pytest.mark.parametrize(
    ("rule", "fits"), [("none", True), ("on-notice", True), ("fixed", True), ("index", True), ("cpi", False)]
)
def test_there_are_four_rules_for_prices(rule, fits):
    assert (refused(Increase, f"rule: {rule}") == []) == fits


def test_an_empty_offer_changes_nothing():
    found = read(Renewal, "{}").model
    assert {getattr(found, name) for name in Renewal.model_fields} == {None, ()}


def test_an_offer_for_an_asset_that_we_do_not_know_is_refused():
    assert refused(Renewal, "assets:\n  - {kind: toaster, count: 1}") == [
        ("ill-typed", "assets.0.kind: 'toaster' is not one of the choices", 2)
    ]


def test_a_notice_goes_to_the_client_unless_it_says_otherwise():
    found = read(SentNotice, NOTICE).model
    assert (found.to, found.rule) == ("client", None)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("by: email", "by: fax", "by: 'fax' is not one of the choices"),
        ("says: increase", "says: hello", "says: 'hello' is not one of the choices"),
        (", sent: 2027-07-30", "", "sent is missing"),
        ("email}", "email, to: court}", "to: 'court' is not one of the choices"),
    ],
)
def test_a_notice_of_another_form_is_refused(old, new, what):
    assert [each for _, each, _ in refused(SentNotice, NOTICE.replace(old, new))] == [what]


@pytest.mark.parametrize(("by", "fits"), [("client", True), ("provider", True), ("both", True), ("court", False)])
def test_an_agreement_is_ended_by_a_party_or_by_both(by, fits):
    assert (refused(Ending, f"{{last_day: 2027-01-31, by: {by}, ground: Section 9}}") == []) == fits
