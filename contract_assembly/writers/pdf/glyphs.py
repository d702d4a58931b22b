"""Characters that no font of the house style has. Pure."""

from functools import lru_cache
from importlib import import_module
from io import BytesIO
from typing import Any, TypeAlias

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.document import tree as d

Files: TypeAlias = tuple[tuple[str, bytes], ...]


LEAVES: frozenset[type] = frozenset({d.Text, d.Value, d.Reference, d.Definition})
_NEEDS_NONE = frozenset("\n\t\u200b\u2060")


def unprintable(document: d.Document, fonts: Files) -> tuple[Problem, ...]:
    """A problem for each text with a character that no font has; it would be printed as an empty box. Fonts are read one after
    the other until no character is missing: for nearly every document, the first one has them all."""
    leaves = [_text_and_origin(leaf) for leaf in d.walk(document, LEAVES)]
    missing = set("".join([text for text, _ in leaves])) - _NEEDS_NONE
    for _, font in fonts:
        if not missing:
            return ()
        missing -= _characters(font)
    return tuple(_no_glyph(min(missing & set(text)), origin) for text, origin in leaves if missing & set(text))


def _text_and_origin(leaf: Any) -> tuple[str, Origin]:
    return leaf.term if type(leaf) is d.Definition else leaf.text, leaf.origin


@lru_cache(maxsize=32)
def _characters(font: bytes) -> frozenset[str]:
    """The characters that a font has glyphs for, except control characters. Glyphs are called by their numbers: finding their
    names takes most of the time, and they are not needed."""
    found = import_module("fontTools.ttLib").TTFont(BytesIO(font), lazy=True)
    found.setGlyphOrder([str(each) for each in range(found["maxp"].numGlyphs)])
    return frozenset(chr(each) for each in found.getBestCmap() or () if each >= 32)


def _no_glyph(character: str, origin: Origin) -> Problem:
    what = f"no font of the house has the character “{character}” (U+{ord(character):04X})"
    hint = "write it in other letters, or add a font that has it: docs/house-style.md"
    return Problem("no-glyph", what, origin, hint)
