"""Append to a file that only grows, such as a ledger: all of the bytes or none, even if the process is killed.

A note next to the lock holds the length of the file and the bytes to append. As long as the note exists, no caller was
informed that the row is written. The next process to lock the repository reads the note, truncates an incomplete row,
and reports a complete one.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.store.disk import (
    OWN,
    Step,
    content,
    disk_errors_as_problems,
    inside,
    put_aside,
    read_json,
    readable,
    sha256,
    sync,
    write_json,
)

GROWING = "growing.json"


def append(root: Path, path: str, before: bytes, added: bytes, step: Step) -> None:
    """Append bytes to a file (relative to the root) that contains `before`, and return once they are on the disk. A
    file that does not exist is created.

    Raises RefusedError `not-written` if the disk refuses, and `changed-meanwhile` if the file no longer contains
    `before`. In both cases nothing was appended; if the disk also refuses to remove an incomplete row, the error says
    so."""
    target, note = inside(root, path), root / OWN / GROWING
    with disk_errors_as_problems(path, "nothing was added"):
        if (content(target) or b"") != before:
            what = f"{path} was changed while this was being written"
            raise RefusedError([Problem("changed-meanwhile", what, Origin(path), "nothing was written; try again")])
        step("note the length")
        _note(root, {"target": path, "length": len(before), "was": sha256(before), "added": added.hex()})
        try:
            grow(target, added, step)
        except BaseException:
            state = "part of a row may be at its end, which the next command removes"
            with disk_errors_as_problems(path, state):
                _shorten(target, len(before))
                note.unlink()
            raise
    # From here on the bytes are on the disk, and no error may say otherwise: a note that cannot be removed is found by the next
    # command, which reports the row as whole.
    with suppress(OSError):
        step("forget the length")
        note.unlink()


def grow(target: Path, added: bytes, step: Step) -> None:
    """Write bytes at the end of a file and sync it to the disk. After an OSError, some of the bytes may be in the
    file."""
    step("append")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("ab", buffering=0) as file:
        readable(file.fileno())
        left = memoryview(added)
        while left:
            left = left[file.write(left) :]
            step("appended a part")
        os.fsync(file.fileno())
    sync(target.parent)


def interrupted(root: Path) -> str | None:
    """The file to which an interrupted process was appending; None if there is none."""
    note = _read_note(root)
    return note[0] if note else None


def truncate_unacknowledged(root: Path) -> Iterator[Problem]:
    """Settle an interrupted append: truncate an incomplete row, report a complete one, and leave the file alone if it
    has changed since."""
    path = root / OWN / GROWING
    if not os.path.lexists(path):
        return
    note = _read_note(root)
    if note is None:
        yield put_aside(root, path)
        return
    name, length, was, added = note
    target = inside(root, name)
    data = content(target) or b""
    tail, line = data[length:], data[:length].count(b"\n") + 1
    if sha256(data[:length]) == was and tail:
        if tail.startswith(added):
            what = f"a command was interrupted after it had written line {line}: the row is whole"
            yield Problem("ledger-whole-row", what, Origin(name, line), "do not enter it again", "warning")
        elif added.startswith(tail):
            _shorten(target, length)
            what = f"a command was interrupted while it wrote line {line}: the half-written row was taken away"
            yield Problem("ledger-half-row", what, Origin(name, line), "enter again what is missing", "warning")
    sync(target.parent if target.parent.exists() else root)
    path.unlink()


def _note(root: Path, note: Mapping[str, Any]) -> None:
    write_json(root / OWN / GROWING, note)
    sync(root / OWN)


def _read_note(root: Path) -> tuple[str, int, str, bytes] | None:
    """The target, its former length and digest, and the bytes to append; None if there is no note or it is damaged."""
    try:
        note = read_json(root / OWN / GROWING)
        found = str(note["target"]), int(note["length"]), str(note["was"]), bytes.fromhex(note["added"])
        inside(root, found[0])
    except (RefusedError, ValueError, TypeError, KeyError):
        return None
    return found if found[1] >= 0 else None


def _shorten(target: Path, length: int) -> None:
    """Truncate a file to its former length; a file that did not exist is removed."""
    if not length:
        target.unlink(missing_ok=True)
    elif target.exists():
        os.truncate(target, length)
