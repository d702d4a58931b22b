"""How much a document may hold before it is taken for an attack, as counts, so that every machine judges alike."""

from typing import IO

MAX_FILE = 64_000_000  # bytes of a document, with signatures and pictures of them
MAX_ENCLOSED = 16_000_000  # bytes of all files that travel inside a document, unpacked
MAX_PARTS = 4_096  # files in a Word package
MAX_TEXT = 24_000_000  # bytes of all XML that is read for words, unpacked: a contract of 50 pages has one million
MAX_ELEMENTS = 250_000  # in all of that XML: a contract of 50 pages has 20 to 40 thousand
MAX_DEPTH = 256  # elements inside each other


class UnreadableError(Exception):
    """A document that cannot be read; its message is a sentence for people, without a full stop."""


def bounded(file: IO[bytes], limit: int = MAX_ENCLOSED) -> bytes:
    """All bytes of an open file. Raises UnreadableError for more than `limit`."""
    data = file.read(limit + 1)
    if len(data) > limit:
        raise UnreadableError("this file unpacks to more than any document of ours")
    return data
