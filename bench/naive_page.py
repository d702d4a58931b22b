"""The same words as an HTML page in the straightforward way, to compare our page with. Pure.

Numbers come from counters, the table of contents has dotted leaders, cells have style attributes, tables compute their own
widths, and text is justified and hyphenated.
"""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from contract_assembly.document import tree as d

STYLE = """
@page { size: A4; margin: 27mm 33mm; font: 8.5pt Carlito;
  @top-left { content: string(head) } @bottom-left { content: string(foot) }
  @bottom-right { content: "Page " counter(page) " of " counter(pages) } }
@page cover { @top-left { content: none } }
body { font: 11pt/14.5pt Caladea; text-align: justify; hyphens: auto; orphans: 2; widows: 2;
  string-set: head attr(data-head), foot attr(data-foot) }
section.cover { page: cover } section { break-after: page; counter-reset: clause }
h1, h2 { font-family: Carlito; color: #1f3a5f; break-after: avoid } h1 { bookmark-level: 1 } h2 { bookmark-level: 2 }
h2 { counter-increment: clause; counter-reset: subsection } .cover h2::before { content: none }
h2::before { content: counter(clause) ". " }
.subsection { counter-increment: subsection }
.subsection > p:first-child::before { content: counter(clause) "." counter(subsection) " " }
ol { list-style: none; padding-left: 8mm; counter-reset: item } li { counter-increment: item }
li::before { content: "(" counter(item, lower-alpha) ") " } ol ol > li::before { content: "(" counter(item, lower-roman) ") " }
nav a { display: block; text-decoration: none; color: inherit }
nav a::after { content: leader('.') target-counter(attr(href), page) }
table { width: 100%; border-collapse: collapse; font: 9.5pt/13pt Carlito } thead { display: table-header-group }
aside { border: 0.75pt solid #1f3a5f; padding: 7pt }
"""


def naive_page(document: d.Document) -> str:
    meta = document.meta
    parts = "".join(_part(n, part) for n, part in enumerate(document.parts))
    return (
        f'<!DOCTYPE html><html lang="{meta.language}"><head><title>{escape(meta.title)}</title></head>'
        f'<body data-head="{escape(meta.head)}" data-foot="{escape(meta.footer)}">'
        f"{_contents(document)}{parts}</body></html>"
    )


def _contents(document: d.Document) -> str:
    entries = [
        f'<a href="#{n}-{block.id}">{d.label(block)} {_inlines(block.heading)}</a>'
        for n, part in enumerate(document.parts)
        for block in part.children
        if isinstance(block, d.Section) and block.heading
    ]
    return f"<nav><h1>Contents</h1>{''.join(entries)}</nav>"


def _part(position: int, part: d.Part) -> str:
    inside = "".join(_clause(position, each) if isinstance(each, d.Section) else _block(each) for each in part.children)
    return f'<section class="{part.kind}"><h1>{_inlines(d.title(part))}</h1>{inside}</section>'


def _clause(position: int, node: d.Section) -> str:
    heading = f'<h2 id="{position}-{node.id}">{_inlines(node.heading)}</h2>' if node.heading else ""
    return heading + _all(node.children)


def _block(block: d.Block | d.Item) -> str:
    return _BLOCKS[type(block)](block)


def _all(blocks: Iterable[d.Block]) -> str:
    return "".join(map(_block, blocks))


def _subsection(node: d.Section) -> str:
    caption = f"<b>{_inlines(node.heading)}.</b> " if node.heading else ""
    first, *rest = node.children
    lead = f"{caption}{_inlines(first.children)}" if isinstance(first, d.Paragraph) else caption + _block(first)
    return f'<div class="subsection"><p>{lead}</p>{_all(rest)}</div>'


def _item(node: d.Item) -> str:
    first, *rest = node.children
    words = _inlines(first.children) if isinstance(first, d.Paragraph) else _block(first)
    return f"<li>{words}{_all(rest)}</li>"


def _table(node: d.Table) -> str:
    head = f"<thead>{_row(node.head, node.aligns, 'th')}</thead>" if node.head else ""
    caption = f"<caption>{_inlines(node.caption)}</caption>" if node.caption else ""
    return f"<table>{caption}{head}{''.join(_row(row, node.aligns, 'td') for row in node.rows)}</table>"


def _row(row: tuple[d.Cell, ...], aligns: tuple[d.Align, ...], tag: str) -> str:
    style = "padding: 3pt 8pt 3pt 0; border-bottom: 0.5pt solid #c8ced6; vertical-align: top; text-align:"
    cells = [
        f'<{tag} style="{style} {align}">{_inlines(cell.children)}</{tag}>'
        for cell, align in zip(row, aligns, strict=True)
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _signatures(node: d.Signatures) -> str:
    cells = [
        f'<td style="width: 50%">{escape(each.role)}<br>{escape(each.entity.text)}<br>By:<br>'
        f"Name: {escape(each.name.text)}<br>Title: {escape(each.title.text)}<br>Date:</td>"
        for each in node.signatories
    ]
    return f"<p>{_inlines(node.lead)}</p><table><tr>{''.join(cells)}</tr></table>"


_BLOCKS: dict[type, Callable[[Any], str]] = {
    d.Paragraph: lambda node: f"<p>{_inlines(node.children)}</p>",
    d.Section: _subsection,
    d.Items: lambda node: f"<ol>{''.join(map(_item, node.items))}</ol>",
    d.Table: _table,
    d.Box: lambda node: f"<aside>{_all(node.children)}</aside>",
    d.Signatures: _signatures,
}


def _inlines(inlines: Iterable[d.Inline]) -> str:
    return "".join(map(_inline, inlines))


def _inline(node: d.Inline) -> str:
    match node:
        case d.Strong(children=inside):
            return f"<strong>{_inlines(inside)}</strong>"
        case d.Emphasis(children=inside):
            return f"<em>{_inlines(inside)}</em>"
        case d.Break():
            return "<br>"
        case d.Definition(term=term):
            return f"“<strong>{escape(term)}</strong>”"
    return escape(d.plain(node))
