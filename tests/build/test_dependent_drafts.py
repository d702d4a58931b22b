"""Drafts that use a file which a command changes."""

import pytest

from contract_assembly.build.dependent_drafts import with_drafts
from contract_assembly.repository.inputs import Repository
from tests.helpers.corpus import AGREEMENT, based, run

FACTS = f"{AGREEMENT}/agreement.yaml"


@pytest.fixture
def root(tmp_path):
    root = based(tmp_path / "root")
    assert run(root, "--client", "acme", "--format", "md").code == 0
    return root


def changed(root, old, new):
    text = (root / FACTS).read_text()
    assert old in text
    return {"agreement.yaml": text.replace(old, new).encode()}


def test_a_draft_that_uses_a_changed_file_is_built_again_with_it(root):
    files, notes = with_drafts(
        Repository(root), "acme", "2026-support", changed(root, "users: 34", "users: 36"), but=""
    )
    assert notes == ()
    assert b"| User support | 36 |" in files["contract.md"]


def test_a_file_that_no_draft_uses_changes_none(root):
    files, notes = with_drafts(Repository(root), "acme", "2026-support", {"notes.txt": b"x"}, but="")
    assert (files, notes) == ({"notes.txt": b"x"}, ())


def test_the_document_of_the_command_itself_is_left_to_it(root):
    given = changed(root, "version: 1", "version: 2")
    assert with_drafts(Repository(root), "acme", "2026-support", given, but="contract") == (given, ())


def test_a_draft_that_cannot_be_built_stays_as_it_was_and_is_named(root):
    given = changed(root, "version: 1", "version: first")
    files, notes = with_drafts(Repository(root), "acme", "2026-support", given, but="")
    assert files == given
    assert notes[0].startswith("contract stays as it was, because it cannot be built: ")
