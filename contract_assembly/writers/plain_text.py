"""Plain text of a document tree, for the body of an email: only words and list numbers. Pure; uses only the tree."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from contract_assembly.document import tree as d


def plain(blocks: Iterable[d.Block]) -> str:
    """Paragraphs separated by blank lines, with a newline at the end; lines are not wrapped."""
    return _joined(blocks).replace("\u00a0", " ") + "\n"


def plain_line(inlines: d.Line) -> str:
    """Inlines on one line."""
    return d.plain(inlines).replace("\u00a0", " ")


def _block(block: d.Block) -> str:
    return _BLOCKS[type(block)](block)


def _joined(blocks: Iterable[d.Block]) -> str:
    return "\n\n".join(text for text in map(_block, blocks) if text)


def _section(section: d.Section) -> str:
    heading = d.plain(section.heading)
    return "\n\n".join(text for text in (heading, _joined(section.children)) if text)


def _items(items: d.Items) -> str:
    return "\n".join(f"{item.number} {' '.join(map(_block, item.children))}" for item in items.items)


def _table(table: d.Table) -> str:
    rows = (table.head, *table.rows) if table.head else table.rows
    lines = (" | ".join(_line(cell.children) for cell in row) for row in rows)
    return "\n".join(filter(None, (d.plain(table.caption), *lines)))


def _closing(closing: d.Closing) -> str:
    return f"{_line(closing.words)}\n\n{_line(d.stacked(closing.writer))}"


def _signatures(signatures: d.Signatures) -> str:
    return _line(signatures.lead)  # an email is not signed


def _line(inlines: d.Line) -> str:
    """Text with its forced line breaks."""
    return "".join("\n" if isinstance(each, d.Break) else d.plain((each,)) for each in inlines)


_BLOCKS: Mapping[type, Callable[[Any], str]] = {
    d.Section: _section,
    d.Paragraph: lambda block: _line(block.children),
    d.Items: _items,
    d.Table: _table,
    d.Chart: lambda block: _table(block.table),
    d.Box: lambda block: _joined(block.children),
    d.Closing: _closing,
    d.Signatures: _signatures,
}
