"""What a finished document carries, read out of the bytes of a file that may come from anywhere and is trusted in nothing.

READERS is the table of formats, by how a file begins. Sizes are bounded, nothing in a file is run or fetched, and what its
record says of paths is checked for its form before anybody looks there.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from contract_assembly.build.embedded_files import pdf, word
from contract_assembly.build.embedded_files.limits import UnreadableError
from contract_assembly.build.payload import AGREEMENT, RECORD
from contract_assembly.core.problems import Problem, RefusedError

__all__ = ["limits"]

READERS: Mapping[bytes, tuple[str, Callable[[bytes], tuple[dict[str, bytes], int]]]] = {
    b"%PDF-": ("pdf", pdf.read),
    b"PK\x03\x04": ("docx", word.read),
}
_LOCKED = b"\xd0\xcf\x11\xe0"  # a Word file under a password, or of the time before 2007
_FOLDER = re.compile(r"agreements/[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Carried:
    """What was found in a document: its format, the files inside by name, and, from the two of them that are data, the
    folder and name it was built as, its record without outputs, and what it states. `signatures` are those in a PDF's
    fields, whoever made them."""

    format: str
    files: Mapping[str, bytes]
    folder: str
    name: str
    record: Mapping[str, Any]
    agreement: Mapping[str, Any]
    signatures: int = 0

    @property
    def facts(self) -> Mapping[str, Any]:
        """What it states, by key."""
        found = self.agreement.get("facts")
        return found if isinstance(found, dict) else {}


def carried(data: bytes) -> Carried:
    """Read a document. Raises RefusedError, with one sentence, for a file that is damaged, locked, or none of ours."""
    suffix, read = next((each for start, each in READERS.items() if data.startswith(start)), ("", None))
    if read is None:
        raise (
            _refused("locked-file", "this file is locked with a password, or older than Word 2007")
            if data.startswith(_LOCKED)
            else _refused("unknown-format", "this is neither a PDF nor a Word file")
        )
    try:
        files, signatures = read(data)
    except UnreadableError as error:
        raise _refused("unreadable-document", str(error)) from None
    if not {AGREEMENT, RECORD} <= files.keys():
        raise _refused("not-ours", "this document carries no record of ours, so it is not known where it comes from")
    record, agreement = _data(files, RECORD), _data(files, AGREEMENT)
    documents = record.get("documents")
    name, entry = next(iter(documents.items())) if isinstance(documents, dict) and documents else ("", None)
    folder = record.get("folder")
    if not (
        isinstance(folder, str) and _FOLDER.fullmatch(folder) and _NAME.fullmatch(name) and isinstance(entry, dict)
    ):
        raise _refused("not-ours", "the record inside this document is not of the form that we write")
    return Carried(suffix, files, folder, name, entry, agreement, signatures)


def _data(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    try:
        found = json.loads(files[name])
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _refused("unreadable-document", f"the {name} inside this document is damaged")
    return found


def _refused(rule: str, what: str) -> RefusedError:
    return RefusedError([Problem(rule, what, None, "give a contract.pdf or contract.docx that this program built")])
