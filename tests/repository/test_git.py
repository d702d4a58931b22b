"""States of git's history as sources of files, on real repositories."""

import shutil
import subprocess

import pytest

from contract_assembly.build.pipeline import draft
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository import git_setup
from contract_assembly.repository.git import Revision, opened
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


# ---- a repository of somebody else


HOSTILE = """
[core]
    fsmonitor = {trap}
    hooksPath = {hooks}
    pager = {trap}
    sshCommand = {trap}
    editor = {trap}
    askPass = {trap}
    alternateRefsCommand = {trap}
[diff]
    external = {trap}
[diff "evil"]
    command = {trap}
    textconv = {trap}
[filter "evil"]
    clean = {trap}
    smudge = {trap}
    process = {trap}
    required = true
[filter "odd=name.x"]
    clean = {trap}
[merge "evil"]
    driver = {trap}
[gpg]
    program = {trap}
[log]
    showSignature = true
[credential]
    helper = {trap}
[pager]
    log = {trap}
    diff = {trap}
[alias]
    log = "!{trap}"
[remote "origin"]
    url = ext::{trap}
    promisor = true
    partialCloneFilter = blob:none
[protocol]
    allow = always
"""


@pytest.fixture
def hostile(root, tmp_path):
    """A repository whose own settings name a program that leaves a file when it runs; and that file."""
    trap, sprung = tmp_path / "trap", tmp_path / "sprung"
    trap.write_text(f'#!/bin/sh\necho "$0 $@" >> {sprung}\ncat\n')
    trap.chmod(0o755)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc"):
        (hooks / name).symlink_to(trap)
    (root / ".gitattributes").write_text("*.txt filter=evil diff=evil merge=evil\n*.bin filter=odd=name.x diff=evil\n")
    committed(root, "Attributes")
    with (root.parent / ".git/config").open("a") as config:
        config.write(HOSTILE.format(trap=trap, hooks=hooks))
    (root / "a/one.txt").write_text("changed\n")
    (root / "two.bin").write_bytes(b"changed")
    (root / "new.txt").write_text("new\n")
    return root, sprung


def test_the_trap_of_these_tests_springs_for_plain_git(hostile):
    root, sprung = hostile
    subprocess.run(["git", "status"], cwd=root, capture_output=True, check=False)
    assert sprung.exists()


def test_no_program_that_a_repository_s_settings_name_is_run(hostile):
    root, sprung = hostile
    found = opened(root)
    assert found.changed("HEAD") == ("a/one.txt", "new.txt", "two.bin")
    assert found.revision("HEAD").read("a/one.txt") == b"first\n"
    assert [each.subject for each in found.history()] == ["Attributes", "Begin"]
    assert not found.is_shallow
    git_setup.forget(found)
    list(git_setup.unheeded(found, "a"))
    with pytest.raises(RefusedError):
        found.commit("nothing-of-this-name")
    assert not sprung.exists(), sprung.read_text()


def test_variables_that_name_programs_or_another_repository_are_dropped(root, tmp_path, monkeypatch):
    trace = tmp_path / "trace"
    for name in (
        "GIT_TRACE",
        "GIT_EXTERNAL_DIFF",
        "GIT_DIR",
        "GIT_INDEX_FILE",
        "GIT_SSH_COMMAND",
        "GIT_CONFIG_PARAMETERS",
    ):
        monkeypatch.setenv(name, str(trace))
    (root / "a/one.txt").write_text("changed\n")
    assert opened(root).changed("HEAD") == ("a/one.txt",)
    assert not trace.exists()


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


def test_a_state_can_be_read_within_some_folders_alone(root):
    git_ = opened(root)
    state = Revision(git_, git_.commit("HEAD"), ("a", "none"))
    assert state.below("") == ("a/one.txt",)
    assert state.read("a/one.txt") == b"first\n"
    assert not state.has("two.bin")
