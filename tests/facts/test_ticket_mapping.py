"""Mappings of ticket systems: words with one meaning, whole moments, ratings on the scale."""

import pytest

from contract_assembly.facts.ticket_mapping import TicketMapping, problems
from tests.helpers.models import read, refused

WHOLE = """name: Desk
moments: ["%Y-%m-%d %H:%M"]
columns: {id: Ticket, priority: Priority, status: Status, created: Opened, closed: Closed}
priorities: {High: P1, Low: P4}
statuses: {New: open, Done: closed, Merged: excluded}
"""


def found(text):
    return [(each.what, each.origin.line) for each in problems(read(TicketMapping, text))]


def test_a_whole_mapping_is_accepted_as_commas_in_utf_8():
    mapping = read(TicketMapping, WHOLE).model
    assert found(WHOLE) == []
    assert (mapping.kind, mapping.separator, mapping.encoding) == ("tickets", "comma", "utf-8")
    assert list(mapping.heads()) == ["id", "priority", "status", "created", "closed"]


def test_a_mapping_without_a_form_of_moments_is_refused_at_them():
    assert found(WHOLE.replace('["%Y-%m-%d %H:%M"]', "[]")) == [("no form of a moment is given", 2)]


def test_each_form_is_judged_at_its_own_line():
    text = WHOLE.replace('moments: ["%Y-%m-%d %H:%M"]', "moments:\n  - iso\n  - epoch-ms\n  - '%H:%M'")
    assert [line for _, line in found(text)] == [5]


def test_a_word_means_met_or_missed_and_not_both():
    assert found(WHOLE + "met: [Yes, OK]\nmissed: [No, OK]\n") == [("'OK' means both met and missed", 6)]


@pytest.mark.parametrize("name", ["response", "resolution"])
@pytest.mark.parametrize("words", ["", "met: [Y]\n", "missed: [N]\n"])
def test_a_column_of_met_or_missed_needs_the_words_for_both(name, words):
    text = WHOLE.replace("closed: Closed}", f"closed: Closed, {name}: Flag}}")
    assert found(text + words) == [(f"{name} needs the words for met and for missed", 3)]
    assert found(text + "met: [Y]\nmissed: [N]\n") == []


@pytest.mark.parametrize(("value", "fits"), [(0, False), (1, True), (5, True), (6, False)])
def test_a_rating_is_from_one_to_five(value, fits):
    text = WHOLE + f"ratings: {{Happy: {value}}}\n"
    assert found(text) == ([] if fits else [(f"Happy: {value} is not from 1 to 5", 6)])


def test_a_column_of_ratings_needs_their_meaning():
    text = WHOLE.replace("closed: Closed}", "closed: Closed, rating: Stars}")
    assert found(text) == [("rating needs ratings: what each word or number means", 3)]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("High: P1", "High: P5", "priorities.High: 'P5' is not one of the choices"),
        ("New: open", "New: fresh", "statuses.New: 'fresh' is not one of the choices"),
        (", created: Opened", "", "columns.created is missing"),
        ("name: Desk", "name: Desk\nseparator: pipe", "separator: 'pipe' is not one of the choices"),
    ],
)
def test_a_meaning_that_we_do_not_know_is_refused(old, new, what):
    assert [each for _, each, _ in refused(TicketMapping, WHOLE.replace(old, new))] == [what]
