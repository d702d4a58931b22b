"""Clauses and facts into one tree."""

import pytest

from contract_assembly.clauses.assemble import assemble
from contract_assembly.clauses.clause import read_clause
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import RefusedError
from contract_assembly.document import tree as d
from contract_assembly.facts.outline import OUTLINES
from contract_assembly.facts.template_context import template_context
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import HERE

REPOSITORY = Repository(HERE / "base")
CLIENT = ("acme", "2026-support")


def made(library=None, **how):
    inputs = REPOSITORY.inputs(*CLIENT)
    outline = REPOSITORY.outline(OUTLINES[inputs.agreement.model.kind])
    clauses = REPOSITORY.library(*CLIENT) if library is None else library
    return assemble(inputs, template_context(inputs), outline, clauses, folder_of(*CLIENT), **how)


def rules(work):
    with pytest.raises(RefusedError) as caught:
        work()
    return [each.rule for each in caught.value.problems]


def changed(slot, **words):
    """The library with the head of one clause changed."""
    for clause in REPOSITORY.library(*CLIENT):
        if clause.head.slot != slot:
            yield clause
            continue
        lines = "".join(f"{name}: {value}\n" for name, value in words.items())
        head = clause.head
        laws, kinds = (f"[{', '.join(f'{each!r}' for each in found)}]" for found in (head.laws, head.kinds))
        front = f"id: {head.id}\ntitle: {head.title}\nslot: {head.slot}\nkinds: {kinds}\nlaws: {laws}\n"
        front += f"rung: {head.rung}\npurpose: {head.purpose}\n"
        yield read_clause(f"---\n{front}{lines}---\nWords.\n", clause.body_at.path)


def slots():
    return [each.head.slot for each in made().clauses]


def test_every_clause_of_the_outline_is_in_the_tree_once_and_in_order():
    found = made()
    sections = [each.clause for each in d.walk(found.document) if isinstance(each, d.Section) and each.level == 1]
    assert sections == [each.head.id for each in found.clauses]
    assert len(set(slots())) == len(slots())


def test_the_same_facts_and_clauses_give_the_same_tree():
    assert repr(made().document) == repr(made().document)


def test_a_clause_that_requires_another_is_refused_without_it():
    first = slots()[0]
    assert rules(lambda: made(tuple(changed(first, requires="[nowhere]")))) == ["requires"]


def test_a_clause_that_conflicts_with_another_is_refused_with_it():
    first, second = slots()[:2]
    assert rules(lambda: made(tuple(changed(first, conflicts=f"[{second}]")))) == ["conflicts"]


def test_the_problems_of_all_clauses_are_reported_together():
    first, second = slots()[:2]
    library = tuple(changed(first, requires="[nowhere]"))
    both = tuple(each for each in library if each.head.slot != second)
    assert set(rules(lambda: made(both))) == {"requires", "unknown-clause"}


def test_ids_that_a_document_lacks_come_with_the_reason():
    extra = read_clause(
        "---\nid: spare\ntitle: Spare\nslot: spare\nkinds: [support]\nlaws: ['*']\nrung: preferred\npurpose: None.\n---\nWords.\n",
        "clauses/spare.md",
    )
    found = made((*REPOSITORY.library(*CLIENT), extra))
    assert found.elsewhere["spare"] == "clause spare is not in this document"


def test_a_document_without_words_for_a_mail_cannot_be_mailed():
    assert rules(lambda: made(mail=True)) == ["no-mail"]
