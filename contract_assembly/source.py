"""Where files come from: a folder on disk here, a state in git's history in `git`. Reads bytes; knows nothing of what they mean.

Paths are relative to the root, with "/" between names, whatever the system.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from contract_assembly.origin import Origin
from contract_assembly.problems import Problem, RefusedError

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


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder on disk, as it is now."""

    root: Path

    def read(self, path: str) -> bytes:
        """The bytes of a file, which no link may have led out of the root."""
        base, target = Path(os.path.realpath(self.root)), Path(os.path.realpath(self.root / path))
        if base not in target.parents:
            raise refused(
                "outside-root", f"{path} leads out of the repository", path, "replace the link by the file itself"
            )
        try:
            if target.stat().st_size > MAX_BYTES:
                raise too_big(path)
            return target.read_bytes()
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


def missing(path: str) -> RefusedError:
    """A file that should be there is not."""
    return refused("missing-file", f"{path} is not there", path, "restore it, or create it from docs/schema")


def too_big(path: str) -> RefusedError:
    """A file is bigger than any input may be."""
    return refused("file-size", f"{path} is over {MAX_BYTES:,} bytes", path, "it cannot be an input; remove it")


def refused(rule: str, what: str, path: str, hint: str, line: int = 1) -> RefusedError:
    """One problem of one file, to be raised."""
    return RefusedError([Problem(rule, what, Origin(path, line), hint)])
