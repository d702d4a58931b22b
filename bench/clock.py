"""Measure CPU time of processes and of work in this process, alternately, so that a busy machine slows all alike."""

import gc
import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

Job = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: median CPU seconds, the ratio to the base of its table, and the target, the highest ratio allowed."""

    what: str
    seconds: float
    ratio: float
    target: float | None = None

    @property
    def met(self) -> bool:
        return self.target is None or self.ratio <= self.target


@dataclass(frozen=True, slots=True)
class Group:
    """A table of jobs that were run alternately; `base` is the row whose ratio is 1."""

    title: str
    base: str
    rows: tuple[Row, ...]


class FailedError(Exception):
    """A measured process ended with an unexpected exit code."""


def process(command: Sequence[str], *, ends: int = 0) -> float:
    """CPU seconds, user and system, of a process and of all children it waited for. Python may cache its bytecode, as it does
    for users."""
    silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    pid = os.posix_spawnp(command[0], list(command), environment, file_actions=silent)
    _, status, usage = os.wait4(pid, 0)
    if os.waitstatus_to_exitcode(status) != ends:
        raise FailedError(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}, not {ends}")
    return usage.ru_utime + usage.ru_stime


def here(work: Callable[[], object]) -> Job:
    """A job that does some work in this process."""

    def timed() -> float:
        gc.collect()
        start = time.process_time()
        work()
        return time.process_time() - start

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
    for job in jobs.values() if rounds > 1 else ():
        job()
    times = [{name: job() for name, job in jobs.items()} for _ in range(rounds)]
    rows = [
        Row(
            name,
            statistics.median(each[name] for each in times),
            statistics.median(each[name] / each[base] for each in times),
            (targets or {}).get(name),
        )
        for name in jobs
    ]
    return Group(title, base, tuple(rows))
