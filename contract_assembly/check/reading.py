"""Running text for rules: each line of words of a document with the place of every character. Pure."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TypeVar

from contract_assembly import document as d
from contract_assembly.origin import Origin
from contract_assembly.terms import lines as all_lines

FACT = "\u2402"  # stands for a fact, a reference or a definition, whose words no clause wrote


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words: `text` with FACT for what a clause did not write; `starts` and `origins` place its pieces."""

    text: str
    starts: tuple[int, ...]
    origins: tuple[Origin, ...]

    def at(self, position: int) -> Origin:
        """Where the character at this position was written."""
        return self.origins[max(0, bisect_right(self.starts, position) - 1)] if self.origins else d.NOWHERE


R = TypeVar("R")


def once(read: Callable[[d.Document], Iterator[R]]) -> Callable[[d.Document], tuple[R, ...]]:
    """Read a document once for all rules: what was read last is kept. A document is compared as itself, for comparing two
    trees by their words would cost more than to read one."""
    kept: list[tuple[d.Document, tuple[R, ...]]] = []

    @wraps(read)
    def reading(document: d.Document) -> tuple[R, ...]:
        if not kept or kept[0][0] is not document:
            kept[:] = [(document, tuple(read(document)))]
        return kept[0][1]

    return reading


@once
def nodes(document: d.Document) -> Iterator[d.Node]:
    """Everything in the document, in reading order."""
    return d.walk(document)


@once
def inlines(document: d.Document) -> Iterator[tuple[d.Inline, ...]]:
    """Every line of the document as it stands in the tree."""
    return all_lines(document)


@once
def lines(document: d.Document) -> Iterator[Line]:
    """Every line of words of the document, headings and captions too."""
    return (line(inside) for inside in inlines(document))


@once
def sentences(document: d.Document) -> Iterator[Line]:
    """Every line of words but for headings and captions."""
    for node in nodes(document):
        match node:
            case d.Paragraph(children=inside) | d.Cell(children=inside) | d.Signatures(lead=inside):
                yield line(inside)


@lru_cache(maxsize=100_000)  # the words of a clause are the same for many clients
def matches(pattern: "re.Pattern[str]", text: str) -> tuple["re.Match[str]", ...]:
    """Where a pattern is found in a line."""
    return tuple(pattern.finditer(text))


def line(inlines: tuple[d.Inline, ...]) -> Line:
    """One line of words."""
    text, starts, origins = "", [], []
    for leaf, origin in _leaves(inlines):
        starts.append(len(text))
        origins.append(origin)
        text += leaf
    return Line(text, tuple(starts), tuple(origins))


def _leaves(inlines: tuple[d.Inline, ...]) -> Iterator[tuple[str, Origin]]:
    for each in inlines:
        match each:
            case d.Text(text=text, origin=origin):
                yield text, origin
            case d.Strong(children=inside) | d.Emphasis(children=inside):
                yield from _leaves(inside)
            case d.Break(origin=origin):
                yield " ", origin
            case _:  # its stop ("Acme, Inc.") may end the sentence, too
                yield f"{FACT}." if d.plain(each).endswith(".") else FACT, each.origin
