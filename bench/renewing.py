"""Renewals of a whole firm: planned, then carried out in one process and in parallel. `python -m bench.renewing [N] [--jobs
J]`.

Work in this process is reported in CPU seconds, which a busy machine changes little. Two renewals in review text come first, so
that clauses and templates are read; what loads the writers, and lays out the first contract of each law and plan, is
counted in the mean, and reported alone, too. That process is kept on one core, because typst lays out in as many threads as there
are cores. Efficiency is wall time divided by cores x the rate of that process, and is meaningful only on a quiet machine."""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct

from bench.firm import firm
from contract_assembly.actions.renew.batch import Done, applied, planned
from contract_assembly.core.values import DateRange
from contract_assembly.document.engines import ENGINES
from contract_assembly.renewals.plan import RenewalPlan
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.selection import selected

DAYS = DateRange(date(2026, 3, 2), date(2026, 3, 2) + timedelta(days=365))
FORMATS = ("md", "docx", "pdf")


class Spent(Struct, frozen=True):
    """What some work took, in seconds: on the wall, and of the CPU of this process."""

    wall: float
    cpu: float


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as scratch:
        found = measured(Path(scratch), arguments.count, arguments.jobs, engine=arguments.engine)
    print(
        json.dumps(found, indent=2)
        if arguments.json
        else "\n".join(f"{name:52} {value:10.3f}" for name, value in found.items())
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.renewing", description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=30, help="number of clients (default: 30)")
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, help="number of parallel processes (default: cores)"
    )
    parser.add_argument("--engine", choices=ENGINES, default="weasyprint", help="the engine of the firm")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser.parse_args()


def measured(
    scratch: Path, count: int, jobs: int, formats: Sequence[str] = FORMATS, engine: str = "weasyprint"
) -> dict[str, float]:
    """Results by name."""
    alone, together = scratch / "alone", scratch / "together"
    for root in (alone, together):
        firm(count, root)
        _lay_out_by(root, engine)
    plans: list[RenewalPlan] = []
    planning = _spent(
        lambda: plans.extend(each.plan for each in planned(alone, selected(Repository(alone))[0], DAYS)[0])
    )
    todo = [each for each in plans if each.state == "to do"]
    applied(scratch / "alone", todo[:2], DAYS.first, formats=("md",))  # what is loaded and parsed once is not counted
    left = todo[2:]
    memory: list[int] = []
    first, further, known = list[float](), list[float](), set[tuple[str, str]]()
    ends = list[float]()

    def note(done: Done) -> None:
        ends.append(time.process_time())
        (further if done.plan.alike in known else first).append(ends[-1] - ends[-2])
        known.add(done.plan.alike)
        memory.append(_memory())
        print(f"{len(memory)} of {len(left)} renewals, {memory[-1]} MB", file=sys.stderr, flush=True)

    ends.append(time.process_time())
    with _on_one_core():
        one = _spent(lambda: applied(alone, left, DAYS.first, note, formats=tuple(formats)))
    most = _peak_memory()
    many = _spent(lambda: applied(together, left, DAYS.first, jobs=jobs, formats=tuple(formats)))
    return {
        "clients": count,
        "renewals carried out": len(left),
        "planning, CPU ms a client": 1000 * planning.cpu / count,
        "one warm process, CPU s a renewal": one.cpu / len(left),
        "one warm process, renewals a minute of CPU": 60 * len(left) / one.cpu,
        f"… the first of each law and plan ({len(first)}), CPU s": sum(first) / len(first),
        f"… each of the others ({len(further)}), CPU s": sum(further) / max(1, len(further)),
        f"{jobs} in parallel, renewals a minute and core": 60 * len(left) / many.wall / jobs,
        "efficiency, wall: parallel / (jobs x one process)": one.wall / many.wall / jobs,
        "memory after a third, MB": memory[len(memory) // 3],
        "memory at the end, MB": memory[-1],
        "most memory, for a moment, MB": most,
    }


def _lay_out_by(root: Path, engine: str) -> None:
    """Name this engine for the firm, and with it for every entity of it."""
    house = root / "provider/provider.yaml"
    house.write_text(f"{house.read_text('utf-8')}pdf: {engine}\n", "utf-8")


def _spent(work: Callable[[], object]) -> Spent:
    start, before = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - start, time.process_time() - before)


@contextmanager
def _on_one_core() -> Iterator[None]:
    """Keep this process on one core inside the context, where the system can."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _memory() -> int:
    """The resident memory of this process now, in megabytes; where the system does not say, the most so far."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() >> 20
    except OSError:
        return _peak_memory()


def _peak_memory() -> int:
    """The most resident memory of this process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


if __name__ == "__main__":
    main()
