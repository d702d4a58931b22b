"""Number the tree, by one pure function. SCHEMES says how each kind of part counts."""

from collections.abc import Callable, Iterable
from itertools import count
from string import ascii_lowercase

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.document.tree import Block, Box, Document, Item, Items, Part, PartKind, Section

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


class Scheme(Struct, frozen=True):
    """How a part counts: its clauses, and their subsections below them."""

    clause: Callable[[int], str]
    subsection: Callable[[str, int], str]


def letter(position: int) -> str:
    """1 is "a", 26 is "z", 27 is "aa"."""
    count, rest = divmod(position - 1, 26)
    return ascii_lowercase[rest] * (count + 1)


def roman(position: int) -> str:
    """1 is "i", 4 is "iv"; 90 is "xc"."""
    out = ""
    for value, mark in _ROMAN:
        times, position = divmod(position, value)
        out += mark * times
    return out


_DECIMAL = Scheme(str, lambda clause, position: f"{clause}.{position}")
_BARE = Scheme(lambda _position: "", lambda _clause, _position: "")
SCHEMES: dict[PartKind, Scheme] = {
    "letter": _BARE,
    "cover": _BARE,
    "terms": _DECIMAL,
    "schedule": _DECIMAL,
    "enclosure": _DECIMAL,
}
ITEMS: tuple[Callable[[int], str], ...] = (letter, roman)


def numbered(document: Document) -> Document:
    """Number every part, section and item. A clause that is one subsection without a caption has no number below its own."""
    schedules = count(1)
    parts = tuple(
        _part(part, letter(next(schedules)).upper() if part.kind == "schedule" else "") for part in document.parts
    )
    return replace(document, parts=parts)


def _part(part: Part, letter_of: str) -> Part:
    scheme = SCHEMES[part.kind]
    clauses = 0
    children: list[Block] = []
    for block in part.children:
        clauses += isinstance(block, Section)
        children.append(
            _clause(block, scheme, scheme.clause(clauses)) if isinstance(block, Section) else _listed(block)
        )
    return replace(part, number=letter_of, children=tuple(children))


def _clause(section: Section, scheme: Scheme, number: str) -> Section:
    subsections = [block for block in section.children if isinstance(block, Section)]
    alone = len(subsections) == 1 and not subsections[0].heading
    children: list[Block] = []
    position = 0
    for block in section.children:
        if isinstance(block, Section):
            position += 1
            own = "" if alone else scheme.subsection(number, position)
            children.append(replace(block, number=own, children=_all_listed(block.children)))
        else:
            children.append(_listed(block))
    return replace(section, number=number, children=tuple(children))


def _all_listed(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(_listed(block) for block in blocks)


def _listed(block: Block, depth: int = 0) -> Block:
    if isinstance(block, Box):
        return replace(block, children=_all_listed(block.children))
    if not isinstance(block, Items):
        return block
    mark = ITEMS[min(depth, len(ITEMS) - 1)]
    return replace(block, items=tuple(_item(item, mark(n), depth) for n, item in enumerate(block.items, 1)))


def _item(item: Item, mark: str, depth: int) -> Item:
    return replace(item, number=f"({mark})", children=tuple(_listed(child, depth + 1) for child in item.children))
