"""Invoices of a year and revenue of a whole firm. `python -m bench.money [N]` shows CPU time and memory of each command."""

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bench.clock import FailedError, Group, compared, process
from bench.cold import HERE
from bench.firm import firm

COUNT = 100  # clients in `make bench`; a firm of 10,000 takes minutes to write
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "invoices of a year": ("invoices", "--from", "2026-01-01", "--to", "2026-12-31"),
    "revenue": ("revenue", "--on", "2026-11-23"),
}
BASE = "revenue of one client"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.money", description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=10_000, help="number of clients (default: 10000)")
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "firm"
        firm(count, root)
        for name, words in COMMANDS.items():
            seconds, memory = spent(_command(root, *words))
            print(f"{name:24} {count:6} clients {seconds:8.1f} s CPU {memory:6.0f} MB")


def spent(command: tuple[str, ...]) -> tuple[float, float]:
    """CPU seconds, user and system, and peak memory in megabytes of a process. Raises FailedError if it does not succeed."""
    silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]
    pid = os.posix_spawnp(command[0], list(command), os.environ, file_actions=silent)
    _, status, usage = os.wait4(pid, 0)
    if code := os.waitstatus_to_exitcode(status):
        raise FailedError(f"{' '.join(command)} ended with {code}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def money(scratch: Path, rounds: int, count: int = COUNT) -> Group:
    """Both commands over a small firm, each as a process of its own."""
    root = scratch / "firm"
    firm(count, root)
    client = min(each.name for each in (root / "agreements").iterdir())
    commands = {BASE: _command(root, *COMMANDS["revenue"], "--client", client)}
    commands |= {f"{name}, {count} clients": _command(root, *words) for name, words in COMMANDS.items()}
    jobs = {name: lambda words=words: process(words) for name, words in commands.items()}  # type: ignore[misc]
    return compared(f"Money: ratio to {BASE}", jobs, BASE, rounds)


def _command(root: Path, *words: str) -> tuple[str, ...]:
    return (sys.executable, str(HERE / "build.py"), "--root", str(root), *words)


if __name__ == "__main__":
    main()
