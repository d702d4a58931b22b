"""The command git, which runs no program that a repository or the environment names."""

import subprocess

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.repository import git_setup
from contract_assembly.repository.git import opened
from contract_assembly.repository.revision import Revision
from tests.helpers import git_repositories
from tests.helpers.git_repositories import committed

root = git_repositories.root


def test_a_missing_git_is_told_with_its_cure(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RefusedError) as refused:
        opened(tmp_path)
    assert "apt-get install git" in refused.value.problems[0].hint


def test_it_works_inside_a_hook_of_another_repository(root, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert Revision.of(opened(root), "HEAD").read("a/one.txt") == b"first\n"


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
    assert Revision.of(found, "HEAD").read("a/one.txt") == b"first\n"
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
