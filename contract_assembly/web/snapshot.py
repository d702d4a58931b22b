"""The state of the repository that a page is made from, and what was worked out before. Work on one client is kept until a file
of that client or of the firm changes, so that a change costs the work on one client."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from contract_assembly.core.paths import ALL
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository

T = TypeVar("T")
FIRM = ""  # the place in the memo of what depends on no single client


@dataclass
class Memo:
    """Results by client. One that was computed from files which changed meanwhile is not kept."""

    _kept: dict[str, dict[Hashable, Any]] = field(default_factory=dict)
    _stamps: dict[str, int] = field(default_factory=dict)
    _all: int = 0
    _lock: Lock = field(default_factory=Lock)

    def of(self, client: str, what: Hashable, work: Callable[[], T]) -> T:
        """The result of this work on a client. `what` names the work with everything that it depends on other than files.

        Raises RefusedError as the work does; the refusal is kept, too."""
        with self._lock:
            stamp = self._stamp(client)
            found = self._kept.get(client, {}).get(what)
        if found is None:
            try:
                found = (work(),)
            except RefusedError as error:
                found = error
            with self._lock:
                if stamp == self._stamp(client):
                    self._kept.setdefault(client, {})[what] = found
        if isinstance(found, RefusedError):
            raise found.with_traceback(None)
        result: T = found[0]
        return result

    def forget(self, clients: Iterable[str] | None) -> None:
        """Discard what is kept of these clients and of the firm as a whole; of every client for None."""
        with self._lock:
            if clients is None:
                self._all += 1
                self._kept.clear()
                return
            for client in (FIRM, *clients):
                self._stamps[client] = self._stamps.get(client, 0) + 1
                self._kept.pop(client, None)

    def _stamp(self, client: str) -> tuple[int, int]:
        return self._all, self._stamps.get(client, 0)


@dataclass(frozen=True)
class Snapshot:
    """The repository as it is for one request: `number` grows with each change on disk, `on` is the day that pages are about.
    Files are read on first use, each once."""

    root: Path
    on: date
    number: int = 0
    memo: Memo = field(default_factory=Memo)
    repository: Repository = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "repository", Repository(self.root))

    def of_client(self, client: str, what: Hashable, work: Callable[[], T]) -> T:
        """The result of work on one client, as of the snapshot's day, kept until its files or the firm's change. Raises
        RefusedError as the work does."""
        return self.memo.of(client, (self.on, what), work)

    def of_firm(self, what: Hashable, work: Callable[[], T]) -> T:
        """The result of work over the whole repository, kept until anything changes. Raises RefusedError as the work does."""
        return self.memo.of(FIRM, (self.on, what), work)


def clients_of(paths: Iterable[str]) -> frozenset[str] | None:
    """The clients to whom these changed files belong; None if one of them is the firm's own, and matters to all."""
    found = set()
    for path in paths:
        folder, _, rest = path.partition("/")
        if folder != ALL or not rest:
            return None
        found.add(rest.partition("/")[0])
    return frozenset(found)


@dataclass
class State:
    """The current snapshot of a root, replaced when files or the day change."""

    root: Path
    today: Callable[[], date]
    number: int = 1
    memo: Memo = field(default_factory=Memo)
    _current: Snapshot | None = None

    def snapshot(self) -> Snapshot:
        """The repository as it is now."""
        day, now = self.today(), self._current
        if now is None or (now.number, now.on) != (self.number, day):
            self._current = now = Snapshot(self.root, day, self.number, self.memo)
        return now

    def changed(self, paths: Iterable[str]) -> None:
        """Note that these files changed, were added or are gone; paths are relative to the root."""
        self.memo.forget(clients_of(paths))
        self.number += 1
