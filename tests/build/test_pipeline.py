"""All steps of one document, in memory: the finished tree, as a draft or final, and its files."""

import pytest

from contract_assembly.build.pipeline import draft, enclosed, examined, render
from contract_assembly.core.problems import RefusedError, errors
from contract_assembly.document import tree as d
from contract_assembly.document.writer_extras import NO_EXTRAS
from contract_assembly.writers.formats import FORMATS
from tests.helpers.memory import FACTS, LETTER, NOTES, changed, repository

ACME = ("acme", "2026-support")
OPEN = changed(FACTS, "version: 1\n", "version: 1\nopen:\n  - Who signs?\n")
TWICE = changed(NOTES, "Each party keeps notes.", "Each party keeps the the notes.")


def made(*files, **more):
    return draft(repository(*files), *ACME, **more)


def words(document):
    return FORMATS["md"](document, repository().house(), NO_EXTRAS).decode()


def test_the_tree_of_a_draft_is_numbered_and_marked():
    found = made()
    clauses = [each for part in found.document.parts if part.kind == "terms" for each in part.children]
    assert [each.number for each in clauses] == [str(n) for n in range(1, len(clauses) + 1)]
    assert "DRAFT" in words(found.document).upper()
    assert found.document.parts[0].kind == "cover"


def test_the_same_facts_and_words_give_the_same_key_and_another_word_another():
    other = changed(NOTES, "Each party keeps notes.", "Each party keeps minutes.")
    assert made().key == made().key != made(other).key


def test_a_comment_in_a_file_changes_what_it_was_made_from_but_not_its_key():
    one, other = made(), made(changed(FACTS, "version: 1\n", "version: 1    # the first\n"))
    assert one.key == other.key
    assert one.made_from != other.made_from


def test_a_final_version_is_refused_with_everything_that_is_open():
    with pytest.raises(RefusedError) as refused:
        made(OPEN, final=True)
    rules = [each.rule for each in refused.value.problems]
    assert rules.count("open-fact") == 1
    assert "approval" in rules


def test_a_sent_document_must_have_nothing_open_even_without_being_asked_to_be_final():
    with pytest.raises(RefusedError) as refused:
        made(changed(FACTS, "status: draft\nversion: 1\n", "status: sent\nversion: 1\nopen:\n  - Who signs?\n"))
    assert "open-fact" in {each.rule for each in refused.value.problems}


def test_a_document_with_problems_can_be_looked_at_although_it_is_not_built():
    _, found = examined(repository(TWICE), *ACME)
    assert [each.rule for each in errors(found.warnings)] == ["doubled-mark"]
    assert any(
        "the the notes" in d.plain(each.children) for each in d.walk(found.document) if isinstance(each, d.Paragraph)
    )
    with pytest.raises(RefusedError):
        made(TWICE)


def test_files_are_named_after_the_document_and_in_the_order_of_the_formats():
    found = draft(repository(LETTER), *ACME, "for-signature")
    files, pages = render(repository(LETTER), found, ("docx", "md"))
    assert list(files) == ["for-signature.docx", "for-signature.md"]
    assert pages is None  # only a PDF has pages
    assert "We wrote this on September" in files["for-signature.md"].decode()


def test_the_record_review_text_and_facts_travel_inside_every_file_but_the_review_text():
    found = made()
    review = render(repository(), found, ("md",))[0]["contract.md"]
    inside = {each.name: each.data for each in enclosed(found, review)}
    assert inside["review.md"] == review
    assert inside["record.json"] == found.record
    assert b'"form"' in inside["agreement.json"]
