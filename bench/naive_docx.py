"""The same words as DOCX in the straightforward way, through python-docx's paragraph API, to compare our writer with."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle


def naive_docx(document: d.Document, house: HouseStyle) -> bytes:
    import docx

    word = docx.Document(BytesIO(_package(house.word)))
    for part in document.parts:
        word.add_paragraph(d.plain(d.title(part)), style="Title")
        _blocks(word, part.children)
    made = BytesIO()
    word.save(made)
    return made.getvalue()


def _package(parts: Mapping[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return packed.getvalue()


def _blocks(word: Any, blocks: tuple[d.Block, ...]) -> None:
    for block in blocks:
        _BLOCKS[type(block)](word, block)


def _paragraph(word: Any, node: d.Paragraph) -> None:
    _runs(word.add_paragraph(style="Body Text"), node.children)


def _section(word: Any, node: d.Section) -> None:
    if node.level == 1:
        word.add_paragraph(f"{d.label(node)} {d.plain(node.heading)}", style="heading 1")
        return _blocks(word, node.children)
    first, rest = _lead(node.children)
    opening = word.add_paragraph(f"{d.label(node)} ", style="Body Text")
    if node.heading:
        opening.add_run(f"{d.plain(node.heading)}. ").bold = True
    _runs(opening, first)
    return _blocks(word, rest)


def _items(word: Any, node: d.Items) -> None:
    for item in node.items:
        line = word.add_paragraph(f"{item.number} ", style="Body Text")
        first, rest = _lead(item.children)
        _runs(line, first)
        _blocks(word, rest)


def _lead(blocks: tuple[d.Block, ...]) -> tuple[tuple[d.Inline, ...], tuple[d.Block, ...]]:
    """The inlines of the first paragraph, and the blocks after it."""
    return (blocks[0].children, blocks[1:]) if isinstance(blocks[0], d.Paragraph) else ((), blocks)


def _table(word: Any, node: d.Table) -> None:
    if node.caption:
        word.add_paragraph(d.plain(node.caption), style="caption")
    rows = [row for row in (node.head, *node.rows) if row]
    table = word.add_table(rows=len(rows), cols=len(node.aligns))
    for row, cells in zip(table.rows, rows, strict=True):
        for place, cell in zip(row.cells, cells, strict=True):
            _runs(place.paragraphs[0], cell.children)


def _box(word: Any, node: d.Box) -> None:
    _blocks(word, node.children)


def _signatures(word: Any, node: d.Signatures) -> None:
    _runs(word.add_paragraph(style="Body Text"), node.lead)
    for each in node.signatories:
        for line in (
            each.role,
            each.entity.text,
            "By:",
            f"Name: {each.name.text}",
            f"Title: {each.title.text}",
            "Date:",
        ):
            word.add_paragraph(line, style="Body Text")


def _runs(paragraph: Any, inlines: tuple[d.Inline, ...]) -> None:
    for each in inlines:
        run = paragraph.add_run(d.plain(each))
        run.bold = isinstance(each, d.Strong | d.Definition) or None
        run.italic = isinstance(each, d.Emphasis) or None


_BLOCKS: dict[type, Callable[[Any, Any], None]] = {
    d.Paragraph: _paragraph,
    d.Section: _section,
    d.Items: _items,
    d.Table: _table,
    d.Box: _box,
    d.Signatures: _signatures,
}
