"""What changes on disk reaches open pages: files are watched, and each change is sent to every page that is listening."""

from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import Any

import anyio
from msgspec import Struct, field
from watchfiles import awatch

from contract_assembly.repository.other_programs import is_left_behind
from contract_assembly.web.state import SiteState

SETTLE = 20  # milliseconds: an editor writes, renames and sets the time of one file
POLL = 1_000  # milliseconds between two looks at every file, where the system reports no changes
HEARTBEAT = 15  # seconds between signs of life, by which a server notices pages that are gone
_GIT = ("HEAD", "refs", "packed-refs")  # what a commit or a change of branch touches


class Listeners(Struct):
    """The pages that listen for changes of a state. `news` is set at the next change."""

    state: SiteState
    news: anyio.Event = field(default_factory=anyio.Event)

    def notify(self, paths: Iterable[str]) -> None:
        """Note changed files, and wake every page."""
        self.state.changed(paths)
        news, self.news = self.news, anyio.Event()
        news.set()

    async def events(self, seen: int) -> AsyncIterator[str]:
        """Server-sent events for a page that shows the snapshot of this number: the number of each later one."""
        while True:
            news = self.news
            if self.state.number != seen:
                seen = self.state.number
                yield f"event: changed\ndata: {seen}\n\n"
                continue
            with anyio.move_on_after(HEARTBEAT) as silence:
                await news.wait()
            if silence.cancelled_caught:
                yield ": still here\n\n"


async def watch(root: Path, notify: Callable[[Iterable[str]], None]) -> None:
    """Report the changed files below a root, relative to it, until the task is cancelled."""
    try:
        await _watched(root.resolve(), notify)
    except (OSError, RuntimeError):  # the system watches no more folders, or none on this disk
        await _watched(root.resolve(), notify, force_polling=True, poll_delay_ms=POLL)


async def _watched(base: Path, notify: Callable[[Iterable[str]], None], **how: Any) -> None:
    async for changes in awatch(base, watch_filter=None, debounce=SETTLE * 10, step=SETTLE, rust_timeout=1_000, **how):
        paths = {Path(path).relative_to(base).as_posix() for _, path in changes if Path(path) != base}
        if found := {each for each in paths if matters(each)}:
            notify(sorted(found))


def matters(path: str) -> bool:
    """Whether a change of this path can change a page: files of ours, and the branch and its last commit."""
    first, *rest = PurePosixPath(path).parts
    if first == ".git":
        return bool(rest) and rest[0] in _GIT and not path.endswith(".lock")
    return not any(is_left_behind(part) for part in (first, *rest))
