"""The portfolio of a firm in a browser: opened by a server that has just started, opened again, and told of a change on disk.
`python -m bench.pages [N]` shows seconds for a firm of 10,000 clients."""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from bench.clock import Group, compared
from bench.cold import HERE
from bench.firm import firm

ON = "2026-11-30"
COUNT = 200  # clients in `make bench`
WALK, OPENED, AGAIN, TOLD = (
    "the names, sizes and times of all files, in a process",
    "the portfolio, opened by a server that has just started",
    "the portfolio, opened again",
    "a change on disk, until an open page is told (wall time)",
)
# What a process must do at least to know that nothing has changed.
_WALK = "import os, sys; [os.stat(f'{at}/{each}') for at, _, found in os.walk(sys.argv[1]) for each in found]"


@dataclass
class Running:
    """A server in a process of its own, and the cookie of a browser that it let in."""

    process: "subprocess.Popen[str]"
    port: int
    cookie: str

    def get(self, path: str) -> str:
        """The page at an address."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers={"cookie": self.cookie})
        text = connection.getresponse().read().decode()
        connection.close()
        return text

    def whole(self) -> None:
        """Ask for the portfolio until every client is in it as it is now."""
        while "data-unfinished" in self.get("/"):
            pass

    @property
    def spent(self) -> float:
        """CPU seconds, user and system, of the process so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(root: Path) -> Iterator[Running]:
    """The server of a repository, let in once."""
    line = [sys.executable, str(HERE / "build.py"), "--root", str(root), "serve", "--port", "0", "--no-open", "--json"]
    with subprocess.Popen([*line, "--on", ON], stdout=subprocess.PIPE, text=True) as process:
        try:
            said = ""
            while not said.endswith("}\n"):
                said += process.stdout.readline()  # type: ignore[union-attr]
            address = urlsplit(json.loads(said)["address"])
            connection = HTTPConnection("127.0.0.1", address.port or 0, timeout=60)
            connection.request("GET", f"/?{address.query}")
            cookie = connection.getresponse().headers["set-cookie"].partition(";")[0]
            yield Running(process, address.port or 0, cookie)
        finally:
            process.terminate()
            process.wait(10)
