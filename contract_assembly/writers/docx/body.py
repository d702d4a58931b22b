"""The body of a Word file: a document tree as WordprocessingML text. Pure; uses styles by name only.

Formatting comes from named styles, and numbers from the list level that a paragraph's style is bound to in
`numbering.xml`. The tree's numbers appear as text only as the cached results of fields (references and the table of
contents), and throughout an amended contract that keeps numbers no Word list can produce. Each clause is in a content
control tagged with the clause's id.
"""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from msgspec.structs import replace

from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle
from contract_assembly.writers.docx.contents import contents
from contract_assembly.writers.docx.letters import closing, letterhead
from contract_assembly.writers.docx.logo import above
from contract_assembly.writers.docx.pictures import counted
from contract_assembly.writers.docx.placement import (
    FIRST_FREE_LIST,
    HANG,
    PART_STYLES,
    UNCOUNTED,
    Lists,
    Place,
    boxed,
    paragraph,
    place,
)
from contract_assembly.writers.docx.runs import (
    BOLD,
    CAPTION,
    CONTROL_END,
    TAB,
    bookmarked,
    controlled,
    links,
    runs,
    with_ids,
    words,
)
from contract_assembly.writers.docx.tables import TABLE_END, chart, signatures, table
from contract_assembly.writers.docx.word_numbering import matches_word_numbering

TEXT_WIDTH: Mapping[str, int] = {"letter": 8164, "a4": 8164}  # 144 mm in twentieths of a point: at most 90 characters


def wordml(document: d.Document, house: HouseStyle, pages: Mapping[str, int] | None = None) -> tuple[str, str]:
    """Return the body, without its closing section properties, and the list instances to add to the numbering part.

    The house style is used for its logo only. `pages` maps the id of each part and section to its page, counted from 1,
    for the table of contents; with None, the contents have no page numbers."""
    typed = not matches_word_numbering(document)
    targets, lists = links(document, typed=typed), Lists(typed=typed)
    letters = [part for part in document.parts if part.kind == "letter"]
    covers = [part for part in document.parts if part.kind == "cover"]
    inside = [part for part in document.parts if part.kind not in {"letter", "cover"}]
    width = TEXT_WIDTH[document.meta.paper]

    def written(part: d.Part) -> str:
        logo = above(part.kind, house.logo, document.meta.author, document.parts.index(part) + 1)
        return logo + _part(part, place(PART_STYLES[part.kind], targets, lists, width), document.meta)

    listed = contents(inside, targets, pages) if covers and inside else ""
    body = "".join([*map(written, letters), *map(written, covers), listed, *map(written, inside)])
    if body.removesuffix(CONTROL_END).endswith("</w:tbl>"):
        body += paragraph("DocumentEnd", "")
    return counted(with_ids(body)), "".join(
        [_instance(FIRST_FREE_LIST + n, *each) for n, each in enumerate(lists.added)]
    )


def _instance(number: int, list_id: int, level: int) -> str:
    return (
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{list_id}"/>'
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )


# ---- parts


def _part(part: d.Part, at: Place, meta: d.Meta) -> str:
    """A part's title and blocks. The spacer after a closing table is dropped: it could make a blank page."""
    inside = _blocks(part.children, at)
    end = CONTROL_END * inside.endswith(CONTROL_END)
    return _TITLES[part.kind](part, at, meta) + inside.removesuffix(end).removesuffix(TABLE_END) + end


def _cover(part: d.Part, at: Place, meta: d.Meta) -> str:
    lines = (("Subtitle", meta.subject), ("Author", meta.author))
    return _title(part, at) * bool(part.heading) + "".join(
        [paragraph(style, words(text)) for style, text in lines if text]
    )


def _terms(part: d.Part, at: Place, meta: d.Meta) -> str:
    return _title(part, at if part.heading else replace(at, styles=replace(at.styles, title="PartBreak")))


def _schedule(part: d.Part, at: Place, meta: d.Meta) -> str:
    if at.lists.typed:
        heading = bookmarked(at.links.get(part.id), runs(d.title(part), at.links, BOLD))
        return paragraph(at.styles.title, heading, number=UNCOUNTED)
    at.lists.count(at.styles.list_id, 0)
    return _title(part, at)


def _enclosure(part: d.Part, at: Place, meta: d.Meta) -> str:
    return paragraph(at.styles.title, bookmarked(at.links.get(part.id), runs(d.title(part), at.links, BOLD)))


def _title(part: d.Part, at: Place) -> str:
    return paragraph(at.styles.title, bookmarked(at.links.get(part.id), runs(part.heading, at.links, BOLD)))


def _subject(part: d.Part, at: Place, meta: d.Meta) -> str:
    return "".join([letterhead(each, at) for each in part.opening]) + _title(part, at)


_TITLES: dict[d.PartKind, Callable[[d.Part, Place, d.Meta], str]] = {
    "letter": _subject,
    "cover": _cover,
    "terms": _terms,
    "schedule": _schedule,
    "enclosure": _enclosure,
}


# ---- blocks


def _blocks(blocks: Sequence[d.Block], at: Place, following: Sequence[d.Block] = ()) -> str:
    """Consecutive blocks; `following` holds the blocks that come after the last of them."""
    after = (*blocks, *following)
    return "".join([_BLOCKS[type(block)](block, at, after[n:]) for n, block in enumerate(blocks, 1)])


def _keeps(following: Sequence[d.Block | d.Item], at: Place) -> bool:
    """Whether to keep a paragraph on the same page as what follows, because it introduces it."""
    return bool(following) and (at.together or d.introduced(following[0]))


def _paragraph(node: d.Paragraph, at: Place, following: Sequence[d.Block]) -> str:
    return paragraph(at.style, runs(node.children, at.links), keep=_keeps(following, at))


def _section(node: d.Section, at: Place, following: Sequence[d.Block]) -> str:
    write = _clause if node.level == 1 and node.heading else _subsection
    inside = write(node, at, following)
    return controlled(node.clause, inside, d.plain(node.heading)) if node.level == 1 and node.clause else inside


def _clause(node: d.Section, at: Place, following: Sequence[d.Block]) -> str:
    style = at.styles.heading if node.number else at.styles.unnumbered
    heading = bookmarked(at.links.get(node.id), runs(node.heading, at.links, BOLD))
    if node.number and at.lists.typed:
        return paragraph(style, _typed(node, BOLD) + heading, number=UNCOUNTED, hang=HANG) + _blocks(
            node.children, at, following
        )
    if node.number:
        at.lists.count(at.styles.list_id, at.styles.level)
    return paragraph(style, heading) + _blocks(node.children, at, following)


def _typed(node: d.Section, style: str = "") -> str:
    return words(d.label(node), style) + TAB


def _subsection(node: d.Section, at: Place, following: Sequence[d.Block]) -> str:
    """A section whose number and caption run into its first paragraph, if it has one."""
    caption = runs(node.heading, at.links, CAPTION) + words(".", CAPTION) if node.heading else ""
    match node.children:
        case (d.Paragraph(children=first), *rest):
            lead = caption + words(" ") * bool(caption) + runs(first, at.links)
            keep = _keeps((*rest, *following), at)
        case rest:
            lead, keep = caption, True
    return _lead(node, at, bookmarked(at.links.get(node.id), lead), keep=keep) + _blocks(rest, at, following)


def _lead(node: d.Section, at: Place, inside: str, *, keep: bool) -> str:
    """The first paragraph of a section without a heading paragraph. Only subsections have a numbered style."""
    if not node.number:
        return paragraph(at.style, inside, keep=keep) if inside else ""
    if at.lists.typed:
        style = at.styles.subsection if node.level > 1 else at.styles.text
        return paragraph(style, _typed(node) + inside, keep=keep, number=UNCOUNTED, hang=HANG)
    level = at.styles.level + node.level - 1
    at.lists.count(at.styles.list_id, level)
    style, number = (at.styles.subsection, None) if node.level > 1 else (at.styles.text, (level, at.styles.list_id))
    return paragraph(style, inside, keep=keep, number=number)


def _items(node: d.Items, at: Place, following: Sequence[d.Block]) -> str:
    number, level = at.lists.begin(at)
    style, inside = at.styles.items[at.depth], _inside(at, number, level)
    written = [_item(item, style, inside, (*node.items[n:], *following)) for n, item in enumerate(node.items, 1)]
    return "".join(written)


def _inside(at: Place, number: int, level: int) -> Place:
    """The place for the content of a list's items."""
    return replace(at, style=at.styles.continued[at.depth], number=number, level=level + 1, depth=at.depth + 1)


def _item(node: d.Item, style: str, at: Place, following: Sequence[d.Block | d.Item]) -> str:
    level = at.level - 1
    at.lists.count(at.number, level)
    match node.children:
        case (d.Paragraph(children=inlines), *rest):
            first, keep = runs(inlines, at.links), _keeps((*rest, *following), at)
        case rest:
            first, keep = "", True
    number = (level, at.number) if at.number >= FIRST_FREE_LIST else None
    return paragraph(style, first, keep=keep, number=number) + _blocks(rest, at)


def _box(node: d.Box, at: Place, following: Sequence[d.Block]) -> str:
    return _blocks(node.children, place(boxed(at.styles), at.links, at.lists, at.width, together=True))


_BLOCKS: dict[type, Callable[[Any, Place, Sequence[d.Block]], str]] = {
    d.Paragraph: _paragraph,
    d.Section: _section,
    d.Items: _items,
    d.Box: _box,
    d.Table: lambda node, at, _: table(node, at),
    d.Chart: lambda node, at, _: chart(node, at),
    d.Signatures: lambda node, at, _: signatures(node, at),
    d.Closing: lambda node, at, _: closing(node, at),
}


# The shape type that Word itself defines for text along a path; Word writes it into every document with a watermark.
_EQUATIONS = (
    "sum #0 0 10800", "prod #0 2 1", "sum 21600 0 @1", "sum 0 0 @2", "sum 21600 0 @3", "if @0 @3 0", "if @0 21600 @1",
    "if @0 0 @2", "if @0 @4 21600", "mid @5 @6", "mid @8 @5", "mid @7 @8", "mid @6 @7", "sum @6 0 @5",
)  # fmt: skip
_FORMULAS = "".join([f'<v:f eqn="{each}"/>' for each in _EQUATIONS])
_WORD_ART = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
    f"<v:formulas>{_FORMULAS}</v:formulas>"
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
    'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
)


def watermark(words: str, colour: str) -> str:
    """A run for a page header that prints words faintly across the page; empty if there are no words."""
    if not words:
        return ""
    place = "position:absolute;width:450pt;height:110pt;rotation:310;z-index:-251658752;" + ";".join(
        f"mso-position-{way}:center;mso-position-{way}-relative:margin" for way in ("horizontal", "vertical")
    )
    return (
        '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
        f'{_WORD_ART}<v:shape id="Watermark" type="#_x0000_t136" style="{place}" o:allowincell="f" fillcolor="{colour}" '
        'stroked="f"><v:fill opacity=".07"/><v:textpath style="font-family:Calibri;font-weight:bold;font-size:1pt" '
        f'string="{escape(words)}"/></v:shape></w:pict></w:r>'
    )
