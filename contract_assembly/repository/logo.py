"""Check logos before they are drawn: SVGs with plain shapes, PNGs of limited size. Pure.

An SVG is read by expat, which fetches nothing. Any element that is not in the list of shapes is refused, so no script,
link, font or filter gets through. Harmless additions of drawing programs are accepted: a plain style sheet, the
document type of SVG 1.x, `<use>` of a shape in the same file, the program's notes in its own namespace, and a width and
height in place of a viewBox. A PNG is unpacked no further than its header says, and packed again without metadata.
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
RATIOS = (0.2, 8.0)  # width to height; beyond these, it would be a line or a pillar
_SHAPES = (
    "svg g path rect circle ellipse line polyline polygon title desc defs linearGradient radialGradient stop clipPath use symbol "
    "style metadata"
)
SHAPES = frozenset(_SHAPES.split())
# Namespaces in which drawing programs keep their own notes; no writer draws their contents.
_NOTES = (
    "http://sodipodi.sourceforge.net/",
    "http://www.inkscape.org/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/elements/1.1/",
    "http://ns.adobe.com/",
    "http://www.bohemiancoding.com/sketch/",
    "http://www.serif.com/",
)
_SVG = "http://www.w3.org/2000/svg"
_LENGTH = re.compile(r"-?\d{1,6}(?:\.\d{1,12})?")
_SIZE = re.compile(r"(\d{1,6}(?:\.\d{1,12})?)(px|pt|pc|mm|cm|in)?")
_SELECTOR = re.compile(r"[\w\s.#,>*:-]+")
_DECLARATIONS = re.compile(r"[\w\s#.,:;()%+\"'!-]*")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_OUTSIDE = re.compile(r"url\((?!\s*#)|@import|javascript:|expression\(|\\", re.IGNORECASE)
_PNG = b"\x89PNG\r\n\x1a\n"
_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
_PLAIN = (
    "turn words into outlines and export again. Illustrator: Export As SVG, Styling: Presentation Attributes, Font: Convert to "
    "Outlines. Inkscape: Path > Object to Path, then Save As Plain SVG. Figma: Export SVG with Outline Text"
)
_SAVE = "save it again as PNG, 8 bits per channel, not interlaced"


def svg(data: bytes, path: str) -> float:
    """The width of an SVG with a height of 1. Raises RefusedError with every problem, each at its line."""
    _small(data, path)
    found = _Drawing(path)
    reader = expat.ParserCreate("utf-8", "}")
    reader.StartElementHandler = lambda name, attributes: found.begin(name, attributes, reader.CurrentLineNumber)
    reader.EndElementHandler = lambda _name: found.end(reader.CurrentLineNumber)
    reader.CharacterDataHandler = found.text
    reader.StartDoctypeDeclHandler = lambda name, system, public, inside: found.document_type(
        name, system, public, bool(inside), reader.CurrentLineNumber
    )
    reader.ProcessingInstructionHandler = lambda target, _data: found.refuse(
        f"an instruction to {target}", reader.CurrentLineNumber
    )
    try:
        reader.Parse(data, True)
    except expat.ExpatError as error:
        found.report("it is not an SVG, or it is damaged", error.lineno)
    except _Enough:
        pass
    if not found.problems:
        found.check_uses()
    if found.problems:
        raise RefusedError(found.problems)
    return _ratio(found.box, path)


def png(data: bytes, path: str) -> tuple[bytes, float]:
    """A PNG packed again with nothing but its picture, and its width with a height of 1. Raises RefusedError."""
    _small(data, path)
    if not data.startswith(_PNG):
        raise RefusedError([_problem("it is not a PNG", path, _SAVE)])
    chunks = list(_chunks(data, path))
    width, height, expected = _sized(chunks[0] if chunks else (b"", b""), path)
    if _unpacked(b"".join(body for kind, body in chunks if kind == b"IDAT"), expected) != expected:
        raise RefusedError([_problem("its picture is not as long as its header says", path, _SAVE)])
    if width < LEAST_WIDTH:
        what = f"it is {width} pixels wide, and would look jagged in print"
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


class _Enough(Exception):  # noqa: N818  # not an error: reading stops
    """The rest is unsafe to read."""


class _Drawing:
    """The contents of an SVG, checked element by element. Reading stops at a foreign document type or at a limit."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.box = (0.0, 0.0)
        self.shapes = self.depth = 0
        self.open: list[tuple[str, str, int]] = []  # name, id and number of each element that is open
        self.sizes: dict[str, int] = {}  # of each element with an id: itself and all inside it
        self.with_uses: set[str] = set()  # ids of elements that hold a <use>
        self.uses: list[tuple[str, int]] = []
        self.sheet: list[str] | None = None

    def report(self, what: str, line: int) -> None:
        self.problems.append(_problem(what, self.path, _PLAIN, line))

    def refuse(self, what: str, line: int) -> None:
        self.report(f"it holds {what}", line)
        raise _Enough

    def begin(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        space, _, plain = name.rpartition("}")
        self.shapes, self.depth = self.shapes + 1, self.depth + 1
        self.open.append((plain, attributes.get("id", ""), self.shapes))
        if self.shapes == 1:
            self._root(space, plain, attributes, line)
        if self.shapes > MOST_SHAPES or self.depth > DEEPEST:
            self.refuse(f"more than {MOST_SHAPES} shapes, or shapes over {DEEPEST} deep", line)
        if space == _SVG and plain not in SHAPES:
            self.report(f"<{plain}> is not a plain shape", line)
        elif space != _SVG and not space.startswith(_NOTES):
            self.report(f"<{plain}> is not an element of SVG", line)
        for wrong in _unsafe(attributes):
            self.report(f"{wrong} reaches beyond the picture", line)
        if space == _SVG and plain == "use":
            self._use(attributes, line)
        if space == _SVG and plain == "style":
            self.sheet = []

    def end(self, line: int) -> None:
        self.depth -= 1
        _, name, first = self.open.pop()
        if name:
            self.sizes[name] = self.shapes - first + 1
        if self.sheet is not None:
            if not _is_plain_sheet("".join(self.sheet)):
                self.report("<style> holds more than plain rules for shapes", line)
            self.sheet = None

    def text(self, data: str) -> None:
        if self.sheet is not None:
            self.sheet.append(data)

    def document_type(self, name: str, _system: str | None, public: str | None, inside: bool, line: int) -> None:
        """Allow only SVG's own document type, which is never fetched. Entities declared in a file could grow without
        limit."""
        if inside or name != "svg" or (_system and not (public or "").startswith("-//W3C//DTD SVG 1.")):
            self.refuse("a document type of its own, in which entities could grow", line)

    def check_uses(self) -> None:
        """Each <use> must name a shape in this file that contains no other <use>, and their total is limited."""
        drawn = self.shapes
        for name, line in self.uses:
            if name not in self.sizes:
                self.report(f"<use> names #{name[:40]}, which is not in the picture", line)
            elif name in self.with_uses:
                self.report("<use> of a group that holds another <use>", line)
            drawn += self.sizes.get(name, 0)
        if drawn > MOST_SHAPES:
            self.report(f"it holds more than {MOST_SHAPES} shapes, each <use> counted", self.uses[0][1])

    def _use(self, attributes: Mapping[str, str], line: int) -> None:
        targets = [value for name, value in attributes.items() if name.rpartition("}")[2] == "href"]
        self.uses += [(target.removeprefix("#"), line) for target in targets]
        self.with_uses.update(name for _, name, _ in self.open if name)

    def _root(self, space: str, name: str, attributes: Mapping[str, str], line: int) -> None:
        if (space, name) != (_SVG, "svg"):
            self.refuse(f"<{name}> at its root, so it is not an SVG", line)
        numbers = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
        sizes = [_SIZE.fullmatch(attributes.get(side, "")) for side in ("width", "height")]
        if len(numbers) == 4 and all(_LENGTH.fullmatch(each) for each in numbers):
            self.box = (float(numbers[2]), float(numbers[3]))
        elif "viewBox" not in attributes and sizes[0] and sizes[1] and sizes[0][2] == sizes[1][2]:
            self.box = (float(sizes[0][1]), float(sizes[1][1]))
        else:
            self.refuse("neither a viewBox of four plain numbers nor a plain width and height", line)


def _is_plain_sheet(text: str) -> bool:
    """Whether a style sheet has only rules like ".a{fill:#1F3A5F;}": no at-rule, no address, no escape."""
    text = _COMMENT.sub(" ", text)
    if "@" in text or _OUTSIDE.search(text):
        return False
    *rules, rest = text.split("}")
    parts = [rule.partition("{") for rule in rules]
    plain = all(_SELECTOR.fullmatch(head) and brace and _DECLARATIONS.fullmatch(body) for head, brace, body in parts)
    return plain and not rest.strip()


def _unsafe(attributes: Mapping[str, str]) -> Iterator[str]:
    for name, value in attributes.items():
        plain = name.rpartition("}")[2].lower()
        link = plain in {"href", "src"} and not value.startswith("#")
        if plain.startswith("on") or link or plain == "base" or _OUTSIDE.search(value):
            yield f"{plain}="


# ---- PNG


def _chunks(data: bytes, path: str) -> Iterator[tuple[bytes, bytes]]:
    """Every chunk of a PNG up to its end. Raises RefusedError for a wrong length or checksum."""
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
    raise RefusedError([_problem("it is truncated or damaged", path, _SAVE)])


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _sized(head: tuple[bytes, bytes], path: str) -> tuple[int, int, int]:
    """Width, height, and the number of bytes of the unpacked picture (PNG, 2nd edition, 7.2 and 9)."""
    kind, body = head
    if kind != b"IHDR" or len(body) != 13:
        raise RefusedError([_problem("it has no header", path, _SAVE)])
    width, height, depth, colours, packing, filtering, interlaced = struct.unpack(">IIBBBBB", body)
    if not 0 < width * height <= MOST_PIXELS:
        what = f"it has {width:,} by {height:,} pixels"
        raise RefusedError([_problem(what, path, f"make it smaller: {MOST_PIXELS:,} pixels in all at most")])
    if depth not in _DEPTHS.get(colours, ()) or packing or filtering or interlaced:
        raise RefusedError([_problem("it is an unusual kind of PNG", path, _SAVE)])
    return width, height, height * (1 + (width * depth * _CHANNELS[colours] + 7) // 8)


def _unpacked(packed: bytes, most: int) -> int:
    """The length of the unpacked picture, counted to one byte over the limit."""
    unpacker = zlib.decompressobj()
    try:
        return len(unpacker.decompress(packed, most + 1))
    except zlib.error:
        return -1
