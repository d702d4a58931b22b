"""Tasks on many machines: a dask scheduler hands them to workers, each with a copy of the repository that it only reads.

Results come back as bytes, and the command that asked writes them through its store: nothing is written elsewhere. Before a
worker process does anything, it compares the digests of its program and of its copy with those of the command, so another
version or commit is refused and never used.
"""

import hashlib
import os
import platform
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias, TypeVar
from uuid import uuid4

from msgspec import Struct, field

from contract_assembly.core import source_digest
from contract_assembly.core.parallel import AHEAD, Kind, any_kind, collect_garbage, name_of, parts
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.source import Folder

T = TypeVar("T")
R = TypeVar("R")
Start: TypeAlias = "partial[Callable[[Any], Any]]"

ROOT = "CONTRACTS_ROOT"
READ = ("clauses", "templates", "provider", "agreements")
PATIENCE = 10  # seconds for a scheduler to answer
LOOK = 5  # seconds between two looks at whether a worker is left
ALONE = 60  # seconds to wait for a worker when none is left
_ADDRESS = re.compile(r"(tcp|tls)://(\[[0-9A-Fa-f:.]+\]|[^\s:/\[\]]+):[0-9]{1,5}")
_AGAIN = "commit what was written, bring each worker's clone to that commit, and run the command again"
_IMPORT = "start it with PYTHONPATH=/path/to/contract-assembly, or install the same version there"
_SETUP = "docs/scale.md has the set-up"


def state(root: Path) -> str:
    """SHA-256 over the path and the bytes of every file that a command may read: two copies with the same state give the same
    results. Raises RefusedError if a file cannot be read."""
    source, whole = Folder(root), hashlib.sha256()
    for path in (each for folder in READ for each in source.below(folder)):
        whole.update(path.encode("utf-8", "surrogateescape") + b"\0" + hashlib.sha256(source.read(path)).digest())
    return whole.hexdigest()


class _Run(Struct, frozen=True):
    """What a worker must know of one run: the root of the command, which the worker's own takes the place of, and what its
    program and its copy must be."""

    root: Path
    start: Start
    program: str
    state: str
    place: tuple[str, int, int]
    name: str = field(default_factory=lambda: uuid4().hex)


class _Unfit(Struct, frozen=True):
    """Why a worker cannot take part."""

    problems: tuple[Problem, ...]


# ---- where the command runs


class Cluster(Struct, frozen=True):
    """The workers of the scheduler at an address such as `tcp://10.0.0.5:8786`, for the repository below `root`."""

    root: Path
    address: str
    say: Callable[[str], object] = lambda _: None  # what the user must know while the command waits

    def map_tasks(
        self,
        start: Callable[[], Callable[[T], R]],
        tasks: Sequence[T],
        lost: Callable[[T, Problem], R],
        kind: Kind[T] = any_kind,
    ) -> Iterator[R]:
        """The result of each task, in order, as `parallel.map_tasks` gives it. `lost` makes the result of a task whose worker
        died each time.

        A worker that is lost costs no result: its tasks go to another one. Raises RefusedError if the scheduler does not answer
        or is lost, if there is no worker or none comes back, or if one has another program or another state of the repository."""
        if not isinstance(start, partial):
            raise TypeError("the start of a task is a partial of a function of a module, so that it can travel")
        run = _Run(self.root, start, source_digest.program(), state(self.root), _place(self.root))
        with self._connected() as client:
            fit = self._fit(client, run)
            parts_left = parts(tasks, len(fit), kind)
            waiting = deque((part, _submitted(client, run, part)) for part in islice(parts_left, len(fit) * AHEAD))
            done = 0
            while waiting:
                part, future = waiting.popleft()
                for each in self._results(client, run, part, future, done=done, left=len(tasks) - done, lost=lost):
                    yield each
                    done += 1
                waiting.extend((part, _submitted(client, run, part)) for part in islice(parts_left, 1))

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        if not _ADDRESS.fullmatch(self.address):
            what = f"'{self.address}' is not an address such as tcp://10.0.0.5:8786"
            raise RefusedError(
                [Problem("scheduler", what, None, f"give the one that `dask scheduler` prints; {_SETUP}")]
            )
        distributed = _library()
        try:
            client = distributed.Client(self.address, timeout=PATIENCE, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            what = f"no scheduler answers at {self.address}: {error or type(error).__name__}"
            raise RefusedError(
                [Problem("scheduler", what, None, f"start one with `dask scheduler`; {_SETUP}")]
            ) from None
        except TypeError:
            what = f"{self.address} needs certificates, and dask's configuration on this machine names none"
            raise RefusedError(
                [Problem("scheduler", what, None, f"use tcp:// on a network of your own; {_SETUP}")]
            ) from None
        try:
            yield client
        finally:
            client.close(timeout=1)

    def _fit(self, client: Any, run: _Run) -> tuple[str, ...]:
        """The addresses of all workers. Raises RefusedError if there is none, or if one cannot take part."""
        answers = _answers(client, run)
        if not answers:
            what = f"the scheduler at {self.address} has no worker"
            raise RefusedError([Problem("scheduler", what, None, f"start some with `dask worker`; {_SETUP}")])
        if unfit := [problem for each in answers.values() for problem in each]:
            raise RefusedError(list(dict.fromkeys(unfit)))
        return tuple(answers)

    def _results(
        self,
        client: Any,
        run: _Run,
        part: Sequence[T],
        future: Any,
        *,
        done: int,
        left: int,
        lost: Callable[[T, Problem], R],
    ) -> Iterator[R]:
        from concurrent.futures import CancelledError

        killed = _library().scheduler.KilledWorker
        try:
            results = self._awaited(client, future, left)
            if isinstance(results, _Unfit):  # a worker that joined after the others were asked
                fit = _fit_now(client, run)
                results = self._awaited(client, _submitted(client, run, part, workers=fit), left, fit)
        except killed:
            if len(part) == 1:
                what = f"every worker that was given it died: {name_of(part[0])}"
                hint = "build it on this machine, without --scheduler, and watch its memory"
                yield lost(part[0], Problem("worker-died", what, None, hint))
                return
            for each in part:
                yield from self._results(
                    client, run, [each], _submitted(client, run, [each]), done=done, left=left, lost=lost
                )
            return
        except (CancelledError, OSError, TimeoutError) as error:
            what = f"the scheduler at {self.address} was lost after {done} tasks; what they gave is written"
            raise RefusedError([Problem("scheduler", what, None, _AGAIN)]) from error
        if isinstance(results, _Unfit):
            raise RefusedError(results.problems)
        yield from results

    def _awaited(self, client: Any, future: Any, left: int, workers: Sequence[str] | None = None) -> Any:
        """The result of a future that one of `workers`, or any worker, computes. Raises RefusedError if none of them is connected
        for ALONE seconds."""
        since = None
        while True:
            try:
                return future.result(timeout=LOOK)
            except TimeoutError:
                if future.done():
                    raise
            connected = client.nthreads()
            if any(workers is None or each in workers for each in connected):
                since = None
            elif since is None:
                since = time.monotonic()
                self.say(
                    f"no worker is connected to {self.address}; tasks that wait: {left}; waiting {ALONE} s for one"
                )
            elif time.monotonic() - since >= ALONE:
                what = f"no worker came back to {self.address} in {ALONE} s; tasks that wait: {left}; what was done is written"
                raise RefusedError([Problem("scheduler", what, None, f"start a worker with `dask worker`; {_AGAIN}")])


def _fit_now(client: Any, run: _Run) -> list[str]:
    """The addresses of the workers that can take part. Raises RefusedError if none can."""
    answers = _answers(client, run)
    if not (fit := [each for each, problems in answers.items() if not problems]):
        raise RefusedError([problem for each in answers.values() for problem in each])
    return fit


def _answers(client: Any, run: _Run) -> dict[str, tuple[Problem, ...]]:
    """By the address of each worker: why it cannot take part; nothing if it can."""
    asked = {
        each: client.submit(_fitness, run, pure=False, workers=[each], retries=0) for each in sorted(client.nthreads())
    }
    found = {each: _reasons(client, each, future) for each, future in asked.items()}
    if found and all(each is None for each in found.values()):
        raise RefusedError(
            Problem(
                "worker", f"the worker at {each} ended when it was asked for this program", None, f"{_IMPORT}; {_SETUP}"
            )
            for each in found
        )
    return {each: problems for each, problems in found.items() if problems is not None}


def _submitted(client: Any, run: _Run, part: Sequence[Any], workers: Sequence[str] | None = None) -> Any:
    return client.submit(_work, run, part, pure=False, workers=workers)


def _reasons(client: Any, address: str, asked: Any) -> tuple[Problem, ...] | None:
    """Why the worker at an address cannot take part; None if it is gone."""
    killed = _library().scheduler.KilledWorker
    try:
        while True:
            try:
                found = asked.result(timeout=LOOK)
                break
            except TimeoutError:
                if asked.done() or address not in client.nthreads():
                    return None
    except killed:
        return None
    except ImportError as error:
        what = f"the worker at {address} cannot run this program: {error}"
        return (Problem("worker", what, None, f"{_IMPORT}; {_SETUP}"),)
    except RuntimeError as error:
        if "deserialization" not in str(error):
            raise
        what = f"the scheduler at {client.scheduler.address} cannot load this program"
        return (Problem("scheduler", what, None, f"{_IMPORT}; {_SETUP}"),)
    return found.problems if isinstance(found, _Unfit) else ()


def _library() -> Any:
    import logging

    try:
        import distributed
    except ImportError:
        what, hint = (
            "the library for many machines is not installed",
            "install it: pip install contract-assembly[cluster]",
        )
        raise RefusedError([Problem("not-installed", what, None, hint)]) from None
    # The import sets levels; what goes wrong is reported as a problem.
    for name in list(logging.root.manager.loggerDict):
        if name.split(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)
    return distributed


def _place(root: Path) -> tuple[str, int, int]:
    """The machine, the device and the number of a folder: the same for two names of one folder."""
    found = root.stat()
    return platform.node(), found.st_dev, found.st_ino


# ---- where a worker runs

_ONE = threading.Lock()  # the libraries that lay out pages do not work in two threads at once
_ready: dict[str, Callable[[Any], Any] | _Unfit] = {}


def _work(run: _Run, part: Sequence[Any]) -> "list[Any] | _Unfit":
    with _ONE:
        work = _prepared(run)
        return work if isinstance(work, _Unfit) else [work(each) for each in part]


def _fitness(run: _Run) -> _Unfit | None:
    with _ONE:
        found = _prepared(run)
        return found if isinstance(found, _Unfit) else None


def _prepared(run: _Run) -> Callable[[Any], Any] | _Unfit:
    """The function of this run, made once in each process."""
    if run.name not in _ready:
        _ready.clear()
        collect_garbage()
        _ready[run.name] = _started(run)
    return _ready[run.name]


def _started(run: _Run) -> Callable[[Any], Any] | _Unfit:
    host = f"the worker on {platform.node()}, process {os.getpid()},"
    if source_digest.program() != run.program:
        return _unfit(f"{host} has another version of the program", "install the same version there")
    own = os.environ.get(ROOT)
    if not own or not Path(own).is_dir():
        return _unfit(f"{host} has no copy of the repository", f"start it with {ROOT}=/path/to/its/copy")
    root = Path(own).absolute()
    if _place(root) == run.place:
        return _unfit(
            f"{host} reads the clone that the command writes to, {root}", "give the workers a clone of their own"
        )
    try:
        if state(root) != run.state:
            return _unfit(
                f"{host} reads a clone whose files differ from those here: {root}",
                "commit here, and bring its copy to the same commit, with no change",
            )
        moved = partial(
            run.start.func, *(root if each == run.root else each for each in run.start.args), **run.start.keywords
        )
        return moved()
    except RefusedError as error:
        return _Unfit(error.problems)


def _unfit(what: str, hint: str) -> _Unfit:
    return _Unfit((Problem("worker", what, None, f"{hint}; {_SETUP}"),))
