"""Characters that no font of the house style has. Pure."""

import struct
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from io import BytesIO
from typing import Any, TypeAlias

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.document import tree as d

Files: TypeAlias = tuple[tuple[str, bytes], ...]


def unprintable(document: d.Document, fonts: Files) -> tuple[Problem, ...]:
    """A problem for each text with a character that no font has; it would be printed as an empty box."""
    known, leaves = _characters(fonts), [_text_and_origin(leaf) for leaf in d.walk(document, LEAVES)]
    if known.issuperset("".join([text for text, _ in leaves])):
        return ()
    return tuple(_no_glyph(min(set(text) - known), origin) for text, origin in leaves if not known.issuperset(text))


LEAVES: frozenset[type] = frozenset({d.Text, d.Value, d.Reference, d.Definition})


def _text_and_origin(leaf: Any) -> tuple[str, Origin]:
    return leaf.term if type(leaf) is d.Definition else leaf.text, leaf.origin


@lru_cache(maxsize=4)
def _characters(fonts: Files) -> frozenset[str]:
    """Every character that some font has a glyph for, and those that need none. Control characters are not included."""
    known = (each for _, data in fonts for each in _mapped(data) if each >= 32)
    return frozenset("\n\t\u200b\u2060").union(map(chr, known))


def _mapped(font: bytes) -> Iterable[int]:
    """The characters that a font has glyphs for. fontTools reads only tables in an unusual form: to import it takes nine times as
    long as to read all fonts of the house here."""
    try:
        return list(_usual(font))
    except (struct.error, ValueError, IndexError):
        table = import_module("fontTools.ttLib").TTFont(BytesIO(font), lazy=True)
        found: Iterable[int] = table.getBestCmap()
        return found


def _usual(font: bytes) -> Iterator[int]:
    """The characters in the `cmap` of a font for the first plane of Unicode only, in format 4 (OpenType, cmap), as most have it.
    Raises ValueError, IndexError or struct.error for any other."""
    (tables,) = struct.unpack_from(">H", font, 4)
    places = {font[at : at + 4]: struct.unpack_from(">II", font, at + 8) for at in range(12, 12 + 16 * tables, 16)}
    start, size = places.get(b"cmap", (0, 0))
    table = font[start : start + size]
    (count,) = struct.unpack_from(">H", table, 2)
    kinds = [struct.unpack_from(">HHI", table, 4 + 8 * n) for n in range(count)]
    unicode_at = {at for platform, coding, at in kinds if (platform, coding) == (3, 1)}
    if len(unicode_at) != 1 or any((platform, coding) == (3, 10) for platform, coding, _ in kinds):
        raise ValueError("not the usual form")
    yield from _segments(table[unicode_at.pop() :])


def _segments(table: bytes) -> Iterator[int]:
    kind, size, _, doubled = struct.unpack_from(">4H", table)
    if kind != 4:
        raise ValueError("not the usual form")
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + doubled)
    deltas = struct.unpack_from(f">{count}H", table, 16 + 2 * doubled)
    offsets = struct.unpack_from(f">{count}H", table, 16 + 3 * doubled)
    glyphs = struct.unpack_from(f">{(size - 16 - 4 * doubled) // 2}H", table, 16 + 4 * doubled)
    for n, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for character in range(first, last + 1):
            glyph = glyphs[offset // 2 - count + n + character - first] if offset else character
            if glyph and (glyph + delta) & 0xFFFF:
                yield character


def _no_glyph(character: str, origin: Origin) -> Problem:
    what = f"no font of the house has the character “{character}” (U+{ord(character):04X})"
    hint = "write it in other letters, or add a font that has it: docs/house-style.md"
    return Problem("no-glyph", what, origin, hint)
