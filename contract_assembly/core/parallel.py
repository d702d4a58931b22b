"""Run tasks one after the other in this process, in parallel in several, or wherever `Workers` take them."""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.program_files import samples

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from multiprocessing.context import BaseContext

LIFE = 250  # tasks after which a process is replaced, so that memory kept by libraries is freed
DEATHS = 10  # tasks in a row that kill their process: more are not tried, because it is not the tasks
AHEAD = 3  # parts of the work submitted ahead, for each process
MOST = 24  # tasks of a part: their results wait in memory until those before them are there
SHARE = 2  # a process gets at most half of its share of what is left

T = TypeVar("T")
R = TypeVar("R")


class Workers(Protocol):
    """Workers that are not processes of this command."""

    def map_tasks(
        self,
        start: Callable[[], Callable[[T], R]],
        tasks: Sequence[T],
        lost: Callable[[T, Problem], R],
        kind: "Kind[T]",
    ) -> Iterator[R]:
        """As the function `map_tasks`; `lost` makes the result of a task that kills each worker."""
        ...


Kind: TypeAlias = Callable[[T], object]
"""What a task is like: neighbours of one kind share work, so one process does them."""


def any_kind(_task: object) -> object:
    """The kind of tasks that share nothing."""
    return None


Jobs: TypeAlias = int | Workers
"""Where tasks run: in this many processes of this machine, or with these workers."""


def refuse(_task: object, problem: Problem) -> Any:
    """What is done about a task of which each process dies, unless the caller can go on without it."""
    raise RefusedError([problem])


def map_tasks(
    start: Callable[[], Callable[[T], R]],
    tasks: Sequence[T],
    jobs: Jobs = 1,
    lost: Callable[[T, Problem], R] = refuse,
    kind: Kind[T] = any_kind,
    *,
    loads: str = "contract_assembly.build.builder",
) -> Iterator[R]:
    """The result of each task, in order. `start` returns the function that does the work; it is called once in each process,
    so that the library is read once there. It must be a `partial` of a module-level function; `loads` names the module that a
    process begins with. `lost` makes the result of a task of which each process dies."""
    if len(tasks) > 1:
        collect_garbage()
    if not isinstance(jobs, int):
        yield from jobs.map_tasks(start, tasks, lost, kind)
        return
    if min(jobs, len(tasks)) <= 1:
        yield from map(start(), tasks)
        return
    yield from _in_processes(partial(_pool, start, loads), tasks, jobs, lost, kind)


def _in_processes(
    pool: Callable[[int], "Executor"],
    tasks: Sequence[T],
    jobs: int,
    lost: Callable[[T, Problem], R],
    kind: Kind[T],
) -> Iterator[R]:
    """Results in order. If a process dies, what was not done is done again, one task at a time until the one is found that it
    died of. Raises RefusedError if DEATHS tasks in a row kill their process."""
    from concurrent.futures.process import BrokenProcessPool

    done = doubtful = deaths = 0  # tasks that are done; up to which one they go one at a time; how many killed in a row
    while done < len(tasks):
        alone = done < doubtful
        count = 1 if alone else min(jobs, len(tasks))
        some = tasks[done : doubtful if alone else done + count * LIFE]
        try:
            with pool(count) as processes:
                for each in _ahead(processes, some, count, _own_kind if alone else kind):
                    yield each
                    done, deaths = done + 1, 0
        except BrokenProcessPool:
            if not alone:
                doubtful = done + count * AHEAD * MOST
                continue
            what = f"the process that worked on it died: {name_of(tasks[done])}"
            hint = "do it alone, without --jobs, and watch the memory of this machine"
            problem = Problem("worker-died", what, None, hint)
            if (deaths := deaths + 1) == DEATHS:
                raise RefusedError([problem]) from None
            yield lost(tasks[done], problem)
            done = doubtful = done + 1


def _own_kind(_task: object) -> object:
    """A kind for each task, so that each is a part of its own."""
    return object()


def name_of(task: Any) -> str:
    """A task in a message: the agreement, or the first and the last of several."""
    if not isinstance(task, list | tuple) or not task:
        return str(task)
    if isinstance(task[0], str):
        return "/".join(task[:2])
    return name_of(task[0]) if len(task) == 1 else f"{name_of(task[0])} to {name_of(task[-1])}"


def _pool(start: Callable[[], Callable[[T], R]], loads: str, count: int) -> "Executor":
    from concurrent.futures import ProcessPoolExecutor

    context = processes(loads)
    with _own_modules():
        return ProcessPoolExecutor(count, mp_context=context, initializer=_start, initargs=(start,))


def processes(module: str) -> "BaseContext":
    """How processes are started: forked from a server that has loaded this module, or on Windows from the start."""
    import multiprocessing  # slow to import, and not needed for one agreement

    way = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(way)
    if way == "forkserver":
        context.set_forkserver_preload([module])
    return context


@contextmanager
def _own_modules() -> Iterator[None]:
    """Processes that start inside find the modules of this program, wherever they start. Otherwise they would look in the folder
    they are in first, which may be a repository with modules of anyone's making."""
    found = {"PYTHONSAFEPATH": "1"}
    if checkout := samples():
        found["PYTHONPATH"] = os.pathsep.join(filter(None, (str(checkout), os.environ.get("PYTHONPATH"))))
    before = {name: os.environ.get(name) for name in found}
    os.environ.update(found)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _ahead(pool: "Executor", tasks: Sequence[T], count: int, kind: Kind[T] = any_kind) -> Iterator[Any]:
    """Results in order. Enough work is submitted ahead to keep all processes busy, but not so much that results pile up."""
    left = parts(tasks, count, kind)
    with _own_modules():
        waiting = deque(pool.submit(_work, part) for part in islice(left, count * AHEAD))
    while waiting:
        yield from waiting.popleft().result()
        waiting.extend(pool.submit(_work, part) for part in islice(left, 1))


def parts(tasks: Sequence[T], processes: int, kind: Kind[T] = any_kind) -> Iterator[list[T]]:
    """The tasks in the parts that a process gets at a time: each of one kind, and smaller towards the end, so that all processes
    end at about the same time."""
    at = 0
    while at < len(tasks):
        most = max(1, min(MOST, (len(tasks) - at) // (processes * SHARE)))
        part = next([*alike] for _, alike in groupby(tasks[at : at + most], kind))
        yield part
        at += len(part)


_worker: Callable[[Any], Any]


def collect_garbage() -> None:
    """Turn Python's collector on, which `cli` turns off for one agreement: over many, memory must stay flat. It looks less often
    than usual, because trees of documents hold no circles: looking took a quarter of the time of a tree."""
    gc.enable()
    gc.set_threshold(50_000, 20, 20)


def _start(start: Callable[[], Callable[[Any], Any]]) -> None:
    global _worker  # the only way for a process of the pool to keep something between tasks
    from threading import Thread

    Thread(target=_end_with_the_command, daemon=True).start()
    collect_garbage()
    _worker = start()


def _end_with_the_command() -> None:
    """End this process when the command has ended, however that was: it would wait for work for good."""
    from multiprocessing import parent_process

    if command := parent_process():
        command.join()
        os._exit(1)


def _work(tasks: Sequence[Any]) -> list[Any]:
    return [_worker(each) for each in tasks]
