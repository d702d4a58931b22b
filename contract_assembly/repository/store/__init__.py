"""Puts built files into the repository, whole or not at all: the only module that writes there. Knows `problems`.

How a set lands: every changed file is written to `.build/stage`, beside a link to the file it replaces; a journal that
names all moves is renamed into place; then each file is moved over its target, the record last. A process that dies
before the journal stands has changed nothing; after that, the next builder finds the journal and finishes the moves.
A process that lives but fails turns the journal round and moves the former files back.
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.store import append as growing
from contract_assembly.repository.store.disk import (
    MODE,
    OWN,
    Step,
    digest,
    disk_errors_as_problems,
    inside,
    keep,
    outside,
    sha256,
    sync,
    write,
)

__all__ = ["output"]

_FORWARD, _BACK = "forward.json", "back.json"
_MEMORY = "built.json"


class HeldError(Exception):
    """Another process is building or writing in this repository."""


@dataclass(frozen=True, slots=True)
class _Move:
    """One file of a set: target relative to the root, SHA-256 of its bytes before and after; None is no file."""

    target: str
    was: str | None
    now: str | None


def _unwatched(_step: str) -> None:
    """Nobody watches the steps; tests do, to die between two of them."""


@contextmanager
def locked(root: Path, step: Step = _unwatched, patience: float = 0) -> Iterator["Store"]:
    """Hold the repository for one builder, and first finish or undo what a killed one left.

    The lock is the kernel's, so it ends with the process however that ends. Raises HeldError if another process holds
    it, even after waiting for so many seconds; RefusedError (rule `not-written`) if the root cannot be written.
    """
    store = Store(Path(os.path.realpath(root)), step)
    lock = _locked(store.root, patience)
    try:
        with disk_errors_as_problems(OWN, "what an earlier build left is still there"):
            store.settle()
        yield store
    finally:
        fcntl.flock(lock, fcntl.LOCK_UN)  # said aloud, for a forked worker may hold a copy of the descriptor
        os.close(lock)


def remembered(root: Path) -> dict[str, Any]:
    """What `Store.remember` kept last, by folder; empty where there is nothing, or nothing that can be read. Never an input
    of a build."""
    try:
        found = json.loads((root / OWN / _MEMORY).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return {name: each for name, each in found.items() if isinstance(each, dict)} if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Store:
    """A repository held by this process; `held` makes one. `step` is told each step just before it is taken; `cured` is what
    an interrupted writer had left, and what became of it."""

    root: Path
    step: Step = _unwatched
    cured: list[Problem] = field(default_factory=list)

    def put(
        self, folder: str, files: Mapping[str, bytes], last: str = "record.json", remove: Iterable[str] = ()
    ) -> tuple[str, ...]:
        """Land a set of files in a folder (relative to the root) and remove others, whole or not at all.

        Returns the names whose bytes really changed, in the order they landed, `last` at the end; a file that has its
        bytes already is not touched. Raises RefusedError: `outside-root` for a path that leaves the root, is hidden or
        runs through a link, `not-written` when the disk refuses, and then the former files stand as they stood.
        """
        wanted: dict[str, bytes | None] = {**dict.fromkeys(sorted(remove)), **dict(sorted(files.items()))}
        targets = {name: inside(self.root, folder, name) for name in sorted(wanted, key=lambda name: name == last)}
        with disk_errors_as_problems(folder, "its former files stand"):
            moves = {name: _Move(self._name(at), digest(at), sha256(wanted[name])) for name, at in targets.items()}
            changed = {name: move for name, move in moves.items() if move.was != move.now}
            if changed:
                self._put_through(tuple(changed.values()), [wanted[name] for name in changed])
        return tuple(changed)

    def append(self, path: str, before: bytes, added: bytes) -> None:
        """Add bytes at the end of a file (relative to the root) that holds `before`, all of them or none, and keep them through
        a loss of power: this returns when the disk has them. A file that is not there is begun.

        Raises RefusedError: `not-written` when the disk refuses, `changed-meanwhile` when the file no longer holds what its
        reader saw, and then it stands as it stood."""
        growing.append(self.root, path, before, added, self.step)

    def settle(self) -> None:
        """Bring the stage to rest: finish a set that can be finished, else put the former files back; then clear it."""
        self.cured.extend(growing.truncate_unacknowledged(self.root))
        forward = self._journal(_FORWARD)
        if forward and all(self._can_finish(number, move) for number, move in enumerate(forward)):
            self._land(forward)
        elif forward:
            self._turn_back()
        for number, move in enumerate(self._journal(_BACK)):
            self._restore(number, move)
        (self._stage / _BACK).unlink(missing_ok=True)
        self._clear()

    def remember(self, memory: Mapping[str, Any]) -> None:
        """Keep notes for the next build beside the lock, outside what is committed."""
        with disk_errors_as_problems(OWN, "what was built stands"):
            draft = self.root / OWN / f"{_MEMORY}.new"
            draft.unlink(missing_ok=True)
            write(draft, json.dumps(memory, sort_keys=True).encode())
            draft.replace(self.root / OWN / _MEMORY)

    def _put_through(self, moves: tuple[_Move, ...], contents: list[bytes | None]) -> None:
        try:
            self._write_stage(moves, contents)
            self._land(moves)
        except BaseException:  # an interrupt, too, must not leave half a set
            with disk_errors_as_problems(OWN, "the set is half landed; the next build puts it right"):
                self._turn_back()
                self.settle()
            raise
        self.step("clear the stage")
        self._clear()

    def _write_stage(self, moves: tuple[_Move, ...], contents: list[bytes | None]) -> None:
        self._clear()
        self._stage.mkdir()
        for number, (move, content) in enumerate(zip(moves, contents, strict=True)):
            self.step(f"stage {move.target}")
            if content is not None:
                write(self._new(number), content)
            if move.was is not None:
                keep(self.root / move.target, self._old(number))
        draft = self._stage / "draft.json"
        self.step("write the journal")
        write(draft, json.dumps([asdict(move) for move in moves], indent=1).encode())
        self.step("show the journal")
        draft.rename(self._stage / _FORWARD)
        sync(self._stage)

    def _land(self, moves: tuple[_Move, ...]) -> None:
        for number, move in enumerate(moves):
            self.step(f"land {move.target}")
            target = self.root / move.target
            target.parent.mkdir(parents=True, exist_ok=True)
            if move.now is None:
                target.unlink(missing_ok=True)
            elif self._new(number).exists():  # else it landed before the builder was killed
                self._new(number).replace(target)
        for folder in sorted({(self.root / move.target).parent for move in moves}):
            sync(folder)
        self.step("end the journal")
        (self._stage / _FORWARD).unlink()

    def _clear(self) -> None:
        """Drop a stage whose journal has ended. What cannot be dropped now goes with the next build."""
        shutil.rmtree(self._stage, ignore_errors=True)

    def _turn_back(self) -> None:
        """From here on, whoever settles the stage undoes it. A rename needs no room on a full disk."""
        with suppress(FileNotFoundError):
            (self._stage / _FORWARD).rename(self._stage / _BACK)

    def _restore(self, number: int, move: _Move) -> None:
        self.step(f"restore {move.target}")
        target = self.root / move.target
        if not self._ours(move) or digest(target) != move.now:
            return  # never landed, back already, or changed by somebody since: not ours to touch
        if move.was is None:
            target.unlink(missing_ok=True)
        else:
            self._old(number).replace(target)

    def _can_finish(self, number: int, move: _Move) -> bool:
        """Nobody has changed the target since the builder died, and what is staged for it is all there."""
        landed = move.now is not None and not self._new(number).exists()
        sound = landed or digest(self._new(number)) == move.now
        expected = {move.now} if landed else {move.was, move.now}
        return sound and self._ours(move) and digest(self.root / move.target) in expected

    def _ours(self, move: _Move) -> bool:
        try:
            return bool(inside(self.root, move.target))
        except RefusedError:
            return False

    def _journal(self, name: str) -> tuple[_Move, ...]:
        try:
            return tuple(_Move(**entry) for entry in json.loads((self._stage / name).read_bytes()))
        except (FileNotFoundError, ValueError, TypeError):
            return ()

    @property
    def _stage(self) -> Path:
        return self.root / OWN / "stage"

    def _new(self, number: int) -> Path:
        return self._stage / f"new-{number}"

    def _old(self, number: int) -> Path:
        return self._stage / f"old-{number}"

    def _name(self, target: Path) -> str:
        return target.relative_to(self.root).as_posix()


def _locked(root: Path, patience: float) -> int:
    own = root / OWN
    with disk_errors_as_problems(OWN, "nothing was built"):
        own.mkdir(exist_ok=True)
        if own.is_symlink():
            raise RefusedError([outside(OWN)])
        if not (own / ".gitignore").exists():
            (own / ".gitignore").write_text("*\n", "ascii")
        lock = os.open(own / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, MODE)
    until = time.monotonic() + patience
    while not _taken(lock):
        if time.monotonic() >= until:
            os.close(lock)
            raise HeldError(f"another build holds {root}; wait until it is done, then build again")
        time.sleep(0.02)
    return lock


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
