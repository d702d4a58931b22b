"""The program without what only Unix has. A real Windows is not at hand: modules and calls that it lacks are taken away."""

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from contract_assembly.cli.build import speak_utf8
from contract_assembly.repository.models import is_name
from tests.helpers.corpus import REPOSITORY, linked

# What Python on Windows lacks, of all that the program, or a library that it uses, may touch.
_TAKEN_AWAY = """
import multiprocessing, os, sys
import filelock  # has a lock of its own for Windows
for name in ("fcntl", "grp", "pwd", "resource", "termios"):
    sys.modules[name] = None
for name in ("fchmod", "fork", "forkpty", "getuid", "geteuid", "O_DIRECTORY", "O_NOCTTY"):
    delattr(os, name)
multiprocessing.get_all_start_methods = lambda: ["spawn"]
from contract_assembly.cli import run
if __name__ == "__main__":
    run()
"""
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def windows(tmp_path_factory):
    """A small repository, and a function that runs a command in it as on Windows."""
    home = tmp_path_factory.mktemp("windows")
    root = home / "root with blanks"
    for folder in ("clauses", "templates", "provider", "agreements/acme"):
        shutil.copytree(REPOSITORY / folder, root / folder, copy_function=linked)
    (home / "windows.py").write_text(_TAKEN_AWAY)

    def run(*words):
        environ = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": "cp1252"}
        line = [sys.executable, str(home / "windows.py"), "--root", str(root), *words]
        return subprocess.run(line, capture_output=True, env=environ, check=False)

    return root, run


COMMANDS = [
    ("new", "oakridge", "--kind", "support", "--first-day", "2027-01-01", "--place", "US-NY"),
    ("new", "elmwood", "--kind", "time-block", "--first-day", "2027-01-01", "--place", "US-NY"),
    ("--client", "oakridge", "--client", "elmwood", "--format", "md", "--format", "docx", "--jobs", "2"),
    ("check", "--client", "oakridge", "--client", "elmwood"),
    ("status", "acme", "--set", "signed", "--on", "2026-11-24"),
    ("due", "--on", "2026-11-24", "--by", "2027-12-31", "--jobs", "2"),
    ("renew", "--on", "2026-11-24", "--by", "2026-12-31"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_works_without_what_only_unix_has(windows, words):
    _, run = windows
    done = run(*words)
    assert done.returncode == 0, done.stderr.decode("utf-8")


def test_unix_would_build_the_same(windows):
    root, _ = windows
    line = [
        sys.executable,
        str(REPOSITORY / "build.py"),
        "--root",
        str(root),
        "check",
        "--thorough",
        "--client",
        "elmwood",
    ]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.stdout == "1 agreement checked: all is as recorded\n", done.stderr


def test_output_is_utf8_whatever_the_code_page():
    stream = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    speak_utf8(stream)
    stream.write("Zoë → €")
    stream.flush()
    assert stream.buffer.getvalue() == "Zoë → €".encode()


@pytest.mark.parametrize("name", ["con", "prn", "aux", "nul", "com1", "lpt9"])
def test_no_client_has_a_name_that_windows_keeps_for_a_device(name):
    assert not is_name(name)


def test_no_file_of_the_library_has_a_name_that_windows_refuses():
    kept = set('<>:"\\|?*')
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout
    names = [part for path in listed.split("\0") for part in Path(path).parts]
    assert names
    assert not [
        name
        for name in names
        if kept & set(name) or name.endswith((".", " ")) or name.split(".")[0].lower() in {"con", "aux", "nul"}
    ]
    assert len(listed.split("\0")) == len(set(listed.lower().split("\0"))), "two names differ by capitals only"
