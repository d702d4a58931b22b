"""The portfolio of a firm in a browser: opened by a server that has just started, opened again, and told of a change on disk.
`python -m bench.pages [N]` shows seconds for a firm of 10,000 clients."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from bench.clock import Group, Job, Spent, compared, process
from bench.cold import HERE
from bench.firm import firm

ON = "2026-11-30"
COUNT = 200  # clients in `make bench`; the figures of fewer than 100 are not kept
TIMES = 10  # the portfolio is asked for in a row: the clock of a process has steps of 10 ms
WALK, OPENED, AGAIN, TOLD = (
    "the names, sizes and times of all files, in a process",
    "the portfolio, opened by a server that has just started",
    "the portfolio, opened again",
    "a change on disk, until an open page hears of it (wall time)",
)
# What a process must do at least to know that nothing has changed.
_WALK = "import os, sys; [os.stat(f'{at}/{each}') for at, _, found in os.walk(sys.argv[1]) for each in found]"


class Running(Struct):
    """A server in a process of its own, and the cookie of a browser that it let in."""

    started: "subprocess.Popen[str]"
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
        """Ask for the portfolio until every client is in it as it is now, after a second each, as the page itself does."""
        while "data-unfinished" in self.get("/"):
            time.sleep(1)

    @property
    def spent(self) -> float:
        """CPU seconds, user and system, of the process so far."""
        fields = Path(f"/proc/{self.started.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(root: Path) -> Iterator[Running]:
    """The server of a repository, let in once."""
    line = [sys.executable, str(HERE / "build.py"), "--root", str(root), "serve", "--port", "0", "--no-open", "--json"]
    with subprocess.Popen([*line, "--on", ON], stdout=subprocess.PIPE, text=True) as started:
        try:
            said = ""
            while not said.endswith("}\n"):
                said += started.stdout.readline()  # type: ignore[union-attr]
            address = urlsplit(json.loads(said)["address"])
            connection = HTTPConnection("127.0.0.1", address.port or 0, timeout=60)
            connection.request("GET", f"/?{address.query}")
            cookie = connection.getresponse().headers["set-cookie"].partition(";")[0]
            yield Running(started, address.port or 0, cookie)
        finally:
            started.terminate()
            started.wait(10)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=10_000, help="number of clients (default: 10000)")
    parser.add_argument("--root", type=Path, help="use this firm, and leave it there")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = arguments.root or Path(scratch) / "firm"
        if not arguments.root:
            firm(arguments.count, root)
        read(root)
        with running(root) as server:
            server.whole()
            for name, job in _jobs(root, server).items():
                spent = job()
                print(f"{name:60} {spent.cpu:8.3f} s CPU {spent.wall:8.3f} s")
            print(f"{TOLD:60} {told(root, server):8.3f} s")


def pages(scratch: Path, rounds: int, count: int = COUNT) -> Iterator[Group]:
    """The portfolio of a small firm, against the least that a process must do; and how soon a change on disk is told, in wall
    time, against the 300 ms that are allowed."""
    root = scratch / "firm"
    firm(count, root)
    read(root)
    with running(root) as server:
        server.whole()
        yield compared(f"Pages: {count} clients, ratio to {WALK}", _jobs(root, server), WALK, rounds)
        allowed = "300 milliseconds"
        jobs = {allowed: lambda: _on_the_wall(0.3), TOLD: lambda: _on_the_wall(told(root, server))}
        yield compared("Pages: a change on disk", jobs, allowed, rounds, {TOLD: 1})


def read(root: Path) -> None:
    """Have a server work out all figures, and keep them for the next."""
    with running(root) as server:
        server.whole()


def _jobs(root: Path, server: Running) -> dict[str, Job]:
    return {
        WALK: lambda: process([sys.executable, "-c", _WALK, str(root / "agreements")]),
        OPENED: lambda: _opened(root),
        AGAIN: lambda: _again(server),
    }


def _opened(root: Path) -> Spent:
    start = time.monotonic()
    with running(root) as server:
        server.whole()
        return Spent(server.spent, time.monotonic() - start)


def _again(server: Running) -> Spent:
    before, start = server.spent, time.monotonic()
    for _ in range(TIMES):
        server.get("/")
    return Spent((server.spent - before) / TIMES, (time.monotonic() - start) / TIMES)


def _on_the_wall(seconds: float) -> Spent:
    """A time to wait, compared as if it were CPU time."""
    return Spent(seconds, seconds)


def told(root: Path, server: Running) -> float:
    """Seconds from the writing of a file to the event at a page that listens."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", "/live", headers={"cookie": server.cookie})
    stream = connection.getresponse()
    facts = min((root / "agreements").glob("*/client.yaml"))
    facts.write_text(facts.read_text("utf-8") + "\n", "utf-8")
    start = time.monotonic()
    while not stream.readline().startswith(b"event: changed"):
        pass
    took = time.monotonic() - start
    connection.close()
    return took


if __name__ == "__main__":
    main()
