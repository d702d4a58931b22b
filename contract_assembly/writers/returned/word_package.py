"""A Word package from anywhere: its parts, unpacked piece by piece, and their XML as events. Every size is counted as it grows,
for what a package says of sizes may be a lie; a document type, which could name other files or grow without end, is refused."""

import lzma
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat  # with no document type there are no entities to expand
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from contract_assembly.writers.returned.limits import MAX_DEPTH, MAX_ELEMENTS, MAX_PARTS, MAX_TEXT, UnreadableError

_ENTRY = b"PK\x01\x02"  # begins each entry of a package's directory
_PIECE = 65_536
_ENCODINGS = {None, "utf-8", "utf-16"}  # those that ECMA-376, part 2, allows
_DAMAGE = (
    BadZipFile, zlib.error, lzma.LZMAError, expat.ExpatError, EOFError, NotImplementedError, RuntimeError, OSError,
    LookupError, ValueError, OverflowError,
)  # fmt: skip

Begin = Callable[[str, Mapping[str, str]], None]


@contextmanager
def opened(data: bytes) -> Iterator["Package"]:
    """A package to be read. Raises UnreadableError, with a sentence, from here and from within, whatever is wrong with it."""
    try:
        if data.count(_ENTRY) > MAX_PARTS:  # before a list of all is made
            raise UnreadableError("this file has more parts than any Word file of ours")
        with ZipFile(BytesIO(data)) as archive:
            yield Package(archive)
    except _DAMAGE:
        raise UnreadableError("this Word file is damaged or locked with a password") from None


class Package:
    """An open package. What is read of it is counted over all its parts."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._bytes = self._elements = 0
        self.names = tuple(dict.fromkeys(archive.namelist()))

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, unpacked piece by piece."""
        if self._archive.getinfo(name).compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise UnreadableError("this Word file is packed in a way that Word does not use")
        with self._archive.open(name) as part:
            while piece := part.read(_PIECE):
                self._bytes += len(piece)
                if self._bytes > MAX_TEXT:
                    raise UnreadableError("this Word file unpacks to more than any of ours")
                yield piece

    def parse(self, name: str, begin: Begin, end: Callable[[str], None], text: Callable[[str], None]) -> None:
        """The elements and words of a part, as events. Names are "namespace local", or "local" where there is no namespace."""
        depth = 0

        def opening(tag: str, about: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            self._elements += 1
            if depth > MAX_DEPTH or self._elements > MAX_ELEMENTS:
                raise UnreadableError("this Word file holds more than any of ours")
            begin(tag, about)

        def closing(tag: str) -> None:
            nonlocal depth
            depth -= 1
            end(tag)

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.XmlDeclHandler, parser.StartDoctypeDeclHandler = _declared, _refused
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = opening, closing, text
        for piece in self.pieces(name):
            parser.Parse(piece, False)
        parser.Parse(b"", True)

    def tree(self, name: str) -> Element:
        """The root of a part, with names as "{namespace}local"."""
        builder = TreeBuilder()

        def begin(tag: str, about: Mapping[str, str]) -> None:
            builder.start(_braced(tag), {_braced(key): value for key, value in about.items()})

        def end(tag: str) -> None:
            builder.end(_braced(tag))

        self.parse(name, begin, end, builder.data)
        return builder.close()


def _braced(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return f"{{{space}}}{local}" if space else local


def _declared(_version: str, encoding: str | None, _standalone: int) -> None:
    if (encoding and encoding.lower()) not in _ENCODINGS:
        raise UnreadableError("this Word file is written in an encoding that Word does not use")


def _refused(*_about: Any) -> None:
    raise UnreadableError("this Word file has a document type, which no Word file needs")
