"""The files of a commit as a source, on real repositories."""

import shutil

import pytest

from contract_assembly.build.pipeline import draft
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.git import opened
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.revision import LastCommit, Revision
from contract_assembly.repository.source import Folder
from tests.helpers import git_repositories
from tests.helpers.corpus import REPOSITORY
from tests.helpers.git_repositories import begun, committed, git

root = git_repositories.root


def test_a_state_has_the_files_of_its_commit_whatever_the_folder_holds_now(root):
    old = Revision.of(opened(root), "HEAD")
    (root / "a/one.txt").write_text("second\n")
    committed(root, "Second")
    (root / "a/one.txt").write_text("third\n")
    assert old.read("a/one.txt") == b"first\n"
    assert Revision.of(opened(root), "main").read("a/one.txt") == b"second\n"
    assert old.read("two.bin") == b"\0\1\r\n"


def test_a_state_lists_what_a_folder_lists(root):
    state, folder = Revision.of(opened(root), "HEAD"), Folder(root)
    assert state.below("") == folder.below("") == ("a/one.txt", "two.bin")
    assert state.names("") == folder.names("") == ("a", "two.bin")
    assert state.names("a") == folder.names("a") == ("one.txt",)
    assert state.names("none") == folder.names("none") == ()
    assert state.has("a/one.txt")
    assert not state.has("a")


def test_the_last_commit_has_the_bytes_of_a_file_whatever_is_in_the_folder_now(root):
    (root / "a/one.txt").write_text("not committed\n")
    (root / "new.txt").write_text("not committed\n")
    found = LastCommit(root)
    assert (found.read("a/one.txt"), found.read("new.txt"), found.read("a")) == (b"first\n", b"", b"")


def test_where_nothing_is_committed_the_last_commit_has_no_files(tmp_path):
    (tmp_path / "one.txt").write_text("here\n")
    assert LastCommit(tmp_path).read("one.txt") == b""
    git(tmp_path, "init", "-q")
    assert LastCommit(tmp_path).read("one.txt") == b""


def test_what_lies_outside_the_root_is_not_in_a_state(root):
    with pytest.raises(RefusedError) as refused:
        Revision.of(opened(root), "HEAD").read("../outside.txt")
    assert refused.value.problems[0].rule == "missing-file"


def test_a_link_in_a_state_is_refused(root):
    (root / "link").symlink_to("../outside.txt")
    committed(root, "Link")
    with pytest.raises(RefusedError) as refused:
        Revision.of(opened(root), "HEAD").read("link")
    assert refused.value.problems[0].rule == "outside-root"


def test_a_partial_clone_that_lacks_a_file_is_a_sentence(root, tmp_path):
    state = Revision.of(opened(root), "HEAD")
    blob = state.blob("a/one.txt")
    (tmp_path / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(RefusedError) as refused:
        state.read("a/one.txt")
    assert refused.value.problems[0].rule == "git"


def test_an_agreement_reads_the_same_from_history_as_from_its_folder(tmp_path):
    for folder in ("agreements", "clauses", "provider", "templates"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    begun(tmp_path)
    committed_state = Repository(Revision.of(opened(tmp_path), "HEAD"))
    assert draft(committed_state, "acme", "2026-support") == draft(Repository(tmp_path), "acme", "2026-support")


def test_a_state_can_be_read_within_some_folders_alone(root):
    git_ = opened(root)
    state = Revision(git_, git_.commit("HEAD"), ("a", "none"))
    assert state.below("") == ("a/one.txt",)
    assert state.read("a/one.txt") == b"first\n"
    assert not state.has("two.bin")
