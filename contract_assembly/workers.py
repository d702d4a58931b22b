"""Work on many agreements, one after the other here or side by side in processes. Knows nothing of what the work is."""

import gc
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")


def each(start: Callable[[], Callable[[T], R]], tasks: Sequence[T], jobs: int = 1) -> Iterator[R]:
    """The result of each task, in order. `start` makes what does the work, once in each process, so that the library is
    read once there; it must be a function of a module, or a `partial` of one."""
    if len(tasks) > 1:
        gc.enable()  # `cli` turned it off, which is right for one agreement; over many, memory must stay flat
    if min(jobs, len(tasks)) <= 1:
        yield from map(start(), tasks)
        return
    import multiprocessing  # slow to import, and one agreement needs neither
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["contract_assembly.builder"])
    count = min(jobs, len(tasks))
    with ProcessPoolExecutor(count, mp_context=context, initializer=_start, initargs=(start,)) as pool:
        yield from pool.map(_work, tasks, chunksize=max(1, min(16, len(tasks) // (count * 4))))


_worker: Callable[[Any], Any]


def _start(start: Callable[[], Callable[[Any], Any]]) -> None:
    global _worker  # a process of the pool has no other memory between its tasks
    _worker = start()


def _work(task: Any) -> Any:
    return _worker(task)
