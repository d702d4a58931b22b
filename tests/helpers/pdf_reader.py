"""A PDF as PDFium sees it: each glyph with its font, size and box, assembled into lines. Lengths in points, from the bottom
of the page."""

import ctypes
import re
from collections.abc import Iterator
from functools import cached_property
from itertools import groupby

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct

MM = 72 / 25.4
FAINT = {"\r", "\n", "\x02", "\ufffe"}  # PDFium's own markers


class Glyph(Struct, frozen=True):
    """One character: its font ("Caladea-Bold"), size, position (`x` and baseline `y`), and its bounding box."""

    char: str
    font: str
    size: float
    x: float
    y: float
    box: tuple[float, float, float, float]  # left, bottom, right, top


class Line(Struct, frozen=True, dict=True):
    """The glyphs on one baseline without a wide gap."""

    page: int
    glyphs: tuple[Glyph, ...]

    @cached_property
    def text(self) -> str:
        return "".join(each.char for each in self.glyphs)

    @property
    def y(self) -> float:
        return self.glyphs[0].y

    @property
    def left(self) -> float:
        return self.glyphs[0].box[0]

    @property
    def right(self) -> float:
        return self.glyphs[-1].box[2]

    @property
    def font(self) -> str:
        return max((each.font for each in self.glyphs), key=[each.font for each in self.glyphs].count)

    @property
    def size(self) -> float:
        return round(self.glyphs[0].size, 1)


class Page(Struct, frozen=True):
    number: int
    width: float
    height: float
    lines: tuple[Line, ...]

    def body(self, margin: float = 26 * MM) -> tuple[Line, ...]:
        """The lines without running header and footer."""
        return tuple(each for each in self.lines if margin < each.y < self.height - margin)


def pages(data: bytes) -> tuple[Page, ...]:
    file = pypdfium2.PdfDocument(data)
    found = []
    for number, page in enumerate(file, 1):
        glyphs = list(_glyphs(page.get_textpage()))
        lines = tuple(Line(number, tuple(each)) for each in _lines(glyphs))
        found.append(Page(number, *page.get_size(), lines))
    return tuple(found)


def _glyphs(page) -> Iterator[Glyph]:
    name, flags = ctypes.create_string_buffer(64), ctypes.c_int()
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    for at in range(page.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(page, at))
        if char in FAINT and char != "\x02":
            continue
        pdfium.FPDFText_GetFontInfo(page, at, name, 64, flags)
        pdfium.FPDFText_GetMatrix(page, at, matrix)
        pdfium.FPDFText_GetCharOrigin(page, at, x, y)
        size = pdfium.FPDFText_GetFontSize(page, at) * abs(matrix.d)
        font = re.sub(r"^[A-Z]{6}\+|-Regular$", "", name.value.decode())  # an engine may name the upright face or not
        yield Glyph("-" if char == "\x02" else char, font, size, x.value, y.value, page.get_charbox(at))


def _lines(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    for _, row in groupby(glyphs, key=lambda each: round(each.y, 1)):
        line: list[Glyph] = []
        for each in row:
            if line and (each.x < line[-1].x or each.x - line[-1].box[2] > 2 * each.size):
                yield from _inked(line)
                line = []
            line.append(each)
        yield from _inked(line)


def _inked(line: list[Glyph]) -> Iterator[list[Glyph]]:
    while line and line[-1].char.isspace():
        line = line[:-1]
    while line and line[0].char.isspace():
        line = line[1:]
    if line:
        yield line
