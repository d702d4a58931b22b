"""Facts as templates see them: each leaf knows its key and its line, and compares by value."""

import pytest

from contract_assembly.core.origin import Origin
from contract_assembly.facts.fields import Model, TextFact, WholeFact
from contract_assembly.facts.parties import Client
from contract_assembly.facts.template_values import (
    Fact,
    Record,
    Series,
    bare,
    extended,
    leaf,
    leaves,
    person,
    whole,
)
from tests.helpers.inputs_base import inputs
from tests.helpers.models import read

HERE = Origin("f.yaml", 3)


class Line(Model):
    name: TextFact
    count: WholeFact = 0


class File(Model):
    title: TextFact
    lines: tuple[Line, ...] = ()


FILE = read(File, "title: A\nlines:\n  - {name: one, count: 1}\n  - {name: two}\n")


def fact(value):
    return Fact(value, "some.key", HERE)


@pytest.mark.parametrize("other", [2, fact(2)])
def test_a_leaf_compares_by_value_with_a_constant_and_with_another_leaf(other):
    assert fact(2) == other
    assert fact(1) < other
    assert fact(3) > other
    assert fact(2) <= other <= fact(2)
    assert not fact(2) < other
    assert not fact(2) > other
    assert fact(1) != other


def test_equal_leaves_are_one_in_a_set_wherever_they_were_written():
    assert len({fact("a"), Fact("a", "other.key", Origin("g.yaml", 9))}) == 1


@pytest.mark.parametrize(
    ("value", "true"), [(0, False), ("", False), (None, False), (False, False), (1, True), ("0", True)]
)
def test_a_leaf_is_as_true_as_its_value(value, true):
    assert bool(fact(value)) == true


def test_a_series_is_counted_walked_and_empty_like_a_list():
    row = Series((fact(1), fact(2)), "k", HERE)
    assert (len(row), [each.value for each in row], bool(row), bool(Series((), "k", HERE))) == (2, [1, 2], True, False)


def test_a_file_is_seen_with_keys_and_lines_and_defaults_on_the_line_of_their_entry():
    found = whole(FILE, "file")
    keys = {each.key: (each.value, each.origin.line) for each in leaves(found)}
    assert keys == {
        "file.title": ("A", 1),
        "file.lines.0.name": ("one", 3),
        "file.lines.0.count": (1, 3),
        "file.lines.1.name": ("two", 4),
        "file.lines.1.count": (0, 4),
    }


def test_an_entry_of_a_file_is_seen_under_another_key():
    assert whole(FILE, "said", "title") == fact("A")
    assert whole(FILE, "said", "lines").items[1].key == "said.1"
    party = whole(inputs().client, "client", "party.address")
    assert party.entries["city"].key == "client.city"
    assert party.entries["city"].origin == inputs().client.at("party.address.city")


def test_derived_values_are_facts_at_the_place_that_they_follow_from():
    found = leaf({"a": (1, {"b": 2}), "c": fact(9)}, "d", HERE)
    assert {each.key: each.value for each in leaves(found)} == {"d.a.0": 1, "d.a.1.b": 2, "some.key": 9}
    assert {each.origin for each in leaves(found)} == {HERE}


def test_a_record_is_extended_by_derived_facts_and_keeps_its_own():
    before = whole(FILE, "file")
    after = extended(before, total=3, title="B")
    assert (after.entries["total"].key, after.entries["total"].origin) == ("file.total", before.origin)
    assert (after.entries["title"].value, before.entries["title"].value) == ("B", "A")


def test_only_a_leaf_has_a_value_to_lay_bare():
    assert (bare(fact(1)), bare(1), bare(None)) == (1, 1, None)
    assert isinstance(bare(whole(FILE, "file")), Record)


def test_a_person_is_found_by_id_and_at_the_persons_line():
    client = inputs().client
    for n, each in enumerate(client.model.people):
        found = person(client, each.id, "reader")
        assert (found.entries["name"].value, found.key) == (each.name, "reader")
        assert found.entries["name"].origin == client.at(f"people.{n}.name")
    assert isinstance(client.model, Client)
