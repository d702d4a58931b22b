"""The command that receives what came back."""

from tests.helpers.corpus import REPOSITORY, run

CONTRACT = "agreements/acme/2026-support/contract.docx"


def test_a_file_without_changes_leaves_nothing_undecided():
    said = run(REPOSITORY, "receive", "acme", str(REPOSITORY / CONTRACT), "--dry-run", "--on", "2026-11-30")
    assert (said.code, said.err) == (0, "")
    assert "0 changes, 0 undecided" in said.out
    assert "would write negotiation/1-sent.docx, negotiation/1.docx, negotiation/1.yaml" in said.out


def test_a_file_that_is_not_there_is_wrong_use():
    assert run(REPOSITORY, "receive", "acme", "no-such.docx").code == 2
