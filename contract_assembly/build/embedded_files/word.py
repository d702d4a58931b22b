"""Reads the files embedded in a Word file, in the custom XML part of our namespace."""

import re
from collections.abc import Mapping

from contract_assembly.writers.docx.attachments import NAMESPACE
from contract_assembly.writers.returned.limits import UnreadableError
from contract_assembly.writers.returned.word_package import Package, opened
from contract_assembly.writers.returned.word_stories import MAIN

_PART = re.compile(r"customXml/item\d{1,3}\.xml")  # Word renumbers its parts when it saves a file
_MOST = 64  # custom XML parts
_OURS = f"{NAMESPACE} file"


def read(data: bytes) -> tuple[dict[str, bytes], int]:
    """The files inside by name, and no signatures. Raises UnreadableError."""
    with opened(data) as package:
        if MAIN not in package.names:
            raise UnreadableError("this is neither a PDF nor a Word file")
        for name in [each for each in package.names if _PART.fullmatch(each)][:_MOST]:
            if found := _enclosed(package, name):
                return found, 0
    return {}, 0


def _enclosed(package: Package, part: str) -> dict[str, bytes]:
    """The files in a part of ours, by name; empty for another program's part."""
    files: dict[str, list[str]] = {}
    inside: list[list[str]] = []

    def begin(name: str, about: Mapping[str, str]) -> None:
        if name == _OURS and "name" in about:
            inside.append(files.setdefault(about["name"], []))

    def end(name: str) -> None:
        if name == _OURS and inside:
            inside.pop()

    def text(words: str) -> None:
        if inside:
            inside[-1].append(words)

    package.parse(part, begin, end, text)
    return {name: "".join(words).encode() for name, words in files.items()}
