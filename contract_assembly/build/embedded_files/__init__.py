"""Read the files embedded in a finished document. The document may come from anywhere and is not trusted.

READERS is the table of formats. Sizes are limited, nothing in a file is run or fetched, and the form of a path in its
record is checked before the path is used.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from contract_assembly.build.embedded_files import pdf, word
from contract_assembly.build.payload import AGREEMENT, RECORD
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.record import NEVER_BUILT, DocumentRecord
from contract_assembly.repository.record_file import from_data
from contract_assembly.writers.returned import format_of
from contract_assembly.writers.returned.limits import UnreadableError

READERS: Mapping[str, Callable[[bytes], tuple[dict[str, bytes], int]]] = {"pdf": pdf.read, "docx": word.read}
MAX_DATA = 2_000_000  # bytes of a data file inside a document; ours have about fifty thousand
_FOLDER = re.compile(r"agreements/[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Carried(Struct, frozen=True):
    """The contents of a document: its format and the files inside by name; and from the two data files its folder and
    name, its record without outputs, and its facts. `signatures` are those in a PDF's fields, valid or not."""

    format: str
    files: Mapping[str, bytes]
    folder: str
    name: str
    record: DocumentRecord
    agreement: Mapping[str, Any]
    signatures: int = 0

    @property
    def facts(self) -> Mapping[str, Any]:
        """The facts that it prints, by key."""
        found = self.agreement.get("facts")
        return found if isinstance(found, dict) else {}


def carried(data: bytes) -> Carried:
    """Read a document. Raises RefusedError, with one sentence, if the file is damaged, locked or not built by this
    program."""
    try:
        suffix = format_of(data)
        files, signatures = READERS[suffix](data)
    except UnreadableError as error:
        raise _refused("unreadable-document", str(error)) from None
    if not {AGREEMENT, RECORD} <= files.keys():
        raise _refused("not-ours", "this document carries no record of ours, so its source is unknown")
    record, agreement = from_data(_data(files, RECORD)), _data(files, AGREEMENT)
    name, document = next(iter(record.documents.items()), ("", NEVER_BUILT))
    if not (_FOLDER.fullmatch(record.folder) and _NAME.fullmatch(name)):
        raise _refused("not-ours", "the record inside this document is not of the form that we write")
    return Carried(
        format=suffix,
        files=files,
        folder=record.folder,
        name=name,
        record=document,
        agreement=agreement,
        signatures=signatures,
    )


def _data(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    try:
        found = json.loads(files[name]) if len(files[name]) <= MAX_DATA else None
        json.dumps(found, ensure_ascii=False).encode()  # raises for half a surrogate pair
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _refused("unreadable-document", f"the {name} inside this document is damaged")
    return found


def _refused(rule: str, what: str) -> RefusedError:
    return RefusedError([Problem(rule, what, None, "give a contract.pdf or contract.docx that this program built")])
