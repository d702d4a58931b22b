"""Puts built files into the repository, whole or not at all: the only module that writes there. Knows `problems`.

How a set lands: every changed file is written to `.build/stage`, beside a link to the file it replaces; a journal that
names all moves is renamed into place; then each file is moved over its target, the record last. A process that dies
before the journal stands has changed nothing; after that, the next builder finds the journal and finishes the moves.
A process that lives but fails turns the journal round and moves the former files back.
"""

import errno
import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from contract_assembly.origin import Origin
from contract_assembly.problems import Problem, RefusedError

Step = Callable[[str], None]

_OWN = ".build"
_FORWARD, _BACK = "forward.json", "back.json"
_MEMORY = "built.json"
_GROWING = "growing.json"
_MODE = 0o644
_CURES = {
    errno.ENOSPC: "free some disk space, then build again",
    errno.EDQUOT: "free some of your disk quota, then build again",
    errno.EFBIG: "raise the limit on the size of files, then build again",
    errno.EACCES: "make the folder and its files writable for you, then build again",
    errno.EPERM: "make the folder and its files writable for you, then build again",
    errno.EROFS: "build on a disk that can be written",
    errno.ENOTDIR: "a file stands where a folder is needed: move it away, then build again",
    errno.EEXIST: "a file stands where a folder is needed: move it away, then build again",
    errno.EISDIR: "a folder stands where a file is needed: move it away, then build again",
}


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
def held(root: Path, step: Step = _unwatched, patience: float = 0) -> Iterator["Store"]:
    """Hold the repository for one builder, and first finish or undo what a killed one left.

    The lock is the kernel's, so it ends with the process however that ends. Raises HeldError if another process holds
    it, even after waiting for so many seconds; RefusedError (rule `not-written`) if the root cannot be written.
    """
    store = Store(Path(os.path.realpath(root)), step)
    lock = _locked(store.root, patience)
    try:
        with _told(_OWN, "what an earlier build left is still there"):
            store.settle()
        yield store
    finally:
        fcntl.flock(lock, fcntl.LOCK_UN)  # said aloud, for a forked worker may hold a copy of the descriptor
        os.close(lock)


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
        targets = {name: _inside(self.root, folder, name) for name in sorted(wanted, key=lambda name: name == last)}
        with _told(folder, "its former files stand"):
            moves = {name: _Move(self._name(at), _digest(at), _sha256(wanted[name])) for name, at in targets.items()}
            changed = {name: move for name, move in moves.items() if move.was != move.now}
            if changed:
                self._put_through(tuple(changed.values()), [wanted[name] for name in changed])
        return tuple(changed)

    def append(self, path: str, before: bytes, added: bytes) -> None:
        """Add bytes at the end of a file (relative to the root) that holds `before`, all of them or none, and keep them through
        a loss of power: this returns when the disk has them. A file that is not there is begun.

        A note beside the lock says how long the file was. While it is there, nothing was acknowledged, and the next to hold
        the repository cuts a torn file back; what is whole by then stands. Raises RefusedError: `not-written` when the disk
        refuses, `changed-meanwhile` when the file no longer holds what its reader saw, and then it stands as it stood."""
        target = _inside(self.root, path)
        with _told(path, "it stands as it stood"):
            if (target.read_bytes() if target.exists() else b"") != before:
                what = f"{path} was changed while this was being written"
                raise RefusedError([Problem("changed-meanwhile", what, Origin(path), "nothing was written; try again")])
            self.step("note the length")
            self._note({"target": path, "length": len(before), "was": _sha256(before), "now": _sha256(before + added)})
            try:
                self._grow(target, added)
            except BaseException:
                os.truncate(target, len(before))
                self._cut_back()
                raise
            self.step("forget the length")
            (self.root / _OWN / _GROWING).unlink()

    def _note(self, note: Mapping[str, Any]) -> None:
        draft = self.root / _OWN / f"{_GROWING}.new"
        draft.unlink(missing_ok=True)
        _write(draft, json.dumps(note).encode())
        draft.replace(self.root / _OWN / _GROWING)
        _sync(self.root / _OWN)

    def _grow(self, target: Path, added: bytes) -> None:
        self.step("append")
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("ab", buffering=0) as file:
            os.fchmod(file.fileno(), _MODE)
            left = memoryview(added)
            while left:
                left = left[file.write(left) :]
                self.step("appended a part")
            os.fsync(file.fileno())
        _sync(target.parent)

    def _cut_back(self) -> None:
        """Take away what was being appended and was never acknowledged, if that is all that has changed since."""
        try:
            note = json.loads((self.root / _OWN / _GROWING).read_bytes())
            target, length = _inside(self.root, note["target"]), int(note["length"])
        except (FileNotFoundError, ValueError, TypeError, KeyError, RefusedError):
            (self.root / _OWN / _GROWING).unlink(missing_ok=True)
            return
        data = target.read_bytes() if target.exists() else b""
        line = data[:length].count(b"\n") + 1
        if len(data) > length and _sha256(data) == note["now"]:
            what, hint = (
                f"a writer was interrupted; what it added from line {line} on is whole, and stands",
                "do not enter it again",
            )
            self.cured.append(Problem("ledger-whole-row", what, Origin(note["target"], line), hint, "warning"))
        elif len(data) > length and _sha256(data[:length]) == note["was"]:
            what = f"{len(data) - length} bytes from line {line} on were never acknowledged: they were taken away"
            hint = "a writer was interrupted; enter once more what is missing"
            self.cured.append(Problem("ledger-half-row", what, Origin(note["target"], line), hint, "warning"))
            os.truncate(target, length)
            if not length:
                target.unlink()
        _sync(target.parent if target.parent.exists() else self.root)
        (self.root / _OWN / _GROWING).unlink(missing_ok=True)

    def settle(self) -> None:
        """Bring the stage to rest: finish a set that can be finished, else put the former files back; then clear it."""
        self._cut_back()
        forward = self._journal(_FORWARD)
        if forward and all(self._can_finish(number, move) for number, move in enumerate(forward)):
            self._land(forward)
        elif forward:
            self._turn_back()
        for number, move in enumerate(self._journal(_BACK)):
            self._restore(number, move)
        (self._stage / _BACK).unlink(missing_ok=True)
        self._clear()

    def remembered(self) -> dict[str, Any]:
        """What `remember` kept last; empty where there is nothing, or nothing that can be read. Never an input of a build."""
        try:
            found = json.loads((self.root / _OWN / _MEMORY).read_bytes())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def remember(self, memory: Mapping[str, Any]) -> None:
        """Keep notes for the next build beside the lock, outside what is committed."""
        with _told(_OWN, "what was built stands"):
            draft = self.root / _OWN / f"{_MEMORY}.new"
            draft.unlink(missing_ok=True)
            _write(draft, json.dumps(memory, sort_keys=True).encode())
            draft.replace(self.root / _OWN / _MEMORY)

    def _put_through(self, moves: tuple[_Move, ...], contents: list[bytes | None]) -> None:
        try:
            self._write_stage(moves, contents)
            self._land(moves)
        except BaseException:  # an interrupt, too, must not leave half a set
            with _told(_OWN, "the set is half landed; the next build puts it right"):
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
                _write(self._new(number), content)
            if move.was is not None:
                _keep(self.root / move.target, self._old(number))
        draft = self._stage / "draft.json"
        self.step("write the journal")
        _write(draft, json.dumps([asdict(move) for move in moves], indent=1).encode())
        self.step("show the journal")
        draft.rename(self._stage / _FORWARD)
        _sync(self._stage)

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
            _sync(folder)
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
        if not self._ours(move) or _digest(target) != move.now:
            return  # never landed, back already, or changed by somebody since: not ours to touch
        if move.was is None:
            target.unlink(missing_ok=True)
        else:
            self._old(number).replace(target)

    def _can_finish(self, number: int, move: _Move) -> bool:
        """Nobody has changed the target since the builder died, and what is staged for it is all there."""
        landed = move.now is not None and not self._new(number).exists()
        sound = landed or _digest(self._new(number)) == move.now
        expected = {move.now} if landed else {move.was, move.now}
        return sound and self._ours(move) and _digest(self.root / move.target) in expected

    def _ours(self, move: _Move) -> bool:
        try:
            return bool(_inside(self.root, move.target))
        except RefusedError:
            return False

    def _journal(self, name: str) -> tuple[_Move, ...]:
        try:
            return tuple(_Move(**entry) for entry in json.loads((self._stage / name).read_bytes()))
        except (FileNotFoundError, ValueError, TypeError):
            return ()

    @property
    def _stage(self) -> Path:
        return self.root / _OWN / "stage"

    def _new(self, number: int) -> Path:
        return self._stage / f"new-{number}"

    def _old(self, number: int) -> Path:
        return self._stage / f"old-{number}"

    def _name(self, target: Path) -> str:
        return target.relative_to(self.root).as_posix()


def _locked(root: Path, patience: float) -> int:
    own = root / _OWN
    with _told(_OWN, "nothing was built"):
        own.mkdir(exist_ok=True)
        if own.is_symlink():
            raise RefusedError([_outside(_OWN)])
        if not (own / ".gitignore").exists():
            (own / ".gitignore").write_text("*\n", "ascii")
        lock = os.open(own / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, _MODE)
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


def _inside(root: Path, *parts: str) -> Path:
    """Give the path below the root, if it is one: no `..`, nothing hidden, and no link on the way or at its end."""
    path = PurePosixPath(*parts)
    hidden = any(part.startswith(".") for part in path.parts)
    if path.is_absolute() or hidden or Path(os.path.realpath(root / path)) != root / path:
        raise RefusedError([_outside(path.as_posix())])
    return root / path


def _outside(path: str) -> Problem:
    return Problem(
        "outside-root",
        f"{path} is hidden, leaves the repository or runs through a link, so nothing is written there",
        Origin(path),
        "put real folders in place of links, and write names without a leading dot",
    )


@contextmanager
def _told(path: str, state: str) -> Iterator[None]:
    """Tell an error of the disk as a problem that says how things stand and what to do."""
    try:
        yield
    except OSError as error:
        what = f"could not write {path}: {error.strerror or error}; {state}"
        cure = _CURES.get(error.errno or 0, "see that this folder can be written, then build again")
        raise RefusedError([Problem("not-written", what, Origin(path), cure)]) from error


def _sha256(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()


def _digest(path: Path) -> str | None:
    try:
        return _sha256(path.read_bytes())
    except FileNotFoundError:
        return None


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        os.fchmod(file.fileno(), _MODE)  # not left to the umask: the same file for every builder
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _keep(path: Path, kept: Path) -> None:
    try:
        kept.hardlink_to(path)
    except OSError:  # a file system without hard links
        shutil.copy2(path, kept)


def _sync(folder: Path) -> None:
    """Make renames in a folder last through a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
