"""The HTML page: a document tree as one compact page of markup for the PDF writer to lay out. Pure; uses only the tree.

Numbers are printed as they are in the tree, without style attributes or generated counters, and classes are few, which keeps
layout fast. A label (a clause number, "(a)", "Name:") ends in a tab, whose stop is the indent of the text. The page is both
HTML and XML, and has only elements that `base.css` covers.
"""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any

from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle
from contract_assembly.writers.charts import SHARE, Bar, bars
from contract_assembly.writers.column_widths import widths
from contract_assembly.writers.pdf.places_to_sign import FIELD, MARK, described


def html(document: d.Document, house: HouseStyle) -> str:
    """A complete page in reading order, which refers to no style sheet and to no file except the logo of the house style."""
    meta = document.meta
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(meta.language)}">\n<head><meta charset="utf-8"/>'
        f"<title>{escape(meta.title)}</title>"
        f'<meta name="author" content="{escape(meta.author)}"/>'
        f'<meta name="description" content="{escape(meta.subject)}"/></head>\n'
        f'<body data-head="{escape(meta.head)}" data-foot="{escape(meta.footer)}"{_initials(meta)}>\n'
        f"{body(document, house)}</body>\n</html>\n"
    )


def _initials(meta: d.Meta) -> str:
    """The text before the page number on each page after the cover."""
    return f' data-initials="{escape(meta.initials)}\u2003"' if meta.initials else ""


# ---- parts


def body(document: d.Document, house: HouseStyle) -> str:
    """The parts of the page, to go into another one."""
    letters = [part for part in document.parts if part.kind == "letter"]
    covers = [part for part in document.parts if part.kind == "cover"]
    inside = [part for part in document.parts if part.kind not in {"letter", "cover"}]
    contents = _contents(inside) if covers and inside else ""
    logo = _logo(house, document.meta.author)
    before = [*(_part(part, logo) for part in letters), *(_cover(part, document.meta, logo) for part in covers)]
    return "".join([*before, contents, *map(_part, inside)])


def _logo(house: HouseStyle, owner: str) -> str:
    return f'<p class="logo"><img src="house:{house.logo.name}" alt="{escape(owner)}"/></p>\n' if house.logo else ""


def _cover(part: d.Part, meta: d.Meta, logo: str) -> str:
    about = "".join(
        f'<p class="{name}">{escape(text, quote=False)}</p>\n'
        for name, text in (("subject", meta.subject), ("author", meta.author))
        if text
    )
    head = f"<header>\n{_h1(part)}{about}</header>\n"
    return f'<section class="cover"{_id(part.id)}>\n{logo}{head}{_blocks(part.children)}</section>\n'


def _part(part: d.Part, logo: str = "") -> str:
    head = "".join(map(_letterhead, part.opening))
    return f'<section class="{part.kind}"{_id(part.id)}>\n{logo}{head}{_h1(part)}{_blocks(part.children)}</section>\n'


def _h1(part: d.Part) -> str:
    heading = d.title(part)
    return f"<h1{_bookmark('', heading)}>{_inlines(heading)}</h1>\n" if part.heading else ""


def _contents(parts: Iterable[d.Part]) -> str:
    entries = "".join(_CONTENTS[part.kind](part) for part in parts)
    return f"<nav>\n<h1>Contents</h1>\n<div>{entries}</div>\n</nav>\n"


def _clauses(part: d.Part) -> str:
    clauses = [block for block in part.children if isinstance(block, d.Section)]
    return "".join(_entry(each.id, d.label(each), each.heading) for each in clauses)


def _schedule(part: d.Part) -> str:
    return _entry(part.id, "", d.title(part), ' class="apart"')


_CONTENTS: dict[str, Callable[[d.Part], str]] = {
    "terms": _clauses,
    "schedule": _schedule,
    "enclosure": _schedule,
}


def _entry(target: str, label: str, heading: tuple[d.Inline, ...], kind: str = "") -> str:
    words = _label(label) + escape(d.plain(heading), quote=False)
    return f'<a{kind} href="#{escape(target)}"><span>{words}</span></a>\n' if heading else ""


def _bookmark(label: str, heading: tuple[d.Inline, ...]) -> str:
    """The plain text for a heading's PDF bookmark, if the heading has marked changes, which would otherwise appear in it."""
    if not any(isinstance(each, d.Marked) for node in heading for each in d.walk(node)):
        return ""
    return f' data-plain="{escape(f"{label} {d.plain(heading)}".strip())}"'


# ---- blocks


def _blocks(blocks: Sequence[d.Block]) -> str:
    pairs = zip(blocks, [*blocks[1:], None], strict=False)
    return "".join([_BLOCKS[type(block)](block, d.introduced(following)) for block, following in pairs])


def block(node: d.Block) -> str:
    """One block of the page, to go into another one."""
    return _BLOCKS[type(node)](node, d.introduced(None))


def _paragraph(node: d.Paragraph, keep: bool) -> str:
    return _p(_inlines(node.children), keep=keep)


def _section(node: d.Section, keep: bool) -> str:
    return _clause(node) if node.level == 1 and node.heading else _subsection(node)


def _clause(node: d.Section) -> str:
    name, label = _named(node)
    heading = label + _inlines(node.heading)
    return f"<h2{name}{_bookmark(d.label(node), node.heading)}>{heading}</h2>\n{_blocks(node.children)}"


def _subsection(node: d.Section) -> str:
    """A section whose label and caption run into its first paragraph, if it has one."""
    caption = f"<b>{_inlines(node.heading)}.</b>" if node.heading else ""
    words, rest = _lead(node.children)
    name, label = _named(node)
    inside = label + " ".join(filter(None, (caption, words)))
    return _p(inside, name, labelled=bool(node.number), keep=d.introduced(next(iter(rest), None))) + _blocks(rest)


def _named(node: d.Section) -> tuple[str, str]:
    """The section's id and its label. A label carries the id, if there is one: an element with an id cannot share its
    computed style with others, nor can its descendants, so it should have no content."""
    label = d.label(node)
    return ("", _label(label, _id(node.id))) if label else (_id(node.id), "")


def _lead(blocks: Sequence[d.Block]) -> tuple[str, Sequence[d.Block]]:
    """The text of the first paragraph, to run into what precedes it, and the remaining blocks."""
    if blocks and isinstance(blocks[0], d.Paragraph):
        return _inlines(blocks[0].children), blocks[1:]
    return "", blocks


def _items(node: d.Items, keep: bool) -> str:
    return f"<ol>\n{''.join(map(_item, node.items))}</ol>\n"


def _item(node: d.Item) -> str:
    words, rest = _lead(node.children)
    return f"<li>{_label(node.number)}{words}{_blocks(rest)}</li>\n"


def _box(node: d.Box, keep: bool) -> str:
    return f"<aside>\n{_blocks(node.children)}</aside>\n"


def _p(inside: str, id_: str = "", *, labelled: bool = False, keep: bool = False) -> str:
    return f"<p{id_}{_CLASSES[labelled, keep]}>{inside}</p>\n" if inside or id_ else ""


_CLASSES = {(False, False): "", (True, False): ' class="l"', (False, True): ' class="k"', (True, True): ' class="l k"'}


def _label(text: str, id_: str = "") -> str:
    return f'<span class="n"{id_}>{escape(text, quote=False)}\t</span>' if text else ""


def _id(name: str) -> str:
    return f' id="{escape(name)}"' if name else ""


# ---- tables

_ALIGN: dict[d.Align, str] = {"left": "", "right": ' class="r"', "center": ' class="m"'}
_HEAD, _NAME, _DATA = 'th scope="col"', 'th scope="row"', "td"


def _table(node: d.Table, keep: bool) -> str:
    caption = f"<caption>{_inlines(node.caption)}</caption>\n" if node.caption else ""
    columns = "".join([f'<col class="w{width}"/>' for width in widths(node)])
    body = f"<tbody>\n{_rows(node)}</tbody>\n"
    return f"<table>\n{caption}<colgroup>{columns}</colgroup>\n{_head(node)}{body}</table>\n"


def _chart(node: d.Chart, keep: bool) -> str:
    """A table with an additional column for its bars; a bar's alternative text comes from its row."""
    table, found = node.table, bars(node)
    shares = [each * (100 - SHARE) // 100 for each in widths(table)]
    columns = "".join([f'<col class="w{width}"/>' for width in (*shares, 100 - sum(shares))])
    head = "".join([_cell(_HEAD, cell, _ALIGN[align]) for cell, align in zip(table.head, table.aligns, strict=True)])
    rows = "".join([_drawn(row, table.aligns, bar) for row, bar in zip(table.rows, found, strict=True)])
    caption = f"<caption>{_inlines(table.caption)}</caption>\n"
    body = f"<thead>\n<tr>{head}<{_HEAD}></th></tr>\n</thead><tbody>\n{rows}</tbody>\n"
    return f"<table>\n{caption}<colgroup>{columns}</colgroup>\n{body}</table>\n"


def _drawn(row: tuple[d.Cell, ...], aligns: tuple[d.Align, ...], bar: Bar | None) -> str:
    picture = f'<img src="house:{bar.name}.svg" alt="{escape(bar.words)}"/>' if bar else ""
    return _row(row, aligns, _DATA, _DATA).replace("</tr>", f"<td>{picture}</td></tr>")


def _head(node: d.Table) -> str:
    return f"<thead>\n{_row(node.head, node.aligns, _HEAD, _HEAD)}</thead>\n" if node.head else ""


def _rows(node: d.Table) -> str:
    first = _DATA if node.head else _NAME
    kinds = [""] * len(node.rows)
    if node.total and kinds:
        kinds[-1] = ' class="total"'
    return "".join([_row(row, node.aligns, first, _DATA, kind) for row, kind in zip(node.rows, kinds, strict=True)])


def _row(row: tuple[d.Cell, ...], aligns: tuple[d.Align, ...], first: str, other: str, kind: str = "") -> str:
    tags = (first, *[other] * (len(row) - 1))
    cells = [_cell(tag, cell, _ALIGN[align]) for tag, cell, align in zip(tags, row, aligns, strict=True)]
    return f"<tr{kind}>{''.join(cells)}</tr>\n"


def _cell(tag: str, cell: d.Cell, align: str) -> str:
    return f"<{tag}{align}>{_inlines(cell.children)}</{tag[:2]}>"


# ---- signatures


def _signatures(node: d.Signatures, keep: bool) -> str:
    lead = _p(_inlines(node.lead))
    parties = "".join([_signatory(each, node.is_open) for each in node.signatories])
    return f'<div class="sign">\n{lead}<div>{parties}</div>\n</div>\n'


def _signatory(node: d.Signatory, is_open: bool) -> str:
    sign, named, titled, date = node.labels
    places = _places(node) if is_open else ("", "")
    return (
        f'<div class="party"><p class="role">{escape(node.role, quote=False)}</p>'
        f'<p class="entity">{_inline(node.entity)}</p>'
        f'<p class="line ink">{_label(sign)}{places[0]}</p>'
        f'<p class="line">{_label(named)}{_inline(node.name)}</p>'
        f'<p class="line">{_label(titled)}{_inline(node.title)}</p>'
        f'<p class="line ink">{_label(date)}{places[1]}</p></div>'
    )


def _places(node: d.Signatory) -> tuple[str, str]:
    """Where to sign and where to put the date, in the form that `signature_fields` recognizes, with the anchors inside."""
    signature, date = (escape(each, quote=False) for each in node.anchors)
    about = escape(described(node))
    field = f'<a class="place" href="{FIELD}" data-name="{escape(node.role)}" title="{about}">{signature}</a>'
    return field, f'<a class="place" href="{MARK}">{date}</a>' if date else ""


# ---- letters


def _letterhead(node: d.Letterhead) -> str:
    name, *ways = node.sender
    return (
        f'<div class="from"><p class="name">{_inlines(name)}</p>\n<p>{_inlines(d.stacked(ways))}</p></div>\n'
        f'<p class="date">{_inlines(node.date)}</p>\n<p class="to">{_inlines(d.stacked(node.reader))}</p>\n'
    )


def _closing(node: d.Closing, keep: bool) -> str:
    enclosed = f'<p class="enclosed">{_inlines(node.enclosed)}</p>\n' if node.enclosed else ""
    writer = f'<p class="writer">{_inlines(d.stacked(node.writer))}</p>\n'
    return f'<div class="close">\n{_p(_inlines(node.words))}{writer}{enclosed}</div>\n'


_BLOCKS: dict[type, Callable[[Any, bool], str]] = {
    d.Paragraph: _paragraph,
    d.Items: _items,
    d.Table: _table,
    d.Chart: _chart,
    d.Box: _box,
    d.Signatures: _signatures,
    d.Closing: _closing,
    d.Section: _section,
}

# ---- inlines


def _inlines(nodes: tuple[d.Inline, ...]) -> str:
    return "".join([_INLINES[type(node)](node) for node in nodes])


def _inline(node: d.Inline) -> str:
    return _INLINES[type(node)](node)


def _words(node: d.Text | d.Value) -> str:
    return escape(node.text, quote=False)


def _reference(node: d.Reference) -> str:
    return f'<a href="#{escape(node.target)}">{escape(node.text, quote=False)}</a>'


_INLINES: dict[type, Callable[[Any], str]] = {
    d.Text: _words,
    d.Value: _words,
    d.Strong: lambda node: f"<strong>{_inlines(node.children)}</strong>",
    d.Emphasis: lambda node: f"<em>{_inlines(node.children)}</em>",
    d.Definition: lambda node: f"“<strong>{escape(node.term, quote=False)}</strong>”",
    d.Reference: _reference,
    d.Break: lambda _: "<br/>",
    d.Marked: lambda node: f"<{_HOW[node.how]}>{_inlines(node.children)}</{_HOW[node.how]}>",
}
_HOW: dict[d.How, str] = {"inserted": "ins", "deleted": "del", "note": "small"}
