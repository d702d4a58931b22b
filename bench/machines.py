"""Builds on the workers of a dask scheduler: two worker processes against one, in wall time. `python -m bench.machines [N]`.

Wall time is meaningful only on a quiet machine with a core for each worker."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.firm import HERE, firm
from contract_assembly.build.builder import build
from contract_assembly.build.one_agreement import BuildOrder
from contract_assembly.repository.cluster import ROOT, Cluster
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.selection import selected

PATIENCE = 60  # seconds for a process to be ready


class Machines:
    """A scheduler and its workers on this machine, as processes; `copy` is the repository that the workers read."""

    def __init__(self, folder: Path, copy: Path) -> None:
        self.folder, self.copy, self.file = folder, copy, folder / "scheduler.json"
        self.workers: list[subprocess.Popen[bytes]] = []
        self.file.unlink(missing_ok=True)
        self.scheduler = self._started(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(self.file)
        )
        until(lambda: self.file.exists() and self.file.read_text())  # it is written a moment after it is made

    @property
    def address(self) -> str:
        return str(json.loads(self.file.read_text())["address"])

    def _started(self, what: str, *arguments: str, **environment: str) -> "subprocess.Popen[bytes]":
        own = {"PYTHONPATH": str(HERE), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{what}", *arguments],
            env={**os.environ, **own, **environment},
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def more(self, count: int, copy: Path | None = None) -> None:
        """Start so many more workers."""
        plain = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self.folder))
        self.workers += [
            self._started("worker", self.address, *plain, **{ROOT: str(copy or self.copy)}) for _ in range(count)
        ]

    def ready(self, count: int) -> "Machines":
        """Wait until the scheduler has just so many workers."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=PATIENCE)
            until(lambda: len(client.nthreads()) == count)
        return self

    def stop(self, *processes: "subprocess.Popen[bytes]") -> None:
        """Kill these processes, or all."""
        for each in processes or (*self.workers, self.scheduler):
            each.kill()
            each.wait()
        self.workers = [each for each in self.workers if each not in processes]


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.machines", description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=40, help="number of clients (default: 40)")
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as scratch:
        print("\n".join(f"{name:60} {value:10.3f}" for name, value in measured(Path(scratch), count).items()))


def measured(scratch: Path, count: int, formats: tuple[str, ...] = ("md", "docx", "pdf")) -> dict[str, float]:
    """Results by name: wall seconds with one worker and with two, their ratio, and the seconds of CPU that this process spent on
    each agreement (it reads the results and lands the files)."""
    one, own = _spent(scratch / "one", count, 1, formats)
    two, _ = _spent(scratch / "two", count, 2, formats)
    return {
        "wall seconds, one worker": one,
        "wall seconds, two workers": two,
        "one worker against two (target: at least 1.7)": one / two,
        "CPU seconds of the command for each agreement": own / count,
    }


def _spent(scratch: Path, count: int, workers: int, formats: tuple[str, ...]) -> tuple[float, float]:
    root, copy = scratch / "root", scratch / "copy"
    scratch.mkdir()
    firm(count, root, status="draft")
    shutil.copytree(root, copy)
    pairs, _ = selected(Repository(root))
    machines = Machines(scratch, copy)
    try:
        machines.more(workers)
        machines.ready(workers)
        cluster = Cluster(root, machines.address)
        order = BuildOrder(formats=formats)
        build(
            root, pairs[: 2 * workers], order, lambda _: None, cluster, dry_run=True
        )  # what is loaded once is not counted
        wall, cpu = time.monotonic(), time.process_time()
        build(root, pairs, order, lambda _: None, cluster)
        return time.monotonic() - wall, time.process_time() - cpu
    finally:
        machines.stop()


if __name__ == "__main__":
    main()
