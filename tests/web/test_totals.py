"""The sums of the portfolio, against the commands that compute them."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from contract_assembly.billing.revenue import of_pairs
from contract_assembly.billing.revenue_lines import by_currency, yearly_by_currency
from contract_assembly.billing.shares import recurring_share
from contract_assembly.core.values import Money
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.counting import figures_of
from contract_assembly.web.figures import AgreementFigures, ClientFigures, Stake
from contract_assembly.web.totals import added, totals
from tests.helpers.corpus import REPOSITORY

ON = date(2026, 11, 30)


@pytest.fixture(scope="module")
def samples():
    repository = Repository(REPOSITORY)
    return tuple(figures_of(repository, client, ON) for client in repository.clients())


def amounts(money):
    return {each.currency: each.amount for each in money}


def test_the_sums_of_the_samples_are_those_of_the_command_revenue(samples):
    repository = Repository(REPOSITORY)
    made, found = of_pairs(repository, repository.every_agreement()[0], ON), totals(samples, ON)
    assert amounts(found.monthly.amounts) == by_currency(made.lines)
    assert amounts(found.yearly) == yearly_by_currency(made.lines)
    assert amounts(found.waiting.amounts) == by_currency(made.waiting)
    contracted = {}
    for each in made.contracted:
        contracted[each.amount.currency] = contracted.get(each.amount.currency, 0) + each.amount.amount
    assert amounts(found.contracted) == contracted
    assert {each.currency: dict(each.kinds) for each in found.shares} == {
        currency: {kind: amount for (of, kind), amount in made.billed.items() if of == currency}
        for currency in {currency for currency, _ in made.billed}
    }
    assert {each.currency: each.recurring for each in found.shares} == {
        each.currency: recurring_share(made.billed, each.currency) for each in found.shares
    }


def test_each_agreement_of_the_repository_is_counted_once(samples):
    repository = Repository(REPOSITORY)
    found = totals(samples, ON)
    assert (found.clients, found.agreements) == (len(repository.clients()), len(repository.every_agreement()[0]))


def one(last, decide_by=None, amount="100.00", currency="USD", **more):
    stake = Stake(last, decide_by, Money(Decimal(amount), currency))
    return AgreementFigures("acme", "Acme", "2026-support", status="signed", renewal=stake, **more)


def of(*agreements):
    return totals([ClientFigures("acme", "Acme", agreements)], ON)


def test_what_renews_within_thirty_days_is_also_within_sixty_and_the_last_day_counts():
    found = of(one(date(2026, 12, 30)), one(date(2026, 12, 31), amount="50.00"), one(date(2027, 3, 1)))
    assert [(days, each.count) for days, each in found.renewing] == [(30, 1), (60, 2), (90, 2)]
    assert found.renewing[1][1].amounts == (Money(Decimal("150.00"), "USD"),)


def test_the_timeline_begins_with_the_rest_of_this_month_and_has_twelve_months():
    found = of(one(date(2026, 11, 30)), one(date(2027, 9, 30), decide_by=date(2027, 7, 30)), one(date(2027, 11, 1)))
    assert len(found.months) == 12
    assert (found.months[0].first, found.months[0].last) == (ON, ON)
    assert (found.months[1].first, found.months[-1].last) == (date(2026, 12, 1), date(2027, 10, 31))
    assert [each.renewals.count for each in found.months] == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]
    assert [each.first.month for each in found.months if each.decisions] == [7]


def test_currencies_are_never_added_to_each_other():
    usd, gbp = Money(Decimal(1), "USD"), Money(Decimal(2), "GBP")
    assert added([usd, None, gbp, usd]) == (gbp, Money(Decimal(2), "USD"))


def test_what_was_sent_is_waiting_and_a_draft_is_not():
    draft = AgreementFigures("acme", "Acme", "x", status="draft", waiting=Money(Decimal(5), "USD"))
    sent = replace(draft, status="sent")
    assert of(draft, sent).waiting.count == 1
