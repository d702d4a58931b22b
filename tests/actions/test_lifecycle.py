"""The steps from draft to sent, signed and ended: what each needs, what it puts down, and what is guarded afterwards."""

import json
import shutil

import pikepdf
import pytest

from contract_assembly.build.signed_files import frozen_problems
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import REPOSITORY, run, state
from tests.helpers.git_repositories import committed, git
from tests.helpers.living import FOLDER, NAMED, change, firm

FACTS = f"{FOLDER}/agreement.yaml"


@pytest.fixture(scope="module")
def sent_once(tmp_path_factory):
    root = firm(tmp_path_factory.mktemp("sent") / "root")
    change(root / FACTS, "status: sent", "status: draft       # ready")
    approve(root)
    said = run(root, "status", *NAMED, "--set", "sent")
    assert (said.code, said.err) == (0, "")
    committed(root, "Sent")
    return root


def approve(root):
    (root / "provider/approvals.yaml").unlink()
    assert run(root, "approve", "--all", "--by", "A Lawyer", "--on", "2026-09-01").code == 0


@pytest.fixture
def sent(sent_once, tmp_path):
    return shutil.copytree(sent_once, tmp_path / "root")


@pytest.fixture
def signed(sent):
    (sent / "back.pdf").write_bytes((sent / FOLDER / "contract.pdf").read_bytes() + b"\n1 0 obj <<>> endobj\n%%EOF\n")
    said = sign(sent, "--signed-file", str(sent / "back.pdf"))
    assert (said.code, said.err) == (0, "")
    (sent / "back.pdf").unlink()
    return sent


def sign(root, *more):
    return run(root, "status", *NAMED, "--set", "signed", "--on", "2026-09-21", *more)


def record(root):
    return json.loads((root / FOLDER / "record.json").read_bytes())["documents"]["contract"]


def rules(root):
    return [each.rule for each in frozen_problems(Repository(root), FOLDER)]


# ---- sent


def test_what_is_sent_is_built_final_and_one_line_of_the_facts_changes(sent):
    assert "status: sent       # ready\n" in (sent / FACTS).read_text()
    assert git(sent, "show", "--stat", "--format=", "HEAD", "--", FACTS).endswith("1 insertion(+), 1 deletion(-)")
    assert record(sent)["status"] == "sent"
    assert "DRAFT" not in (sent / FOLDER / "contract.md").read_text()
    assert sorted(record(sent)["outputs"]) == ["contract.docx", "contract.md", "contract.pdf"]


def test_a_build_after_the_step_has_no_other_bytes(sent):
    before = state(sent)
    assert run(sent, "--client", "acme", "--format", "md").code == 0
    assert state(sent) == before


def test_what_is_missing_is_listed_and_nothing_is_written(tmp_path):
    root = firm(tmp_path / "root")
    change(root / FACTS, "status: sent", "status: draft\nopen: [The number of users]")
    (root / "provider/approvals.yaml").unlink()
    before = state(root)
    said = run(root, "status", *NAMED, "--set", "sent")
    assert said.code == 1
    assert "error: still open: The number of users [open-fact]" in said.err
    assert said.err.count("[approval]") > 50
    assert state(root) == before


def test_a_status_that_is_no_line_of_its_own_is_left_to_a_person(sent):
    change(sent / FACTS, "status: sent       # ready", "? status\n: sent")
    said = run(sent, "status", *NAMED, "--set", "draft", "--reason", "A test")
    assert said.code == 1
    assert "[line-form]" in said.err


def test_what_was_sent_goes_back_to_draft_for_a_reason(sent):
    assert "the reason is missing" in run(sent, "status", *NAMED, "--set", "draft").err
    said = run(sent, "status", *NAMED, "--set", "draft", "--reason", "Another start date", "--on", "2026-09-10")
    assert said.code == 0
    assert (
        "\n# Taken back on 2026-09-10: Another start date\nstatus: draft       # ready\n" in (sent / FACTS).read_text()
    )
    assert record(sent)["status"] == "draft"
    assert "Draft, not for signature." in (sent / FOLDER / "contract.md").read_text()


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


def test_a_scan_is_told_from_an_electronic_signature(sent):
    (sent / "scan.pdf").write_bytes(b"%PDF-1.4\nanother\n%%EOF\n")
    assert sign(sent, "--signed-file", str(sent / "scan.pdf")).code == 0
    assert record(sent)["signed"]["countersigned"]["kind"] == "scan"


@pytest.mark.parametrize(
    ("data", "rule"), [(b"PK\x03\x04", "not-a-pdf"), (b"%PDF-1.4 torn", "not-a-pdf"), (None, "not-signed")]
)
def test_a_file_that_is_no_signed_pdf_is_refused(sent, data, rule):
    (sent / "x.pdf").write_bytes(data or (sent / FOLDER / "contract.pdf").read_bytes())
    before = state(sent)
    said = sign(sent, "--signed-file", str(sent / "x.pdf"))
    assert said.code == 1
    assert f"[{rule}]" in said.err
    assert state(sent) == before


def test_a_copy_that_comes_later_is_filed_once(sent):
    assert sign(sent).code == 0
    assert "is signed already" in sign(sent).err
    (sent / "scan.pdf").write_bytes(b"%PDF-1.4\nanother\n%%EOF\n")
    assert sign(sent, "--signed-file", str(sent / "scan.pdf")).code == 0
    assert (sent / FOLDER / "contract-signed.pdf").read_bytes() == b"%PDF-1.4\nanother\n%%EOF\n"
    assert "has its countersigned copy already" in sign(sent, "--signed-file", str(sent / "scan.pdf")).err


def test_only_what_stands_as_it_was_sent_can_be_signed(sent):
    with (sent / FOLDER / "contract.docx").open("ab") as file:
        file.write(b"x")
    change(sent / FACTS, "users: 34", "users: 35")
    said = sign(sent)
    assert said.code == 1
    assert f"{FOLDER}/contract.docx is not what was sent" in said.err
    assert f"{FACTS} has changed since contract was sent" in said.err
    assert "signed" not in record(sent)


def test_a_draft_cannot_be_signed_and_what_is_signed_never_goes_back(signed):
    assert "contract is signed and cannot become sent" in run(signed, "status", *NAMED, "--set", "sent").err
    assert "cannot become draft" in run(signed, "status", *NAMED, "--set", "draft", "--reason", "No").err


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


# ---- ended


def test_an_agreement_that_ends_early_says_its_last_day_by_whom_and_why(signed):
    early = ("status", *NAMED, "--set", "ended", "--on", "2027-03-31")
    assert "who ended the agreement early, and why, is missing" in run(signed, *early).err
    assert run(signed, *early, "--by", "client", "--reason", 'Section 20.1, "for convenience"').code == 0
    ended = Repository(signed).inputs("acme", "2026-support").agreement.model.ended
    assert (str(ended.last_day), ended.by) == ("2027-03-31", "client")
    assert (
        "status: ended       # ready\nended: {last_day: 2027-03-31, by: client, ground: "
        in (signed / FACTS).read_text()
    )
    assert rules(signed) == []


DECLINED = "  - {says: decline, term: 2027-10-01, sent: 2027-06-01, by: email, to: provider}\n"
END = ("status", *NAMED, "--set", "ended")


def test_an_agreement_that_ends_with_its_term_says_no_more(signed):
    change(signed / FACTS, "\nnotices:\n", f"\nnotices:\n{DECLINED}")
    assert run(signed, *END, "--on", "2027-09-30").code == 0
    assert "status: ended       # ready\nversion: 1\n" in (signed / FACTS).read_text()


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        ((), "no-day"),
        (("--on", "2020-09-30", "--by", "client", "--reason", "x"), "day-outside-term"),
        (("--on", "2030-09-30", "--by", "client", "--reason", "x"), "day-outside-term"),
        (("--on", "2026-09-30", "--by", "client", "--reason", "x"), "day-outside-term"),
        (("--on", "2027-03-31"), "no-reason"),
        (("--on", "2027-03-31", "--by", "client"), "no-reason"),
        (("--on", "2027-09-30"), "no-reason"),  # it renews by itself, and nobody declined
    ],
)
def test_an_end_is_judged_against_the_term(signed, options, rule):
    before = state(signed)
    said = run(signed, *END, *options)
    assert (said.code, state(signed)) == (1, before)
    assert f"[{rule}]" in said.err


def test_an_end_says_what_it_ends_and_is_taken_back_for_a_reason(signed):
    before = (signed / FACTS).read_text()
    said = run(signed, *END, "--on", "2027-03-31", "--by", "client", "--reason", "Section 20.1")
    assert "ends on Wednesday 2027-03-31, 183 days before its term: the client ended it, Section 20.1" in said.out
    assert "due and renew leave it out from now on" in said.out
    back = ("status", *NAMED, "--set", "signed")
    assert "[no-reason]" in run(signed, *back).err
    assert run(signed, *back, "--reason", "The client withdrew").code == 0
    assert (signed / FACTS).read_text() == before.replace("status:", "# Not ended: The client withdrew\nstatus:")
    assert rules(signed) == []
    assert run(signed, "check", "--client", "acme").code == 0


def test_a_dry_run_of_a_step_says_what_it_would_write_and_writes_nothing(signed):
    before = state(signed)
    said = run(signed, *END, "--on", "2027-03-31", "--by", "both", "--reason", "Agreed by mail", "--dry-run")
    assert said.code == 0
    assert "contract would be ended; would write agreement.yaml, record.json\n" in said.out
    assert "both parties ended it, Agreed by mail" in said.out
    assert state(signed) == before


# ---- days


@pytest.mark.parametrize("day", ["1990-09-21", "2025-09-30", "2027-10-01", "2031-09-21"])
def test_a_day_of_signature_far_from_the_term_is_refused(sent, day):
    before = state(sent)
    said = run(sent, "status", *NAMED, "--set", "signed", "--on", day)
    assert (said.code, state(sent)) == (1, before)
    assert "[day-outside-term]" in said.err


@pytest.mark.parametrize("day", ["2025-10-01", "2026-09-21", "2027-09-30"])
def test_a_day_of_signature_near_the_term_is_taken(sent, day):
    assert run(sent, "status", *NAMED, "--set", "signed", "--on", day).code == 0
    assert record(sent)["signed"]["on"] == day


def test_a_wrong_day_of_signature_is_corrected_for_a_reason(signed):
    assert "is corrected with --reason" in sign(signed, "--on", "2026-09-22").err
    assert sign(signed, "--on", "2026-09-22", "--reason", "Read wrong").code == 0
    assert record(signed)["signed"]["on"] == "2026-09-22"
    assert "# Corrected: Read wrong\nstatus: signed" in (signed / FACTS).read_text()
    assert "countersigned" in record(signed)["signed"]
    assert rules(signed) == []


# ---- what was sent stays


def outputs(root):
    return {name: data for name, data in state(root).items() if name.startswith(f"{FOLDER}/contract.")}


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


# ---- the countersigned copy


def test_the_signed_file_of_another_agreement_is_refused(sent):
    other = REPOSITORY / "agreements/brookfield/2026-support/contract.pdf"
    before = state(sent)
    said = sign(sent, "--signed-file", str(other))
    assert (said.code, state(sent)) == (1, before)
    assert "is contract of agreements/brookfield/2026-support, not contract of" in said.err


def test_a_scan_with_the_words_of_another_document_is_refused(sent, tmp_path):
    with pikepdf.open(REPOSITORY / "agreements/hudson/2026-block/contract.pdf") as file:
        del file.Root.AF
        file.save(tmp_path / "scan.pdf")
    said = sign(sent, "--signed-file", str(tmp_path / "scan.pdf"))
    assert said.code == 1
    assert "has the words of another document [another-document]" in said.err


def test_a_copy_without_a_page_of_ours_is_refused(sent, tmp_path):
    with pikepdf.open(sent / FOLDER / "contract.pdf") as file:
        del file.pages[10]
        file.save(tmp_path / "cut.pdf")
    assert "does not say what was sent" in sign(sent, "--signed-file", str(tmp_path / "cut.pdf")).err


def test_a_copy_that_was_only_saved_again_is_a_scan_with_our_words(sent, tmp_path):
    with pikepdf.open(sent / FOLDER / "contract.pdf") as file:
        file.save(tmp_path / "again.pdf")
    assert sign(sent, "--signed-file", str(tmp_path / "again.pdf")).code == 0
    assert record(sent)["signed"]["countersigned"]["kind"] == "scan"


def test_a_copy_that_cannot_be_read_is_filed_with_a_word_about_it(sent):
    (sent / "scan.pdf").write_bytes(b"%PDF-1.4\nanother\n%%EOF\n")
    said = sign(sent, "--signed-file", str(sent / "scan.pdf"))
    assert said.code == 0
    assert "so it was not compared with what was sent" in said.out


# ---- letters


def letter(root, facts):
    (root / FOLDER / "documents").mkdir(exist_ok=True)
    (root / FOLDER / "documents/letter.yaml").write_text(facts)


@pytest.mark.parametrize("line", ["", "status: draft\n"])
def test_a_letter_without_a_status_line_gets_one(signed, line):
    """As `renew --apply` writes letters; and no service record is there."""
    (signed / FOLDER / "service.yaml").unlink(missing_ok=True)
    letter(signed, f"# A letter\ndocument: renewal-letter\n{line}date: 2027-05-05\nanswer_by: 2027-06-18\n")
    assert run(signed, "--client", "acme").code == 0
    said = run(signed, "status", *NAMED, "--document", "letter", "--set", "sent")
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith("acme/2026-support letter: sent, next: draft; 0 open\n")
    assert "document: renewal-letter\nstatus: sent\ndate:" in (signed / FOLDER / "documents/letter.yaml").read_text()
    back = run(signed, "status", *NAMED, "--document", "letter", "--set", "draft", "--reason", "A wrong day")
    assert back.code == 0


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
