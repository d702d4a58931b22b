"""`account.yaml`: what may happen to a prepaid block, and how an end before its time is told from one in time."""

from datetime import date
from decimal import Decimal

import pytest

from contract_assembly.core.values import Money
from contract_assembly.facts.account import Account
from tests.helpers.models import read, refused

ORDER = """orders:
  - {id: second, ordered: 2027-09-01, approved_by: claire, hours: 20, rate: 90.00 USD,
     first_day: 2027-09-02, last_day: 2028-09-01}
"""


def test_an_empty_account_is_that_of_a_block_that_is_not_yet_paid():
    found = read(Account, "{}").model
    assert (found.paid, found.orders, found.ended, found.early_end) == (None, (), None, None)


def test_an_order_keeps_its_amounts_exactly_and_is_unpaid_until_it_says_so():
    (order,) = read(Account, ORDER).model.orders
    assert (order.hours, order.rate, order.last_day) == (20, Money(Decimal("90.00"), "USD"), date(2028, 9, 1))
    assert order.paid is None


@pytest.mark.parametrize(
    ("because", "early"),
    [
        ("expired", False),
        ("returned", True),
        ("provider-ended", True),
        ("provider-breach", True),
        ("unlawful", True),
        ("provider-stops", True),
        ("client-breach", True),
    ],
)
def test_only_hours_that_expire_are_not_an_early_end(because, early):
    found = read(Account, f"ended: {{on: 2027-10-04, because: {because}}}").model
    assert found.early_end == (found.ended if early else None)


def test_an_environment_has_one_site_unless_it_says_more():
    assert read(Account, "environment: {users: 12}").model.environment.sites == 1
    assert read(Account, "environment: {users: 0, sites: 0}").model.environment.sites == 0


@pytest.mark.parametrize(
    ("text", "rule", "what", "line"),
    [
        ("ended: {on: 2027-10-04, because: bored}", "ill-typed", "ended.because: 'bored' is not one of the choices", 1),
        ("messages:\n  - {what: reminder, on: 2027-01-01}", "ill-typed", "messages.0.what: 'reminder' is not one of the choices", 2),
        ("overage:\n  - {on: 2027-01-01, by: claire}", "missing-key", "overage.0.hours is missing", 2),
        ("noticed:\n  - {on: 2027-01-01, finding: X, importance: urgent}", "ill-typed",
         "noticed.0.importance: 'urgent' is not one of the choices", 2),
        ("payed: 2027-01-01", "unknown-key", "payed is not known here", 1),
    ],
)  # fmt: skip
def test_an_event_of_another_form_is_refused_at_its_line(text, rule, what, line):
    assert refused(Account, text) == [(rule, what, line)]
