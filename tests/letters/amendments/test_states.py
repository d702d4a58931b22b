"""The states of a contract, read from git history."""

import shutil

from contract_assembly.letters.amendments.changes import apply, compare
from contract_assembly.writers.markdown import review_text
from tests.helpers import amending
from tests.helpers.amending import ASK, FACTS, NBSP, reached, said, second_changes, well
from tests.helpers.corpus import run
from tests.helpers.git_repositories import committed, git
from tests.helpers.living import FOLDER, change

signed_once = amending.signed_once
once_amended = amending.once_amended
signed = amending.signed
amended = amending.amended


def test_an_amendment_says_what_is_in_force_on_its_day_with_counts_that_were_asked_for(signed):
    entry = "{on: 2027-01-17, what: users, from: 34, to: 36, asked: 2027-01-12, asked_by: lena-fischer}"
    later = "{on: 2027-02-02, what: users, from: 36, to: 40, asked: 2027-01-12, asked_by: lena-fischer}"
    (signed / FOLDER / "changes.yaml").write_text(f"changes:\n  - {entry}\n  - {later}\n")
    change(
        signed / FACTS, "  assets:\n", '    - {name: Warehouse, address: "9 Mill Road, Utica, NY 13501"}\n  assets:\n'
    )
    well(signed, *ASK)
    text = (signed / FOLDER / "amendment-1.md").read_text().replace(NBSP, " ")
    assert "From February 1, 2027, the Services cover 36 Users" in text
    assert "2,232.00" in text  # 36 x 62.00


def test_what_the_firm_changed_for_everybody_is_not_amended_unless_it_is_taken(signed):
    change(signed / "clauses/general/general.md", "Delay is not a waiver.", "Delay alone is not a waiver.")
    change(signed / "provider/plans/business.yaml", "110.00 USD", "120.00 USD")
    assert run(signed, *ASK).err.count("[nothing-to-amend]") == 1
    assert said(signed, "--take", "clauses/") == ["Section 34.2 (Other rules) is replaced"]
    assert "Schedule B, paragraph 1.1 (Monthly fee) is replaced" in said(signed, "--take", "provider/plans/")


def test_a_state_that_was_never_committed_cannot_be_amended(signed):
    git(signed, "reset", "--soft", "HEAD~1")
    change(signed / FACTS, "price: 62.00 USD", "price: 64.00 USD")
    assert "no commit holds the files that this was made from [no-such-state]" in run(signed, *ASK).err


def test_a_commit_that_does_not_hold_what_was_signed_is_refused(signed):
    change(signed / FACTS, "price: 62.00 USD", "price: 64.00 USD")
    committed(signed, "Too early")
    assert "byte for byte [not-as-signed]" in run(signed, *ASK, "--from", "HEAD").err
    assert "[unknown-revision]" in run(signed, *ASK, "--from", "nowhere").err
    assert said(signed, "--from", "HEAD~1") == said(signed)


def test_without_history_there_is_nothing_to_amend_from(signed):
    shutil.rmtree(signed / ".git")
    assert "[no-git]" in run(signed, *ASK).err


def test_applied_to_the_parent_the_amendments_give_the_consolidated_text_byte_for_byte(amended):
    well(amended, *ASK, *second_changes(amended))
    signed_text, one, two = reached(amended)
    assert review_text(signed_text) == (amended / FOLDER / "contract.md").read_bytes()
    assert review_text(apply(signed_text, compare(signed_text, one))) == review_text(one)
    both = apply(apply(signed_text, compare(signed_text, one)), compare(one, two))
    assert review_text(both) == review_text(two)
