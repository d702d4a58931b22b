"""The first half of the pipeline: a document assembled, checked, and judged by its approvals."""

from datetime import date

import pytest

from contract_assembly.build.assessment import assemble_and_assess
from contract_assembly.core.problems import RefusedError
from contract_assembly.document import tree as d
from tests.helpers.corpus import AGREEMENT
from tests.helpers.memory import FACTS, LETTER, NOTES, changed, repository

ACME = ("acme", "2026-support")


def assessed(*files, name="contract"):
    return assemble_and_assess(repository(*files), *ACME, name)


def test_the_tree_has_no_numbers_yet():
    tree = assessed().assembled.document
    assert tree.parts
    assert {each.number for each in d.walk(tree) if isinstance(each, d.Section)} == {""}


def test_each_clause_has_the_status_of_its_approval_on_the_first_day():
    found = assessed()
    assert [each.clause for each in found.approvals] == [each.head.id for each in found.assembled.clauses]
    assert {each.state for each in found.approvals} == {"never approved"}
    assert found.about.day == date(2026, 10, 1)


def test_a_letter_is_judged_on_its_own_day_and_has_its_own_facts():
    found = assessed(LETTER, name="for-signature")
    assert (found.about.status, found.about.day) == ("draft", date(2026, 9, 2))
    assert "document" in found.about.facts.entries
    assert f"{AGREEMENT}/documents/for-signature.yaml" in found.sources


def test_every_file_that_was_read_is_a_source_once():
    found = assessed().sources
    assert {FACTS, "agreements/acme/client.yaml", "provider/provider.yaml"} <= {*found}
    assert len(found) == len({*found})
    assert not [
        each for each in found if each.startswith("clauses/") and each.endswith(".md")
    ]  # clauses are listed apart


def test_all_clauses_that_are_wrong_are_reported_at_once():
    wrong = {NOTES: "Each party keeps notes.", "clauses/services.md": "The Client speaks through"}
    with pytest.raises(RefusedError) as refused:
        assessed(*(changed(path, words, "{{ no.fact }}") for path, words in wrong.items()))
    assert {each.origin.path for each in refused.value.problems} == {*wrong}
    assert {each.rule for each in refused.value.problems} == {"unknown-fact"}


def test_open_points_of_the_agreement_are_passed_on():
    assert assessed().about.open == ()
    assert assessed(changed(FACTS, "version: 1\n", "version: 1\nopen:\n  - Who signs?\n")).about.open == ("Who signs?",)
