"""The notes that builds keep in `.build/`."""

import json

import pytest

from contract_assembly.repository.store.notes import is_empty, remembered

WARNING = {"rule": "r", "what": "w", "origin": {"path": "a.yaml", "line": 1}}
NOTES = {"agreements/acme/1": {"contract": {"key": "k", "outputs": {"contract.md": "0"}, "warnings": [WARNING]}}}


def noted(root, data):
    (root / ".build").mkdir(exist_ok=True)
    (root / ".build/built.json").write_text(data if isinstance(data, str) else json.dumps(data))
    return remembered(root)


def test_notes_are_read_back(tmp_path):
    assert noted(tmp_path, NOTES) == NOTES


def test_without_notes_nothing_is_remembered(tmp_path):
    assert remembered(tmp_path) == {}


def _with(**changes):
    note = NOTES["agreements/acme/1"]["contract"] | changes
    return {"agreements/acme/1": {"contract": note}}


@pytest.mark.parametrize(
    "damaged",
    [
        "{",
        [],
        {"a": []},
        {"a": {"b": []}},
        _with(key=1),
        _with(outputs=[]),
        _with(outputs={"contract.md": 0}),
        _with(warnings={}),
        _with(warnings=[{"rule": "r"}]),
        _with(warnings=[WARNING | {"origin": {"path": "a"}}]),
        _with(warnings=[WARNING | {"more": 1}]),
    ],
)
def test_notes_of_another_shape_are_as_good_as_none(tmp_path, damaged):
    assert noted(tmp_path, damaged) == {}


def test_notes_about_nothing_are_empty(tmp_path):
    for text, empty in (("{}", True), ('{"a": {}}', False), ("{", False)):
        (tmp_path / "n.json").write_text(text)
        assert is_empty(tmp_path / "n.json") is empty
    assert not is_empty(tmp_path / "none.json")
