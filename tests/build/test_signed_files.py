"""Files that were signed or sent: a changed byte or a missing file is found."""

import pytest

from tests.helpers import audited
from tests.helpers.audited import CLAUSE, build, found, sent
from tests.helpers.corpus import AGREEMENT, approved, run

root = audited.root


@pytest.fixture
def signed(root):
    """The agreement as the countersigned one: from here on no build touches it."""
    approved("--on", "2026-09-01")(root)
    assert run(root, "--client", "acme").code == 0
    for step in ("sent", "signed"):
        said = run(root, "status", "acme", "--document", "contract", "--set", step, "--on", "2026-09-20")
        assert said.code == 0, said.err
    return root


def test_a_signed_contract_stays_content_whatever_the_library_says(signed):
    for clause in (signed / "clauses").rglob("*.md"):
        clause.write_text(clause.read_text() + "\n<!-- later -->\n")
    said = run(signed, "check").err  # the letter is no part of what was signed
    assert "letter is out of date" in said
    assert "contract is of" not in said
    assert {rule for rule, _ in found(signed)} == {"stale"}


def test_a_byte_of_a_signed_contract_is_found(signed):
    path = signed / AGREEMENT / "contract.docx"
    path.write_bytes(path.read_bytes()[:-1] + b"\1")
    assert ("signed-changed", "contract.docx") in found(signed)


def test_a_signed_contract_that_is_deleted_is_found(signed):
    (signed / AGREEMENT / "contract.docx").unlink()
    assert ("signed-missing", "contract.docx") in found(signed)


def test_a_letter_that_was_sent_is_guarded_like_a_signed_contract(root):
    sent(root)
    (root / "clauses/letter-words.md").write_text(CLAUSE.replace("We wait", "We wait here"))
    assert found(root) == []
    (root / AGREEMENT / "letter.md").write_text("other words")
    assert found(root) == [("signed-changed", "letter.md")]


def test_a_letter_that_was_sent_is_guarded_when_its_facts_are_gone(root):
    sent(root)
    (root / AGREEMENT / "documents/letter.yaml").unlink()
    (root / AGREEMENT / "letter.md").unlink()
    assert found(root) == [("lost-facts", "documents/letter.yaml"), ("signed-missing", "letter.md")]


def test_a_letter_that_was_sent_is_not_built_anew_when_its_record_is_lost(root):
    sent(root)
    before = (root / AGREEMENT / "letter.md").read_bytes()
    (root / AGREEMENT / "record.json").unlink()
    assert "[sent-without-record]" in build(root).err
    assert (root / AGREEMENT / "letter.md").read_bytes() == before
