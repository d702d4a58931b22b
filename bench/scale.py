"""How long a large firm takes on several machines, by simulation: `python -m bench.scale [AGREEMENTS]`.

Workers take agreements in parts; their results reach the command in the order of the agreements, and it alone writes them, one
after the other. Every assumption is in `Assumed`, with where it comes from; the same seed gives the same figures. No machine of
the simulation was real."""

import argparse
import heapq
import random
from collections import deque

from msgspec import Struct

AHEAD = 3  # parts submitted ahead for each worker, as in core/parallel
MACHINES = (1, 3, 10, 30)


class Assumed(Struct, frozen=True):
    """What the simulation takes for given. Change it on the command line: `--seconds 0.2`."""

    seconds: float  # CPU seconds of a worker for one agreement; measured by `python -m bench.machines`
    spread: float = 0.5  # standard deviation of the logarithm of that time: contracts are of 10 to 60 pages
    landing: float = 0.02  # seconds in which the command takes in one agreement's results and writes them
    megabytes: float = 0.8  # results of one agreement: Word, PDF, review text and record
    network: float = 100.0  # megabytes each second into the machine of the command: a network of 1 Gbit/s
    cores: int = 8  # worker processes of a machine
    starting: float = 20.0  # seconds until a worker has compared its copy and read the library
    failures: float = 0.01  # failures of a machine in an hour; its parts go to others and it comes back
    documents: int = 3  # documents of an agreement: the contract and two letters


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("agreements", type=int, nargs="?", default=333_334)
    parser.add_argument("--seconds", type=float, required=True, help="CPU seconds of a worker for one agreement")
    for name, default in zip(Assumed.__struct_fields__[1:], Assumed.__struct_defaults__, strict=True):
        parser.add_argument(f"--{name}", type=type(default), default=default)
    arguments = vars(parser.parse_args())
    count = arguments.pop("agreements")
    assumed = Assumed(**arguments)
    print(f"{count} agreements, {count * assumed.documents} documents; {assumed}")
    for machines in MACHINES:
        hours, busy, writing = simulated(count, machines, assumed)
        print(f"{machines:4} machines: {hours:8.2f} hours, workers busy {busy:4.0%}, the command busy {writing:4.0%}")


def simulated(count: int, machines: int, assumed: Assumed, seed: int = 1) -> tuple[float, float, float]:
    """Hours until the last agreement is written; the share of time in which workers work, and in which the command writes."""
    chance = random.Random(seed)  # noqa: S311  # a simulation
    workers = machines * assumed.cores
    size = max(1, min(16, count // (workers * 16)))
    parts = deque(range(0, count, size))
    landing = max(assumed.landing, assumed.megabytes / assumed.network)
    free = [(assumed.starting, number) for number in range(workers)]
    heapq.heapify(free)
    flying: deque[tuple[float, int]] = deque()  # when the results of a part are there, and of how many agreements
    written, worked, now = 0.0, 0.0, 0.0
    while parts or flying:
        while parts and len(flying) < workers * AHEAD:
            first = parts.popleft()
            start, worker = heapq.heappop(free)
            tasks = min(size, count - first)
            spent = sum(
                assumed.seconds * chance.lognormvariate(-(assumed.spread**2) / 2, assumed.spread) for _ in range(tasks)
            )
            again = spent if chance.random() < assumed.failures * assumed.cores * spent / 3600 else 0.0
            begun = max(start, now)
            heapq.heappush(free, (begun + spent + again, worker))
            flying.append((begun + spent + again, tasks))
            worked += spent
        ready, tasks = flying.popleft()
        now = max(now, ready) + tasks * landing
        written += tasks * landing
    return now / 3600, worked / (now * workers), written / now


if __name__ == "__main__":
    main()
