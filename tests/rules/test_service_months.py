"""Months that can be measured."""

from datetime import date

import pytest

from contract_assembly.core.values import DateRange
from contract_assembly.rules.service_months import problems
from tests.helpers.months import month, service

TERM = DateRange(date(2026, 10, 1), date(2027, 9, 30))


@pytest.mark.parametrize(
    ("months", "found"),
    [
        ([month("2027-03-01", P3=(41, 36))], []),
        ([month("2027-03-01", "2027-03-10", P3=(41, 36))], []),  # so far
        ([month("2026-09-01", P3=(41, 36))], [("service-period", 3)]),
        ([month("2027-03-01", "2027-04-30", P3=(41, 36))], [("service-period", 3)]),
        ([month("2027-03-10", "2027-03-01", P3=(41, 36))], [("service-period", 3)]),
        ([month("2027-03-01", P3=(41, 42))], [("service-sum", 1)]),
        ([month("2027-03-01", P1=(2, 2, 3))], [("service-sum", 1)]),
        ([month("2027-03-01", P3=(4, 4)), month("2027-03-15", P3=(4, 4))], [("service-doubled", 4)]),
        (
            [month("2027-03-01", P3=(4, 4)) | {"tickets": month("2027-03-01", P3=(4, 4))["tickets"] * 2}],
            [("service-doubled", 3)],
        ),
    ],
)
def test_what_is_wrong_with_a_month(months, found):
    wrong = list(problems(service(*months), TERM))
    assert [each.rule for each in wrong] == [rule for rule, _ in found]
    assert [each.origin.line for each in wrong if each.rule != "service-sum"] == [
        line for rule, line in found if rule != "service-sum"
    ]
