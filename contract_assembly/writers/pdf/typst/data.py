"""A document tree as plain data, which the fixed page in `page.typ` shows. Pure; uses only the tree.

No word of a document is ever markup: the page reads this data as JSON. A block is a mapping with its `kind`; words are texts
and, for all other inlines, lists of a kind and what is in it. Whatever has to be computed is computed here.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.document import lines as document_lines
from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle
from contract_assembly.writers.pdf.places_to_sign import place_name
from contract_assembly.writers.pdf.typst.tables import chart_data, table_data
from contract_assembly.writers.pdf.typst.words import TEXT, Words, is_changed, lines, words

Data: TypeAlias = dict[str, Any]

INDENT, STEP = (
    33.75,
    22.5,
)  # points by which the words of terms and schedules, and of each list inside them, are indented
UNDATED = "1980-01-01"
TALLEST = 24  # lines of a box that is never split


class Place(Struct, frozen=True):
    """Where blocks are: the ids that the document has, for how many points a line has room, and how headings look there.
    `narrow` words are those of a letter."""

    ids: frozenset[str]
    room: float
    face: str = "h2"
    above: str = "h2-above"
    narrow: bool = False


def document_data(document: d.Document, house: HouseStyle) -> Data:
    """What the page shows of a document, without its attachments: `meta`, `logo`, `parts`, and the `targets` of links."""
    meta = document.meta
    ids = frozenset(each.id for each in d.headed(document) if each.id)
    language, _, region = meta.language.partition("-")
    return {
        "meta": {
            "title": meta.title,
            "author": meta.author,
            "subject": meta.subject,
            "language": language,
            "region": region or None,
            "head": meta.head,
            "footer": meta.footer,
            "initials": f"{meta.initials}\u2003" if meta.initials else "",
            "watermark": bool(meta.watermark),
            "paper": meta.paper,
            "date": _date(meta.dated),
        },
        "logo": house.logo and {"path": house.logo.name, "alt": meta.author, "ratio": house.logo.ratio},
        "parts": _parts(document, ids),
        "targets": sorted(ids),
    }


def _date(dated: str) -> list[int]:
    """Year, month and day. PDF/A-3a wants a date where files are attached; a document without one gets the same always."""
    day = date.fromisoformat(dated or UNDATED)
    return [day.year, day.month, day.day]


# ---- parts


def _parts(document: d.Document, ids: frozenset[str]) -> list[Data]:
    """Letters, then covers, then the contents if there is a cover and more, then the rest."""
    letters = [part for part in document.parts if part.kind == "letter"]
    covers = [part for part in document.parts if part.kind == "cover"]
    inside = [part for part in document.parts if part.kind not in {"letter", "cover"}]
    contents = [_CONTENTS] if covers and inside else []
    return [*(_part(each, ids) for each in (*letters, *covers)), *contents, *(_part(each, ids) for each in inside)]


def _part(part: d.Part, ids: frozenset[str]) -> Data:
    kind, place = _PLACES.get(part.kind, ("inside", Place(frozenset(), TEXT - INDENT)))
    place = replace(place, ids=ids)
    listed = part.kind in {"schedule", "enclosure"}
    head = _head(part.id, "", d.title(part), place, listed=listed) if part.heading else None
    opening = [_letterhead(each, place) for each in part.opening]
    entries = {each.id for each in part.children if isinstance(each, d.Section)} if part.kind == "terms" else set()
    blocks = [] if head else [_anchor(part.id)]
    blocks += _blocks(part.children, place, entries)
    if blocks and head and blocks[0]["kind"] == "clause":
        blocks[0]["first"] = kind != "cover"
    return {"kind": kind, "head": head, "opening": opening, "blocks": blocks}


_PLACES: dict[d.PartKind, tuple[str, Place]] = {
    "letter": ("letter", Place(frozenset(), TEXT, "letter-h2", "letter-h2-above", narrow=True)),
    "cover": ("cover", Place(frozenset(), TEXT, "h2", "cover-h2-above")),
}


def _head(id_: str, number: str, said: tuple[d.Inline, ...], place: Place, *, listed: bool) -> Data:
    """A heading: its words, and the plain ones that bookmarks and contents have."""
    shown = words(said, place.ids, place.room)
    return {"id": id_, "number": number, "words": shown, "plain": d.plain(said), "listed": listed}


_CONTENTS: Data = {
    "kind": "contents",
    "head": {"id": "", "number": "", "words": ["Contents"], "plain": "Contents", "listed": False},
}


def _letterhead(node: d.Letterhead, place: Place) -> Data:
    name, *ways = node.sender
    said = {"sender": name, "ways": d.stacked(ways), "date": node.date, "reader": d.stacked(node.reader)}
    return {key: words(each, place.ids, place.room) for key, each in said.items()}


# ---- blocks


def _blocks(blocks: Sequence[d.Block], place: Place, listed: set[str] | None = None) -> list[Data]:
    pairs = zip(blocks, [*blocks[1:], None], strict=False)
    found = [each for block, following in pairs for each in _BLOCKS[type(block)](block, place, d.introduced(following))]
    for each in found:
        if each["kind"] == "clause" and listed and each["head"]["id"] in listed:
            each["head"]["listed"] = True
    return found


def _words_block(
    kind: str, said: Words, place: Place, *, keep: bool, changed: bool, id_: str = "", **more: str
) -> Data:
    marks = {"keep": keep, "changed": changed, "narrow": place.narrow and kind == "paragraph"}
    return {"kind": kind, "id": id_, "words": said, **marks, **more}


def _anchor(id_: str) -> Data:
    return _words_block("paragraph", [], Place(frozenset(), TEXT), keep=True, changed=False, id_=id_)


def _paragraph(node: d.Paragraph, place: Place, keep: bool) -> list[Data]:
    said = words(node.children, place.ids, place.room)
    return [_words_block("paragraph", said, place, keep=keep, changed=is_changed(node))] if said else []


def _section(node: d.Section, place: Place, keep: bool) -> list[Data]:
    return _clause(node, place) if node.level == 1 and node.heading else _subsection(node, place)


def _clause(node: d.Section, place: Place) -> list[Data]:
    head = _head(node.id, d.label(node), node.heading, place, listed=False)
    changed = any(map(is_changed, node.heading))
    look = {"face": place.face, "above": place.above, "first": False, "changed": changed}
    return [{"kind": "clause", "head": head, **look}, *_blocks(node.children, place)]


def _subsection(node: d.Section, place: Place) -> list[Data]:
    """A section whose number and caption run into its first paragraph, if it has one."""
    first = node.children[0] if node.children else None
    rest = node.children[1:] if isinstance(first, d.Paragraph) else node.children
    lead = first.children if isinstance(first, d.Paragraph) else ()
    said = words(lead, place.ids, place.room)
    if node.heading:
        said = [["caption", [*words(node.heading, place.ids, place.room), "."]], *([" "] if said else []), *said]
    changed = any(map(is_changed, (*node.heading, *lead)))
    keep = d.introduced(next(iter(rest), None))
    kind = "numbered" if node.number else "paragraph"
    made = _words_block(kind, said, place, keep=keep, changed=changed, id_=node.id, number=d.label(node))
    return [made, *_blocks(rest, place)]


def _list(node: d.Items, place: Place, keep: bool) -> list[Data]:
    inner = replace(place, room=place.room - STEP, narrow=False)
    numbers = [each.number for each in node.items]
    items = [_blocks(each.children, inner) for each in node.items]
    return [{"kind": "list", "numbers": numbers, "items": items, "narrow": place.narrow}]


def _box(node: d.Box, place: Place, keep: bool) -> list[Data]:
    long = sum(lines(d.plain(each), place.room) for each in document_lines.lines(node)) > TALLEST
    inner = replace(place, narrow=False)
    blocks = [each | {"changed": False} for each in _blocks(node.children, inner)]  # the bar is beside the whole box
    return [{"kind": "box", "blocks": blocks, "long": long, "changed": is_changed(node)}]


def _signatures(node: d.Signatures, place: Place, keep: bool) -> list[Data]:
    lead = words(node.lead, place.ids, place.room)
    parties = [_party(each, is_open=node.is_open) for each in node.signatories]
    return [{"kind": "signatures", "lead": lead, "parties": parties, "changed": any(map(is_changed, node.lead))}]


def _party(node: d.Signatory, *, is_open: bool) -> Data:
    sign, date = node.anchors if is_open else ("", "")
    return {
        "role": node.role,
        "entity": node.entity.text,
        "name": node.name.text,
        "title": node.title.text,
        "labels": list(node.labels),
        "sign": {"anchor": sign, "field": place_name(node) if is_open else None},
        "date": {"anchor": date, "field": None},
    }


def _closing(node: d.Closing, place: Place, keep: bool) -> list[Data]:
    said = {"words": node.words, "writer": d.stacked(node.writer), "enclosed": node.enclosed}
    return [{"kind": "closing"} | {key: words(each, place.ids, place.room) for key, each in said.items()}]


def _table(node: d.Table, place: Place, keep: bool) -> list[Data]:
    return [table_data(node, place.ids, place.room)]


def _chart(node: d.Chart, place: Place, keep: bool) -> list[Data]:
    return [chart_data(node, place.ids, place.room)]


_BLOCKS: dict[type, Callable[[Any, Place, bool], list[Data]]] = {
    d.Paragraph: _paragraph,
    d.Items: _list,
    d.Table: _table,
    d.Chart: _chart,
    d.Box: _box,
    d.Signatures: _signatures,
    d.Closing: _closing,
    d.Section: _section,
}
