"""Running text for rules: each line of a document, with the place where every character was written. Pure."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, wraps
from typing import TypeVar

from msgspec import Struct

from contract_assembly.core.origin import Origin
from contract_assembly.document import tree as d
from contract_assembly.document.lines import with_lines

FACT = "\u2402"  # in place of a fact, a reference or a definition: words that are not the clause's own


class Line(Struct, frozen=True):
    """One line of words: `text` with FACT for each fact, reference and definition; `starts` and `origins` place its pieces."""

    text: str
    starts: tuple[int, ...]
    origins: tuple[Origin, ...]

    def at(self, position: int) -> Origin:
        """Where the character at this position was written."""
        return self.origins[max(0, bisect_right(self.starts, position) - 1)] if self.origins else d.NOWHERE


N = TypeVar("N", bound=d.Node)
R = TypeVar("R")


def once(read: Callable[[d.Document], R]) -> Callable[[d.Document], R]:
    """Cache the last reading, so that a document is read once for all rules. Documents are compared by identity: comparing two
    trees by their words would cost more than reading one."""
    kept: list[tuple[d.Document, R]] = []

    @wraps(read)
    def reading(document: d.Document) -> R:
        if not kept or kept[0][0] is not document:
            kept[:] = [(document, read(document))]
        return kept[0][1]

    return reading


@once
def _by_kind(document: d.Document) -> dict[type, list[d.Node]]:
    found: dict[type, list[d.Node]] = {}
    for node in d.walk(document):
        found.setdefault(type(node), []).append(node)
    return found


def every(kind: type[N], document: d.Document) -> Sequence[N]:
    """Every node of one type, in reading order."""
    return _by_kind(document).get(kind, ())  # type: ignore[return-value]


@once
def _with_lines(document: d.Document) -> tuple[tuple[d.Node, tuple[d.Inline, ...]], ...]:
    return tuple(with_lines(document))


@once
def inlines(document: d.Document) -> tuple[tuple[d.Inline, ...], ...]:
    """Every line of the document as inlines of the tree."""
    return tuple(inside for _, inside in _with_lines(document))


@once
def plain_lines(document: d.Document) -> tuple[str, ...]:
    """The plain text of every line, facts included."""
    return tuple(d.plain(inside) for inside in inlines(document))


@once
def lines(document: d.Document) -> tuple[Line, ...]:
    """Every line of words of the document, headings and captions too."""
    return tuple(line(inside) for inside in inlines(document))


@once
def lines_by_node(document: d.Document) -> dict[int, Line]:
    """The line of each node that has one, by the identity of the node: equal nodes occur in several places."""
    nodes = (node for node, _ in _with_lines(document))
    return {id(node): words for node, words in zip(nodes, lines(document), strict=True)}


@once
def sentences(document: d.Document) -> tuple[Line, ...]:
    """Every line of words except headings and captions."""
    both = zip(_with_lines(document), lines(document), strict=True)
    return tuple(words for (node, _), words in both if type(node) in _OF_SENTENCES)


_OF_SENTENCES = {d.Paragraph, d.Cell, d.Signatures}


def finder(pattern: "re.Pattern[str]") -> "Callable[[str], tuple[re.Match[str], ...]]":
    """A cached function that finds all matches of a pattern in a line: the words of a clause are the same for many clients.
    Each pattern has its own cache, since hashing a pattern takes as long as searching for it."""
    return lru_cache(maxsize=4_096)(lambda text: tuple(pattern.finditer(text)))


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
