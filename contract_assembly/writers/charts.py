"""Bars next to the rows of a chart, drawn from the numbers in its table: as data, SVG and PNG. Pure; same bytes anywhere.

The PNG is written here, with few colours and stored uncompressed, so that its bytes depend on no library version."""

import re
import struct
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from zlib import compress, crc32

from msgspec import Struct

from contract_assembly.document import tree as d

FULL = 1000  # lengths are in thousandths of the longest possible bar
WIDTH, HEIGHT = 33, 3  # millimetres, within the column that a chart adds to its table
SHARE = 26  # percent of the table's width for that column
_PIXELS, _LINES = 250, 20
_TRACK, _BAR, _MARK, _PAPER = "#e1e5ea", "#1f3a5f", "#5b6470", "#ffffff"  # colours of the house style
_NUMBER = re.compile(r"[^\d]*?(\d[\d,]*(?:\.\d+)?)[^\d]*")


class Bar(Struct, frozen=True):
    """The length of a bar and the position of its mark, in thousandths, and its description in words."""

    length: int
    mark: int | None
    words: str

    @property
    def name(self) -> str:
        """A name shared by bars that look the same: "bar-976-950"."""
        return f"bar-{self.length}" if self.mark is None else f"bar-{self.length}-{self.mark}"


def bars(chart: d.Chart) -> tuple[Bar | None, ...]:
    """One bar for each row, None for a row without a number. The scale starts at zero; it ends at 100 for percentages, and at
    the highest number in the table for other numbers."""
    rows = [[d.plain(cell.children).strip() for cell in row] for row in chart.table.rows]
    numbers = [[_number(text) for text in row[1:3]] for row in rows]
    known = [each for row in numbers for each in row if each is not None]
    percent = all(text.endswith("%") for row in rows for text in row[1:2] if _number(text) is not None)
    highest = Decimal(100) if percent else max(known, default=Decimal(1)) or Decimal(1)
    heads = [d.plain(cell.children) for cell in chart.table.head]
    return tuple(_bar(row, found, highest, heads) for row, found in zip(rows, numbers, strict=True))


def _bar(row: list[str], found: list[Decimal | None], highest: Decimal, heads: list[str]) -> Bar | None:
    value, mark = (*found, None)[:2]
    if value is None:
        return None
    described = zip(heads[1:3], row[1:3], found, strict=False)
    words = ", ".join([row[0], *(f"{head} {text}" for head, text, number in described if number is not None)])
    return Bar(_length(value, highest), _length(mark, highest) if mark is not None else None, words)


def _number(text: str) -> Decimal | None:
    match = _NUMBER.fullmatch(text)
    return Decimal(match[1].replace(",", "")) if match else None


def _length(value: Decimal, highest: Decimal) -> int:
    return min(FULL, int((value / highest * FULL).quantize(Decimal(1), ROUND_HALF_UP)))


def drawn(node: d.Node) -> dict[str, Bar]:
    """Every bar of a document, or of a part of it, by its name."""
    return {bar.name: bar for chart in d.every(d.Chart, node) for bar in bars(chart) if bar}


def svg(bar: Bar) -> bytes:
    """A bar as SVG."""
    parts = [_rect(0, FULL, 16, 64, _TRACK), _rect(0, bar.length, 16, 64, _BAR)]
    if bar.mark is not None:
        parts += [_rect(bar.mark - 12, 24, 4, 88, _PAPER), _rect(bar.mark - 6, 12, 4, 88, _MARK)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}mm" height="{HEIGHT}mm" viewBox="0 0 {FULL} 96" '
        f'preserveAspectRatio="none">{"".join(parts)}</svg>'
    ).encode()


def _rect(x: int, width: int, y: int, height: int, colour: str) -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{colour}"/>'


def png(bar: Bar) -> bytes:
    """A bar as PNG with two bits per pixel."""
    head = struct.pack(">IIBBBBB", _PIXELS, _LINES, 2, 3, 0, 0, 0)
    palette = b"".join(bytes.fromhex(each[1:]) for each in (_PAPER, _TRACK, _BAR, _MARK))
    data = b"".join(b"\0" + _pack([_pixel(bar, x, y) for x in range(_PIXELS)]) for y in range(_LINES))
    chunks = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", compress(data, 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in chunks)


def png_of(width: int, height: int, rows: bytes) -> bytes:
    """A PNG of three bytes a pixel, red first; each row begins with a zero."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in chunks)


def _pixel(bar: Bar, x: int, y: int) -> int:
    """The colour of a pixel, as an index into the palette."""
    place = (2 * x + 1) * FULL // (2 * _PIXELS)
    if bar.mark is not None and abs(place - bar.mark) <= 12:
        return 3 if abs(place - bar.mark) <= 6 else 0
    if not 3 <= y < _LINES - 3:
        return 0
    return 2 if place < bar.length else 1


def _pack(pixels: list[int]) -> bytes:
    filled = [*pixels, *[0] * (-len(pixels) % 4)]
    return bytes(a << 6 | b << 4 | c << 2 | e for a, b, c, e in _fours(filled))


def _fours(values: list[int]) -> Iterator[tuple[int, int, int, int]]:
    each = iter(values)
    return zip(each, each, each, each, strict=True)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc32(kind + data))
