"""How much a document may hold before it is taken for an attack. Touches nothing."""

from typing import IO

MAX_FILE = 64_000_000  # bytes of a document: signatures and pictures of them included
MAX_ENCLOSED = 16_000_000  # bytes of all that travels inside one, unpacked
MAX_PARTS = 4_096  # files in a Word package


class UnreadableError(Exception):
    """A document that cannot be read; its message is a sentence for people."""


def bounded(file: IO[bytes], limit: int = MAX_ENCLOSED) -> bytes:
    """All of a file, if it is no bigger than it may be. Raises UnreadableError."""
    data = file.read(limit + 1)
    if len(data) > limit:
        raise UnreadableError("what travels inside this document is too big to be ours")
    return data
