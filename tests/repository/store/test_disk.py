"""Disk operations of the store."""

import errno

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.store.disk import (
    CURES,
    content,
    digest,
    disk_errors_as_problems,
    inside,
    keep,
    put_aside,
    read_json,
    sha256,
    write,
    write_json,
)
from tests.helpers.refusals import refused


@pytest.mark.parametrize("path", ["../x", "a/../../x", ".git/config", "a/.hidden", "/etc/passwd", "a\0b", "a\ud800"])
def test_a_path_that_is_hidden_or_leaves_the_root_is_refused(tmp_path, path):
    ((rule, _),) = refused(lambda: inside(tmp_path.resolve(), path))
    assert rule == "outside-root"


def test_a_path_through_a_link_is_refused(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert inside(tmp_path.resolve(), "real", "x") == tmp_path.resolve() / "real/x"
    assert refused(lambda: inside(tmp_path.resolve(), "link", "x")) == [("outside-root", "link/x:1")]


@pytest.mark.parametrize("number", CURES)
def test_each_error_of_the_disk_has_its_cure(number):
    with pytest.raises(RefusedError) as caught, disk_errors_as_problems("a.md", "nothing was built"):
        raise OSError(number, "why")
    (problem,) = caught.value.problems
    assert (problem.rule, problem.what) == ("not-written", "could not write a.md: why; nothing was built")
    assert problem.hint == CURES[number]


def test_an_error_without_a_cure_of_its_own_still_has_a_hint():
    assert refused(lambda: _failing(errno.EIO)) == [("not-written", "a.md:1")]


def _failing(number):
    with disk_errors_as_problems("a.md", "nothing was built"):
        raise OSError(number, "why")


def test_a_file_that_exists_is_never_written_over(tmp_path):
    write(tmp_path / "a", b"first")
    with pytest.raises(FileExistsError):
        write(tmp_path / "a", b"second")
    assert (content(tmp_path / "a"), digest(tmp_path / "a")) == (b"first", sha256(b"first"))
    assert (content(tmp_path / "b"), digest(tmp_path / "b")) == (None, None)


def test_json_is_written_whole_and_replaced(tmp_path):
    path = tmp_path / "notes.json"
    for data in ({"a": 1}, {"b": [2]}):
        write_json(path, data)
        assert read_json(path) == data
    assert [each.name for each in tmp_path.iterdir()] == ["notes.json"]


def test_json_that_is_nested_too_deep_is_not_json(tmp_path):
    (tmp_path / "deep.json").write_bytes(b"[" * 100_000)
    with pytest.raises(ValueError, match="too deep"):
        read_json(tmp_path / "deep.json")


def test_damaged_parts_are_moved_out_of_the_way_one_after_the_other(tmp_path):
    own = tmp_path / ".build"
    own.mkdir()
    for number in (1, 2):
        (own / "lock").write_text("damaged")
        problem = put_aside(tmp_path, own / "lock")
        assert (problem.level, problem.rule) == ("warning", "damaged-cache")
        assert (own / f"damaged/lock-{number}").read_text() == "damaged"


def test_bytes_are_kept_under_a_second_name(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    keep(tmp_path / "a", tmp_path / "b")
    (tmp_path / "a").unlink()
    assert (tmp_path / "b").read_bytes() == b"x"
