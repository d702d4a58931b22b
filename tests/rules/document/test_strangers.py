"""No other client's name stands in a document that goes out."""

import pytest
from msgspec.structs import replace

from contract_assembly.document import tree as d
from contract_assembly.rules.document.strangers import other_clients
from tests.helpers.sample_tree import p, sample, v


def told(*words, names=("Brookfield Architects LLP", "Acme")):
    meta = replace(sample().meta, strangers=names)
    part = d.Part("terms", "terms", (d.Text("Terms"),), (p(*words),))
    return [each.what for each in other_clients(d.Document(meta, (part,)))]


@pytest.mark.parametrize(
    "words", [("As agreed with Brookfield Architects LLP.",), ("See ", v("Acme"), "."), ("Acme’s staff",)]
)
def test_another_clients_name_is_found(words):
    assert len(told(*words)) == 1


@pytest.mark.parametrize("words", [("Brookfield is a town.",), ("Acmeology is a word.",), ("the acme of care",)])
def test_words_like_a_name_are_none(words):
    assert told(*words) == []


def test_without_names_nothing_is_looked_for():
    assert told("Acme", names=()) == []


def test_names_to_look_for_are_no_part_of_the_document():
    with_names = replace(sample(), meta=replace(sample().meta, strangers=("Acme",)))
    assert repr(with_names) == repr(sample())
