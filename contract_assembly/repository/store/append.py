"""A file that only grows: bytes are added at its end, all of them or none, whatever happens meanwhile. Knows `disk`.

A note beside the lock says how long the file was. While it is there, nothing was acknowledged: the next to hold the repository
cuts a torn file back to that length; what is whole by then stands.
"""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.store.disk import (
    MODE,
    OWN,
    Step,
    disk_errors_as_problems,
    inside,
    sha256,
    sync,
    write,
)

GROWING = "growing.json"


def append(root: Path, path: str, before: bytes, added: bytes, step: Step) -> None:
    """Add bytes at the end of a file (relative to the root) that holds `before`, all of them or none, and keep them through
    a loss of power: this returns when the disk has them. A file that is not there is begun.

    Raises RefusedError: `not-written` when the disk refuses, `changed-meanwhile` when the file no longer holds what its reader
    saw, and then it stands as it stood."""
    target = inside(root, path)
    with disk_errors_as_problems(path, "it stands as it stood"):
        if (target.read_bytes() if target.exists() else b"") != before:
            what = f"{path} was changed while this was being written"
            raise RefusedError([Problem("changed-meanwhile", what, Origin(path), "nothing was written; try again")])
        step("note the length")
        _note(root, {"target": path, "length": len(before), "was": sha256(before), "now": sha256(before + added)})
        try:
            grow(target, added, step)
        except BaseException:
            _shorten(target, len(before))
            (root / OWN / GROWING).unlink()
            raise
        step("forget the length")
        (root / OWN / GROWING).unlink()


def _note(root: Path, note: Mapping[str, Any]) -> None:
    draft = root / OWN / f"{GROWING}.new"
    draft.unlink(missing_ok=True)
    write(draft, json.dumps(note).encode())
    draft.replace(root / OWN / GROWING)
    sync(root / OWN)


def grow(target: Path, added: bytes, step: Step) -> None:
    """Write bytes at the end of a file, through to the disk. Raises OSError, and then a part of them may stand there."""
    step("append")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("ab", buffering=0) as file:
        os.fchmod(file.fileno(), MODE)
        left = memoryview(added)
        while left:
            left = left[file.write(left) :]
            step("appended a part")
        os.fsync(file.fileno())
    sync(target.parent)


def _shorten(target: Path, length: int) -> None:
    """Back to a length; a file that had none goes."""
    if not length:
        target.unlink(missing_ok=True)
    elif target.exists():
        os.truncate(target, length)


def truncate_unacknowledged(root: Path) -> Iterator[Problem]:
    """Take away what was being appended and was never acknowledged, if that is all that has changed since; and tell it."""
    try:
        note = json.loads((root / OWN / GROWING).read_bytes())
        target, length = inside(root, note["target"]), int(note["length"])
    except (FileNotFoundError, ValueError, TypeError, KeyError, RefusedError):
        (root / OWN / GROWING).unlink(missing_ok=True)
        return
    data = target.read_bytes() if target.exists() else b""
    line = data[:length].count(b"\n") + 1
    if len(data) > length and sha256(data) == note["now"]:
        what = f"a writer was interrupted; what it added from line {line} on is whole, and stands"
        yield Problem("ledger-whole-row", what, Origin(note["target"], line), "do not enter it again", "warning")
    elif len(data) > length and sha256(data[:length]) == note["was"]:
        what = f"{len(data) - length} bytes from line {line} on were never acknowledged: they were taken away"
        hint = "a writer was interrupted; enter once more what is missing"
        _shorten(target, length)
        yield Problem("ledger-half-row", what, Origin(note["target"], line), hint, "warning")
    sync(target.parent if target.parent.exists() else root)
    (root / OWN / GROWING).unlink(missing_ok=True)
