"""Logos, looked at before anything draws them: SVG of plain shapes, PNG of known size. Pure.

An SVG is read by expat alone, which fetches nothing; what is not on the list of shapes is refused, so no script, link, font or
filter comes through. A PNG is unpacked no further than its own head says, and is packed anew without notes on who made it.
"""

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError

MOST_BYTES = 500_000
MOST_PIXELS = 4_000_000
MOST_SHAPES = 2_000
DEEPEST = 20
LEAST_WIDTH = 300  # pixels: 40 mm at 190 dots an inch
RATIOS = (0.2, 8.0)  # width to height; beyond, it would be a line or a pillar
_SHAPES = (
    "svg g path rect circle ellipse line polyline polygon title desc defs linearGradient radialGradient stop clipPath"
)
SHAPES = frozenset(_SHAPES.split())
_SVG = "http://www.w3.org/2000/svg"
_LENGTH = re.compile(r"-?\d{1,6}(?:\.\d{1,6})?")
_OUTSIDE = re.compile(r"url\((?!\s*#)|@import|javascript:|expression\(|\\", re.IGNORECASE)
_PNG = b"\x89PNG\r\n\x1a\n"
_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
_PLAIN = "save it from a drawing program as plain SVG, with words turned into outlines"
_SAVE = "save it again as PNG, 8 bits a channel, not interlaced"


def svg(data: bytes, path: str) -> float:
    """The width of an SVG for a height of 1. Raises RefusedError with every problem, each at its line."""
    _small(data, path)
    found = _Drawing(path)
    reader = expat.ParserCreate("utf-8", "}")
    reader.StartElementHandler = lambda name, attributes: found.begin(name, attributes, reader.CurrentLineNumber)
    reader.EndElementHandler = lambda _name: found.end()
    reader.StartDoctypeDeclHandler = lambda *_about: found.refuse(
        "a document type, in which entities could grow", reader.CurrentLineNumber
    )
    reader.ProcessingInstructionHandler = lambda target, _data: found.refuse(
        f"an instruction to {target}", reader.CurrentLineNumber
    )
    try:
        reader.Parse(data, True)
    except expat.ExpatError as error:
        found.tell("it is no SVG, or a broken one", error.lineno)
    except _Enough:
        pass
    if found.problems:
        raise RefusedError(found.problems)
    return _ratio(found.box, path)


def png(data: bytes, path: str) -> tuple[bytes, float]:
    """A PNG packed anew with nothing in it but its picture, and its width for a height of 1. Raises RefusedError."""
    _small(data, path)
    if not data.startswith(_PNG):
        raise RefusedError([_problem("it is not a PNG", path, _SAVE)])
    chunks = list(_chunks(data, path))
    width, height, expected = _sized(chunks[0] if chunks else (b"", b""), path)
    if _unpacked(b"".join(body for kind, body in chunks if kind == b"IDAT"), expected) != expected:
        raise RefusedError([_problem("its picture is not as long as its head says", path, _SAVE)])
    if width < LEAST_WIDTH:
        what = f"it is {width} pixels wide, and would print in steps"
        raise RefusedError([_problem(what, path, f"make it at least {LEAST_WIDTH} pixels wide, better 1000")])
    kept = b"".join(_chunk(kind, body) for kind, body in chunks if kind in _KEPT)
    return _PNG + kept, _ratio((width, height), path)


def _problem(what: str, path: str, hint: str, line: int = 1) -> Problem:
    return Problem("logo", f"the logo cannot be used: {what}", Origin(path, line), hint)


def _small(data: bytes, path: str) -> None:
    if len(data) > MOST_BYTES:
        what = f"it has {len(data):,} bytes"
        raise RefusedError([_problem(what, path, f"make it smaller: {MOST_BYTES:,} at most")])


def _ratio(size: tuple[float, float], path: str) -> float:
    width, height = size
    if height <= 0 or not RATIOS[0] <= width / height <= RATIOS[1]:
        hint = "draw it between five times as high and eight times as wide, and cut off empty edges"
        raise RefusedError([_problem(f"it is {width:g} wide and {height:g} high", path, hint)])
    return width / height


# ---- SVG


class _Enough(Exception):  # noqa: N818  # no error: reading stops
    """What was found makes all the rest unsafe to read."""


class _Drawing:
    """What an SVG holds, looked at element by element. It ends the reading at a document type or when there is too much."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.box = (0.0, 0.0)
        self.shapes = self.depth = 0

    def tell(self, what: str, line: int) -> None:
        self.problems.append(_problem(what, self.path, _PLAIN, line))

    def refuse(self, what: str, line: int) -> None:
        self.tell(f"it holds {what}", line)
        raise _Enough

    def begin(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        space, _, plain = name.rpartition("}")
        self.shapes, self.depth = self.shapes + 1, self.depth + 1
        if self.shapes == 1:
            self._root(space, plain, attributes, line)
        if self.shapes > MOST_SHAPES or self.depth > DEEPEST:
            self.refuse(f"more than {MOST_SHAPES} shapes, or shapes over {DEEPEST} deep", line)
        if space == _SVG and plain not in SHAPES:
            self.tell(f"<{plain}> is no plain shape", line)
        elif space != _SVG:
            self.tell(f"<{plain}> is not of SVG", line)
        for wrong in _unsafe(attributes):
            self.tell(f"{wrong} reaches beyond the picture", line)

    def end(self) -> None:
        self.depth -= 1

    def _root(self, space: str, name: str, attributes: Mapping[str, str], line: int) -> None:
        if (space, name) != (_SVG, "svg"):
            self.refuse(f"<{name}> at its root, and is no SVG", line)
        numbers = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
        if len(numbers) != 4 or not all(_LENGTH.fullmatch(each) for each in numbers):
            self.refuse("no viewBox of four plain numbers", line)
        self.box = (float(numbers[2]), float(numbers[3]))


def _unsafe(attributes: Mapping[str, str]) -> Iterator[str]:
    for name, value in attributes.items():
        plain = name.rpartition("}")[2].lower()
        link = plain in {"href", "src"} and not value.startswith("#")
        if plain.startswith("on") or link or plain == "base" or _OUTSIDE.search(value):
            yield f"{plain}="


# ---- PNG


def _chunks(data: bytes, path: str) -> Iterator[tuple[bytes, bytes]]:
    """Every piece of a PNG up to its end, each as long as it says and with the right check sum."""
    at = len(_PNG)
    while at + 12 <= len(data):
        (length,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        body, mark = data[at + 8 : at + 8 + length], data[at + 8 + length : at + 12 + length]
        if len(mark) < 4 or zlib.crc32(kind + body) != struct.unpack(">I", mark)[0]:
            break
        yield kind, body
        if kind == b"IEND":
            return
        at += 12 + length
    raise RefusedError([_problem("it is broken off or damaged", path, _SAVE)])


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _sized(head: tuple[bytes, bytes], path: str) -> tuple[int, int, int]:
    """Width, height, and how many bytes the unpacked picture must have (PNG, 2nd edition, 7.2 and 9)."""
    kind, body = head
    if kind != b"IHDR" or len(body) != 13:
        raise RefusedError([_problem("it has no head", path, _SAVE)])
    width, height, depth, colours, packing, filtering, interlaced = struct.unpack(">IIBBBBB", body)
    if not 0 < width * height <= MOST_PIXELS:
        what = f"it has {width:,} by {height:,} pixels"
        raise RefusedError([_problem(what, path, f"make it smaller: {MOST_PIXELS:,} pixels in all at most")])
    if depth not in _DEPTHS.get(colours, ()) or packing or filtering or interlaced:
        raise RefusedError([_problem("it is of a rare kind of PNG", path, _SAVE)])
    return width, height, height * (1 + (width * depth * _CHANNELS[colours] + 7) // 8)


def _unpacked(packed: bytes, most: int) -> int:
    """How long a picture is when unpacked, as far as one byte beyond what it may be."""
    unpacker = zlib.decompressobj()
    try:
        return len(unpacker.decompress(packed, most + 1))
    except zlib.error:
        return -1
