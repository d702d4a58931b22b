"""Read a Word package from anywhere, piece by piece, with its XML as events. Sizes are counted as data arrives, because the
sizes a package states may be false; document types, which could name other files or expand without end, are refused."""

import lzma
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat  # without a document type there are no entities to expand
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from contract_assembly.writers.returned.limits import MAX_DEPTH, MAX_ELEMENTS, MAX_PARTS, MAX_TEXT, UnreadableError

_ENTRY = b"PK\x01\x02"  # begins each entry of a package's directory
_PIECE = 1_048_576  # a long token is read again with each piece
_ENCODINGS = {None, "utf-8", "utf-16"}  # those that ECMA-376, part 2, allows
_DAMAGE = (
    BadZipFile, zlib.error, lzma.LZMAError, expat.ExpatError, EOFError, NotImplementedError, RuntimeError, OSError,
    LookupError, ValueError, OverflowError,
)  # fmt: skip

Begin = Callable[[str, Mapping[str, str]], None]


@contextmanager
def opened(data: bytes) -> Iterator["Package"]:
    """Open a package. Any fault in it, raised here or inside the context, becomes an UnreadableError."""
    try:
        if data.count(_ENTRY) > MAX_PARTS:  # before all of them are listed
            raise UnreadableError(f"this Word file has more than {MAX_PARTS:,} parts")
        with ZipFile(BytesIO(data)) as archive:
            yield Package(archive)
    except _DAMAGE:
        raise UnreadableError("this Word file is damaged or locked with a password") from None


class Package:
    """An open package. Limits apply to all its parts together."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._bytes = self._elements = 0
        self.names = tuple(dict.fromkeys(archive.namelist()))

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, unpacked piece by piece."""
        if self._archive.getinfo(name).compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise UnreadableError("this Word file is compressed in a way that Word does not use")
        with self._archive.open(name) as part:
            while piece := part.read(_PIECE):
                self._bytes += len(piece)
                if self._bytes > MAX_TEXT:
                    raise UnreadableError(f"this Word file unpacks to more than {MAX_TEXT:,} bytes")
                yield piece

    def parse(self, name: str, begin: Begin, end: Callable[[str], None], text: Callable[[str], None]) -> None:
        """The elements and text of a part, as events. Names are "namespace local", or "local" if there is no namespace."""
        depth = 0

        def opening(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            self._elements += 1
            if depth > MAX_DEPTH or self._elements > MAX_ELEMENTS:
                raise UnreadableError("this Word file has too many elements, or too many inside each other")
            begin(tag, attributes)

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
        """The root element of a part, with names as "{namespace}local"."""
        builder = TreeBuilder()

        def begin(tag: str, attributes: Mapping[str, str]) -> None:
            builder.start(_braced(tag), {_braced(key): value for key, value in attributes.items()})

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


def _refused(*_arguments: Any) -> None:
    raise UnreadableError("this Word file declares a document type, which Word files never do")
