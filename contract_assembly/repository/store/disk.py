"""The disk as `store` uses it: paths that stay inside the root, whole files, and errors told as problems. Knows `problems`."""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError

Step = Callable[[str], None]

OWN = ".build"  # the store's own folder
MODE = 0o644
CURES = {
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


def inside(root: Path, *parts: str) -> Path:
    """Give the path below the root, if it is one: no `..`, nothing hidden, and no link on the way or at its end."""
    path = PurePosixPath(*parts)
    hidden = any(part.startswith(".") for part in path.parts)
    if path.is_absolute() or hidden or Path(os.path.realpath(root / path)) != root / path:
        raise RefusedError([outside(path.as_posix())])
    return root / path


def outside(path: str) -> Problem:
    """The problem of a path that is not below the root."""
    return Problem(
        "outside-root",
        f"{path} is hidden, leaves the repository or runs through a link, so nothing is written there",
        Origin(path),
        "put real folders in place of links, and write names without a leading dot",
    )


@contextmanager
def disk_errors_as_problems(path: str, state: str) -> Iterator[None]:
    """Tell an error of the disk as a problem that says how things stand and what to do."""
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
    """The digest of a file's bytes; None where there is no file."""
    try:
        return sha256(path.read_bytes())
    except FileNotFoundError:
        return None


def write(path: Path, content: bytes) -> None:
    """Write a new file through to the disk."""
    with path.open("xb") as file:
        os.fchmod(file.fileno(), MODE)  # not left to the umask: the same file for every builder
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def keep(path: Path, kept: Path) -> None:
    """Keep a file's bytes under another name, too."""
    try:
        kept.hardlink_to(path)
    except OSError:  # a file system without hard links
        shutil.copy2(path, kept)


def sync(folder: Path) -> None:
    """Make renames in a folder last through a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
