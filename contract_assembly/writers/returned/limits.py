"""Limits beyond which a document is treated as an attack. They are counts, not times, so that every machine decides alike."""

MAX_FILE = 64_000_000  # bytes of a document, including signatures and images of them
MAX_ENCLOSED = 16_000_000  # bytes of all files embedded in a document, unpacked
MAX_PARTS = 4_096  # files in a Word package
MAX_TEXT = 24_000_000  # bytes of all XML that is read for words, unpacked: a contract of 50 pages has one million
MAX_ELEMENTS = 150_000  # in all of that XML: a contract of 50 pages has 20 to 40 thousand
MAX_DEPTH = 256  # levels of nested elements, and fields inside each other
MAX_PARAGRAPHS = 5_000  # of a file that is compared: a contract of 50 pages has 900
MAX_CHARACTERS = 250_000  # in these paragraphs: a contract of 50 pages has 70,000
MAX_COMMENTS = 1_000  # in the margin
MAX_CODE = 1_000  # characters of a field's instruction that are read


class UnreadableError(Exception):
    """A document that cannot be read; its message is a sentence for users, without a full stop."""
