"""Reads the files that travel inside a Word file: those of the custom XML part in our namespace. A part with a document type
(which could name other files, or grow without end) is refused unread."""

import re
import zlib
from io import BytesIO
from typing import Any
from xml.parsers import expat  # with no document type there are no entities to expand
from zipfile import BadZipFile, ZipFile

from contract_assembly.build.embedded_files.limits import MAX_PARTS, UnreadableError, bounded
from contract_assembly.writers.docx.attachments import NAMESPACE

_PART = re.compile(r"customXml/item\d{1,3}\.xml")  # Word numbers its parts anew when it saves a file
_MOST = 64  # custom XML parts


def read(data: bytes) -> tuple[dict[str, bytes], int]:
    """The files inside by name, and no signatures. Raises UnreadableError."""
    try:
        with ZipFile(BytesIO(data)) as package:
            names = package.namelist()
            if len(names) > MAX_PARTS:
                raise UnreadableError("this file has more parts than any Word file of ours")
            if "word/document.xml" not in names:
                raise UnreadableError("this is neither a PDF nor a Word file")
            for name in [each for each in names if _PART.fullmatch(each)][:_MOST]:
                with package.open(name) as part:
                    if found := _enclosed(bounded(part)):
                        return found, 0
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise UnreadableError("this Word file is damaged or locked with a password") from None
    except expat.ExpatError:
        raise UnreadableError("what travels inside this Word file is damaged") from None
    return {}, 0


def _enclosed(part: bytes) -> dict[str, bytes]:
    """The files of a part of ours, by name; nothing for a part of somebody else's."""
    files: dict[str, list[str]] = {}
    inside: list[list[str]] = []
    ours = f"{NAMESPACE} file"

    def begin(name: str, about: dict[str, str]) -> None:
        if name == ours and "name" in about:
            inside.append(files.setdefault(about["name"], []))

    def end(name: str) -> None:
        if name == ours and inside:
            inside.pop()

    def text(words: str) -> None:
        if inside:
            inside[-1].append(words)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, end, text
    parser.StartDoctypeDeclHandler = _refused
    parser.Parse(part, True)
    return {name: "".join(words).encode() for name, words in files.items()}


def _refused(*_about: Any) -> None:
    raise UnreadableError("what travels inside this Word file has a document type, which ours never has")
