"""The frozen document tree: clauses make it, phases rewrite it, writers walk it. Imports only `origin`.

A document is a tuple of parts (letter and its enclosure; cover, terms and schedules); a part holds blocks; blocks hold
inlines. Numbers and the words of references are empty until `numbering` and `references` fill them in. Text is final: it
already has curly quotes, dashes and non-breaking spaces, and no writer may change a word.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any, Literal, TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.core.origin import Origin

Align = Literal["left", "right", "center"]
PartKind = Literal["letter", "cover", "terms", "schedule", "enclosure"]
NOWHERE = Origin("", 0)
LABELS: Mapping[PartKind, str] = {"schedule": "Schedule\u00a0{}", "enclosure": "Enclosure"}


# ---- inlines


class Text(Struct, frozen=True):
    """Words of a clause or an outline."""

    text: str
    origin: Origin = NOWHERE


class Value(Struct, frozen=True):
    """A fact as formatted for the reader; `key` is its dotted path (`fees.monthly`), empty if the fact only selected the words;
    `origin` is where the fact was written."""

    text: str
    key: str
    origin: Origin = NOWHERE


class Strong(Struct, frozen=True):
    """Bold words."""

    children: "tuple[Inline, ...]"
    origin: Origin = NOWHERE


class Emphasis(Struct, frozen=True):
    """Italic words."""

    children: "tuple[Inline, ...]"
    origin: Origin = NOWHERE


class Definition(Struct, frozen=True):
    """The one place where a term is defined. Printed as the term in bold inside curly quotes."""

    term: str
    origin: Origin = NOWHERE


class Reference(Struct, frozen=True):
    """A pointer to a part or section by id; `text` is printed ("9.2 (Notice of non-renewal)") and filled in by `references`."""

    target: str
    text: str = ""
    origin: Origin = NOWHERE


class Break(Struct, frozen=True):
    """A forced line break inside a paragraph."""

    origin: Origin = NOWHERE


How: TypeAlias = Literal["inserted", "deleted", "note"]


class Marked(Struct, frozen=True):
    """Words with the change they underwent since another state. Only `compare.marking` makes it and only pages show it.
    Deleted words, and notes about changes, are not words of this state."""

    how: How
    children: "tuple[Inline, ...]"
    origin: Origin = NOWHERE


Inline: TypeAlias = Text | Value | Strong | Emphasis | Definition | Reference | Break | Marked

# ---- blocks


class Paragraph(Struct, frozen=True):
    """A run of inlines."""

    children: tuple[Inline, ...]
    origin: Origin = NOWHERE


class Item(Struct, frozen=True):
    """One entry of a list; `number` is "(a)" or "(i)" once numbered. Its first child is a Paragraph."""

    children: "tuple[Block, ...]"
    number: str = ""
    origin: Origin = NOWHERE


class Items(Struct, frozen=True):
    """An enumerated list of two or more items; it may be inside an item, at most two deep."""

    items: tuple[Item, ...]
    origin: Origin = NOWHERE


class Cell(Struct, frozen=True):
    """One cell of a table."""

    children: tuple[Inline, ...]
    origin: Origin = NOWHERE


class Table(Struct, frozen=True):
    """A table with one head row; every row has as many cells as `aligns`. An empty `head` tuple means a plain two-column
    list of terms and values, whose first column heads each row. `total` says that the last row is a sum."""

    aligns: tuple[Align, ...]
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: tuple[Inline, ...] = ()
    total: bool = False
    origin: Origin = NOWHERE


class Chart(Struct, frozen=True):
    """A table whose rows are also drawn: the second column as bars, the third, if it has numbers, as a mark on each bar. All
    words and numbers are in the table, so the drawing adds nothing for those who cannot see it."""

    table: Table
    origin: Origin = NOWHERE


class Box(Struct, frozen=True):
    """Blocks inside a border, for points that a signer must not overlook."""

    children: "tuple[Block, ...]"
    origin: Origin = NOWHERE


class Signatory(Struct, frozen=True):
    """A signatory: role ("Provider"), entity as registered, and the person's name and title. `labels` are printed before the
    place to sign, the name, the title and the place for the date. `anchors` are invisible at the places to sign and for the
    date, for an e-sign service to find; they are not words of the document."""

    role: str
    entity: Value
    name: Value
    title: Value
    labels: tuple[str, str, str, str] = ("By:", "Name:", "Title:", "Date:")
    anchors: tuple[str, str] = ("", "")


class Signatures(Struct, frozen=True):
    """The signature block: a lead-in sentence and, side by side, a place to sign for each party. `is_open`
    means that it is for signature, unlike a draft: the PDF has fields to sign, and the anchors are printed."""

    lead: tuple[Inline, ...]
    signatories: tuple[Signatory, ...]
    origin: Origin = NOWHERE
    is_open: bool = False


Line: TypeAlias = tuple[Inline, ...]


class Letterhead(Struct, frozen=True):
    """The top of a letter, above its subject: sender, date and reader. `sender` and `reader` are lines; the first of each is the
    registered name."""

    sender: tuple[Line, ...]
    date: Line
    reader: tuple[Line, ...]
    origin: Origin = NOWHERE


class Closing(Struct, frozen=True):
    """The end of a letter: the complimentary close, room for a signature, lines about the writer (name first), and enclosures."""

    words: Line
    writer: tuple[Line, ...]
    enclosed: Line = ()
    origin: Origin = NOWHERE


class Section(Struct, frozen=True):
    """A numbered unit. Level 1 is a clause under its heading ("9."); level 2 is a subsection ("9.2") whose heading, if it
    has one, is a caption run into its first paragraph. `number` has no closing stop. `clause` is the id of its clause."""

    id: str
    level: int
    heading: tuple[Inline, ...]
    children: "tuple[Block, ...]"
    clause: str = ""
    number: str = ""
    origin: Origin = NOWHERE


def label(section: Section) -> str:
    """A section's number as printed at its head: "9." for a clause, "9.2" for a subsection, "" where it has none."""
    return f"{section.number}." if section.number and section.level == 1 else section.number


Block: TypeAlias = Paragraph | Items | Table | Chart | Box | Signatures | Closing | Section


class Part(Struct, frozen=True):
    """A letter, a cover, the standard terms or a schedule, each with its own numbering; a schedule's `number` is its letter.
    A letter's `heading` is its subject; `opening`, which only a letter has, comes above it."""

    kind: PartKind
    id: str
    heading: tuple[Inline, ...]
    children: tuple[Block, ...]
    number: str = ""
    origin: Origin = NOWHERE
    opening: tuple[Letterhead, ...] = ()


def stacked(lines: Iterable[Line]) -> Line:
    """Lines as one run of inlines, with a break between two of them."""
    return tuple(each for line in lines for each in (Break(), *line))[1:]


def introduced(node: "Block | Item | None") -> bool:
    """Whether what comes before this block introduces it, so that both are kept on one page: a list, a table, a chart, a box,
    signatures, or the closing of a letter."""
    return isinstance(node, Items | Table | Chart | Box | Signatures | Closing)


def title(part: Part) -> tuple[Inline, ...]:
    """A part's heading as printed: "Schedule A – Services", "Enclosure – Figures and prices", else the bare heading."""
    label = LABELS.get(part.kind, "").format(part.number)
    return (Text(f"{label} – "), *part.heading) if label else part.heading


class Meta(Struct, frozen=True):
    """The metadata of a document. `head` runs at the top of each page after the cover, `footer` at
    each page's foot left of the page number, `initials` beside the number on each page after the cover; `inputs` names the
    folder that the document was built from; `language` is a BCP 47 tag ("en-US"). `watermark` is printed faintly across each
    page, outside the words. `dated` is the first day of what was agreed, or the date of a letter, as ISO 8601
    writes it: the only date in a file's properties.
    `strangers` are names that the document must not hold; they are not part of it, and so not of its repr."""

    title: str
    subject: str
    author: str
    language: str
    head: str
    footer: str
    inputs: str
    paper: Literal["letter", "a4"] = "a4"
    watermark: str = ""
    dated: str = ""
    initials: str = ""
    strangers: tuple[str, ...] = ()

    def __repr__(self) -> str:
        shown = ", ".join(
            [f"{name}=" + repr(getattr(self, name)) for name in self.__struct_fields__ if name != "strangers"]
        )
        return f"Meta({shown})"


class Document(Struct, frozen=True):
    """The whole tree."""

    meta: Meta
    parts: tuple[Part, ...]
    origin: Origin = NOWHERE


Node: TypeAlias = Document | Part | Letterhead | Block | Item | Cell | Signatory | Inline
N = TypeVar("N", bound=Node)

_CHILDREN: dict[type, tuple[str, ...]] = {
    Document: ("parts",),
    Part: ("opening", "heading", "children"),
    Letterhead: ("sender", "date", "reader"),
    Section: ("heading", "children"),
    Paragraph: ("children",),
    Items: ("items",),
    Item: ("children",),
    Table: ("caption", "head", "rows"),
    Cell: ("children",),
    Chart: ("table",),
    Box: ("children",),
    Signatures: ("lead", "signatories"),
    Signatory: ("entity", "name", "title"),
    Closing: ("words", "writer", "enclosed"),
    Strong: ("children",),
    Emphasis: ("children",),
    Marked: ("children",),
}
_LAST_FIRST = {kind: names[::-1] for kind, names in _CHILDREN.items()}
# The types that can be inside a node, at any depth: a rewrite skips nodes that cannot hold the types it changes.
_INLINES = frozenset({Text, Value, Strong, Emphasis, Definition, Reference, Break, Marked})
EVERYTHING = _INLINES | frozenset(_CHILDREN)
_INSIDE: dict[type, frozenset[type]] = {
    **dict.fromkeys(_CHILDREN, EVERYTHING),
    **dict.fromkeys((Paragraph, Cell, Letterhead, Closing, Strong, Emphasis, Marked), _INLINES),
    Table: _INLINES | {Cell},
    Chart: _INLINES | {Cell, Table},
    Signatures: _INLINES | {Signatory},
    Signatory: frozenset({Value}),
}


def children(node: Node) -> Iterator[Node]:
    """Yield the nodes directly inside a node, in the order they are read."""
    for name in _CHILDREN.get(type(node), ()):
        inside = getattr(node, name)
        yield from _flat(inside) if type(inside) is tuple else (inside,)


def walk(node: Node, only: frozenset[type] = EVERYTHING) -> Iterator[Node]:
    """Yield a node and everything inside it, in reading order. With `only`, yield nodes of these types alone, and skip nodes that
    cannot hold one of them."""
    holders = _holders(only)
    waiting: list[Any] = [node]  # nodes still to be read, the next one at the end; this is called often, so it is lean
    while waiting:
        each = waiting.pop()
        kind = type(each)
        if kind is tuple:
            waiting.extend(each[::-1])
        else:
            if kind in only:
                yield each
            if kind in holders:
                for name in _LAST_FIRST[kind]:
                    waiting.append(getattr(each, name))  # noqa: PERF401  # a comprehension would take twice as long


def every(kind: type[N], node: Node) -> Iterator[N]:
    """Every node of one type in a node, itself included, in reading order."""
    return walk(node, frozenset({kind}))  # type: ignore[return-value]


def headed(document: Document) -> "Iterator[Part | Section]":
    """Every part and section, in reading order: all that has a heading, a number and an id."""
    return walk(document, frozenset({Part, Section}))  # type: ignore[return-value]


def rewrite(
    node: N, change: Callable[[Node], Node | tuple[Node, ...]], only: frozenset[type] | set[type] = EVERYTHING
) -> N:
    """Rebuild a tree from the leaves up: `change` sees each node with its children already changed and returns the node
    that replaces it, or a tuple of any number of them. Unchanged subtrees are kept, not copied.

    With `only`, it sees nodes of these types alone, and nodes that cannot hold one of them are skipped."""
    only = frozenset(only)
    changed = _changed(node, change, only, _holders(only))
    if isinstance(changed, tuple):
        raise TypeError("the root of a rewrite cannot become a tuple")
    return changed  # type: ignore[return-value]


def plain(inlines: "tuple[Inline, ...] | Inline") -> str:
    """The plain text of inlines; a line break is a space."""
    if isinstance(inlines, tuple):
        return "".join([_PLAIN[type(each)](each) for each in inlines])
    return _PLAIN[type(inlines)](inlines)


_PLAIN: dict[type, Callable[[Any], str]] = {
    Text: attrgetter("text"),
    Value: attrgetter("text"),
    Reference: attrgetter("text"),
    Definition: lambda definition: f"“{definition.term}”",
    Break: lambda _: " ",
    Strong: lambda strong: plain(strong.children),
    Emphasis: lambda emphasis: plain(emphasis.children),
    Marked: lambda marked: plain(marked.children) if marked.how == "inserted" else "",
}


@lru_cache(maxsize=64)  # the program uses few sets of types
def _holders(only: frozenset[type]) -> frozenset[type]:
    """The types of nodes that can hold nodes of these types."""
    return frozenset(kind for kind, inside in _INSIDE.items() if not only.isdisjoint(inside))


def _flat(nodes: tuple[Any, ...]) -> Iterator[Node]:
    for each in nodes:
        if type(each) is tuple:
            yield from _flat(each)
        else:
            yield each


def _changed(
    node: Node, change: Callable[[Node], Node | tuple[Node, ...]], only: frozenset[type], holders: frozenset[type]
) -> Node | tuple[Node, ...]:
    kind = type(node)
    if kind in holders:
        new: dict[str, Any] = {}
        for name in _CHILDREN[kind]:
            old = getattr(node, name)
            rebuilt = (_rebuilt if type(old) is tuple else _changed)(old, change, only, holders)
            if rebuilt is not old:
                new[name] = rebuilt
        if new:
            node = replace(node, **new)
    return change(node) if kind in only else node


def _rebuilt(
    nodes: tuple[Any, ...],
    change: Callable[[Node], Node | tuple[Node, ...]],
    only: frozenset[type],
    holders: frozenset[type],
) -> tuple[Any, ...]:
    result: list[Any] = []
    same = True
    for each in nodes:
        kind, rebuilt = type(each), each
        if kind is tuple:
            rebuilt = _rebuilt(each, change, only, holders)
        elif kind in holders:
            rebuilt = _changed(each, change, only, holders)
        elif kind in only:
            rebuilt = change(each)
        if rebuilt is each:
            result.append(each)
        else:
            same = False
            result.extend(rebuilt if type(rebuilt) is tuple and kind is not tuple else (rebuilt,))
    return nodes if same else tuple(result)
