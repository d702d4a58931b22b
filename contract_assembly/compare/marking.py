"""Mark the changes since another state in a document, as one tree for the page. Pure; uses only the tree and its comparison.

A comparison has the lines of the new tree in its order, with removed lines between them, so the tree is walked once, and each
block takes its lines. Changed numbers alone are not marked.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from msgspec.structs import replace

from contract_assembly.compare.lines import is_unit, key_of
from contract_assembly.compare.removed import ROWS, deleted, gone_item, gone_row, old, struck
from contract_assembly.compare.splits import PILCROW
from contract_assembly.compare.trees import LineChange, PartChange
from contract_assembly.compare.words import Run
from contract_assembly.document import tree as d

Blocks: TypeAlias = tuple[d.Block, ...]
MOVED = " [moved here]"


def marked(new: d.Document, changes: Sequence[PartChange]) -> d.Document:
    """The new state with added and removed words marked, and notes where units moved; `changes` are `compare(old, new)`.

    A removed unit is shown where it was. Places to sign are left out, because this version is not for signature."""
    kept = {each.key: each for each in changes if each.kind != "removed"}
    return _Marking(kept, _removed(changes)).document(new)


def _removed(changes: Sequence[PartChange]) -> Mapping[str, tuple[PartChange, ...]]:
    """Removed units by the key of the unit that followed them; those at the end by ""."""
    found: dict[str, tuple[PartChange, ...]] = {}
    waiting: list[PartChange] = []
    for each in changes:
        if each.kind == "removed":
            waiting.append(each)
        else:
            found[each.key] = tuple(waiting)
            waiting = []
    return {**found, "": tuple(waiting)}


class _Lines:
    """The lines of one unit, taken in order."""

    def __init__(self, lines: Sequence[LineChange]) -> None:
        self._rest = deque(lines)

    def take(self) -> tuple[list[LineChange], LineChange]:
        """The next line of the new state, and the lines removed before it."""
        gone = self.gone()
        return gone, self._rest.popleft()

    def gone(self, *roles: str) -> list[LineChange]:
        """The lines removed here: all of them, or as long as they have one of these roles."""
        found: list[LineChange] = []
        while self._rest and self._rest[0].kind == "removed" and (not roles or self._rest[0].role in roles):
            found.append(self._rest.popleft())
        return found


class _Marking:
    """Walks the tree down to the units; inside a unit, each block takes its lines."""

    def __init__(self, kept: Mapping[str, PartChange], removed: Mapping[str, tuple[PartChange, ...]]) -> None:
        self._kept = kept
        self._removed = removed

    def document(self, new: d.Document) -> d.Document:
        """The marked document. Units removed between two parts are shown at the end of the first: each part begins a page."""
        keys = [key_of(part, "") for part in new.parts]
        parts = [
            self._part(part, key, following)
            for part, key, following in zip(new.parts, keys, [*keys[1:], ""], strict=True)
        ]
        first = replace(parts[0], children=(*self._units_before(keys[0]), *parts[0].children))
        return replace(new, parts=(first, *parts[1:]))

    def _part(self, part: d.Part, key: str, following: str) -> d.Part:
        lines = _Lines(self._kept[key].lines)
        heading = self._heading(part, key, lines)
        opening = tuple(_letterhead(each, lines) for each in part.opening)
        children = (*self._children(part, key, lines), *self._units_before(following))
        return replace(part, heading=heading, opening=opening, children=children)

    def _section(self, section: d.Section, above: str) -> d.Section:
        key = key_of(section, above)
        lines = _Lines(self._kept[key].lines)
        heading = self._heading(section, key, lines)
        return replace(section, heading=heading, children=self._children(section, key, lines))

    def _heading(self, node: d.Part | d.Section, key: str, lines: _Lines) -> d.Line:
        words = _line(node.heading, lines.take()[1])
        return (*words, d.Marked("note", (d.Text(MOVED),))) if self._kept[key].moved else words

    def _children(self, node: d.Part | d.Section, key: str, lines: _Lines) -> Blocks:
        """The node's own blocks with removed lines among them, and its units, each after the units removed before it."""
        last = max((n for n, block in enumerate(node.children) if not is_unit(block)), default=-1)
        found: list[d.Block] = struck(lines.gone()) if last < 0 else []
        for n, block in enumerate(node.children):
            if isinstance(block, d.Section) and is_unit(block):
                found += (*self._units_before(key_of(block, key)), self._section(block, key))
            else:
                found += _own(block, lines)
            if n == last:
                found += struck(lines.gone())
        return tuple(found)

    def _units_before(self, key: str) -> Blocks:
        return tuple(block for each in self._removed.get(key, ()) for block in struck(each.lines))


# ---- blocks of a unit


def _own(block: d.Block, lines: _Lines) -> Blocks:
    return _OWN[type(block)](block, lines)


def _paragraph(node: d.Paragraph, lines: _Lines) -> Blocks:
    gone, line = lines.take()
    return (*struck(gone), replace(node, children=_line(node.children, line)))


def _items(node: d.Items, lines: _Lines) -> Blocks:
    before, items = struck(lines.gone("heading", "paragraph", "definition", "caption", *ROWS)), list[d.Item]()
    for item in node.items:
        gone, line = lines.take()
        items += map(gone_item, gone)
        first, *rest = item.children
        if isinstance(first, d.Paragraph):
            first = replace(first, children=_line(first.children, line))
        inside = [each for block in rest for each in _own(block, lines)]
        items.append(replace(item, children=(first, *inside)))
    items += map(gone_item, lines.gone("item"))
    return (*before, replace(node, items=tuple(items)))


def _table(node: d.Table, lines: _Lines) -> Blocks:
    before: list[d.Block] = []
    caption, head, rows = node.caption, node.head, list[tuple[d.Cell, ...]]()
    if caption:
        gone, line = lines.take()
        before, caption = struck(gone), _line(caption, line)
    if head:
        gone, line = lines.take()
        before, head = [*before, *struck(gone)], _row(head, line)
    for row in node.rows:
        gone, line = lines.take()
        rows += [gone_row(each, len(node.aligns)) for each in gone]
        rows.append(_row(row, line))
    last = [gone_row(each, len(node.aligns)) for each in lines.gone("row")]
    rows[len(rows) - node.total : len(rows) - node.total] = last  # before the total row
    return (*before, replace(node, caption=caption, head=head, rows=tuple(rows)))


def _row(row: tuple[d.Cell, ...], line: LineChange) -> tuple[d.Cell, ...]:
    """A marked row. Text of cells that were removed is added to its last cell."""
    *cells, last = (
        replace(cell, children=_line(cell.children, line, n)) for n, cell in enumerate(row[: len(line.cells)])
    )
    more = "".join(f" {old(cell)}" for cell in line.cells[len(row) :])
    return (*cells, replace(last, children=(*last.children, *deleted(more))))


def _box(node: d.Box, lines: _Lines) -> Blocks:
    return (replace(node, children=tuple(each for block in node.children for each in _own(block, lines))),)


def _section(node: d.Section, lines: _Lines) -> Blocks:
    """A section without an id; it is part of the unit around it."""
    gone: list[LineChange] = []
    heading = node.heading
    if node.heading or node.number:
        gone, line = lines.take()
        heading = _line(heading, line)
    children = tuple(each for block in node.children for each in _own(block, lines))
    return (*struck(gone), replace(node, heading=heading, children=children))


def _signatures(node: d.Signatures, lines: _Lines) -> Blocks:
    """The signature block. Changed signatories are listed below it, one line each."""
    before: list[d.Block] = []
    lead, after = node.lead, list[d.Block]()
    if lead:
        gone, line = lines.take()
        before, lead = struck(gone), _line(lead, line)
    for _ in node.signatories:
        gone, line = lines.take()
        words = "".join(run.new for run in line.cells[0])
        changed = line.kind not in ("unchanged", "renumbered")
        after += [*struck(gone), *([d.Paragraph(_line((d.Text(words),), line))] if changed else [])]
    return (*before, replace(node, lead=lead, is_open=False), *after, *struck(lines.gone("signature")))


def _closing(node: d.Closing, lines: _Lines) -> Blocks:
    gone: list[LineChange] = []

    def changed(words: d.Line) -> d.Line:
        if not words:
            return words
        before, line = lines.take()
        gone.extend(before)
        return _line(words, line)

    closing = replace(
        node, words=changed(node.words), writer=tuple(map(changed, node.writer)), enclosed=changed(node.enclosed)
    )
    return (*struck(gone), closing)


def _letterhead(node: d.Letterhead, lines: _Lines) -> d.Letterhead:
    """The letterhead, with removed lines shown at the start of the next line."""

    def changed(words: d.Line) -> d.Line:
        gone, line = lines.take()
        return (*(each for one in gone for each in deleted(f"{old(one.cells[0])} ")), *_line(words, line))

    sender = tuple(map(changed, node.sender))
    return replace(node, sender=sender, date=changed(node.date), reader=tuple(map(changed, node.reader)))


_OWN: dict[type, Callable[[Any, _Lines], Blocks]] = {
    d.Paragraph: _paragraph,
    d.Items: _items,
    d.Table: _table,
    d.Box: _box,
    d.Section: _section,
    d.Signatures: _signatures,
    d.Closing: _closing,
}

# ---- words of a line


class _Runs:
    """The runs of a cell, consumed along the text of the new state."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._rest = deque(("deleted", each.old) if each.op == "delete" else (each.op, each.new) for each in runs)

    def along(self, text: str) -> Iterator[tuple[str, str]]:
        """The text in pieces, each with its fate, with deleted text between them."""
        while text:
            how, words = self._rest.popleft()
            if how == "deleted":
                yield how, words
                continue
            if len(words) > len(text):
                self._rest.appendleft((how, words[len(text) :]))
            yield how, words[: len(text)]
            text = text[len(words) :]

    def end(self) -> d.Line:
        """What was deleted at the end; and a break that came there, which is not a word of the new state."""
        return tuple(
            each
            for how, words in self._rest
            for each in (deleted(words) if how == "deleted" else (d.Marked("note", (d.Text(f" {PILCROW}"),)),))
        )


def _line(inlines: d.Line, line: LineChange, cell: int = 0) -> d.Line:
    """The inlines of a line with its changes marked."""
    if line.kind in ("unchanged", "renumbered"):
        return inlines
    runs = _Runs(line.cells[cell])
    return (*_inlines(inlines, runs), *runs.end())


def _inlines(inlines: d.Line, runs: _Runs) -> Iterator[d.Inline]:
    for node in inlines:
        match node:
            case d.Strong() | d.Emphasis() | d.Marked():
                yield replace(node, children=tuple(_inlines(node.children, runs)))
            case d.Definition(term=term):  # split into inlines that print the same, because part of a term may be new
                yield from _inlines((d.Text("“"), d.Strong((d.Text(term),)), d.Text("”")), runs)
            case d.Text() | d.Value():
                for how, words in runs.along(node.text):
                    yield from deleted(words) if how == "deleted" else (_fated(replace(node, text=words), how),)
            case d.Reference() | d.Break():
                pieces = list(runs.along(d.plain(node)))
                yield from (each for how, words in pieces if how == "deleted" for each in deleted(words))
                yield _fated(node, pieces[-1][0])


def _fated(node: d.Inline, how: str) -> d.Inline:
    return d.Marked("inserted", (node,)) if how == "insert" else node
