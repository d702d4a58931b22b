"""A file named on the command line is written whole or not at all."""

import os

import pytest

from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.store import output
from contract_assembly.repository.store.output import write_named


def test_it_is_written_whole_and_nothing_else_is_left(tmp_path):
    write_named(tmp_path / "a.html", b"one")
    write_named(tmp_path / "a.html", b"two")
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"a.html": b"two"}


def test_the_former_file_stays_when_the_disk_refuses(tmp_path, monkeypatch):
    (tmp_path / "a.html").write_bytes(b"former")

    def full(path, content):
        path.write_bytes(content[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output, "write", full)
    with pytest.raises(RefusedError, match="No space left on device; nothing was written there"):
        write_named(tmp_path / "a.html", b"new")
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"a.html": b"former"}


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real").write_bytes(b"")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_named(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_folder_that_is_not_there_is_a_problem(tmp_path):
    with pytest.raises(RefusedError, match="could not write"):
        write_named(tmp_path / "none/a.html", b"new")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")  # noqa: PTH110
def test_a_full_device_is_a_problem():
    from pathlib import Path

    with pytest.raises(RefusedError, match="No space left"):
        write_named(Path("/dev/full"), b"new")
