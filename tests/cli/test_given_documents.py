"""Files named on the command line: only plain files are read, whichever command they are given to."""

import os

import pytest

from tests.helpers.corpus import AGREEMENT, based, run

COMMANDS = {
    "inspect": ("inspect", "FILE"),
    "verify": ("verify", "FILE"),
    "words": ("words", "FILE"),
    "service import": ("service", "import", "acme/2026-support", "FILE", "--mapping", "generic-tickets"),
    "block import": ("block", "import", "acme", "FILE"),
    "signed file": ("status", "acme", "--set", "signed", "--on", "2026-09-21", "--signed-file", "FILE"),
}  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", ["fifo", "/dev/zero", "/proc/self/mem", "folder"])
def test_a_pipe_a_device_or_a_folder_is_refused_in_a_sentence(tmp_path, command, kind):
    root = based(tmp_path / "root")
    path = tmp_path / "given.pdf"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(kind)
    said = run(root, *(str(path) if word == "FILE" else word for word in COMMANDS[command]))
    if command == "words":
        assert (said.code, said.out[:23]) == (0, "[no words of given.pdf:"), said
    else:
        assert said.code in {1, 2}, said
        assert "given.pdf" in said.err
    assert "fault of the program" not in said.err
    assert not (root / AGREEMENT / "contract-signed.pdf").exists()
