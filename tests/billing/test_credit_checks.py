"""What stops Service Credits from being worked out, each at its line."""

from msgspec.structs import replace

from contract_assembly.billing.credit_checks import problems
from contract_assembly.billing.service_credits import CreditRule
from tests.helpers.months import miss, month, service
from tests.helpers.running import running

BAD = month("2027-03-01", P3=(40, 0))


def told(*months, missed=(), **more):
    found = replace(running(service=service(*months, missed=missed, **more)), credit_rules=(CreditRule(),))
    return [(each.rule, each.origin.line) for each in problems(found)]


def test_a_credit_by_hand_in_a_month_with_one_that_is_worked_out_must_say_what_it_is_for():
    by_hand = miss("2027-03-04", "121.90 USD")
    assert [rule for rule, _ in told(BAD, missed=[by_hand])] == ["credit-doubled"]
    assert told(BAD, missed=[by_hand | {"credit_for": "task"}]) == []
    assert told(BAD, missed=[miss("2027-02-04", "121.90 USD")]) == []
    assert told(month("2027-03-01", P3=(40, 40)), missed=[by_hand]) == []


def test_a_month_outside_the_term_is_a_problem_at_its_line():
    assert told(month("2027-02-01", P3=(4, 4)), month("2027-10-01", P3=(4, 4))) == [("service-period", 4)]
    assert [rule for rule, _ in told(BAD, term="2026-10-02")] == ["service-period"]


def test_without_months_nothing_is_asked():
    assert told(missed=[miss("2027-03-04", "121.90 USD")]) == []
