"""Disk operations of `store`: paths inside the root, whole files, damaged notes, and disk errors as problems."""

import errno
import hashlib
import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import printable
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.source import read_plain

Step = Callable[[str], None]

OWN = ".build"  # the store's own folder: locks, journals and caches, never an input of a build
DAMAGED = "damaged"  # where its damaged parts are moved
MODE = 0o644
MOST_JSON = 500_000_000  # bytes of one of our own notes or caches
CURES = {
    errno.ENOSPC: "free some disk space, then build again",
    errno.EDQUOT: "free some of your disk quota, then build again",
    errno.EFBIG: "raise the limit on the size of files, then build again",
    errno.EACCES: "make the folder and its files writable for you, then build again",
    errno.EPERM: "make the folder and its files writable for you, then build again",
    errno.EROFS: "build on a disk that can be written",
    errno.ENOTDIR: "a file is where a folder is needed: move it away, then build again",
    errno.EEXIST: "a file is where a folder is needed: move it away, then build again",
    errno.ENOTSUP: "put a real file there, or remove it, then build again",
    errno.EISDIR: "a folder is where a file is needed: move it away, then build again",
}


def inside(root: Path, *parts: str) -> Path:
    """The absolute path of a file below the root. Raises RefusedError `outside-root` for `..`, hidden names and links."""
    path = PurePosixPath(*parts)
    hidden = any(part.startswith(".") for part in path.parts)
    try:
        real = Path(os.path.realpath(root / path))
    except ValueError:  # a null byte or a lone surrogate
        raise RefusedError([outside(printable(path.as_posix()))]) from None
    if path.is_absolute() or hidden or real != root / path:
        raise RefusedError([outside(path.as_posix())])
    return root / path


def outside(path: str) -> Problem:
    """The problem for a path that is not below the root."""
    return Problem(
        "outside-root",
        f"{path} is hidden, leaves the repository or runs through a link, so nothing is written there",
        Origin(path),
        "put real folders in place of links, and write names without a leading dot",
    )


@contextmanager
def disk_errors_as_problems(path: str, state: str) -> Iterator[None]:
    """Turn an OSError into a RefusedError `not-written` that states the condition of the files and what to do."""
    try:
        yield
    except OSError as error:
        what = f"could not write {path}: {error.strerror or error}; {state}"
        cure = CURES.get(error.errno or 0, "see that this folder can be written, then build again")
        raise RefusedError([Problem("not-written", what, Origin(path), cure)]) from error


def sha256(content: bytes | None) -> str | None:
    """The digest of bytes; None for no file."""
    return None if content is None else hashlib.sha256(content).hexdigest()


def digest(path: Path) -> str | None:
    """The digest of a file's bytes; None if there is no file."""
    return sha256(content(path))


def content(path: Path) -> bytes | None:
    """The bytes of a plain file; None if there is none. Raises OSError for anything else, such as a folder or a pipe."""
    try:
        kind = path.stat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
        raise OSError(errno.ENOTSUP, f"{path.name} is not a plain file")
    return path.read_bytes()


def write(path: Path, content: bytes) -> None:
    """Write a new file and sync it to the disk."""
    with path.open("xb") as file:
        readable(file.fileno())
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def write_json(path: Path, data: Any) -> None:
    """Write a JSON file, whole or not at all."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    write(draft, json.dumps(data, sort_keys=True).encode())
    draft.replace(path)


def read_json(path: Path, most: int = MOST_JSON) -> Any:
    """Read a JSON file from our own folder. Raises RefusedError if it cannot be read, and ValueError if it is not
    JSON."""
    try:
        return json.loads(read_plain(path, f"{OWN}/{path.name}", most))
    except RecursionError:
        raise ValueError("nested too deep") from None


def put_aside(root: Path, path: Path, called: str = "") -> Problem:
    """Move a damaged part of our own folder out of the way, and return a problem that says so."""
    folder = root / OWN / DAMAGED
    folder.mkdir(exist_ok=True)
    number = 1
    while os.path.lexists(kept := folder / f"{path.name}-{number}"):
        number += 1
    path.rename(kept)
    name, now = called or path.relative_to(root).as_posix(), kept.relative_to(root).as_posix()
    what = f"{name} was damaged and is now {now}; it is a cache and is built again"
    return Problem(
        "damaged-cache", what, Origin(name), "nothing is lost; remove the damaged copy when you like", "warning"
    )


def keep(path: Path, kept: Path) -> None:
    """Also keep a file's bytes under another name."""
    try:
        kept.hardlink_to(path)
    except OSError:  # a file system without hard links
        shutil.copy2(path, kept)


def readable(descriptor: int) -> None:
    """Give a new file the usual mode, whatever the umask, so that it is the same for all builders. Windows has none."""
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, MODE)


def sync(folder: Path) -> None:
    """Make renames in a folder survive a loss of power. Windows opens no folder, and its file system keeps a journal of
    renames."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
