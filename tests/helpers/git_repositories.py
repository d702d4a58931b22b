"""Real git repositories for tests, in a folder of the test, with fixed names and dates, independent of the local git
configuration."""

import os
import subprocess
from pathlib import Path

import pytest

_WHO = {
    "GIT_AUTHOR_NAME": "Test",
    "GIT_AUTHOR_EMAIL": "test@example.invalid",
    "GIT_COMMITTER_NAME": "Test",
    "GIT_COMMITTER_EMAIL": "test@example.invalid",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def git(folder: Path, *words: str, day: str = "2026-09-01") -> str:
    """Run git in a folder, as of a day; return its output."""
    when = f"{day}T12:00:00+00:00"
    around = {**os.environ, **_WHO, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    return subprocess.run(
        ["git", "-c", "protocol.file.allow=always", *words],
        cwd=folder,
        env=around,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


def begun(folder: Path) -> Path:
    """A repository with everything in the folder committed as "Begin"."""
    git(folder, "init", "-q", "-b", "main")
    committed(folder, "Begin")
    return folder


def committed(folder: Path, message: str, day: str = "2026-09-01") -> str:
    """Commit everything in the folder; return the id of the commit."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message, day=day)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A root inside a larger repository, with two files, committed."""
    (tmp_path / "firm/a").mkdir(parents=True)
    (tmp_path / "firm/a/one.txt").write_text("first\n")
    (tmp_path / "firm/two.bin").write_bytes(b"\0\1\r\n")
    (tmp_path / "outside.txt").write_text("not ours\n")
    begun(tmp_path)
    return tmp_path / "firm"
