"""The current state of a repository that is served: a snapshot, replaced when files or the day change, and what is kept between
runs."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from threading import Lock

from msgspec import Struct, field

from contract_assembly.web.figure_cache import FigureCache
from contract_assembly.web.snapshot import Snapshot, clients_of


class SiteState(Struct):
    """The state of a root. Files are noted as changed at once, and the snapshot follows when a page is made, so that no page
    changes while it is made."""

    root: Path
    today: Callable[[], date]
    number: int = 1
    _changed: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)
    _current: Snapshot | None = None
    _cache: FigureCache | None = None

    def changed(self, paths: Iterable[str]) -> None:
        """Note that these files changed, were added or are gone; paths are relative to the root."""
        with self._lock:
            self._changed |= set(paths)
            self.number += 1

    def snapshot(self) -> Snapshot:
        """The repository as it is now."""
        with self._lock:
            number, changed, self._changed = self.number, self._changed, set()
        if self._current is None:
            self._current = Snapshot(self.root, self.today(), number)
        elif (self._current.number, self._current.on) != (number, self.today()):
            if self._cache and clients_of(changed) is None:
                self._cache.begin_again()
            self._current = self._current.after(changed, number, self.today())
        return self._current

    def cache(self) -> FigureCache:
        """The figures that are kept between runs, read on first use."""
        if self._cache is None:
            self._cache = FigureCache.opened(self.root)
        return self._cache

    def save(self) -> None:
        """Write what is to be kept for the next run, if anything is new."""
        if self._cache:
            self._cache.save()
