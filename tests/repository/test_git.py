"""Git's history: commits, what changed between them, and new commits, on real repositories."""

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.git import opened
from contract_assembly.repository.revision import Revision
from tests.helpers import git_repositories
from tests.helpers.git_repositories import committed, git

root = git_repositories.root


def rule_and_hint(refused):
    return refused.value.problems[0].rule, refused.value.problems[0].hint


def test_an_unknown_revision_names_those_that_are_near(root):
    git(root, "branch", "renewals")
    with pytest.raises(RefusedError) as refused:
        Revision.of(opened(root), "renewal")
    assert rule_and_hint(refused) == ("unknown-revision", "did you mean renewals?")


def test_a_revision_that_looks_like_an_option_is_only_unknown(root):
    with pytest.raises(RefusedError) as refused:
        Revision.of(opened(root), "--all")
    assert refused.value.problems[0].rule == "unknown-revision"


def test_a_shallow_clone_says_how_to_get_the_rest(root, tmp_path):
    first = git(root, "rev-parse", "HEAD")
    committed(root, "Second")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tmp_path}", str(tmp_path / "shallow"))
    with pytest.raises(RefusedError) as refused:
        Revision.of(opened(tmp_path / "shallow/firm"), first)
    assert "git fetch --unshallow" in refused.value.problems[0].hint


def test_a_folder_without_history_is_told_in_a_sentence(tmp_path):
    with pytest.raises(RefusedError) as refused:
        opened(tmp_path)
    assert refused.value.problems[0].rule == "no-git"


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


# ---- a repository of somebody else


def test_a_commit_names_its_author_and_the_one_before_it_whatever_is_in_its_subject(root):
    first = git(root, "rev-parse", "HEAD")
    (root / "a/one.txt").write_text("second\n")
    git(root, "commit", "-qam", "Odd\u2028subject\x0bhere", "--author", "Ann\u2028Lee <ann@x.example>")
    newest, oldest = opened(root).history()
    assert (newest.subject, newest.author, newest.before) == ("Odd\u2028subject\x0bhere", "Ann\u2028Lee", first)
    assert (oldest.author, oldest.before) == ("Test", "")


def test_history_can_be_read_in_parts(root):
    for text in ("second", "third"):
        (root / "a/one.txt").write_text(text)
        committed(root, text)
    git_ = opened(root)
    assert [each.subject for each in git_.history(most=1)] == ["third"]
    assert [each.subject for each in git_.history(skip=1)] == ["second", "Begin"]
    assert [each.subject for each in git_.history("two.bin", skip=1, most=5)] == []
