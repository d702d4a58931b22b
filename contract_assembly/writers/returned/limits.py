"""Limits beyond which a document is treated as an attack. They are counts, not times, so that every machine decides alike."""

from typing import IO

MAX_FILE = 64_000_000  # bytes of a document, including signatures and images of them
MAX_ENCLOSED = 16_000_000  # bytes of all files embedded in a document, unpacked
MAX_PARTS = 4_096  # files in a Word package
MAX_TEXT = 24_000_000  # bytes of all XML that is read for words, unpacked: a contract of 50 pages has one million
MAX_ELEMENTS = 250_000  # in all of that XML: a contract of 50 pages has 20 to 40 thousand
MAX_DEPTH = 256  # levels of nested elements


class UnreadableError(Exception):
    """A document that cannot be read; its message is a sentence for users, without a full stop."""


def bounded(file: IO[bytes], limit: int = MAX_ENCLOSED) -> bytes:
    """All bytes of an open file. Raises UnreadableError if there are more than `limit`."""
    data = file.read(limit + 1)
    if len(data) > limit:
        raise UnreadableError(f"this file unpacks to more than {limit:,} bytes")
    return data
