"""The figures of a quarter: unknown ones are left out, and never zero."""

import pytest

from contract_assembly.facts.quarter import PRIORITIES, Handled, Quarter
from tests.helpers.models import read, refused

TEXT = "number: 1\nperiod: {first: 2026-10-01, last: 2026-12-31}\nsource: Export\n"


def test_the_total_comes_after_the_priorities():
    assert PRIORITIES == ("P1", "P2", "P3", "P4", "all")


def test_a_figure_that_is_not_given_is_unknown_and_not_zero():
    row = read(Handled, "{priority: P1, closed: 0}").model
    assert row.closed == 0
    assert {getattr(row, name) for name in Handled.model_fields if name not in ("priority", "closed")} == {None}


def test_a_quarter_needs_its_days_and_its_source_but_no_figures():
    found = read(Quarter, TEXT).model
    assert (found.tickets, found.satisfaction, found.measures) == ((), None, ())


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (TEXT.replace("source: Export\n", ""), "source is missing"),
        (TEXT.replace(", last: 2026-12-31", ""), "period.last is missing"),
        (TEXT + "tickets:\n  - {priority: P0, closed: 1}\n", "tickets.0.priority: 'P0' is not one of the choices"),
        (TEXT + "satisfaction: {mean: 4.2, answers: 3}\n", "satisfaction.asked is missing"),
    ],
)
def test_a_quarter_of_another_form_is_refused(text, what):
    assert [each for _, each, _ in refused(Quarter, text)] == [what]
