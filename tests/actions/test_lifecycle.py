"""The steps from draft to sent, signed and ended: what each needs, what it puts down, and what is guarded afterwards."""

import json

import pytest

from tests.helpers import sent_agreement
from tests.helpers.corpus import run, state
from tests.helpers.git_repositories import committed, git
from tests.helpers.living import FOLDER, NAMED, change
from tests.helpers.sent_agreement import END, FACTS, outputs, record, rules, sign

sent_once = sent_agreement.sent_once
sent = sent_agreement.sent
signed = sent_agreement.signed


def test_a_build_after_the_step_has_no_other_bytes(sent):
    before = state(sent)
    assert run(sent, "--client", "acme", "--format", "md").code == 0
    assert state(sent) == before


# ---- signed


def test_what_is_signed_is_frozen_with_the_digest_of_each_file(signed):
    assert "status: signed       # ready\n" in (signed / FACTS).read_text()
    found = record(signed)
    assert found["status"] == "signed"
    assert found["signed"]["on"] == "2026-09-21"
    assert found["signed"]["files"] == {name: each["sha256"] for name, each in found["outputs"].items()}
    assert found["signed"]["countersigned"]["kind"] == "electronic"
    assert found["inputs"][FACTS]["git"] == git(signed, "hash-object", FACTS)
    assert rules(signed) == []


def test_a_change_of_facts_or_words_leaves_what_was_signed_alone(signed):
    before = {name: data for name, data in state(signed).items() if name.startswith(f"{FOLDER}/contract")}
    change(signed / "clauses/general/general.md", "Delay is not a waiver.", "Delay alone is not a waiver.")
    change(signed / FACTS, "users: 34", "users: 40")
    assert run(signed, "--client", "acme").out == f"{FOLDER}: signed or ended, so it stays as it is\n"
    assert {name: data for name, data in state(signed).items() if name in before} == before
    assert rules(signed) == []


@pytest.mark.parametrize("name", ["contract.md", "contract.docx", "contract.pdf", "contract-signed.pdf"])
def test_a_changed_byte_or_a_missing_file_is_found(signed, name):
    path = signed / FOLDER / name
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert rules(signed) == ["signed-changed"]
    path.unlink()
    assert rules(signed) == ["signed-missing"]
    assert run(signed, "status", "acme").code == 1


@pytest.mark.parametrize("damage", [b"[" * 100_000, b"{", b'{"documents": ' + b"9" * 5_000 + b"}"])
def test_a_damaged_record_of_what_was_signed_is_never_written_over(signed, damage):
    path = signed / FOLDER / "record.json"
    path.write_bytes(damage)
    letter = signed / FOLDER / "documents/letter.yaml"
    letter.parent.mkdir(exist_ok=True)
    letter.write_text("document: cover-letter\nstatus: draft\ndate: 2026-09-10\nanswer_by: 2026-09-22\n")
    for command in (
        ("--client", NAMED[0], "--document", "letter", "--format", "md"),
        ("status", *NAMED, "--set", "ended", "--on", "2027-09-30", "--by", "client", "--reason", "Moved"),
    ):
        said = run(signed, *command)
        assert (said.code, "[garbled-record]" in said.err) == (1, True)
        assert "git checkout" in said.err
        assert "recursion" not in said.err + said.out
        assert "int_max" not in said.err
        assert path.read_bytes() == damage


def test_line_endings_of_windows_are_no_change(signed):
    path = signed / FOLDER / "contract.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert rules(signed) == []


def test_a_status_changed_by_hand_is_found(sent, signed):
    change(signed / FACTS, "status: signed", "status: draft")
    assert rules(signed) == ["signed-undone"]


def test_the_words_of_a_signed_contract_are_found_in_history(signed):
    committed(signed, "Signed")
    clause = next(each for each in record(signed)["clauses"] if each["id"] == "general")
    before = (signed / "clauses/general/general.md").read_text()
    change(signed / "clauses/general/general.md", "Delay is not a waiver.", "Delay alone is not a waiver.")
    committed(signed, "Another wording for everybody")
    assert git(signed, "show", clause["git"]) == before.strip()
    for each in record(signed)["clauses"]:
        assert git(signed, "cat-file", "-t", each["git"]) == "blob"


def test_a_letter_is_sent_but_neither_signed_nor_ended(sent):
    (sent / FOLDER / "documents").mkdir(exist_ok=True)
    facts = sent / FOLDER / "documents/letter.yaml"
    facts.write_text("document: cover-letter\nstatus: draft\ndate: 2026-09-10\n")
    named = ("status", *NAMED, "--document", "letter", "--set")
    assert run(sent, *named, "sent").code == 0
    before = state(sent)
    assert "[ill-typed]" in run(sent, *named, "signed", "--on", "2026-09-21").err
    assert "letter is sent and cannot become ended" in run(sent, *named, "ended").err
    assert state(sent) == before
    (sent / FOLDER / "letter.pdf").unlink()
    assert rules(sent) == ["signed-missing"]


def test_a_dry_run_of_a_step_says_what_it_would_write_and_writes_nothing(signed):
    before = state(signed)
    said = run(signed, *END, "--on", "2027-03-31", "--by", "both", "--reason", "Agreed by mail", "--dry-run")
    assert said.code == 0
    assert "contract would be ended; would write agreement.yaml, record.json\n" in said.out
    assert "both parties ended it, Agreed by mail" in said.out
    assert state(signed) == before


# ---- what was sent stays


def test_a_build_never_writes_over_what_was_sent(sent):
    before = outputs(sent)
    change(sent / FACTS, "users: 34", "users: 60")
    said = run(sent, "--client", "acme/2026-support")
    assert (said.code, said.out) == (0, f"{FOLDER}: sent, so it stays as it is\n")
    assert f"{FACTS} has changed since contract was sent [changed-since-sent]" in said.err
    assert outputs(sent) == before
    assert "[changed-since-sent]" in sign(sent).err


def test_messages_about_a_sent_contract_advise_only_steps(sent):
    change(sent / FACTS, "users: 34", "users: 60")
    said = run(sent, "check", "--client", "acme")
    assert said.code == 1
    hints = [line for line in said.err.splitlines() if "hint: " in line]
    assert len(hints) == 1
    assert "--set draft --reason" in hints[0]
    assert "build.py --client" not in said.err


def test_a_change_of_the_library_leaves_what_was_sent_alone(sent):
    before = outputs(sent)
    change(sent / "clauses/general/general.md", "Delay is not a waiver.", "Delay alone is not a waiver.")
    assert run(sent, "check", "--client", "acme").code == 0
    assert run(sent, "--client", "acme").code == 0
    assert outputs(sent) == before
    assert sign(sent).code == 0


def test_a_status_set_back_by_hand_opens_nothing(sent):
    before = outputs(sent)
    change(sent / FACTS, "status: sent", "status: draft")
    for said in (run(sent, "--client", "acme"), run(sent, "check", "--client", "acme")):
        assert said.code == 1
        assert "status is draft, but contract was sent [sent-undone]" in said.err
    assert outputs(sent) == before


def test_a_changed_contract_is_sent_again_as_a_new_version(sent):
    again = ("status", *NAMED, "--set", "sent")
    change(sent / FACTS, "users: 34", "users: 60")
    assert "raise version: above 1" in run(sent, *again).err
    change(sent / FACTS, "version: 1\n", "version: 2\n")
    said = run(sent, *again)
    assert (said.code, said.err) == (0, "")
    assert "version 2 takes the place of version 1" in said.out
    assert "version 2" in (sent / FOLDER / "contract.md").read_text()
    assert sign(sent).code == 0


# ---- letters


def test_a_step_of_the_contract_is_no_alarm_for_other_documents(sent):
    for name, status in (("gone", "sent"), ("open", "draft")):
        path = sent / FOLDER / f"documents/{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"document: cover-letter\nstatus: {status}\ndate: 2026-09-10\nanswer_by: 2026-09-22\n")
    assert run(sent, "--client", "acme").code == 0
    assert sign(sent).code == 0
    said = run(sent, "status", "acme")
    assert (said.code, said.err) == (0, "")
    assert run(sent, "check", "--client", "acme").err == ""


def test_a_step_after_a_change_of_facts_leaves_no_draft_stale(sent):
    documents = sent / FOLDER / "documents"
    documents.mkdir(exist_ok=True)
    for name in ("letter", "broken"):
        (documents / f"{name}.yaml").write_text(
            "document: cover-letter\nstatus: draft\ndate: 2026-09-10\nanswer_by: 2026-09-22\n"
        )
    assert run(sent, "--client", "acme").code == 0
    change(sent / FACTS, "users: 34", "users: 36")
    change(documents / "broken.yaml", "2026-09-22", "2026-09-02")  # before the letter: it cannot be built
    said = run(sent, "status", "acme", "--set", "draft", "--reason", "Two more users")
    assert said.code == 0
    assert "broken stays as it was, because it cannot be built: the answer is due before" in said.out + said.err
    found = run(sent, "check", "--client", "acme").err
    assert "[answer-before-letter]" in found
    assert found.count("error: ") == 1  # neither the contract nor the other letter is stale


# ---- shown


def test_without_a_step_it_shows_how_each_document_stands(sent):
    assert run(sent, "status", "acme").out == "acme/2026-support contract: sent, next: draft or signed; 0 open\n"
    said = json.loads(run(sent, "status", "acme", "--json").out)
    assert said["documents"][0]["next"] == ["draft", "signed"]


def test_options_of_a_step_go_with_a_step(sent):
    assert run(sent, "status", "acme", "--on", "2026-09-21").code == 2


def test_a_day_of_signing_that_is_too_early_is_refused_in_a_whole_sentence(sent):
    said = run(sent, "status", *NAMED, "--set", "signed", "--on", "2020-09-21")
    assert "that is before 2025-10-01, 12 months before its first day, 2026-10-01" in said.err


def test_a_countersigned_file_that_is_not_there_is_wrong_use(sent):
    said = sign(sent, "--signed-file", str(sent / "nowhere.pdf"))
    assert said.code == 2
    assert "does not exist" in said.err
