"""Measure CPU time of processes and of work in this process, alternately, so that a busy machine slows all alike; wall time is
measured beside it."""

import gc
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from msgspec import Struct


class Spent(Struct, frozen=True):
    """What a job took, in seconds: CPU time, user and system, and the time on the wall."""

    cpu: float
    wall: float

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.cpu + other.cpu, self.wall + other.wall)


Job = Callable[[], Spent]


class Row(Struct, frozen=True):
    """One measurement: median seconds of CPU and on the wall, the ratio of CPU time to the base of its table, and the target, the
    highest ratio allowed."""

    what: str
    seconds: float
    wall: float
    ratio: float
    target: float | None = None

    @property
    def met(self) -> bool:
        return self.target is None or self.ratio <= self.target


class Group(Struct, frozen=True):
    """A table of jobs that were run alternately; `base` is the row whose ratio is 1."""

    title: str
    base: str
    rows: tuple[Row, ...]


class FailedError(Exception):
    """A measured process ended with an unexpected exit code."""


def process(command: Sequence[str], *, ends: int = 0) -> Spent:
    """What a process took, with all children that it waited for. Python may cache its bytecode, as it does for users."""
    silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    pid = os.posix_spawnp(command[0], list(command), environment, file_actions=silent)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) != ends:
        raise FailedError(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}, not {ends}")
    return Spent(usage.ru_utime + usage.ru_stime, wall)


def here(work: Callable[[], object]) -> Job:
    """A job that does some work in this process."""

    def timed() -> Spent:
        gc.collect()
        start, cpu = time.perf_counter(), time.process_time()
        work()
        return Spent(time.process_time() - cpu, time.perf_counter() - start)

    return timed


@contextmanager
def collector_off() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def compared(
    title: str, jobs: Mapping[str, Job], base: str, rounds: int, targets: Mapping[str, float] | None = None
) -> Group:
    """Run the jobs alternately, A B C A B C, after one warm-up round. A ratio is the median of each round's ratio, because
    jobs of one round ran under the same conditions. A single round is a trial of the jobs, and needs no warm-up."""
    if rounds > 1:
        _measured(f"{title}: warming up", jobs)
    times = [_measured(f"{title}: round {n} of {rounds}", jobs) for n in range(1, rounds + 1)]
    rows = [
        Row(
            name,
            statistics.median(each[name].cpu for each in times),
            statistics.median(each[name].wall for each in times),
            statistics.median(each[name].cpu / each[base].cpu for each in times),
            (targets or {}).get(name),
        )
        for name in jobs
    ]
    return Group(title, base, tuple(rows))


def _measured(title: str, jobs: Mapping[str, Job]) -> dict[str, Spent]:
    """Each job once, in order. Standard error says which one has just ended; a terminal keeps only the last of these lines."""
    before, after = ("\r\x1b[K", "") if sys.stderr.isatty() else ("", "\n")
    found = {}
    for name, job in jobs.items():
        found[name] = job()
        print(f"{before}{title}: {name}, {found[name].cpu:.3f} s", end=after, file=sys.stderr, flush=True)
    print(before, end="", file=sys.stderr, flush=True)
    return found
