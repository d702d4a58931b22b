"""Read the words of a Word file or a PDF from anywhere, within fixed limits. Nothing in a file is trusted or run.

`words_of` is the entry point; `word_package` and `pdf_file` open the two formats for all other readers.
"""

from collections.abc import Callable, Mapping

from contract_assembly.core.lazy import table
from contract_assembly.writers.returned.limits import MAX_FILE, UnreadableError
from contract_assembly.writers.returned.read_words import Words

__all__ = [
    "limits",
    "pdf_file",
    "pdf_pages",
    "read_words",
    "signing_places",
    "word_marks",
    "word_package",
    "word_stories",
]

_WORD, _PDF = b"PK\x03\x04", b"%PDF-"
_LOCKED = b"\xd0\xcf\x11\xe0"  # a Word file with a password, or from before 2007

_READERS: Mapping[str, Callable[[bytes], Words]] = table(
    {
        "docx": "contract_assembly.writers.returned.word_stories:words",
        "pdf": "contract_assembly.writers.returned.pdf_pages:words",
    }
)


def format_of(data: bytes) -> str:
    """The format of a file, by its first bytes: "docx" or "pdf". Raises UnreadableError for anything else."""
    if data.startswith(_LOCKED):
        raise UnreadableError("this file is locked with a password, or older than Word 2007")
    if not data.startswith((_WORD, _PDF)):
        raise UnreadableError("this is neither a PDF nor a Word file")
    return "docx" if data.startswith(_WORD) else "pdf"


def words_of(data: bytes) -> Words:
    """All words of a file. Raises UnreadableError, with a message for users, if the file cannot be read completely."""
    if len(data) > MAX_FILE:
        raise UnreadableError(f"this file is over {MAX_FILE:,} bytes")
    return _READERS[format_of(data)](data)
