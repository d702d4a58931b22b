"""Mappings of time trackers: what they must say, and what they must not leave open."""

import pytest

from contract_assembly.core.origin import Origin
from contract_assembly.facts.fields import Located
from contract_assembly.facts.time_mapping import TimeMapping, problems
from tests.helpers.models import read, refused

WHOLE = """kind: time-entries
name: Tracker
columns:
  date: Day
  person: User
  task: [Project, Task]
  worked: Time
"""


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"dates": ["%d/%m"]}, "does not hold a whole day"),
        ({"columns": {"person": "U", "task": "T", "worked": "W"}}, "name a column for date or for start"),
        (
            {"columns": {"date": "D", "person": "U", "task": "T", "worked": "W", "id": "I", "reference": "R"}},
            "an entry has one reference",
        ),
    ],
)
def test_a_mapping_that_leaves_something_open_is_refused(changes, what):
    whole = {"kind": "time-entries", "name": "T", "columns": {"date": "D", "person": "U", "task": "T", "worked": "W"}}
    mapping = Located(TimeMapping.model_validate({**whole, **changes}), {"": Origin("m.yaml", 1)})
    assert [what in each.what for each in problems(mapping)] == [True]


def at(text):
    return [(each.rule, each.origin.line) for each in problems(read(TimeMapping, text))]


def test_a_whole_mapping_is_accepted_and_joins_columns_in_their_order():
    mapping = read(TimeMapping, WHOLE).model
    assert at(WHOLE) == []
    assert mapping.heads() == {"date": ("Day",), "person": ("User",), "task": ("Project", "Task"), "worked": ("Time",)}


def test_a_column_that_leaves_rows_out_must_be_there_too():
    mapping = read(TimeMapping, WHOLE + "leave_out:\n  - {column: Tags, words: [spam]}\n").model
    assert mapping.heads()["leave_out.0.column"] == ("Tags",)


def test_both_ways_to_say_the_day_exclude_each_other_at_the_columns():
    assert at(WHOLE.replace("date: Day", "{date: Day}"[1:-1] + "\n  start: Start")) == [("mapping", 3)]


def test_a_time_of_day_besides_a_moment_is_refused_at_its_own_line():
    assert at(WHOLE.replace("  date: Day", "  start: Start\n  time: Hour")) == [("mapping", 5)]


def test_forms_of_days_and_of_moments_are_judged_each_by_what_it_must_hold():
    assert at(WHOLE + "dates: [iso, '%d.%m.%Y']\nmoments: [epoch, '%Y-%m-%d %H:%M']\n") == []
    assert at(WHOLE + "dates: [iso, epoch]\n") == [("mapping", 8)]
    assert at(WHOLE + "moments:\n  - iso\n  - '%Y-%m-%d'\n") == [("mapping", 10)]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("  worked: Time\n", "", [("missing-key", "columns.worked is missing", 3)]),
        ("kind: time-entries", "kind: tickets", [("ill-typed", "kind: 'tickets' is not one of the choices", 1)]),
        ("name: Tracker", "name: Tracker\nunit: days", [("ill-typed", "unit: 'days' is not one of the choices", 3)]),
    ],
)
def test_a_file_of_another_form_is_refused_at_its_line(old, new, found):
    assert refused(TimeMapping, WHOLE.replace(old, new)) == found
