"""Words of a document as plain data: texts, and lists of a kind of inline and what is in it. Pure."""

import re
from collections.abc import Callable
from itertools import pairwise
from math import ceil
from typing import Any, TypeAlias

from contract_assembly.document import tree as d

Words: TypeAlias = list[Any]
Ids: TypeAlias = frozenset[str]

TEXT = 408.0  # points that a line has room for on every paper: 144 mm
_USUAL, _WIDEST = 5.0, 11.0  # points for one character of running text: on average, and for the widest
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAKS = re.compile(r"([ \-–—])")
_WIDE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZmw@%&©®…")
_LATIN = "\u024f"  # the last letter of the Latin alphabets; what is beyond may be wide, too


def words(inlines: tuple[d.Inline, ...], ids: Ids, room: float) -> Words:
    """Inlines as data, on lines `room` points wide. A reference to an id that the document does not have is text."""
    return [made for each in inlines for made in _INLINES[type(each)](each, ids, room)]


def is_changed(node: d.Node) -> bool:
    """Whether a change is marked in a node."""
    return any(True for _ in d.every(d.Marked, node))


def lines(text: str, room: float) -> int:
    """About how many lines a text takes."""
    return max(1, ceil(len(text) * _USUAL / room))


def text_words(text: str, room: float) -> Words:
    """A text with blanks as one space each. A word that may be too long for a line is marked with the room there, so that the
    page measures it and lets it break anywhere if need be."""
    text = _SPACES.sub(" ", text)
    if len(text) * _WIDEST < room:
        return [text] if text else []
    pieces = _BREAKS.split(text)
    if max(map(len, pieces)) * _WIDEST < room or all(_width(each) < room for each in pieces):
        return [text]
    return _joined([["long", each, room] if _width(each) >= room else each for each in pieces if each])


def _joined(pieces: Words) -> Words:
    """Neighbouring texts as one."""
    found: Words = pieces[:1]
    for before, after in pairwise(pieces):
        if isinstance(before, str) and isinstance(after, str):
            found[-1] += after
        else:
            found.append(after)
    return found


def _width(word: str) -> float:
    """At most how many points a word is wide in running text, in bold."""
    return 6.3 * len(word) + 4.7 * sum(each in _WIDE or each > _LATIN for each in word)


def _plain(node: d.Text | d.Value, ids: Ids, room: float) -> Words:
    return text_words(node.text, room)


def _around(kind: str) -> Callable[[Any, Ids, float], Words]:
    return lambda node, ids, room: [[kind, words(node.children, ids, room)]]


def _reference(node: d.Reference, ids: Ids, room: float) -> Words:
    return [["reference", node.target, node.text] if node.target in ids and node.text else node.text]


def _marked(node: d.Marked, ids: Ids, room: float) -> Words:
    return [[node.how, words(node.children, ids, room)]]


_INLINES: dict[type, Callable[[Any, Ids, float], Words]] = {
    d.Text: _plain,
    d.Value: _plain,
    d.Strong: _around("strong"),
    d.Emphasis: _around("emphasis"),
    d.Definition: lambda node, ids, room: ["“", ["strong", text_words(node.term, room)], "”"],
    d.Reference: _reference,
    d.Break: lambda node, ids, room: [["line-break"]],
    d.Marked: _marked,
}
