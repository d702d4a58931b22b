"""Where files come from: a folder on disk here, a state in git's history in `git`, one laid over another. Reads bytes; knows
nothing of what they mean.

Paths are relative to the root, with "/" between names, whatever the system.
"""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError

MAX_BYTES = 20_000_000


class Source(Protocol):
    """A tree of files that does not change while it is read."""

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises RefusedError when it is missing, leaves the root, or is too big."""
        ...

    def has(self, path: str) -> bool:
        """Whether a file stands at this path."""
        ...

    def names(self, folder: str) -> tuple[str, ...]:
        """What stands directly in a folder, files and folders, in order; nothing where there is no such folder."""
        ...

    def below(self, folder: str) -> tuple[str, ...]:
        """The paths of all files in a folder and in the folders inside it, relative to the root, in order."""
        ...


@dataclass(frozen=True)
class Folder:
    """A folder on disk, as it is now."""

    root: Path

    @cached_property
    def _base(self) -> str:
        """Where the folder really is, and what every path in it begins with."""
        return os.path.realpath(self.root).rstrip(os.sep) + os.sep

    def read(self, path: str) -> bytes:
        """The bytes of a file, which no link may have led out of the root."""
        target = os.path.realpath(self.root / path)
        if not target.startswith(self._base):
            raise refused(
                "outside-root", f"{path} leads out of the repository", path, "replace the link by the file itself"
            )
        try:
            with Path(target).open("rb") as file:
                if os.fstat(file.fileno()).st_size > MAX_BYTES:
                    raise too_big(path)
                return file.read()
        except FileNotFoundError:
            raise missing(path) from None
        except OSError as error:
            raise refused(
                "unreadable-file", f"{path} cannot be read: {error.strerror}", path, "check its permissions"
            ) from None

    def has(self, path: str) -> bool:
        """Whether a file stands at this path."""
        return (self.root / path).is_file()

    def names(self, folder: str) -> tuple[str, ...]:
        """What stands directly in a folder."""
        base = self.root / folder
        return tuple(sorted(each.name for each in base.iterdir())) if base.is_dir() else ()

    def below(self, folder: str) -> tuple[str, ...]:
        """The paths of all files in a folder and in the folders inside it."""
        found = (self.root / folder).rglob("*")
        return tuple(sorted(each.relative_to(self.root).as_posix() for each in found if each.is_file()))


@dataclass(frozen=True, slots=True)
class Overlay:
    """One source of files, in which what lies at or below some paths is another's. A path of a folder ends in "/"."""

    base: Source
    top: Source
    paths: tuple[str, ...]

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        return self._of(path).read(path)

    def has(self, path: str) -> bool:
        """Whether a file stands at this path."""
        return self._of(path).has(path)

    def names(self, folder: str) -> tuple[str, ...]:
        """What stands directly in a folder."""
        start = _start(folder)
        under = {name for name in self.base.names(folder) if not self._taken(start + name)}
        over = {name for name in self.top.names(folder) if self._taken(start + name) or self._leads(start + name)}
        return tuple(sorted(under | over))

    def below(self, folder: str) -> tuple[str, ...]:
        """The paths of all files in a folder and in the folders inside it."""
        under = {path for path in self.base.below(folder) if not self._taken(path)}
        return tuple(sorted(under | {path for path in self.top.below(folder) if self._taken(path)}))

    def _of(self, path: str) -> Source:
        return self.top if self._taken(path) else self.base

    def _taken(self, path: str) -> bool:
        return any(path == each or (each.endswith("/") and f"{path}/".startswith(each)) for each in self.paths)

    def _leads(self, path: str) -> bool:
        return any(each.startswith(f"{path}/") for each in self.paths)


@dataclass(frozen=True, slots=True)
class Edited:
    """A source of files, some of which say something else."""

    base: Source
    files: Mapping[str, bytes] = field(default_factory=dict)

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        return self.files[path] if path in self.files else self.base.read(path)

    def has(self, path: str) -> bool:
        """Whether a file stands at this path."""
        return path in self.files or self.base.has(path)

    def names(self, folder: str) -> tuple[str, ...]:
        """What stands directly in a folder."""
        start = _start(folder)
        more = {path.removeprefix(start).partition("/")[0] for path in self.files if path.startswith(start)}
        return tuple(sorted({*self.base.names(folder), *more}))

    def below(self, folder: str) -> tuple[str, ...]:
        """The paths of all files in a folder and in the folders inside it."""
        start = _start(folder)
        return tuple(sorted({*self.base.below(folder), *(path for path in self.files if path.startswith(start))}))


def _start(folder: str) -> str:
    """What the paths in a folder begin with; the root is the folder ""."""
    return f"{folder.strip('/')}/" if folder.strip("/") else ""


def missing(path: str) -> RefusedError:
    """A file that should be there is not."""
    return refused("missing-file", f"{path} is not there", path, "restore it, or create it from docs/schema")


def too_big(path: str) -> RefusedError:
    """A file is bigger than any input may be."""
    return refused("file-size", f"{path} is over {MAX_BYTES:,} bytes", path, "it cannot be an input; remove it")


def refused(rule: str, what: str, path: str, hint: str, line: int = 1) -> RefusedError:
    """One problem of one file, to be raised."""
    return RefusedError([Problem(rule, what, Origin(path, line), hint)])


def read_named(path: Path, limit: int) -> bytes:
    """The bytes of a file that was named on the command line, anywhere on this machine.

    Raises RefusedError where it is missing, is not a plain file (a pipe or a device may never end) or is over `limit` bytes."""
    name = str(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            what = f"{name} is not a plain file"
            raise RefusedError([Problem("unreadable-file", what, None, "name a file on disk")])
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        hint = "check the name and your permissions"
        raise RefusedError([Problem("unreadable-file", f"{name} cannot be read: {why}", None, hint)]) from None
    if len(data) > limit:
        hint = "no document of ours is so big"
        raise RefusedError([Problem("file-size", f"{name} is over {limit:,} bytes", None, hint)])
    return data
