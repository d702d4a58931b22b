"""The command `serve`, up to the moment at which it listens; tests/web has what it answers."""

import http.client
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.corpus import REPOSITORY, based, run

EVERYWHERE = "0.0.0.0"  # noqa: S104  # an address to ask for, not to listen at


@pytest.mark.parametrize("arguments", [("--host", EVERYWHERE), ("--host", EVERYWHERE, "--token", "short")])
def test_other_machines_are_let_in_with_a_token_of_some_length_only(tmp_path, arguments):
    said = run(based(tmp_path / "root"), "serve", *arguments)
    assert said.code == 2
    assert "--token" in said.err


def answered(port):
    """Wait until the server answers; it listens from the start."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/")
    assert connection.getresponse().read()
    connection.close()


@pytest.mark.slow
def test_it_prints_the_address_with_its_token_and_ends_with_an_interrupt(tmp_path):
    root = based(tmp_path / "root")
    before = sorted(root.rglob("*"))
    line = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(root), "serve", "--port", "0", "--no-open"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        first = process.stdout.readline()
        rest = process.stdout.readline()
        answered(int(first.partition("127.0.0.1:")[2].partition("/")[0]))
        process.send_signal(signal.SIGINT)
        more, wrong = process.stdout.read(), process.stderr.read()
    assert first.startswith(f"Serving {root} at http://127.0.0.1:")
    assert len(first.strip().partition("token=")[2]) >= 32
    assert (rest, more, wrong.strip()) == ("End it with Ctrl-C.\n", "", "")
    assert process.returncode in {0, 130}
    assert sorted(root.rglob("*")) == before
    assert Path(root).is_dir()
