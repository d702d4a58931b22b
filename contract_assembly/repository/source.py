"""Sources of files: a folder on disk, one source laid over another, and a source with some files replaced.

`git` adds a commit as a source. Paths are relative to the root, with "/" between names on every system. Only this
module opens files for reading: plain files of at most `MAX_BYTES`. Files that other programs leave behind are not
listed (`other_programs`).
"""

import os
import stat
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import IO, Protocol

from msgspec import Struct, field

from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import is_clients, printable
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.other_programs import is_left_behind

MAX_BYTES = 20_000_000
_FIRST = 65_536  # bytes of a file that are read at once: nearly every one has fewer
_KEPT = 1_000  # folders whose real path is known
MAX_NAMED = 64_000_000  # of a file named on the command line: a signed PDF may be a scan
# Without waiting for the other end of a pipe, or taking a terminal; Windows has none of these, but text mode.
_PLAINLY = os.O_RDONLY
for _flag in ("O_CLOEXEC", "O_NONBLOCK", "O_NOCTTY", "O_BINARY"):
    _PLAINLY |= getattr(os, _flag, 0)
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class Source(Protocol):
    """A tree of files that does not change while it is read."""

    def read(self, path: str) -> bytes:
        """Return the bytes of a file. Raises RefusedError if it is missing, not a plain file, outside the root or too
        big."""
        ...

    def has(self, path: str) -> bool:
        """Whether there is a file at this path. Anything but a folder counts, so that reading it reports what it is."""
        ...

    def exists(self, path: str) -> bool:
        """Whether there is anything at this path: a file, a folder, or something that cannot be examined."""
        ...

    def names(self, folder: str) -> tuple[str, ...]:
        """List the files and folders directly in a folder, in order; empty if the folder does not exist.

        Raises RefusedError if it cannot be listed."""
        ...

    def below(self, folder: str) -> tuple[str, ...]:
        """List the paths of all files in a folder and its subfolders, relative to the root, in order.

        Raises RefusedError if a part of it cannot be listed."""
        ...


class Folder(Struct, frozen=True, dict=True):
    """A folder on disk, as it is now."""

    root: Path

    @cached_property
    def _real(self) -> dict[str, str]:
        """Where folders really are, as far as it was looked up."""
        return {}

    @cached_property
    def _base(self) -> str:
        """The real path of the folder, with which the real path of everything in it begins."""
        return os.path.realpath(self.root).rstrip(os.sep) + os.sep

    def _at(self, path: str) -> str:
        """A path on disk. Many thousand are looked at for a large firm, and `Path` takes longer than the disk."""
        return os.path.join(self._start, path)

    @cached_property
    def _start(self) -> str:
        return os.fspath(self.root)

    def _real_path(self, path: str) -> str:
        """Where a file really is. Raises ValueError for a null byte or a lone surrogate."""
        folder, _, name = path.rpartition("/")
        if name in {"", ".", ".."}:
            return os.path.realpath(self._at(path))
        target = f"{self._real_folder(folder).rstrip(os.sep)}{os.sep}{name}"
        return os.path.realpath(target) if os.path.islink(target) else target

    def _real_folder(self, folder: str) -> str:
        """Where a folder really is: looked up once, that of a client from the folder around it."""
        if folder not in self._real:
            if len(self._real) >= _KEPT:
                self._real.clear()
            self._real[folder] = self._real_path(folder) if is_clients(folder) else os.path.realpath(self._at(folder))
        return self._real[folder]

    def read(self, path: str) -> bytes:
        """Return the bytes of a plain file. Raises RefusedError for a symbolic link that leads out of the root."""
        try:
            target = self._real_path(path)
        except ValueError:
            raise missing(path) from None
        if not target.startswith(self._base):
            raise refused(
                "outside-root",
                f"{printable(path)} leads out of the repository",
                path,
                "replace the link with the file itself",
            )
        return read_plain(target, path)

    def has(self, path: str) -> bool:
        """Whether a file is at this path."""
        try:
            return not stat.S_ISDIR(os.stat(self._at(path)).st_mode)
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return False
        except OSError:
            return True

    def exists(self, path: str) -> bool:
        """Whether anything is at this path."""
        try:
            os.lstat(self._at(path))
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return False
        except OSError:
            return True
        return True

    def names(self, folder: str) -> tuple[str, ...]:
        """List the files and folders directly in a folder. Raises RefusedError for a client or an agreement that is a
        link, because it would count twice."""
        if is_clients(folder) and os.path.islink(self._at(folder)):
            what = f"{printable(folder)} is a link, and would count as another client or agreement"
            raise refused("linked-folder", what, folder, "remove the link, or put a real folder in its place")
        try:
            found = os.listdir(self._at(folder))
        except FileNotFoundError:
            return ()
        except (OSError, ValueError) as error:
            raise _unlisted(self._nearest(folder), error) from None
        return tuple(sorted(name for name in found if not is_left_behind(name)))

    def _nearest(self, folder: str) -> str:
        """The folder itself, or the part of its path that exists, if it does not."""
        while "/" in folder and not os.path.lexists(self.root / folder):
            folder = folder.rpartition("/")[0]
        return folder

    def below(self, folder: str) -> tuple[str, ...]:
        """List the paths of all files in a folder and its subfolders."""
        found: list[str] = []
        waiting = [folder.strip("/")]
        while waiting:
            at = waiting.pop()
            for name in self.names(at):
                path = f"{_start(at)}{name}"
                kind = _kind_of(self.root / path)
                if kind is None or not stat.S_ISDIR(kind):
                    found.append(path)
                elif not (self.root / path).is_symlink():
                    waiting.append(path)
        return tuple(sorted(found))


class Overlay(Struct, frozen=True):
    """A source in which some paths, and everything below them, come from another source. A folder's path ends in
    "/"."""

    base: Source
    top: Source
    paths: tuple[str, ...]

    def read(self, path: str) -> bytes:
        """Return the bytes of a file."""
        return self._of(path).read(path)

    def has(self, path: str) -> bool:
        """Whether a file is at this path."""
        return self._of(path).has(path)

    def exists(self, path: str) -> bool:
        """Whether anything is at this path."""
        return self._of(path).exists(path)

    def names(self, folder: str) -> tuple[str, ...]:
        """List the files and folders directly in a folder."""
        start = _start(folder)
        under = {name for name in self.base.names(folder) if not self._taken(start + name)}
        over = {name for name in self.top.names(folder) if self._taken(start + name) or self._leads(start + name)}
        return tuple(sorted(under | over))

    def below(self, folder: str) -> tuple[str, ...]:
        """List the paths of all files in a folder and its subfolders."""
        under = {path for path in self.base.below(folder) if not self._taken(path)}
        return tuple(sorted(under | {path for path in self.top.below(folder) if self._taken(path)}))

    def _of(self, path: str) -> Source:
        return self.top if self._taken(path) else self.base

    def _taken(self, path: str) -> bool:
        return any(path == each or (each.endswith("/") and f"{path}/".startswith(each)) for each in self.paths)

    def _leads(self, path: str) -> bool:
        return any(each.startswith(f"{path}/") for each in self.paths)


class Edited(Struct, frozen=True):
    """A source with some files replaced or added."""

    base: Source
    files: Mapping[str, bytes] = field(default_factory=dict)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file."""
        return self.files[path] if path in self.files else self.base.read(path)

    def has(self, path: str) -> bool:
        """Whether a file is at this path."""
        return path in self.files or self.base.has(path)

    def exists(self, path: str) -> bool:
        """Whether anything is at this path."""
        return self.has(path) or any(each.startswith(f"{path}/") for each in self.files) or self.base.exists(path)

    def names(self, folder: str) -> tuple[str, ...]:
        """List the files and folders directly in a folder."""
        start = _start(folder)
        more = {path.removeprefix(start).partition("/")[0] for path in self.files if path.startswith(start)}
        return tuple(sorted({*self.base.names(folder), *more}))

    def below(self, folder: str) -> tuple[str, ...]:
        """List the paths of all files in a folder and its subfolders."""
        start = _start(folder)
        return tuple(sorted({*self.base.below(folder), *(path for path in self.files if path.startswith(start))}))


def read_plain(target: str | Path, path: str, most: int | None = None) -> bytes:
    """Return the bytes of a plain file anywhere on disk; `path` is its name in messages.

    Pipes, devices, sockets and folders are refused before they are opened, and no more than `most` bytes are read (default
    `MAX_BYTES`), whatever size the file reports.

    Raises RefusedError: `missing-file`, `not-a-file`, `file-size` or `unreadable-file`."""
    try:
        kind = os.stat(target).st_mode
        if not stat.S_ISREG(kind):
            raise refused(
                "not-a-file", f"{printable(path)} is {_named(kind)}, not a file", path, "put a real file there"
            )
        descriptor = os.open(target, _PLAINLY)
        with os.fdopen(descriptor, "rb") as file:
            return read_bounded(file, path, most)
    except FileNotFoundError:
        raise missing(path) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise refused(
            "unreadable-file", f"{printable(path)} cannot be read: {why}", path, "check its permissions"
        ) from None


def read_bounded(file: IO[bytes], path: str, most: int | None = None) -> bytes:
    """Return all bytes of an open file. Raises RefusedError `file-size` if there are more than `most`."""
    most = most or MAX_BYTES
    data = file.read(_FIRST)  # Python makes room for all that it may read
    if len(data) == _FIRST <= most:
        data += file.read(most + 1 - _FIRST)
    if len(data) > most:
        raise too_big(path, most)
    return data


def read_named(path: Path) -> bytes:
    """Return the bytes of a file named on the command line: a plain file of at most `MAX_NAMED` bytes."""
    return read_plain(path, str(path), MAX_NAMED)


def _named(kind: int) -> str:
    return next((name for is_kind, name in _KINDS if is_kind(kind)), "something else")


def _kind_of(path: Path) -> int | None:
    """The kind of a file, following links; None if it cannot be examined."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return None


def _start(folder: str) -> str:
    """The prefix of every path in a folder; the root is the folder ""."""
    return f"{folder.strip('/')}/" if folder.strip("/") else ""


def _unlisted(folder: str, error: Exception) -> RefusedError:
    shown = printable(folder) or "the root"
    if isinstance(error, NotADirectoryError):
        hint = "move the file away; a folder belongs there"
        return refused("not-a-folder", f"{shown} is a file, not a folder", folder, hint)
    why = getattr(error, "strerror", None) or error
    hint = "check its permissions, and replace links with real folders"
    return refused("unreadable-folder", f"the folder {shown} cannot be listed: {why}", folder, hint)


def missing(path: str) -> RefusedError:
    """The error for a required file that does not exist."""
    return refused("missing-file", f"{printable(path)} is not there", path, "restore it, or create it from docs/schema")


def too_big(path: str, most: int = MAX_BYTES) -> RefusedError:
    """The error for a file over the size limit."""
    return refused("file-size", f"{printable(path)} is over {most:,} bytes", path, "it cannot be an input; remove it")


def refused(rule: str, what: str, path: str, hint: str, line: int = 1) -> RefusedError:
    """An error with one problem of one file."""
    return RefusedError([Problem(rule, what, Origin(printable(path), line), hint)])
