"""The state of the repository that a page is made from, and what was worked out before. Work on one client is kept until a file
of that client or of the firm changes, so that a change costs the work on one client."""

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from msgspec import Struct, field

from contract_assembly.core.paths import ALL
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.inputs import Repository

T = TypeVar("T")
FIRM = ""  # the place in the memo of what depends on no single client
MOST = 64  # results kept of each client; a query in an address can name any number of them


class _Kept(Struct, frozen=True):
    """A result, or the refusal, with the state of the files and the day that it is of."""

    stamp: tuple[int, int]
    day: date
    result: Any
    refusal: RefusedError | None = None


class Memo(Struct):
    """Results by client. One that was computed from files which changed meanwhile is computed again when it is asked for."""

    _kept: dict[str, dict[Hashable, _Kept]] = field(default_factory=dict)
    _stamps: dict[str, int] = field(default_factory=dict)
    _all: int = 0
    _lock: Lock = field(default_factory=Lock)

    def of(self, client: str, what: Hashable, day: date, work: Callable[[], T]) -> T:
        """The result of this work on a client as of a day. `what` names the work with everything else that it depends on.

        Raises RefusedError as the work does; the refusal is kept, too."""
        stamp = self._stamp(client)
        kept = self._kept.get(client, {}).get(what)
        if kept is None or (kept.stamp, kept.day) != (stamp, day):
            try:
                kept = _Kept(stamp, day, work())
            except RefusedError as error:
                kept = _Kept(stamp, day, None, error)
            self._keep(client, what, kept)
        if kept.refusal:
            raise kept.refusal.with_traceback(None)
        result: T = kept.result
        return result

    def has(self, client: str, what: Hashable, day: date) -> bool:
        """Whether the result of this work is kept, and still right."""
        kept = self._kept.get(client, {}).get(what)
        return kept is not None and (kept.stamp, kept.day) == (self._stamp(client), day)

    def latest(self, client: str, what: Hashable) -> Any:
        """What this work last resulted in, of whatever day and files; None if it never did."""
        kept = self._kept.get(client, {}).get(what)
        return kept.result if kept else None

    def forget(self, clients: Iterable[str] | None) -> None:
        """Note that what is kept of these clients, and of the firm as a whole, is of an earlier state; of every client for
        None."""
        with self._lock:
            if clients is None:
                self._all += 1
                return
            for client in (FIRM, *clients):
                self._stamps[client] = self._stamps.get(client, 0) + 1

    def _keep(self, client: str, what: Hashable, kept: _Kept) -> None:
        with self._lock:
            of_client = self._kept.setdefault(client, {})
            of_client.pop(what, None)
            of_client[what] = kept
            if len(of_client) > MOST:
                del of_client[next(iter(of_client))]

    def _stamp(self, client: str) -> tuple[int, int]:
        return self._all, self._stamps.get(client, 0)


class Snapshot(Struct, frozen=True, dict=True):
    """The repository as it is for one request: `number` grows with each change on disk, `on` is the day that pages are about.
    Files are read on first use, each once."""

    root: Path
    on: date
    number: int = 0
    memo: Memo = field(default_factory=Memo)
    _repository: Repository | None = None

    @cached_property
    def repository(self) -> Repository:
        """The repository's files, each read once."""
        return self._repository or Repository(self.root)

    def after(self, changed: Iterable[str], number: int, on: date) -> "Snapshot":
        """The snapshot after these files changed. What was read of the firm's files is kept where only clients' files changed."""
        paths = tuple(changed)
        clients = clients_of(paths)
        self.memo.forget(clients)
        if clients is None or any(
            path.count("/") < 3 for path in paths
        ):  # the firm's, or who is a client may have changed
            return Snapshot(self.root, on, number, self.memo)
        for client in clients:
            self.repository.forget(client)
        return Snapshot(self.root, on, number, self.memo, self.repository)

    def of_client(self, client: str, what: Hashable, work: Callable[[], T]) -> T:
        """The result of work on one client, as of the snapshot's day, kept until its files or the firm's change. Raises
        RefusedError as the work does."""
        return self.memo.of(client, what, self.on, work)

    def of_firm(self, what: Hashable, work: Callable[[], T]) -> T:
        """The result of work over the whole repository, kept until anything changes. Raises RefusedError as the work does."""
        return self.memo.of(FIRM, what, self.on, work)

    def client_folders(self) -> tuple[str, ...]:
        """The folders below `agreements/`, in order, each of them a client's or something that should not be there."""
        return self.of_firm("folders", lambda: self.repository.source.names(ALL))


def clients_of(paths: Iterable[str]) -> frozenset[str] | None:
    """The clients to whom these changed files belong; None if one of them is the firm's own, and matters to all."""
    found = set()
    for path in paths:
        folder, _, rest = path.partition("/")
        if folder != ALL or not rest:
            return None
        found.add(rest.partition("/")[0])
    return frozenset(found)
