"""A document with its changes marked, as PDF: the page of `html` with a style for the marks on top of the house style.
Pure.

No mark relies on colour alone. Added words are bold on a tinted background; removed words are struck through, in
brackets that are also read aloud and copied. A change bar in the margin marks each paragraph, item and row with either:
12 px left of the text, wherever the block's own edge is.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from contract_assembly.document.style import HouseStyle
from contract_assembly.document.tree import Box, Document, Paragraph, Strong, Text
from contract_assembly.writers.pdf.writer import pdf

_WORDS = """
ins { text-decoration: none; font-weight: bold; color: #0b4f9e; background: #e3eefb }
del { margin: 0 2px; text-decoration: line-through; color: #a3232b }
del::before { content: "[" }
del::after { content: "]\\200b" }  /* a line may break between removed and added words */
@page { @bottom-left { width: 75% } @bottom-right { width: 25% } }
small { font: italic 9pt/1 Carlito; color: #0b4f9e }
[data-plain] { bookmark-label: attr(data-plain) }
"""
_MARK = ":is(ins, del, small)"
_BAR = "#a3232b"
_OFFSET, _WIDTH = 12, 3  # px from the text's edge to the bar's left side, and the bar's width
_TERMS, _ITEM = 45, 30  # px by which the house style indents the text of terms and schedules, and of each list level


def marked_pdf(document: Document, house: HouseStyle, old: str, summary: str) -> bytes:
    """Write a tree of `compare.marking` as PDF/A-3a and PDF/UA-1. `old` names the state it is compared with, `summary`
    says how much changed. A box above the text shows both; `old` is also in the title and in each footer.

    Raises RefusedError as `pdf` does."""
    return pdf(_announced(document, old, summary), replace(house, css=f"{house.css}\n{style()}"))


def _announced(document: Document, old: str, summary: str) -> Document:
    first, *rest = document.parts
    box = Box((Paragraph((Strong((Text(f"Changes from {old} marked: {summary}."),)), Text(f" {_LEGEND}"))),))
    title = f"{document.meta.title} – changes from {old}"
    meta = replace(
        document.meta, title=title, footer=f"{document.meta.footer} · changes from {old} marked", initials=""
    )
    return replace(document, meta=meta, parts=(replace(first, children=(box, *first.children)), *rest))


_LEGEND = (
    "Not for signature. New words are bold and blue on a tinted ground; words that are gone are in brackets, red and "
    "struck through; a bar is in the margin next to each paragraph, item and row that changed. What only has another "
    "number is not marked."
)


def style() -> str:
    """The style sheet for the marks."""
    return _WORDS + "\n".join(_bars())


def _bars() -> Iterator[str]:
    """Use a border for blocks that may break across pages; table rows cannot have one, but never break."""
    for place, edge in (("section", 0), (":is(.terms, .schedule, .enclosure)", _TERMS)):
        yield from _bar(f"{place} > :is(p, h2, aside):has({_MARK}), {place} .sign > p:has({_MARK})", edge)
        row = f"{place} :is(tr:has({_MARK}) > :first-child, caption:has({_MARK}))"
        yield f"{row} {{ position: relative }}"
        box = f"left: -{edge + _OFFSET}px; top: 0; bottom: 0; width: {_WIDTH}px; background: {_BAR}"
        yield f"{row}::before {{ content: ''; position: absolute; {box} }}"
        for depth in (1, 2, 3):
            item = f"{place} > {' > '.join(['ol > li'] * depth)}"
            own = f":has(> {_MARK}, > :is(strong, em) {_MARK})"
            yield from _bar(f"{item}{own}, {item} > p:has({_MARK})", edge + depth * _ITEM)
    yield from _bar(f":is(.cover header, .letter) > h1:has({_MARK})", 0)
    yield from _bar(f":is(.terms, .schedule, .enclosure) > h1:has({_MARK})", _TERMS, _TERMS)


def _bar(what: str, edge: int, hanging: int = 0) -> Iterator[str]:
    """The bar of a block whose box begins `edge` px right of the text's edge and hangs out by `hanging` px in the house style."""
    out = edge + _OFFSET
    inside = out - hanging - _WIDTH
    yield f"{what} {{ margin-left: -{out}px; padding-left: {inside}px; border-left: {_WIDTH}px solid {_BAR} }}"
