"""Two documents as one Word file with tracked changes: accepting all gives the new one, rejecting all the old one.
Pure.

The contract writer writes both; the results are compared unit by unit, paragraph by paragraph and word by word, with
the functions that compare trees. So a redline supports everything that the contract writer does.
"""

from collections.abc import Mapping
from datetime import date
from itertools import groupby

from lxml import etree

from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle
from contract_assembly.document.writer_extras import Enclosure, WriterExtras
from contract_assembly.writers.docx.redline.plan import chunks, planned
from contract_assembly.writers.docx.redline.revisions import add_anchors, carried_out, ranged, tracked
from contract_assembly.writers.docx.redline.shared_parts import (
    join_lists,
    lists,
    lists_apart,
    moved,
    saved,
    set_apart,
    unwrap,
    with_contents,
    without_contents,
)
from contract_assembly.writers.docx.redline.tokens import Pen, W
from contract_assembly.writers.docx.writer import packed, parts

_BODY, _LISTS = "word/document.xml", "word/numbering.xml"
_MARGINS = ("word/header1.xml", "word/header2.xml", "word/footer1.xml", "word/footer2.xml")


def redline(
    old: d.Document,
    new: d.Document,
    house: HouseStyle,
    *,
    author: str,
    day: date,
    pages: Mapping[str, int] | None = None,
    enclosed: tuple[Enclosure, ...] = (),
) -> bytes:
    """A Word file whose tracked changes turn the old document into the new one; Word shows `author` and `day` with each
    change.

    A clause that only moved is marked as moved; one that was also reworded is deleted at the old place and inserted at
    the new. `pages` maps the id of each part and section of the new document to its page, for the contents, where page
    numbers are not tracked; with None, the contents have no page numbers. `enclosed` are the files of the new document: they say
    what a redline that comes back was made from."""
    before, after = parts(old, house, WriterExtras(pages=pages)), parts(new, house, WriterExtras(enclosed, pages))
    return packed(merged(before, after, author=author, day=day))


def merged(before: Mapping[str, bytes], after: Mapping[str, bytes], *, author: str, day: date) -> Mapping[str, bytes]:
    """The parts of a Word file whose tracked changes turn one file of ours into another."""
    pen = Pen(author, f"{day}T00:00:00Z")
    found = {name: _margins(before[name], after[name], pen) for name in _MARGINS if name in after}
    body, numbering = _merged(before, after, pen)
    return {**after, **found, _BODY: body, _LISTS: numbering}


def _merged(before: Mapping[str, bytes], after: Mapping[str, bytes], pen: Pen) -> tuple[bytes, bytes]:
    old, new = etree.fromstring(before[_BODY]), etree.fromstring(after[_BODY])
    for tree in (old, new):
        unwrap(tree)
    contents = [without_contents(tree) for tree in (old, new)][1]
    lists_apart(old)
    body = new.find(f"{W}body")
    before_chunks, after_chunks = chunks(old.find(f"{W}body")), chunks(body)
    set_apart(old, moved(before_chunks, after_chunks))
    plan = planned(before_chunks, after_chunks)
    join_lists(plan)
    end = body.find(f"{W}sectPr")
    for child in list(body):
        body.remove(child)
    for (fate, move), steps in groupby(plan, key=lambda step: (step.fate, step.move)):
        elements = [element for step in steps for element in carried_out(step, pen)]
        body.extend(ranged(fate, move, elements, pen) if move else elements)
    add_anchors(body, pen)
    if end is not None:
        body.append(end)
    with_contents(body, contents)
    used = {each.get(f"{W}val", "") for each in body.iter(f"{W}numId")}
    return saved(new), lists(before[_LISTS], after[_LISTS], used)


def _margins(old: bytes, new: bytes, pen: Pen) -> bytes:
    before, after = etree.fromstring(old), etree.fromstring(new)
    for was, paragraph in zip(before.findall(f"{W}p"), after.findall(f"{W}p"), strict=False):
        after.replace(paragraph, tracked(was, paragraph, pen))
    return saved(after)
