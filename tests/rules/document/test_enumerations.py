"""The rule about lists."""

import pytest

from contract_assembly.document import tree as d
from contract_assembly.rules.document.enumerations import list_grammar
from tests.helpers.rule_documents import items, meaning, places, told, words

TWO = items("logs; and", "notes.")


def test_a_list_with_a_lead_that_ends_in_a_colon_is_sound():
    assert told(list_grammar, "The Provider shall keep:", TWO) == []


@pytest.mark.parametrize("lead", ["The Provider shall keep logs.", "The Provider shall keep", "as ⟦Acme:⟧"])
def test_a_lead_without_a_colon_is_told_at_the_lead(lead):
    assert places(list_grammar, "One.", lead, TWO) == [("clauses/x.md:2", "error")]


def test_a_list_without_a_lead_is_told_at_the_list():
    assert places(list_grammar, items("logs; and", "notes.", line=4)) == [("clauses/x.md:4", "error")]


def test_a_list_in_a_box_or_an_item_needs_a_lead_too():
    assert told(list_grammar, d.Box((TWO,)))
    inside = d.Items((d.Item((words("logs of"), TWO)), d.Item((words("notes."),))))
    assert told(list_grammar, "It keeps:", inside)


def test_an_item_that_begins_otherwise_than_the_others_is_told_at_its_line():
    mixed = items("logs;", "notes; and", "Plans.", line=5)
    assert places(list_grammar, "It keeps:", mixed) == [("clauses/x.md:7", "error")]


@pytest.mark.parametrize(
    "texts",
    [
        ("logs; and", "notes."),
        ("Logs.", "Notes."),
        ("fraud; or", "Fees that are due."),
        ("logs; and", "⟦Acme⟧ notes."),
        ("‹fees›; and", "notes."),
        ("VAT; and", "other taxes."),
        ("Microsoft products; and", "others."),
        ("“by” and “until”; and", "others."),
    ],
)
def test_items_that_begin_alike_or_with_a_name_are_sound(texts):
    assert told(list_grammar, meaning("Fees", " means x."), "It covers:", items(*texts)) == []


def _deep(levels):
    inner = [] if levels == 1 else [_deep(levels - 1)]
    return d.Items((d.Item((words("logs:" if inner else "logs;"), *inner)), d.Item((words("notes."),))))


def test_a_list_lies_two_deep_at_most():
    assert told(list_grammar, "It:", _deep(2)) == []
    assert len(told(list_grammar, "It:", _deep(3))) == 1
