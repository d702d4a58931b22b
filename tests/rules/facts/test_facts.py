"""What can be wrong between the files: money and time."""

from decimal import Decimal

import pytest

from contract_assembly.core.values import Duration, Money
from contract_assembly.facts.catalogue import RoleRate
from contract_assembly.facts.fee_terms import OwnPrice
from contract_assembly.rules.facts import problems
from tests.helpers.inputs_base import inputs


def told(**changes):
    return [(each.rule, each.level) for each in problems(inputs(**changes))]


def usd(text):
    return Money(Decimal(text), "USD")


BELOW = [("below-zero", "error")]


def test_the_base_is_sound():
    assert told() == []


@pytest.mark.parametrize(("limit", "found"), [("0.01", []), ("0", BELOW), ("-1", BELOW)])
def test_an_approval_limit_is_above_zero(limit, found):
    assert told(agreement__contacts__client__approval_limit=usd(limit)) == found


@pytest.mark.parametrize(("rate", "found"), [("0.01", []), ("0", BELOW), ("-1", BELOW)])
def test_a_rate_is_above_zero(rate, found):
    assert told(rates__roles=(RoleRate(role="Technician", rate=(usd(rate),)),)) == found


@pytest.mark.parametrize(("amount", "found"), [("1", []), ("0", []), ("-0.01", BELOW)])
def test_prices_and_the_setup_fee_are_not_below_zero(amount, found):
    line = inputs().plan.model.prices[0]
    assert told(agreement__fees__setup=usd(amount)) == found
    assert told(agreement__fees__prices=(OwnPrice(line="users", price=usd(amount)),)) == found
    assert told(plan__prices=(line.model_copy(update={"price": (usd(amount),)}),)) == found


def test_an_amount_below_zero_is_told_at_its_line():
    (found,) = problems(inputs(agreement__fees__prices=(OwnPrice(line="users", price=usd("-1")),)))
    assert found.origin == inputs().agreement.at("fees.prices.0.price")


LATE = [("late-announcement", "warning")]


# The base's last day to decline is Friday, July 30, 2027, 63 days before the renewal on October 1.
@pytest.mark.parametrize(
    ("notice", "found"),
    [
        ("63 days", []),
        ("62 days", LATE),
        ("9 weeks", []),
        ("8 weeks", LATE),
        ("3 months", []),
        ("45 business days", []),
        ("44 business days", LATE),
    ],
)
def test_a_rise_is_announced_while_the_client_can_still_decline(notice, found):
    assert told(agreement__fees__increase_notice=Duration.parse(notice)) == found


def test_on_other_paper_nothing_is_said_of_what_our_clauses_would_promise():
    late = {"agreement__fees__increase_notice": Duration(1, "day"), "agreement__backup": None}
    assert {rule for rule, _ in told(**late)} == {"late-announcement", "no-backup"}
    assert told(**late, agreement__origin="elsewhere") == []


def test_where_nothing_renews_by_itself_a_rise_may_be_announced_late():
    assert told(agreement__term__renewal="by-agreement", agreement__fees__increase_notice=Duration(1, "day")) == []
