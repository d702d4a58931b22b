"""Contracts as they run, loaded through the repository."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.billing.loader import Accounts
from contract_assembly.core.values import Money
from contract_assembly.facts.agreement import Credit
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Edited
from tests.helpers.corpus import AGREEMENT, REPOSITORY


@pytest.mark.parametrize(
    ("choice", "timing"),
    [
        ("", "in-advance"),
        ("choose: {liability: acceptable}", "in-advance"),
        ("choose: {fees: preferred}", "in-advance"),
        ("choose: {fees: acceptable}", "on-first-day"),
        ("choose: {fees: fees-in-arrears}", "in-arrears"),
    ],
)
def test_a_contract_is_invoiced_as_the_clause_that_it_chose_says(choice, timing):
    path = f"{AGREEMENT}/agreement.yaml"
    text = f"{(REPOSITORY / path).read_text('utf-8')}\n{choice}\n"
    own = Repository(Edited(Repository(REPOSITORY).source, {path: text.encode()}))
    assert Accounts(own).one("acme", "2026-support").timing == timing


def test_words_of_its_own_on_fees_are_named_in_a_warning():
    text = (REPOSITORY / "clauses/money/fees.md").read_text("utf-8").replace("id: fees\n", "id: our-fees\n", 1)
    path = f"{AGREEMENT}/clauses/our-fees.md"
    accounts = Accounts(Repository(Edited(Repository(REPOSITORY).source, {path: text.encode()})))
    assert accounts.one("acme", "2026-support").timing == "in-advance"
    assert [(each.rule, each.level, each.origin.path) for each in accounts.warnings] == [
        ("own-words-on-fees", "warning", path)
    ]


# ---- the last day, and what binds


FACTS = (REPOSITORY / AGREEMENT / "agreement.yaml").read_text("utf-8")
NEXT = "agreements/acme/2027-support/agreement.yaml"


def next_facts(status, *pairs):
    """The facts of the agreement that renews the sample."""
    text = FACTS
    pairs = (("id: NL-2026-0042", "id: NL-2027-0042"), ("first_day: 2026-10-01", "first_day: 2027-10-01"), *pairs)
    for old, new in (
        ("status: sent", f"status: {status}"),
        ("plan: business", "renews: 2026-support\nplan: business"),
        *pairs,
    ):
        assert old in text
        text = text.replace(old, new, 1)
    return text


def last_day(facts=FACTS, following=None):
    edited = {f"{AGREEMENT}/agreement.yaml": facts.encode()} | ({NEXT: following.encode()} if following else {})
    own = Repository(Edited(Repository(REPOSITORY).source, edited))
    return Accounts(own).last_day("acme", "2026-support", own.inputs("acme", "2026-support"))


BY_AGREEMENT = FACTS.replace("renewal: automatic", "renewal: by-agreement", 1)
ENDED = f"{FACTS}\nended: {{last_day: 2027-03-10, by: client, ground: Section 20.1}}\n"


def test_a_contract_goes_on_unless_something_ends_it():
    assert last_day() is None
    assert last_day(BY_AGREEMENT) == date(2027, 9, 30)
    assert last_day(ENDED) == date(2027, 3, 10)


@pytest.mark.parametrize("status", ["draft", "sent", "signed"])
def test_a_contract_ends_the_day_before_the_one_that_takes_its_place(status):
    assert last_day(following=next_facts(status)) == (None if status == "draft" else date(2027, 9, 30))


def test_of_several_ends_the_first_counts():
    assert last_day(ENDED, following=next_facts("signed")) == date(2027, 3, 10)


def test_an_agreement_that_was_only_sent_takes_over_where_nothing_but_prices_changes():
    another_plan = next_facts("sent", ("plan: business", "plan: essential"))
    assert last_day(following=another_plan) is None
    assert last_day(
        BY_AGREEMENT, following=next_facts("sent", ("first_day: 2027-10-01", "first_day: 2027-05-01"))
    ) == date(2027, 9, 30)


def test_of_figures_that_bring_no_credit_only_the_term_is_read():
    path = f"{AGREEMENT}/service.yaml"
    text = "term: 2026-10-01\nplanned: []\n"
    own = Repository(Edited(Repository(REPOSITORY).source, {path: text.encode()}))
    assert Accounts(own).one("acme", "2026-support").service.model.term == date(2026, 10, 1)


def test_hours_of_a_block_are_credited_to_the_contract_that_took_its_place_and_to_no_other():
    repository = Repository(REPOSITORY)
    agreed = repository.inputs("juniper", "2026-support").agreement.model
    credit = Credit(amount=Money(Decimal(9000), "USD"), hours=Decimal(99), block="B", as_of=date(2026, 10, 22))
    agreed = agreed.model_copy(update={"fees": agreed.fees.model_copy(update={"credit": credit})})
    accounts = Accounts(repository)
    assert accounts._unused("juniper", "2026-support", agreed) is not None
    assert accounts._unused("juniper", "2027-support", agreed) is None
