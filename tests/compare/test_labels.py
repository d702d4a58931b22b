"""Names of facts for a reader: each is of a fact that contracts print, and no two read alike in one place."""

import re

import pytest

from contract_assembly.compare.figures import is_named, label
from contract_assembly.compare.labels import LABELS, OTHERS

ALL = {**LABELS, **OTHERS}


@pytest.mark.parametrize("key", ALL)
def test_a_key_is_a_path_of_names_with_stars_for_entries(key):
    assert re.fullmatch(r"[a-z-]+(\.([a-z_]+|\*))+", key)


@pytest.mark.parametrize("words", ALL.values())
def test_a_label_starts_with_a_capital_or_the_name_of_an_entry_and_has_no_stop(words):
    assert re.fullmatch(r"(\{\d?\}|[A-Z]).*(?<![.:,; ])", words)


def test_the_most_important_facts_come_first():
    assert list(LABELS)[:3] == ["fees.monthly", "fees.yearly", "fees.invoice"]


def test_labels_that_are_the_same_are_those_of_a_term_and_of_a_block_which_no_contract_has_both():
    seen, twice = {}, {}
    for key, words in ALL.items():
        if words in seen:
            twice[words] = {seen[words].split(".")[0], key.split(".")[0]}
        seen[words] = key
    assert all(pair == {"term", "block"} for pair in twice.values())


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("fees.monthly", "Monthly fee"),
        ("block.last_day", "Last day"),
        ("fees.saved_yearly", "Saved each year"),
        ("licences.Office.accepted_by", "License Office, terms accepted by"),
        ("contacts.escalation.Tom Ekberg.client.name", "Escalation Tom Ekberg, contact of the client"),
    ],
)
def test_a_label_is_found_by_the_key_of_its_fact(key, words):
    assert label(key) == words


def test_no_fact_has_two_labels():
    assert not LABELS.keys() & OTHERS.keys()


def test_only_those_that_matter_are_told_of_themselves():
    assert is_named("fees.monthly")
    assert not is_named("fees.saved_yearly")
