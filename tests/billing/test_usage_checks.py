"""What is refused in usage.yaml, each at its line and with its cure."""

from datetime import date

import pytest
from msgspec.structs import replace

from contract_assembly.billing.usage_checks import problems
from contract_assembly.core.origin import Origin
from contract_assembly.facts.fields import Located
from contract_assembly.facts.usage import Usage
from tests.helpers.fee_facts import READERS, fees
from tests.helpers.running import STORAGE, running


def refused(*entries, lines=(STORAGE, READERS), **origins):
    model = Usage.model_validate({"usage": [{**each, "used": "600", "source": "Report"} for each in entries]})
    origins = {f"usage.{n}": Origin("usage.yaml", n + 2) for n in range(len(entries))} | {
        f"usage.0.{key}": Origin("usage.yaml", line) for key, line in origins.items()
    }
    found = replace(
        running(**fees(lines=lines), last=date(2027, 9, 30)),
        usage=Located(model, {"": Origin("usage.yaml"), **origins}),
    )
    return [(each.rule, each.origin.line, each.what, each.hint) for each in problems(found)]


def test_a_month_of_a_line_that_counts_usage_is_accepted():
    assert refused({"line": "storage", "month": "2026-11"}, {"line": "storage", "month": "2027-09"}) == []


@pytest.mark.parametrize(
    ("line", "month", "says", "hint"),
    [
        ("readers", "2026-11", "no line readers charges for usage", "known here: storage"),
        ("storag", "2026-11", "no line storag charges for usage", "did you mean storage?"),
        ("storage", "2026-09", "storage does not run in 2026-09", "write a month in which it is charged"),
        ("storage", "2027-10", "storage does not run in 2027-10", "write a month in which it is charged"),
    ],
)
def test_an_unknown_line_or_month_is_refused(line, month, says, hint):
    (found,) = refused({"line": line, "month": month})
    assert found[:2] == ("unknown-usage", 2)
    assert says in found[2]
    assert found[3] == hint


def test_a_month_counts_once():
    found = refused({"line": "storage", "month": "2026-11"}, {"line": "storage", "month": "2026-11"})
    assert [(rule, line, what) for rule, line, what, _ in found] == [
        ("doubled-usage", 3, "storage has a figure for 2026-11 already, at usage.yaml:2")
    ]


def test_a_line_that_begins_within_a_month_has_usage_of_that_month():
    late = {**STORAGE, "first_day": "2026-11-15"}
    assert refused({"line": "storage", "month": "2026-11"}, lines=[late]) == []
    assert [rule for rule, *_ in refused({"line": "storage", "month": "2026-10"}, lines=[late])] == ["unknown-usage"]


@pytest.mark.parametrize(("line", "month", "at"), [("readers", "2026-11", 12), ("storage", "2026-09", 13)])
def test_the_key_that_is_at_fault_is_pointed_at(line, month, at):
    assert [found[1] for found in refused({"line": line, "month": month}, line=12, month=13)] == [at]
