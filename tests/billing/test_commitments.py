"""What is contracted ahead, and which renewals come up."""

from datetime import date

import pytest

from contract_assembly.billing.commitments import committed_until, contracted, renewal_ahead
from contract_assembly.core.values import Duration
from tests.helpers.running import change, running, usd

MARCH = date(2027, 3, 31)


@pytest.mark.parametrize(
    ("on", "until"),
    [
        (date(2027, 3, 31), date(2027, 9, 30)),
        (date(2027, 7, 30), date(2027, 9, 30)),  # the Decision Day: it can still be declined
        (date(2027, 7, 31), date(2028, 9, 30)),
    ],
)
def test_a_contract_binds_until_its_term_ends_or_for_the_next_once_it_cannot_be_declined(on, until):
    assert committed_until(running(), on) == until


def test_an_end_that_was_agreed_ends_what_is_contracted():
    found = running(last=date(2027, 6, 10))
    assert committed_until(found, MARCH) == date(2027, 6, 10)
    assert contracted(found, MARCH, date(2027, 6, 10)) == usd("5688.67")  # 2,438.00 x 2, and 10/30 of it: 812.67


def test_what_is_contracted_follows_changes_that_are_agreed_for_later():
    found = running(change("2027-07-01", "users", 34, 36))
    assert contracted(found, MARCH, date(2027, 9, 30)) == usd("15000.00")  # 3 x 2,438.00 and 3 x 2,562.00


def test_a_single_day_is_contracted_and_never_more_than_twelve_months():
    assert contracted(running(), MARCH, date(2027, 4, 1)) == usd("81.27")  # 2,438.00 x 1/30
    assert contracted(running(), MARCH, MARCH) == usd("0.00")
    assert contracted(running(), MARCH, date(2028, 9, 30)) == usd("29256.00")


@pytest.mark.parametrize(("on", "ahead"), [(date(2027, 9, 29), False), (date(2027, 9, 30), True)])
def test_a_renewal_is_ahead_from_twelve_months_before_the_end(on, ahead):
    found = running(agreement__term__length=Duration(24, "month"))
    assert (renewal_ahead(found, on) is not None) == ahead


def test_a_renewal_within_twelve_months_is_ahead_until_it_is_settled():
    ahead = renewal_ahead(running(), MARCH)
    assert (str(ahead.last), str(ahead.decide_by), ahead.monthly) == ("2027-09-30", "2027-07-30", usd("2438.00"))
    assert renewal_ahead(running(last=date(2027, 9, 30)), MARCH) is None
    by_agreement = running(last=date(2027, 9, 30), agreement__term__renewal="by-agreement")
    assert renewal_ahead(by_agreement, MARCH).decide_by is None
