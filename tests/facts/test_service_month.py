"""The months of `service.yaml` as models."""

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.fields import located
from contract_assembly.facts.service_record import Service

TEXT = "term: 2026-10-01\nmonths:\n  - first: 2027-03-01\n    last: 2027-03-31\n    source: Export\n    tickets:\n      - {ROW}\n"


def read(row):
    return located(Service, strict_yaml.load(TEXT.replace("ROW", row), "service.yaml")).model.months[0]


def test_counts_that_are_left_out_are_zero():
    found = read("priority: P3, logged: 4")
    assert (found.over_workload, found.tickets[0].logged, found.tickets[0].response_of) == (0, 4, 0)


@pytest.mark.parametrize("row", ["priority: all, logged: 4", "priority: P5, logged: 4", "priority: P3, logged: -1"])
def test_a_row_is_of_one_priority_and_counts_from_zero(row):
    with pytest.raises(RefusedError):
        read(row)
