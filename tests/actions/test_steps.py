"""One step of an agreement: what must be there for it, and what it writes."""

import re

import pytest

from contract_assembly.repository.inputs import Repository
from tests.helpers import sent_agreement
from tests.helpers.corpus import run, state
from tests.helpers.git_repositories import git
from tests.helpers.living import FOLDER, NAMED, change, firm
from tests.helpers.sent_agreement import END, FACTS, letter, record, rules

sent_once = sent_agreement.sent_once
sent = sent_agreement.sent
signed = sent_agreement.signed


DECLINED = "  - {says: decline, term: 2027-10-01, sent: 2027-06-01, by: email, to: provider}\n"


def test_what_is_sent_is_built_final_and_one_line_of_the_facts_changes(sent):
    assert "status: sent       # ready\n" in (sent / FACTS).read_text()
    assert git(sent, "show", "--stat", "--format=", "HEAD", "--", FACTS).endswith("1 insertion(+), 1 deletion(-)")
    assert record(sent)["status"] == "sent"
    assert "DRAFT" not in (sent / FOLDER / "contract.md").read_text()
    assert sorted(record(sent)["outputs"]) == ["contract.docx", "contract.md", "contract.pdf"]


def test_what_is_missing_is_listed_and_nothing_is_written(tmp_path):
    root = firm(tmp_path / "root")
    change(root / FACTS, "status: sent", "status: draft\nopen: [The number of users]")
    (root / "provider/approvals.yaml").unlink()
    before = state(root)
    said = run(root, "status", *NAMED, "--set", "sent")
    assert said.code == 1
    assert "error: still open: The number of users [open-fact]" in said.err
    assert re.findall(r"error: (\d\d) clauses: never approved", said.err)  # one problem, and not one for each clause
    assert said.err.count("[approval]") == 1
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


def test_a_draft_cannot_be_signed_and_what_is_signed_never_goes_back(signed):
    assert "contract is signed and cannot become sent" in run(signed, "status", *NAMED, "--set", "sent").err
    assert "cannot become draft" in run(signed, "status", *NAMED, "--set", "draft", "--reason", "No").err


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


def test_an_agreement_that_ends_with_its_term_says_no_more(signed):
    change(signed / FACTS, "\nnotices:\n", f"\nnotices:\n{DECLINED}")
    assert run(signed, *END, "--on", "2027-09-30").code == 0
    assert "status: ended       # ready\nversion: 1\n" in (signed / FACTS).read_text()


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
