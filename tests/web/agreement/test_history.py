"""The history of an agreement in words of the contract."""

import pytest

from contract_assembly.repository.git import opened
from contract_assembly.web.agreement.history import history
from tests.helpers.corpus import AGREEMENT, based, change
from tests.helpers.git_repositories import begun, committed
from tests.helpers.shown_firm import FACTS

LETTER = f"{AGREEMENT}/documents/cover-letter.yaml"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = begun(based(tmp_path_factory.mktemp("firm") / "root"))
    change(root, f"{FACTS}\n-  users: 34\n+  users: 36\n-  billing: monthly\n+  billing: quarterly\n")
    committed(root, "Two more users", day="2026-09-02")
    change(root, "agreements/acme/client.yaml\n-  short: Acme\n+  short: Acme Instruments\n")
    (root / AGREEMENT / "documents").mkdir()
    (root / LETTER).write_text("document: cover-letter\nstatus: draft\n", "utf-8")
    (root / AGREEMENT / "clauses").mkdir()
    (root / AGREEMENT / "clauses/notes.md").write_text("words", "utf-8")
    (root / AGREEMENT / "changes.yaml").write_text(
        "changes:\n  - {on: 2027-01-01, what: users, from: 36, to: 38, asked: 2026-12-01, asked_by: lena}\n", "utf-8"
    )
    committed(root, "A letter and a clause", day="2026-09-03")
    change(root, f"{LETTER}\n-status: draft\n+status: sent\n")
    change(root, f"{FACTS}\n-version: 1\n+version: one\n")
    committed(root, "Facts that nobody can read", day="2026-09-04")
    (root / "provider/notes.txt").write_text("elsewhere", "utf-8")
    committed(root, "Something about the firm", day="2026-09-05")
    return root


def test_a_change_of_facts_is_told_in_figures_with_what_follows_from_it(root):
    entry = next(
        each for each in history(opened(root), "acme", "2026-support").entries if each.subject == "Two more users"
    )
    assert (entry.day, entry.author) == ("2026-09-02", "Test")
    found = {each.name: (each.old, each.new) for each in entry.facts}
    assert found["Users"] == ("34", "36")
    assert found["Monthly fee"] == ("2,438.00 USD", "2,562.00 USD")
    assert found["Invoiced"] == ("monthly", "quarterly")


def test_documents_clauses_and_dated_changes_are_told_in_sentences(root):
    entry = next(each for each in history(opened(root), "acme", "2026-support").entries if "letter" in each.subject)
    assert set(entry.also) == {
        "Document cover-letter added", "Negotiated clause notes added", "From 2027-01-01: Users, 36 to 38",
    }  # fmt: skip
    assert ("Client, short", "Acme", "Acme Instruments") not in entry.facts
    assert {(each.old, each.new) for each in entry.facts} == {("Acme", "Acme Instruments")}


def test_facts_that_cannot_be_read_are_said_to_be_so(root):
    newest = history(opened(root), "acme", "2026-support").entries[0]
    assert (newest.subject, newest.is_unread) == ("Facts that nobody can read", True)
    assert newest.also == ("Document cover-letter changed: draft to sent",)


def test_the_first_commit_starts_the_agreement_and_others_are_left_out(root):
    entries = history(opened(root), "acme", "2026-support").entries
    assert entries[-1].also == ("The agreement was started",)
    assert "Something about the firm" not in {each.subject for each in entries}


def test_a_page_has_so_many_and_says_if_there_are_more(root):
    git = opened(root)
    first, second = history(git, "acme", "2026-support", most=2), history(git, "acme", "2026-support", skip=2, most=2)
    assert (len(first.entries), first.more, second.more) == (2, True, False)
    assert not {each.id for each in first.entries} & {each.id for each in second.entries}
