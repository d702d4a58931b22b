"""Run tasks one after the other in this process, in parallel in several, or wherever `Workers` take them."""

import gc
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

from contract_assembly.core.problems import Problem, RefusedError

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from multiprocessing.context import BaseContext

LIFE = 250  # tasks after which a process is replaced
AHEAD = 3  # parts of the work submitted ahead, for each process

T = TypeVar("T")
R = TypeVar("R")


class Workers(Protocol):
    """Workers that are not processes of this command."""

    def map_tasks(
        self, start: Callable[[], Callable[[T], R]], tasks: Sequence[T], lost: Callable[[T, Problem], R]
    ) -> Iterator[R]:
        """As the function `map_tasks`; `lost` makes the result of a task that kills each worker."""
        ...


Jobs: TypeAlias = int | Workers
"""Where tasks run: in this many processes of this machine, or with these workers."""


def refuse(_task: object, problem: Problem) -> Any:
    """What is done about a task that kills each worker, unless the caller can go on without it."""
    raise RefusedError([problem])


def map_tasks(
    start: Callable[[], Callable[[T], R]],
    tasks: Sequence[T],
    jobs: Jobs = 1,
    lost: Callable[[T, Problem], R] = refuse,
    *,
    loads: str = "contract_assembly.build.builder",
) -> Iterator[R]:
    """The result of each task, in order. `start` returns the function that does the work; it is called once in each process,
    so that the library is read once there. It must be a `partial` of a module-level function; `loads` names the module that a
    process begins with."""
    if len(tasks) > 1:
        collect_garbage()
    if not isinstance(jobs, int):
        yield from jobs.map_tasks(start, tasks, lost)
        return
    if min(jobs, len(tasks)) <= 1:
        yield from map(start(), tasks)
        return
    from concurrent.futures import ProcessPoolExecutor

    context = processes(loads)
    count = min(jobs, len(tasks))
    for first in range(0, len(tasks), count * LIFE):  # new processes, so that memory kept by libraries is freed
        part = tasks[first : first + count * LIFE]
        with ProcessPoolExecutor(count, mp_context=context, initializer=_start, initargs=(start,)) as pool:
            yield from _ahead(pool, part, count)


def processes(module: str) -> "BaseContext":
    """How processes are started: forked from a server that has loaded this module, or on Windows from the start."""
    import multiprocessing  # slow to import, and not needed for one agreement

    way = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(way)
    if way == "forkserver":
        context.set_forkserver_preload([module])
    return context


def _ahead(pool: "Executor", tasks: Sequence[T], count: int) -> Iterator[Any]:
    """Results in order. Enough work is submitted ahead to keep all processes busy, but not so much that results pile up."""
    size = part_size(len(tasks), count)
    parts = iter([tasks[n : n + size] for n in range(0, len(tasks), size)])
    waiting = deque(pool.submit(_work, part) for part in islice(parts, count * AHEAD))
    while waiting:
        yield from waiting.popleft().result()
        waiting.extend(pool.submit(_work, part) for part in islice(parts, 1))


def part_size(tasks: int, processes: int) -> int:
    """How many tasks a process gets at a time: few enough that all end at about the same time."""
    return max(1, min(16, tasks // (processes * 16)))


_worker: Callable[[Any], Any]


def collect_garbage() -> None:
    """Turn Python's collector on, which `cli` turns off for one agreement: over many, memory must stay flat. It looks less often
    than usual, because trees of documents hold no circles: looking took a quarter of the time of a tree."""
    gc.enable()
    gc.set_threshold(50_000, 20, 20)


def _start(start: Callable[[], Callable[[Any], Any]]) -> None:
    global _worker  # the only way for a process of the pool to keep something between tasks
    collect_garbage()
    _worker = start()


def _work(tasks: Sequence[Any]) -> list[Any]:
    return [_worker(each) for each in tasks]
