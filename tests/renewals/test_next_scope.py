"""The scope and length of the next term."""

from datetime import date

import pytest

from contract_assembly.core.values import DateRange, Duration
from contract_assembly.facts.agreement import Asset
from contract_assembly.facts.renewal_terms import Renewal
from contract_assembly.renewals.next_scope import next_commitment, next_counts, next_days, next_length
from tests.helpers.inputs_base import inputs

YEAR = DateRange(date(2027, 10, 1), date(2028, 9, 30))


def meant(**facts):
    return Renewal.model_construct(**{**Renewal().model_dump(), **facts})


def test_what_is_not_meant_to_change_stays():
    now = inputs(agreement__renewal=None)
    assert next_days(now.agreement.model, YEAR) == YEAR
    assert next_length(now.agreement.model) == now.agreement.model.term.renewal_length
    assert next_commitment(now) == now.agreement.model.fees.commitment
    assert next_counts(now)["user"] == now.agreement.model.coverage.users


@pytest.mark.parametrize(("months", "last"), [(24, date(2029, 9, 30)), (36, date(2030, 9, 30))])
def test_a_longer_commitment_makes_a_longer_term(months, last):
    now = inputs(agreement__renewal=meant(commitment=Duration(months, "month")))
    assert next_commitment(now) == Duration(months, "month")
    assert next_length(now.agreement.model) == Duration(months, "month")
    assert next_days(now.agreement.model, YEAR) == DateRange(YEAR.first, last)


def test_counts_that_are_meant_take_the_place_of_those_that_are_agreed_even_zero():
    now = inputs(agreement__renewal=meant(users=0, assets=(Asset(kind="server", count=7),)))
    found = next_counts(now)
    assert (found["user"], found["server"]) == (0, 7)
