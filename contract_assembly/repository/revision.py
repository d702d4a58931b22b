"""The files of one commit, as a `Source`, and the bytes that were last committed."""

import os
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.git import Git, opened
from contract_assembly.repository.git_process import Blobs
from contract_assembly.repository.other_programs import is_left_behind
from contract_assembly.repository.source import MAX_BYTES, missing, refused, too_big

_LINK, _FILES = "120000", {"100644", "100755"}


class Revision(Struct, frozen=True, dict=True):
    """The files below the root in one commit, as a `Source`; only those in `within`, if folders are named."""

    git: Git
    commit: str
    within: tuple[str, ...] = ()

    @classmethod
    def of(cls, git: Git, name: str) -> "Revision":
        """The files of a commit, by its id, a branch or a tag. Raises RefusedError `unknown-revision`."""
        return cls(git, git.commit(name))

    def read(self, path: str) -> bytes:
        """The bytes of a file as committed."""
        found = self._entries.get(path)
        if found is None:
            raise missing(path)
        mode, blob, size = found
        if mode not in _FILES:
            raise refused(
                "outside-root", f"{path} is a link in {self.commit[:10]}", path, "replace it by the file itself"
            )
        if size > MAX_BYTES:
            raise too_big(path)
        return self._blobs.read(blob)

    def has(self, path: str) -> bool:
        """Whether a file is at this path."""
        return path in self._entries

    def exists(self, path: str) -> bool:
        """Whether a file or a folder is at this path."""
        return path in self._entries or path.strip("/") in self._listing

    def blob(self, path: str) -> str | None:
        """The id of a file's blob; None if there is no such file."""
        found = self._entries.get(path)
        return found[1] if found else None

    def names(self, folder: str) -> tuple[str, ...]:
        """List the files and folders directly in a folder."""
        found = self._listing.get(folder.strip("/"), ())
        return tuple(sorted(name for name in found if not is_left_behind(name)))

    def below(self, folder: str) -> tuple[str, ...]:
        """List the paths of all files in a folder and its subfolders."""
        start = f"{folder.strip('/')}/" if folder.strip("/") else ""
        found = (path for path in self._entries if path.startswith(start))
        return tuple(sorted(path for path in found if not any(map(is_left_behind, path[len(start) :].split("/")))))

    @cached_property
    def _entries(self) -> dict[str, tuple[str, str, int]]:
        """The mode, blob and size of every file, by path."""
        found = {}
        for line in self.git.checked("ls-tree", "-r", "-l", "-z", self.commit, *(self.within or (".",))).split(b"\0"):
            if line:
                about, _, path = line.partition(b"\t")
                mode, kind, blob, size = about.decode().split()
                if kind == "blob":
                    found[os.fsdecode(path)] = (mode, blob, int(size))
        return found

    @cached_property
    def _listing(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for path in self._entries:
            folder, _, name = path.rpartition("/")
            while name and name not in found.setdefault(folder, set()):
                found[folder].add(name)
                folder, _, name = folder.rpartition("/")
        return found

    @cached_property
    def _blobs(self) -> Blobs:
        return Blobs(self.git.root)


class LastCommit(Struct, frozen=True, dict=True):
    """What the last commit has below a root, for files to which lines are only added: nothing without git, or before the first
    commit."""

    root: Path

    def read(self, path: str) -> bytes:
        """The bytes of a file; none where it is not in the commit."""
        return self._files.read(path) if self._files and self._files.has(path) else b""

    @cached_property
    def _files(self) -> Revision | None:
        try:
            return Revision.of(opened(self.root), "HEAD")
        except RefusedError:
            return None
