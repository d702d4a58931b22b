"""The lock of a repository: one writer at a time, and nothing in its way is lost."""

import os

import pytest

from contract_assembly.core.problems import HeldError, RefusedError
from contract_assembly.repository.store.lock import acquire, is_held


def held(root, patience=0.0):
    cured = []
    return acquire(root, cured, patience), cured


def test_a_repository_is_held_while_its_lock_is(tmp_path):
    assert not is_held(tmp_path)
    lock, cured = held(tmp_path)
    assert is_held(tmp_path)
    assert cured == []
    lock.release()
    assert not is_held(tmp_path)


def test_whoever_comes_second_is_refused_after_its_patience(tmp_path):
    lock, _ = held(tmp_path)
    with pytest.raises(HeldError, match="another command is writing in"):
        held(tmp_path, 0.05)
    lock.release()
    held(tmp_path)[0].release()


def test_the_lock_ends_with_the_process(tmp_path):
    child = os.fork()
    if not child:
        held(tmp_path)
        os._exit(0)
    os.waitpid(child, 0)
    assert not is_held(tmp_path)


def test_git_does_not_see_the_folder(tmp_path):
    held(tmp_path)[0].release()
    assert (tmp_path / ".build/.gitignore").read_text() == "*\n"


def test_a_file_in_the_way_is_put_aside_and_named(tmp_path):
    (tmp_path / ".build").write_text("mine")
    lock, (problem,) = held(tmp_path)
    (kept,) = (tmp_path / ".build/damaged").iterdir()
    assert kept.read_text() == "mine"
    assert ".build" in problem.what
    lock.release()


def test_a_link_in_the_way_of_the_lock_is_put_aside_and_never_followed(tmp_path):
    target = tmp_path / "target"
    target.write_text("mine")
    (tmp_path / ".build").mkdir()
    (tmp_path / ".build/lock").symlink_to(target)
    assert not is_held(tmp_path)
    lock, (problem,) = held(tmp_path)
    assert target.read_text() == "mine"
    assert "lock" in problem.what
    lock.release()


def test_a_folder_that_is_a_link_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "root").mkdir()
    (tmp_path / "root/.build").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RefusedError):
        held(tmp_path / "root")
    assert not list((tmp_path / "elsewhere").iterdir())
