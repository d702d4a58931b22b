"""A document tree as units of lines, in reading order, ready for comparison. Pure; uses only the tree.

A unit is anything with an id: a part, a clause, a subsection. A section without one belongs to the unit around it.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, Literal

from msgspec import Struct

from contract_assembly.compare.words import Token, cut
from contract_assembly.document import tree as d

Role = Literal["heading", "paragraph", "definition", "item", "caption", "head", "row", "signature"]


class Line(Struct, frozen=True):
    """A line as printed: its label ("9.2", "(a)") and its cells. Only table rows have more than one cell."""

    role: Role
    label: str
    cells: tuple[tuple[Token, ...], ...]
    identity: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The keys of all tokens, with a separator after each cell."""
        return tuple(key for cell in self.cells for key in (*(token.key for token in cell), "\x1f"))


class UnitOfLines(Struct, frozen=True):
    """A unit with its own lines, of which the first is its heading. `level` is 0 for a part, 1 for a clause, 2 for a
    subsection; `above` is the key of the unit around it."""

    key: str
    level: int
    above: str
    part: str
    entries: tuple[Line, ...]


def units(document: d.Document) -> tuple[UnitOfLines, ...]:
    """Every unit of a document."""
    found: list[UnitOfLines] = []
    for part in document.parts:
        found += _units(part, 0, "", d.plain(d.title(part)))
    return tuple(found)


def _units(node: d.Part | d.Section, level: int, above: str, part: str) -> Iterator[UnitOfLines]:
    key = key_of(node, above)
    opening = _opening(node) if isinstance(node, d.Part) else ()
    own = [_heading(node), *opening, *_lines_of([block for block in node.children if not is_unit(block)])]
    yield UnitOfLines(key, level, above, part, tuple(own))
    for block in node.children:
        if is_unit(block):
            yield from _units(block, block.level, key, part)  # type: ignore[arg-type, union-attr]


def key_of(node: d.Part | d.Section, above: str) -> str:
    """The key of a unit; `above` is the key of the unit around it."""
    return node.id or f"{above}/{d.plain(node.heading)}"


def is_unit(block: d.Block) -> bool:
    """Whether a block is a unit of its own, not lines of the unit around it."""
    return isinstance(block, d.Section) and bool(block.id)


def _heading(node: d.Part | d.Section) -> Line:
    """The heading line of a unit. A schedule's letter is part of its title as printed."""
    if isinstance(node, d.Part):
        label = d.LABELS.get(node.kind, "").format(node.number).replace("\u00a0", " ")
        return Line("heading", label, (tokens(node.heading),))
    return Line("heading", node.number, (tokens(node.heading),))


def _opening(part: d.Part) -> Iterator[Line]:
    """The lines above a letter's subject."""
    for each in part.opening:
        for words in (*each.sender, each.date, *each.reader):
            yield Line("paragraph", "", (tokens(words),))


def _lines_of(blocks: Sequence[d.Block]) -> Iterator[Line]:
    for block in blocks:
        yield from _LINES[type(block)](block)


def _paragraph(node: d.Paragraph) -> Iterator[Line]:
    first = node.children[0] if node.children else None
    term = first.term if isinstance(first, d.Definition) else ""
    yield Line("definition" if term else "paragraph", "", (tokens(node.children),), term)


def _items(node: d.Items) -> Iterator[Line]:
    for item in node.items:
        first, *rest = item.children
        inlines = first.children if isinstance(first, d.Paragraph) else ()
        yield Line("item", item.number, (tokens(inlines),))
        yield from _lines_of(rest)


def _table(node: d.Table) -> Iterator[Line]:
    if node.caption:
        yield Line("caption", "", (tokens(node.caption),))
    if node.head:
        yield Line("head", "", tuple(tokens(cell.children) for cell in node.head))
    for row in node.rows:
        yield Line("row", "", tuple(tokens(cell.children) for cell in row), d.plain(row[0].children) if row else "")


def _inside(node: d.Box | d.Section) -> Iterator[Line]:
    if isinstance(node, d.Section) and (node.heading or node.number):
        yield Line("heading", node.number, (tokens(node.heading),))
    yield from _lines_of(node.children)


def _signatures(node: d.Signatures) -> Iterator[Line]:
    if node.lead:
        yield Line("paragraph", "", (tokens(node.lead),))
    for each in node.signatories:
        shown = ", ".join(value.text for value in (each.entity, each.name, each.title))
        yield Line("signature", "", (cut(f"{each.role}: {shown}"),), each.role)


def _closing(node: d.Closing) -> Iterator[Line]:
    for words in (node.words, *node.writer, node.enclosed):
        if words:
            yield Line("paragraph", "", (tokens(words),))


_LINES: dict[type, Callable[[Any], Iterator[Line]]] = {
    d.Paragraph: _paragraph,
    d.Items: _items,
    d.Table: _table,
    d.Box: _inside,
    d.Section: _inside,
    d.Signatures: _signatures,
    d.Closing: _closing,
}


def tokens(inlines: tuple[d.Inline, ...]) -> tuple[Token, ...]:
    """Inlines as tokens. Adjacent text is split as one, whatever its formatting; a reference is a single token."""
    found: list[Token] = []
    for is_reference, group in groupby(_flat(inlines), key=lambda node: isinstance(node, d.Reference)):
        if is_reference:
            found += [Token(node.text, node.target) for node in group if isinstance(node, d.Reference)]
        else:
            found += cut("".join(map(d.plain, group)))
    return tuple(found)


def _flat(inlines: tuple[d.Inline, ...]) -> Iterator[d.Inline]:
    for node in inlines:
        if isinstance(node, d.Strong | d.Emphasis):
            yield from _flat(node.children)
        else:
            yield node
