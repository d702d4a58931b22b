"""`agreement.yaml`: one end of the term, and prices and parties in the forms that the rest relies on."""

import pytest

from contract_assembly.facts.agreement import AGREEMENTS, Agreement, BlockAgreement, Fees, Term
from tests.helpers.inputs_base import BASE, ROOT
from tests.helpers.models import read, refused

TERM = "first_day: 2026-10-01\nrenewal_length: 12 months\nnotice: 60 days\n"
TEXT = (BASE / "agreements/acme/2026-support/agreement.yaml").read_text("utf-8")
BLOCK = (ROOT / "agreements/hudson/2026-block/agreement.yaml").read_text("utf-8")


@pytest.mark.parametrize(("end", "fits"), [
    ("length: 12 months\n", True),
    ("last_day: 2027-09-30\n", True),
    ("length: 12 months\nlast_day: 2027-09-30\n", False),
    ("", False),
])  # fmt: skip
def test_a_term_has_a_length_or_a_last_day_and_never_both_or_neither(end, fits):
    wrong = [("ill-typed", "the file: write either length, like 12 months, or last_day, like 2027-09-30", 1)]
    assert refused(Term, TERM + end) == ([] if fits else wrong)


def test_a_term_renews_by_itself_and_can_be_declined_by_any_day_unless_it_says_otherwise():
    found = read(Term, TERM + "length: 12 months\n").model
    assert (found.renewal, found.notice_to) == ("automatic", "any-day")


def test_fees_are_billed_monthly_at_the_plans_prices_and_rise_on_notice_unless_they_say_otherwise():
    found = read(Fees, "{due: 30 days, increase_cap: 5 %, increase_notice: 60 days}").model
    assert (found.billing, found.prices, found.commitment, found.credit) == ("monthly", (), None, None)
    assert found.increase.rule == "on-notice"


def test_an_own_price_has_no_discount_unless_it_says_so():
    text = "{due: 30 days, increase_cap: 5 %, increase_notice: 60 days, prices: [{line: user, price: 62.00 USD}]}"
    assert not read(Fees, text).model.prices[0].discounted
    assert read(Fees, text.replace("USD}", "USD, discounted: yes}")).model.prices[0].discounted


def test_each_kind_of_agreement_has_its_model_and_refuses_the_other_kind():
    assert {"support": Agreement, "time-block": BlockAgreement} == AGREEMENTS
    assert refused(Agreement, TEXT) == refused(BlockAgreement, BLOCK) == []
    assert ("ill-typed", "kind: 'time-block' is not one of the choices") in {
        each[:2] for each in refused(Agreement, BLOCK)
    }
    assert ("ill-typed", "kind: 'support' is not one of the choices") in {
        each[:2] for each in refused(BlockAgreement, TEXT)
    }


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("status: draft", "status: final", "status: 'final' is not one of the choices"),
        ("locale: en-US", "locale: en_US", "locale: 'en_US' is not one of the choices"),
        ("currency: USD", "currency: usd", "currency: 'usd' is not an ISO 4217 currency code of three capitals"),
        ("kind: server", "kind: toaster", "coverage.assets.0.kind: 'toaster' is not one of the choices"),
    ],
)
def test_a_fact_outside_its_choices_is_refused(old, new, what):
    assert old in TEXT
    assert [each for _, each, _ in refused(Agreement, TEXT.replace(old, new, 1))] == [what]
