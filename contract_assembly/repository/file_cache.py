"""Files of a repository, from a folder or a state in git history. Handles names and bytes, not contents.

No path leaves the root, whatever a name or a link says. The digests of every file read are kept.
"""

import hashlib
import re
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field

from contract_assembly.core.paths import client_of
from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.source import Folder, Source, refused

_TEXT = (".yaml", ".md", ".css", ".xml", ".txt", ".rels", ".svg", ".json")
_BEGINS = "<<<<<<< "  # the first mark of a conflict
_CONFLICT = tuple(re.compile(mark, re.MULTILINE) for mark in (r"^<{7} .*\n", r"^={7}\n", r"^>{7} "))


class Digests(Struct, frozen=True):
    """The digests of a file when it was read: the SHA-256 of its bytes, and their id as a git blob."""

    sha256: str
    git: str


T = TypeVar("T")


class Kept(dict[str, T]):
    """What is kept of files, by path, and of which client each is, so that those of one can be discarded at once."""

    def __init__(self) -> None:
        super().__init__()
        self._of: dict[str, list[str]] = {}

    def __setitem__(self, path: str, value: T) -> None:
        if client := client_of(path):
            self._of.setdefault(client, []).append(path)
        super().__setitem__(path, value)

    def forget(self, client: str) -> None:
        """Discard what is kept of a client's files."""
        for path in self._of.pop(client, ()):
            self.pop(path, None)


class Files(Struct, dict=True):
    """The files below a root: a folder, or another source. Each is read once and kept."""

    root: Path | Source
    _bytes: Kept[bytes] = field(default_factory=Kept)
    _digests: Kept[Digests] = field(default_factory=Kept)

    @cached_property
    def source(self) -> Source:
        """Where the files come from."""
        return Folder(self.root) if isinstance(self.root, Path) else self.root

    def read(self, path: str) -> bytes:
        """The bytes of a file below the root. Raises RefusedError when it is missing, leaves the root or is too big."""
        if path not in self._bytes:
            self._bytes[path] = self.source.read(path)
        return self._bytes[path]

    def text(self, path: str) -> str:
        """A text file, as UTF-8, with all line endings as LF, so that a checkout on Windows builds the same
        documents."""
        try:
            text = self.read(path).decode("utf-8")
        except UnicodeDecodeError as error:
            line = self.read(path)[: error.start].count(b"\n") + 1
            raise refused("not-utf-8", "this is not UTF-8 text", path, "save the file as UTF-8", line) from None
        if text.startswith("\ufeff"):
            raise refused(
                "byte-order-mark", "the file starts with a byte order mark", path, "save it as UTF-8 without BOM"
            )
        text = text.replace("\r\n", "\n")
        if conflict := _conflict(text):
            hint = "keep what is right of both sides, remove the three lines of marks, then: git add the file"
            what = "git could not merge this place, and the file has both sides"
            raise refused("merge-conflict", what, path, hint, text.count("\n", 0, conflict) + 1)
        return text

    def digests(self, path: str) -> Digests:
        """The digests of a file's bytes; text counts with LF endings, as git stores it."""
        if path not in self._digests:
            self._digests[path] = self._digested(path)
        return self._digests[path]

    def output(self, path: str) -> str | None:
        """SHA-256 of what was built, text with LF endings; None if there is no such file. The file is read each time
        and not kept, because over many agreements these are most of the bytes."""
        try:
            return hashlib.sha256(_as_stored(path, self.source.read(path))).hexdigest()
        except RefusedError:
            return None

    def _as_stored(self, path: str) -> bytes:
        return _as_stored(path, self.read(path))

    def _digested(self, path: str) -> Digests:
        data = self._as_stored(path)
        blob = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False)
        return Digests(hashlib.sha256(data).hexdigest(), blob.hexdigest())

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """The names of the files in a folder with this suffix, without the suffix, in order; empty if there is no such
        folder."""
        found = self.source.names(folder)
        return tuple(sorted(each.removesuffix(suffix) for each in found if each.endswith(suffix)))


def _conflict(text: str) -> int | None:
    """The line on which the first conflict left by git begins; its three markers follow each other."""
    if _BEGINS not in text:
        return None
    begins, found = None, None
    position = 0
    for mark in _CONFLICT:  # one pass over the text, however many opening markers there are
        if not (found := mark.search(text, position)):
            return None
        begins = found.start() if begins is None else begins
        position = found.end()
    return begins


def _as_stored(path: str, data: bytes) -> bytes:
    """A file's bytes as git stores them."""
    return data.replace(b"\r\n", b"\n") if path.endswith(_TEXT) else data
