"""Characters that no font of the house style has. Pure."""

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
    return frozenset("\n\t\u200b\u2060").union(
        *(map(chr, (each for each in _codes(data) if each >= 32)) for _, data in fonts)
    )


def _codes(font: bytes) -> tuple[int, ...]:
    """The code points that a font has glyphs for. Glyphs are called by their numbers: finding their names takes most of the
    time, and they are not needed."""
    found = import_module("fontTools.ttLib").TTFont(BytesIO(font), lazy=True)
    found.setGlyphOrder([str(each) for each in range(found["maxp"].numGlyphs)])
    return tuple(found.getBestCmap() or ())


def _no_glyph(character: str, origin: Origin) -> Problem:
    what = f"no font of the house has the character “{character}” (U+{ord(character):04X})"
    hint = "write it in other letters, or add a font that has it: docs/house-style.md"
    return Problem("no-glyph", what, origin, hint)
