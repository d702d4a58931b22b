"""Mappings of counts: what they must say, and what they can speak of."""

import pytest

from contract_assembly.facts.count_mapping import CountMapping, problems
from tests.helpers.models import read, refused

ROWS = """kind: counts
name: Devices
columns:
  client: Site
  what: Type
words: {Server: server, Laptop: workstation, Desktop: workstation, Switch: none}
"""
TOTALS = """kind: counts
name: Totals
columns:
  counts:
    users: Users
    workstation: [Desktops, Laptops]
"""


def at(text):
    return [(each.what, each.origin.line) for each in problems(read(CountMapping, text))]


@pytest.mark.parametrize(
    ("text", "heads", "counted"),
    [
        (ROWS, {"client": ("Site",), "what": ("Type",)}, ("server", "workstation")),
        (
            TOTALS,
            {"counts.users": ("Users",), "counts.workstation": ("Desktops", "Laptops")},
            ("users", "workstation"),
        ),
    ],
)
def test_a_mapping_names_its_columns_and_what_it_can_speak_of(text, heads, counted):
    found = read(CountMapping, text).model
    assert at(text) == []
    assert (found.heads(), found.counted()) == (heads, counted)


@pytest.mark.parametrize(
    ("text", "says", "line"),
    [
        (ROWS.replace("  what: Type\n", ""), "name a column for what, or columns for counts", 3),
        (ROWS.replace("  what: Type", "  what: Type\n  counts: {users: Users}"), "name a column for what", 3),
        (TOTALS + "words: {Server: server}\n", "quantity and words belong to a column for what", 4),
        (ROWS.replace("Switch: none", "SERVER: workstation"), "'SERVER' means both server and workstation", 6),
        (ROWS.replace("words: {", "words: {Switch: none}\n#"), "no word says what it counts as", 5),
    ],
)
def test_a_mapping_that_counts_in_two_ways_or_in_none_is_refused_at_its_line(text, says, line):
    ((what, found),) = at(text)
    assert says in what
    assert found == line


def test_a_word_for_something_that_is_not_counted_is_refused():
    ((rule, what, line),) = refused(CountMapping, ROWS.replace("workstation, Switch", "wing, Switch"))
    assert (rule, line) == ("ill-typed", 6)
    assert what == "words.Desktop: 'wing' is not one of the choices"
