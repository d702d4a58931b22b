"""Writes sets of files into the repository, whole or not at all; no other package writes there.

How a set lands: every changed file is written to `.build/stage`, next to a link to the file that it replaces. A journal
that lists all moves is renamed into place. Then each file is moved over its target, the record last. If the process is
killed before the journal is in place, nothing has changed. If it is killed later, the next process to lock the
repository finds the journal and finishes the moves. A process that fails without being killed reverses the journal and
moves the former files back.

Until then `interrupted` reports the incomplete set, so that `check` does not report files edited by hand.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import asdict

from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import ALL
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.store import append as growing
from contract_assembly.repository.store.disk import (
    OWN,
    Step,
    digest,
    disk_errors_as_problems,
    inside,
    keep,
    put_aside,
    read_json,
    sha256,
    sync,
    write,
    write_json,
)
from contract_assembly.repository.store.lock import acquire, is_held
from contract_assembly.repository.store.notes import NOTES, is_empty
from contract_assembly.repository.store.notes import remembered as remembered

__all__ = ["cache", "made_folder", "new_folder", "output"]

_FORWARD, _BACK = "forward.json", "back.json"


class _Move(Struct, frozen=True):
    """One file of a set: its target relative to the root, and the SHA-256 of its bytes before and after; None means no
    file."""

    target: str
    was: str | None
    now: str | None


def _unwatched(_step: str) -> None:
    """The default for `step`: do nothing. Tests pass a function that kills the process between two steps."""


@contextmanager
def locked(root: Path, step: Step = _unwatched, patience: float = 0) -> Iterator["Store"]:
    """Lock the repository for one process, and first finish or undo what an interrupted one left.

    The lock is the kernel's, so it always ends with the process. Raises HeldError if another process still holds it
    after `patience` seconds, and RefusedError `not-written` if the root cannot be written.
    """
    store = Store(Path(os.path.realpath(root)), step)
    lock = acquire(store.root, store.cured, patience)
    try:
        with disk_errors_as_problems(OWN, "what an interrupted command left is still there"):
            store.settle()
        yield store
    finally:
        lock.release()  # explicitly: a forked worker may hold a copy of the descriptor


@contextmanager
def rehearsed(root: Path) -> Iterator["Store"]:
    """A store for a dry run: it finds out what would change, and neither locks nor writes anything.

    Raises RefusedError `interrupted-write` if a set is incomplete, because then the changes are not known."""
    if unfinished := interrupted(root):
        raise RefusedError(unfinished.values())
    yield Store(Path(os.path.realpath(root)), dry=True)


def interrupted(root: Path) -> dict[str, Problem]:
    """A problem for each folder with an incomplete set, from a running or an interrupted command. Reads only."""
    store = Store(Path(os.path.realpath(root)))
    targets = [move.target for name in (_FORWARD, _BACK) for move in store.journal(name) or ()]
    targets += [path] if (path := growing.interrupted(store.root)) else []
    held, found = bool(targets) and is_held(store.root), dict[str, Problem]()
    for target in targets:
        folder = "/".join(target.split("/")[:3]) if target.count("/") > 2 else target.rpartition("/")[0]
        what = f"{'a command is writing' if held else 'a command was interrupted while it wrote'} files in {folder}"
        hint = "wait until it is done, then check again" if held else f"run it again, or: {_cure(folder)}"
        found.setdefault(folder, Problem("interrupted-write", what, Origin(target), hint))
    return found


def _cure(folder: str) -> str:
    """A command that finishes an interrupted write. Every command that writes does so first."""
    _, client, agreement = (*folder.split("/"), "", "")[:3]
    if not folder.startswith(f"{ALL}/"):
        return "build.py --all"
    return f"build.py --client {client}{f'/{agreement}' if agreement else ''}"


class Store(Struct, frozen=True):
    """A repository locked by this process, as `locked` returns it. `step` is called with the name of each step just
    before it is taken. `cured` lists what an interrupted process left and what was done about it. A `dry` store writes
    nothing."""

    root: Path
    step: Step = _unwatched
    cured: list[Problem] = field(default_factory=list)
    dry: bool = False

    def put(
        self, folder: str, files: Mapping[str, bytes], last: str = "record.json", remove: Iterable[str] = ()
    ) -> tuple[str, ...]:
        """Write a set of files into a folder (relative to the root) and remove others, whole or not at all.

        Returns the names of the files that changed (in a dry store: would change), in the order in which they were
        written, `last` at the end; a file that already has its bytes is not touched. Raises RefusedError `outside-root`
        for a path that leaves the root, is hidden or runs through a link, and `not-written` if the disk refuses; then
        the former files are kept.
        """
        wanted: dict[str, bytes | None] = {**dict.fromkeys(sorted(remove)), **dict(sorted(files.items()))}
        targets = {name: inside(self.root, folder, name) for name in sorted(wanted, key=lambda name: name == last)}
        with disk_errors_as_problems(folder, "the former files are kept"):
            moves = {name: _Move(self._name(at), digest(at), sha256(wanted[name])) for name, at in targets.items()}
            changed = {name: move for name, move in moves.items() if move.was != move.now}
            if changed and not self.dry:
                self._put_through(tuple(changed.values()), [wanted[name] for name in changed])
        return tuple(changed)

    def append(self, path: str, before: bytes, added: bytes) -> None:
        """Append bytes to a file (relative to the root) that contains `before`, all of them or none; see
        `append.append`."""
        if self.dry:
            inside(self.root, path)
            return
        growing.append(self.root, path, before, added, self.step)

    def settle(self) -> None:
        """Finish an interrupted set if possible, otherwise restore the former files; then clear the stage."""
        self._put_damage_aside()
        self.cured.extend(growing.truncate_unacknowledged(self.root))
        forward = self.journal(_FORWARD)
        if forward and all(self._can_finish(number, move) for number, move in enumerate(forward)):
            self._land(forward)
            self._report(forward, "all its files are in place now")
        elif forward:
            self._turn_back()
            self._report(forward, "the former files are back in place")
        for number, move in enumerate(self.journal(_BACK) or ()):
            self._restore(number, move)
        (self._stage / _BACK).unlink(missing_ok=True)
        self._clear()

    def _report(self, moves: tuple[_Move, ...], state: str) -> None:
        what = f"a command was interrupted while it wrote {moves[-1].target} and {len(moves) - 1} other files: {state}"
        self.cured.append(Problem("interrupted-write", what, Origin(moves[-1].target), "", "warning"))

    def _put_damage_aside(self) -> None:
        """Move damaged parts of `.build` out of the way, and report each once."""
        stage, memory = self._stage, self.root / OWN / NOTES
        journals = [stage / name for name in (_FORWARD, _BACK) if self.journal(name) is None]
        if (os.path.lexists(stage) and (stage.is_symlink() or not stage.is_dir())) or journals:
            self.cured.append(put_aside(self.root, stage))
        if os.path.lexists(memory) and not memory.is_file():
            self.cured.append(put_aside(self.root, memory))

    def memory(self) -> dict[str, Any]:
        """The notes of the last `remember`. A damaged cache is moved out of the way and reported in `cured`."""
        path = self.root / OWN / NOTES
        found = remembered(self.root)
        if not self.dry and not found and os.path.lexists(path) and not is_empty(path):
            with disk_errors_as_problems(OWN, "nothing was built"):
                self.cured.append(put_aside(self.root, path))
        return found

    def remember(self, memory: Mapping[str, Any]) -> None:
        """Keep notes for the next build in `.build/`, which is not committed."""
        if self.dry:
            return
        with disk_errors_as_problems(OWN, "the files that were built are in place"):
            self.step("remember")
            write_json(self.root / OWN / NOTES, memory)

    def _put_through(self, moves: tuple[_Move, ...], contents: list[bytes | None]) -> None:
        try:
            self._write_stage(moves, contents)
            self._land(moves)
        except BaseException:  # an interrupt must not leave an incomplete set either
            with disk_errors_as_problems(
                OWN, "the write was interrupted; the next command that writes finishes or undoes it"
            ):
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
        write_json(draft, [asdict(move) for move in moves])
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
            elif self._new(number).exists():  # otherwise it was moved before the process was killed
                self._new(number).replace(target)
        for folder in sorted({(self.root / move.target).parent for move in moves}):
            sync(folder)
        self.step("end the journal")
        (self._stage / _FORWARD).unlink()

    def _clear(self) -> None:
        """Delete the stage after its journal is done. What cannot be deleted now is deleted by the next build."""
        shutil.rmtree(self._stage, ignore_errors=True)

    def _turn_back(self) -> None:
        """Reverse the journal, so that settling the stage now undoes it. A rename needs no space on a full disk."""
        with suppress(FileNotFoundError):
            (self._stage / _FORWARD).rename(self._stage / _BACK)

    def _restore(self, number: int, move: _Move) -> None:
        self.step(f"restore {move.target}")
        target = self.root / move.target
        if not self._ours(move) or digest(target) != move.now:
            return  # it was never moved, is already restored, or was changed since: leave it alone
        if move.was is None:
            target.unlink(missing_ok=True)
        else:
            self._old(number).replace(target)

    def _can_finish(self, number: int, move: _Move) -> bool:
        """Whether the target has not changed since the interruption, and the staged file is complete."""
        landed = move.now is not None and not self._new(number).exists()
        sound = landed or digest(self._new(number)) == move.now
        expected = {move.now} if landed else {move.was, move.now}
        return sound and self._ours(move) and digest(self.root / move.target) in expected

    def _ours(self, move: _Move) -> bool:
        try:
            return bool(inside(self.root, move.target))
        except RefusedError:
            return False

    def journal(self, name: str) -> tuple[_Move, ...] | None:
        """The moves of an interrupted set; empty if there is no journal, None if it is damaged."""
        path = self._stage / name
        if not os.path.lexists(path):
            return ()
        try:
            moves = tuple(_Move(**entry) for entry in read_json(path))
        except (RefusedError, ValueError, TypeError):
            return None
        texts = [text for move in moves for text in (move.target, move.was, move.now) if text is not None]
        return moves if all(isinstance(text, str) and text.isprintable() for text in texts) else None

    @property
    def _stage(self) -> Path:
        return self.root / OWN / "stage"

    def _new(self, number: int) -> Path:
        return self._stage / f"new-{number}"

    def _old(self, number: int) -> Path:
        return self._stage / f"old-{number}"

    def _name(self, target: Path) -> str:
        return target.relative_to(self.root).as_posix()
