"""The contract as its files are now, as it was sent, and compared."""

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.web.contract.states import FILES, FROZEN, compared, contract_frozen, contract_now
from tests.helpers.corpus import based, change
from tests.helpers.shown_firm import FACTS, sent_then_changed

ACME = ("acme", "2026-support")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return sent_then_changed(tmp_path_factory.getbasetemp() / "shown")


def users(found):
    return {each.text for each in found.found.facts if each.name == "User support, quantity"}


def test_what_was_sent_is_shown_from_history_word_for_word(root):
    repository = Repository(root)
    now, sent = contract_now(repository, *ACME), contract_frozen(repository, root, *ACME)
    assert (users(now), users(sent)) == ({"36"}, {"34"})
    assert (sent.name, sent.is_exact) == ("as it was sent", True)
    assert FACTS in now.current
    assert FACTS not in sent.current
    assert "clauses/notes.md" in sent.current


def test_the_changes_since_it_was_sent_are_marked_and_listed(root):
    found = compared(Repository(root), root, *ACME, (FROZEN, FILES))
    listed = {each.label: (each.old, each.new) for each in found.facts}
    assert listed["User support, quantity"] == ("34", "36")
    assert listed["Monthly fee"] == ("2,438.00 USD", "2,562.00 USD")
    assert (found.old, found.shown.name, found.is_same) == ("what was sent", "the files as they are now", False)
    assert not any(each.clause.approval for each in found.shown.found.notes if each.clause)
    assert "36" in {each.text for each in found.shown.found.facts}


def test_two_revisions_are_compared_and_an_unknown_one_is_refused(root):
    found = compared(Repository(root), root, *ACME, ("HEAD~1", "HEAD"))
    assert found.is_same
    with pytest.raises(RefusedError) as error:
        compared(Repository(root), root, *ACME, ("HEAD~1", "--help"))
    assert {each.rule for each in error.value.problems} == {"unknown-revision"}


def test_each_clause_says_its_file_and_its_approval(root):
    found = contract_now(Repository(root), *ACME)
    notes = {each.clause.id: each.clause for each in found.found.notes if each.clause}
    assert str(notes["notes"].origin) == "clauses/notes.md:2"
    assert notes["notes"].approved_by == "A Lawyer"
    assert notes["notes"].approval.startswith("approved until ")


def test_a_contract_that_cannot_be_built_is_shown_with_its_problems(tmp_path):
    root = based(tmp_path / "root")
    change(root, "clauses/notes.md\n-Each party keeps notes.\n+Each party keeps notes. TODO\n")
    found = contract_now(Repository(root), *ACME)
    (wrong,) = [each for each in found.found.notes if any(problem.level == "error" for problem in each.problems)]
    assert "TODO" in wrong.problems[0].what
    with pytest.raises(RefusedError) as error:
        contract_frozen(Repository(root), root, *ACME)
    assert {each.rule for each in error.value.problems} == {"not-sent"}
