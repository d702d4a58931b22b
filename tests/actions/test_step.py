"""A step: its document, in memory, and the facts and record that it writes."""

import json

import pytest

from contract_assembly.actions.step import StepRequest, bare_text, new_record, noted, stepped, subject_of
from contract_assembly.core.problems import RefusedError
from tests.helpers.corpus import AGREEMENT
from tests.helpers.memory import FACTS, LETTER, changed, repository

ACME = ("acme", "2026-support")
LETTER_FACTS = f"{AGREEMENT}/documents/for-signature.yaml"


def contract(*files):
    return subject_of(repository(*files), *ACME, "contract")


def letter(*files):
    return subject_of(repository(LETTER, *files), *ACME, "for-signature")


def test_a_document_knows_its_folder_and_its_file_of_facts():
    assert (contract().folder, contract().path, contract().file) == (AGREEMENT, FACTS, "agreement.yaml")
    assert (letter().path, letter().file) == (LETTER_FACTS, "documents/for-signature.yaml")


def test_a_new_status_changes_one_word_and_keeps_the_comment_after_it():
    before = changed(FACTS, "status: draft", "status: draft    # ready")
    text = contract(before).edited("sent")
    assert text == before[FACTS].decode().replace("status: draft    # ready", "status: sent    # ready")


def test_a_letter_without_a_status_gets_one_below_its_kind():
    assert letter().edited("sent").startswith("document: cover-letter\nstatus: sent\ndate:")


def test_a_reason_becomes_a_comment_above_the_status():
    text = noted(contract(), StepRequest("draft", reason="Another start date"), "Taken back", "say why").decode()
    assert "\n# Taken back: Another start date\nstatus: draft\n" in text


@pytest.mark.parametrize("reason", ["", "two\nlines"])
def test_a_reason_that_is_missing_or_not_one_line_is_refused(reason):
    with pytest.raises(RefusedError) as refused:
        noted(contract(), StepRequest("draft", reason=reason), "Taken back", "say why")
    (problem,) = refused.value.problems
    assert (problem.rule, problem.hint, problem.origin) == ("no-reason", "say why", contract().at)


def test_the_record_of_a_step_has_the_status_and_the_digest_of_the_new_facts():
    subject = contract()
    text = subject.edited("sent").encode()
    document = stepped(subject, "sent", text)
    assert document.status == "sent"
    assert document.inputs[FACTS] != stepped(subject, "sent", text + b"\n").inputs[FACTS]
    ((name, data),) = new_record(subject, document).items()
    assert name == "record.json"
    assert json.loads(data)["documents"]["contract"]["status"] == "sent"


def test_line_endings_stay_as_they_are_and_anything_but_utf_8_is_refused():
    windows = {FACTS: b"id: x\r\nkind: support\r\n"}
    assert bare_text(repository(windows), FACTS) == "id: x\r\nkind: support\r\n"
    with pytest.raises(RefusedError):
        bare_text(repository({FACTS: b"\xff"}), FACTS)
