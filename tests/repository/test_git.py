"""States of git's history as sources of files, on real repositories."""

import shutil

import pytest

from contract_assembly.build.pipeline import draft
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.git import opened
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Folder
from tests.helpers.corpus import REPOSITORY
from tests.helpers.git_repositories import begun, committed, git


@pytest.fixture
def root(tmp_path):
    (tmp_path / "firm/a").mkdir(parents=True)
    (tmp_path / "firm/a/one.txt").write_text("first\n")
    (tmp_path / "firm/two.bin").write_bytes(b"\0\1\r\n")
    (tmp_path / "outside.txt").write_text("not ours\n")
    begun(tmp_path)
    return tmp_path / "firm"


def rule_and_hint(refused):
    return refused.value.problems[0].rule, refused.value.problems[0].hint


def test_a_state_has_the_files_of_its_commit_whatever_the_folder_holds_now(root):
    old = opened(root).revision("HEAD")
    (root / "a/one.txt").write_text("second\n")
    committed(root, "Second")
    (root / "a/one.txt").write_text("third\n")
    assert old.read("a/one.txt") == b"first\n"
    assert opened(root).revision("main").read("a/one.txt") == b"second\n"
    assert old.read("two.bin") == b"\0\1\r\n"


def test_a_state_lists_what_a_folder_lists(root):
    state, folder = opened(root).revision("HEAD"), Folder(root)
    assert state.below("") == folder.below("") == ("a/one.txt", "two.bin")
    assert state.names("") == folder.names("") == ("a", "two.bin")
    assert state.names("a") == folder.names("a") == ("one.txt",)
    assert state.names("none") == folder.names("none") == ()
    assert state.has("a/one.txt")
    assert not state.has("a")


def test_what_lies_outside_the_root_is_not_in_a_state(root):
    with pytest.raises(RefusedError) as refused:
        opened(root).revision("HEAD").read("../outside.txt")
    assert refused.value.problems[0].rule == "missing-file"


def test_a_link_in_a_state_is_refused(root):
    (root / "link").symlink_to("../outside.txt")
    committed(root, "Link")
    with pytest.raises(RefusedError) as refused:
        opened(root).revision("HEAD").read("link")
    assert refused.value.problems[0].rule == "outside-root"


def test_an_unknown_revision_names_those_that_are_near(root):
    git(root, "branch", "renewals")
    with pytest.raises(RefusedError) as refused:
        opened(root).revision("renewal")
    assert rule_and_hint(refused) == ("unknown-revision", "did you mean renewals?")


def test_a_revision_that_looks_like_an_option_is_only_unknown(root):
    with pytest.raises(RefusedError) as refused:
        opened(root).revision("--all")
    assert refused.value.problems[0].rule == "unknown-revision"


def test_a_shallow_clone_says_how_to_get_the_rest(root, tmp_path):
    first = git(root, "rev-parse", "HEAD")
    committed(root, "Second")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tmp_path}", str(tmp_path / "shallow"))
    with pytest.raises(RefusedError) as refused:
        opened(tmp_path / "shallow/firm").revision(first)
    assert "git fetch --unshallow" in refused.value.problems[0].hint


def test_a_folder_without_history_is_told_in_a_sentence(tmp_path):
    with pytest.raises(RefusedError) as refused:
        opened(tmp_path)
    assert refused.value.problems[0].rule == "no-git"


def test_a_missing_git_is_told_with_its_cure(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RefusedError) as refused:
        opened(tmp_path)
    assert "apt-get install git" in refused.value.problems[0].hint


def test_history_gives_the_commits_of_a_path_newest_first(root):
    (root / "a/one.txt").write_text("second\n")
    committed(root, "Change one", day="2026-10-02")
    (root / "two.bin").write_bytes(b"2")
    committed(root, "Change two", day="2026-10-03")
    assert [(each.day, each.subject) for each in opened(root).history("a")] == [
        ("2026-10-02", "Change one"),
        ("2026-09-01", "Begin"),
    ]


def test_changed_files_are_those_of_the_root_with_what_is_new(root):
    (root / "a/one.txt").write_text("second\n")
    (root / "a/new ä.txt").write_text("new\n")
    (root.parent / "outside.txt").write_text("other\n")
    assert opened(root).changed("HEAD") == ("a/new ä.txt", "a/one.txt")
    committed(root, "All")
    assert opened(root).changed("HEAD~1", "HEAD") == ("a/new ä.txt", "a/one.txt")


def test_it_works_inside_a_hook_of_another_repository(root, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert opened(root).revision("HEAD").read("a/one.txt") == b"first\n"


def test_a_partial_clone_that_lacks_a_file_is_a_sentence(root, tmp_path):
    state = opened(root).revision("HEAD")
    blob = state.blob("a/one.txt")
    (tmp_path / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(RefusedError) as refused:
        state.read("a/one.txt")
    assert refused.value.problems[0].rule == "git"


def test_an_agreement_reads_the_same_from_history_as_from_its_folder(tmp_path):
    for folder in ("agreements", "clauses", "provider", "templates"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    begun(tmp_path)
    committed_state = Repository(opened(tmp_path).revision("HEAD"))
    assert draft(committed_state, "acme", "2026-support") == draft(Repository(tmp_path), "acme", "2026-support")
