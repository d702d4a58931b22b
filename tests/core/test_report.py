"""Problems as lines for a person and as data for a program."""

import json

import pytest

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.core.report import as_data, as_text, escaped, json_in_pieces, to_json

WHERE = Origin("agreements/acme/client.yaml", 7)


def test_a_problem_has_place_level_words_rule_and_the_hint_on_its_own_line():
    assert as_text([Problem("ill-typed", "that is wrong", WHERE, "do this", "warning")]) == (
        "agreements/acme/client.yaml:7: warning: that is wrong [ill-typed]\n    hint: do this"
    )


def test_without_place_and_hint_only_the_sentence_is_left():
    assert as_text([Problem("locked", "another build runs")]) == "error: another build runs [locked]"


def test_problems_are_separated_by_line_ends_only():
    assert as_text([Problem("a", "one"), Problem("b", "two")]) == "error: one [a]\nerror: two [b]"
    assert as_text([]) == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("tab\there", "tab\\there"),
        ("two\nlines", "two\nlines"),
        ("\x7f\x9f", "\\x7f\\x9f"),
        ("\xa0é…中", "\xa0é…中"),
        ("\ud800", "\\ud800"),
    ],
)
def test_what_a_terminal_would_obey_or_cannot_print_is_escaped(text, shown):
    assert escaped(text) == shown
    assert as_text([Problem("x", text)]) == f"error: {shown} [x]"


def test_data_of_a_problem_says_null_for_what_is_not_known():
    assert as_data(Problem("a", "one")) == {
        "rule": "a", "level": "error", "what": "one", "path": None, "line": None, "hint": None
    }  # fmt: skip
    assert as_data(Problem("a", "one", WHERE, "do")) | {"rule": "", "what": ""} == {
        "rule": "", "level": "error", "what": "", "path": WHERE.path, "line": 7, "hint": "do"
    }  # fmt: skip


def test_json_is_sorted_readable_in_any_script_and_can_always_be_written():
    text = to_json({"b": "Zürich", "a": "\ud800"})
    assert text == '{\n  "a": "\\ud800",\n  "b": "Zürich"\n}'
    assert text.encode()
    assert json.loads(text) == {"a": "\ud800", "b": "Zürich"}


@pytest.mark.parametrize("items", [[], [{"b": 1, "a": [1, {"c": "two\nlines"}]}], [{}, "é", []]])
def test_json_in_pieces_is_the_same_json(items):
    data = {"z": {"y": [1, 2]}, "a": None, "wrote": []}
    pieces = json_in_pieces(data, {"invoices": map(to_json, items)})
    assert "".join(pieces) == to_json({**data, "invoices": items})
    assert "".join(json_in_pieces({}, {})) == to_json({})
