"""Edits: only what was changed, with every comment in its place."""

import difflib
from pathlib import Path

import pytest

from contract_assembly.actions.edit.changed import Edit, applied, carried_over, edits, in_words, value_at, with_edits
from contract_assembly.actions.edit.fields import entered, whole, with_row, without
from contract_assembly.actions.edit.parts import PARTS, shape_of_part
from contract_assembly.actions.edit.shapes import shape_of
from contract_assembly.repository.yaml_editor import EditError, data_of
from tests.helpers.forms import filled, read

ROOT = Path(__file__).parents[3]
ACME = (ROOT / "agreements/acme/2026-support/agreement.yaml").read_text("utf-8")
SAMPLES = sorted([*ROOT.glob("agreements/*/*/agreement.yaml"), *ROOT.glob("agreements/*/client.yaml")])


def schema_of(path: Path, data) -> str:
    return "client" if path.name == "client.yaml" else {"support": "agreement"}.get(data["kind"], "block-agreement")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: "-".join(path.parts[-3:-1]))
def test_a_form_that_is_sent_as_it_was_shown_changes_nothing(path):
    text = path.read_text("utf-8")
    data = data_of(text)
    for part in PARTS[schema_of(path, data)]:
        shape = shape_of_part(schema_of(path, data), part)
        sent = entered(shape, filled(read(shape, data)), data)
        assert edits(data, whole(data, sent, part.keys)) == ()


def after(*changes):
    text = with_edits(ACME, changes, "agreement.yaml")
    return [each for each in difflib.ndiff(ACME.splitlines(), text.splitlines()) if each[0] in "+-"]


def test_only_what_was_changed_is_touched():
    data = data_of(ACME)
    part = PARTS["agreement"][0]
    shape = shape_of_part("agreement", part)
    form = filled(read(shape, data), coverage__users="36", coverage__assets__1__count="4")
    form = with_row(without(form, "coverage.sites.1"), "coverage.sites", shape)
    form |= {"coverage.sites.3.name": ("Annex",), "coverage.sites.3.address": ("1 Quay, Rochester, NY",)}
    found = edits(data, whole(data, entered(shape, form, data), part.keys))
    assert [each.name for each in found] == [
        "coverage.users", "coverage.sites.1", "coverage.sites.3", "coverage.assets.1.count",
    ]  # fmt: skip
    assert after(*found) == [
        "-   users: 34",
        "+   users: 36",
        '-     - {name: Assembly plant, address: "75 Emerson Road, Rochester, NY 14606"}',
        '+     - {name: Annex, address: "1 Quay, Rochester, NY"}',
        "-     - {kind: server, count: 3}",
        "+     - {kind: server, count: 4}",
    ]


def test_keys_come_and_go_with_their_neighbours_and_comments_in_place():
    assert after(Edit(("fees", "debit"), None, "yes"), Edit(("fees", "setup"), "1500.00 USD", None)) == [
        "-   setup: 1500.00 USD",
        "+   debit: yes",
    ]
    assert after(Edit(("renewal",), {"increase": "3 %", "users": "36"}, None)) == [
        "- # What we mean to offer for the term from October 2027.",
        "- renewal:",
        "-   increase: 3 %",
        "-   users: 36",
        "- ",
    ]


def test_a_list_that_becomes_empty_is_written_as_one():
    found = edits({"a": [{"b": "c"}], "d": "e"}, {"a": [], "d": "e"})
    assert with_edits("a:\n  - {b: c}\nd: e\n", found, "x.yaml") == "d: e\na: []\n"


def test_a_file_in_a_form_that_cannot_be_edited_is_refused():
    with pytest.raises(EditError):
        with_edits("a: {b: c}\n", [Edit(("a",), None, "d")], "x.yaml")


def test_edits_of_an_older_state_are_carried_over_where_nothing_else_changed():
    mine = (Edit(("users",), "34", "36"), Edit(("sites", 0, "name"), "Depot", "Quay"), Edit(("notes", 1), None, "new"))
    now = {"users": "35", "sites": [{"name": "Depot"}], "notes": ["old"]}
    fitting, clashing = carried_over(mine, now)
    assert [each.name for each in clashing] == ["users"]
    assert applied(now, fitting) == {"users": "35", "sites": {0: {"name": "Quay"}}, "notes": {0: "old", 1: "new"}}
    assert now["sites"] == [{"name": "Depot"}]


def test_edits_are_told_with_the_labels_of_the_form():
    shape = shape_of("agreement")
    assert in_words(Edit(("coverage", "users"), "34", "36"), shape) == ("What is covered, Users", "34", "36")
    row = Edit(("coverage", "sites", 3), None, {"name": "Annex", "address": "1 Quay"})
    assert in_words(row, shape) == ("What is covered, Sites, no. 4", "nothing", "Annex; 1 Quay")
    assert value_at({"a": [{"b": "c"}]}, ("a", 0, "b")) == "c"
    assert value_at({"a": "b"}, ("a", "c")) is None
