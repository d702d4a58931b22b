"""The documents of one agreement, built in memory: all of them or none."""

import json

import pytest
from msgspec.structs import replace

from contract_assembly.build.one_agreement import BuildOrder, BuildOutcome, build_in_memory
from contract_assembly.core.problems import Problem, RefusedError
from tests.helpers.corpus import AGREEMENT
from tests.helpers.memory import FACTS, LETTER, NOTES, changed, repository

ACME = ("acme", "2026-support")
REVIEW = BuildOrder(("md",))
SIGNED = changed(FACTS, "status: draft", "status: signed")


def built(*files, order=REVIEW):
    return build_in_memory(repository(*files), *ACME, order)


def in_folder(files):
    return {f"{AGREEMENT}/{name}": data for name, data in files.items()}


def test_all_documents_come_with_one_record():
    outcome, files = built(LETTER)
    assert not outcome.failed
    assert sorted(files) == ["contract.md", "for-signature.md", "record.json"]
    assert sorted(json.loads(files["record.json"])["documents"]) == ["contract", "for-signature"]


def test_the_bytes_are_the_same_whatever_is_in_the_folder():
    _, files = built()
    assert built(in_folder(files))[1] == files
    assert built({**in_folder(files), f"{AGREEMENT}/contract.md": b"Edited by hand.\n"})[1] == files


def test_one_document_that_is_refused_keeps_back_the_others():
    wrong = {f"{AGREEMENT}/documents/for-signature.yaml": b"document: cover-letter\ndate: 2026-09-02\nwriter: nobody\n"}
    with pytest.raises(RefusedError) as refused:
        built(LETTER, wrong)
    assert [each.rule for each in refused.value.problems] == ["unknown-person"]


def test_problems_of_all_documents_are_reported_together():
    wrong = {f"{AGREEMENT}/documents/for-signature.yaml": b"document: cover-letter\ndate: 2026-09-02\nwriter: nobody\n"}
    with pytest.raises(RefusedError) as refused:
        built(LETTER, wrong, changed(NOTES, "Each party keeps notes.", "{{ no.fact }}."))
    assert {each.rule for each in refused.value.problems} >= {"unknown-person", "unknown-fact"}


@pytest.mark.parametrize("status", ["signed", "ended"])
def test_a_status_that_a_letter_never_has_is_refused(status):
    wrong = f"document: cover-letter\nstatus: {status}\ndate: 2026-09-02\nwriter: priya-raman\n"
    with pytest.raises(RefusedError) as refused:
        built({f"{AGREEMENT}/documents/for-signature.yaml": wrong.encode()})
    assert [(each.rule, each.what) for each in refused.value.problems] == [
        ("ill-typed", f"status: '{status}' is not one of the choices")
    ]


def test_a_signed_contract_is_not_built_and_its_letter_is():
    outcome, files = built(LETTER, SIGNED)
    assert sorted(files) == ["for-signature.md", "record.json"]
    assert not outcome.frozen
    alone, nothing = built(SIGNED)
    assert (alone.frozen, alone.statuses, nothing) == (True, ("signed",), {})


def test_a_file_of_another_format_from_an_earlier_state_is_named():
    _, first = built(order=BuildOrder(("md", "docx")))
    minutes = changed(NOTES, "Each party keeps notes.", "Each party keeps minutes.")
    outcome, files = built(in_folder(first), minutes)
    assert outcome.stale == ("contract.docx",)
    assert sorted(files) == ["contract.md", "record.json"]


def test_a_record_that_cannot_be_read_is_not_written_over_if_it_may_hold_evidence():
    with pytest.raises(RefusedError):
        built(SIGNED, LETTER, {f"{AGREEMENT}/record.json": b"{"})


def test_files_of_a_sent_document_without_a_record_stop_the_build():
    sent = changed(FACTS, "status: draft", "status: sent")
    with pytest.raises(RefusedError) as refused:
        built(sent, {f"{AGREEMENT}/contract.pdf": b"%PDF-"})
    assert [each.rule for each in refused.value.problems] == ["sent-without-record"]


def test_an_outcome_failed_if_it_has_an_error_or_a_fault_of_the_program():
    sound, warning = BuildOutcome(AGREEMENT), Problem("total", "?", level="warning")
    assert not replace(sound, problems=(warning,)).failed
    assert replace(sound, problems=(replace(warning, level="error"),)).failed
    assert replace(sound, bug="Traceback").failed
