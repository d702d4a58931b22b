"""Work over every client that answers in time: what is kept is used, the rest is done until the patience ends, and the next
request goes on from there."""

from collections.abc import Callable, Hashable
from time import monotonic
from typing import Generic, TypeVar

from msgspec import Struct

from contract_assembly.web.page import PageRequest
from contract_assembly.web.snapshot import Snapshot

T = TypeVar("T")


class Gathered(Struct, Generic[T], frozen=True):
    """Results by client, in order. Of `missing` clients there is none yet, and `older` results are of an earlier day or state of
    the files; `count` is the number of all clients."""

    found: tuple[T, ...]
    count: int
    missing: int = 0
    older: int = 0

    @property
    def whole(self) -> bool:
        """Whether every client is in it as it is now."""
        return not self.missing and not self.older


def gathered(
    asked: PageRequest,
    what: Hashable,
    work: Callable[[str], T],
    former: Callable[[str], T | None] = lambda _client: None,
) -> Gathered[T]:
    """The results of the work on each client's folder, which must not raise RefusedError. Files of a client are discarded after
    the work on it, so that thousands need the memory of one. `former` may know a result of an earlier run."""
    snapshot, clients = asked.snapshot, asked.snapshot.client_folders()
    until = None if asked.patience is None else monotonic() + asked.patience
    found: list[T] = []
    missing = older = 0
    for client in clients:
        if snapshot.memo.has(client, what, snapshot.on):
            found.append(snapshot.memo.latest(client, what))
        elif until is None or monotonic() < until:
            found.append(snapshot.of_client(client, what, lambda each=client: _alone(snapshot, each, work)))  # type: ignore[misc]
        elif (before := snapshot.memo.latest(client, what) or former(client)) is not None:
            found.append(before)
            older += 1
        else:
            missing += 1
    return Gathered(tuple(found), len(clients), missing, older)


def _alone(snapshot: Snapshot, client: str, work: Callable[[str], T]) -> T:
    try:
        return work(client)
    finally:
        snapshot.repository.forget(client)
