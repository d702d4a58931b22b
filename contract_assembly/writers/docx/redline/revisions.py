"""Write paragraphs, tables and rows of a Word file with tracked changes. Works on lxml elements only."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import groupby

from lxml import etree
from msgspec import Struct

from contract_assembly.compare.align import in_step
from contract_assembly.compare.splits import DELETED, INSERTED, KEPT
from contract_assembly.writers.docx.redline.plan import RedlineStep, style
from contract_assembly.writers.docx.redline.tokens import (
    MOVED_AWAY,
    MOVED_HERE,
    Atom,
    Element,
    Pen,
    W,
    atoms,
    compared,
    fates,
    serialized,
    tokens_of,
    written,
)


def carried_out(step: RedlineStep, pen: Pen) -> Iterator[Element]:
    """The elements of one step of the plan, with the tracked changes of its fate."""
    old, new = ([element for block in side for element in block.elements] for side in (step.old, step.new))
    if len(step.old) + len(step.new) > 2:
        yield from _split(old, new, pen)
    elif old and new:
        for before, after in zip(old, new, strict=False):
            yield _table(before, after, pen) if after.tag == f"{W}tbl" else tracked(before, after, pen)
    else:
        yield from (_whole(step.fate, element, pen) for element in (*old, *new))


def ranged(fate: str, name: str, elements: Sequence[Element], pen: Pen) -> list[Element]:
    """The elements of one move between range marks. Both ends of a move carry the same name."""
    start = pen.mark(f"{fate}RangeStart", name=name)
    end = etree.Element(f"{W}{fate}RangeEnd")
    end.set(f"{W}id", start.get(f"{W}id", ""))
    return [start, *elements, end]


# ---- paragraphs


def tracked(old: Element, new: Element, pen: Pen) -> Element:
    """A paragraph that both files have, with the changes inside it and, if they differ, its former properties."""
    if _alike(old, new):
        return deepcopy(new)
    found = etree.Element(f"{W}p")
    properties = new.find(f"{W}pPr")
    if properties is not None:
        found.append(_with_former_properties(old.find(f"{W}pPr"), deepcopy(properties), pen))
    starts, ends = _bookmarks(old, new)
    found.extend([*starts, *compared(atoms(old), atoms(new), pen), *ends])
    return found


def _alike(old: Element, new: Element) -> bool:
    """Whether two paragraphs are equal in everything that is tracked, as most are."""
    inside = [[serialized(each) for each in paragraph if each.tag not in _UNTRACKED] for paragraph in (old, new)]
    properties_of = [_comparable(paragraph.find(f"{W}pPr")) for paragraph in (old, new)]
    names = [{each.get(f"{W}name") for each in paragraph.iter(f"{W}bookmarkStart")} for paragraph in (old, new)]
    return inside[0] == inside[1] and properties_of[0] == properties_of[1] and names[0] <= names[1]


_UNTRACKED = (f"{W}pPr", f"{W}bookmarkStart", f"{W}bookmarkEnd")


def _with_former_properties(old: Element | None, properties: Element, pen: Pen) -> Element:
    """Add the former properties if they differ. `keepNext` is not compared, because it depends on the next block."""
    if old is not None and _comparable(old) != _comparable(properties):
        change = pen.mark("pPrChange")
        change.append(deepcopy(old))
        properties.append(change)
    return properties


def _comparable(properties: Element | None) -> list[str]:
    return [serialized(each) for each in (() if properties is None else properties) if each.tag != f"{W}keepNext"]


def _bookmarks(old: Element, new: Element) -> tuple[list[Element], list[Element]]:
    """The bookmarks of both sides; one that both have is kept once."""
    starts = [deepcopy(each) for each in new.iter(f"{W}bookmarkStart")]
    names = {each.get(f"{W}name") for each in starts}
    starts += [deepcopy(each) for each in old.iter(f"{W}bookmarkStart") if each.get(f"{W}name") not in names]
    return starts, [_bookmark_end(each) for each in starts]


def _bookmark_end(start: Element) -> Element:
    end = etree.Element(f"{W}bookmarkEnd")
    end.set(f"{W}id", start.get(f"{W}id", ""))
    return end


def _whole(fate: str, element: Element, pen: Pen) -> Element:
    """A block inserted, deleted or moved as a whole, with its paragraph mark. Word cannot move rows, so tables never move."""
    element = deepcopy(element)
    if element.tag == f"{W}tbl":
        for row in element.iter(f"{W}tr"):
            _mark_row(fate, row, pen)
        return element
    _mark_paragraph(fate, element, pen)
    return element


def _mark_paragraph(fate: str, paragraph: Element, pen: Pen) -> None:
    properties = paragraph.find(f"{W}pPr")
    properties = etree.Element(f"{W}pPr") if properties is None else properties
    starts = list(paragraph.iter(f"{W}bookmarkStart"))
    inside = list(written([(fate, atom) for atom in atoms(paragraph)], pen))
    for child in list(paragraph):
        paragraph.remove(child)
    _mark_end(properties, fate, pen)
    paragraph.extend([properties, *starts, *inside, *map(_bookmark_end, starts)])


_END = Atom("\0end of paragraph", ())


def _split(old: Sequence[Element], new: Sequence[Element], pen: Pen) -> Iterator[Element]:
    """Paragraphs that were split or joined. Paragraph marks are compared like words, so that unchanged words are kept.

    Each merged paragraph has the properties of the new paragraph that it becomes part of, and those of the old one as
    its former properties: when paragraphs are joined, Word keeps the properties of the last, LibreOffice those of the
    first."""
    pieces = fates(_concatenated(old), _concatenated(new), pen)
    ends = [n for n, (_, atom) in enumerate(pieces) if atom.key == _END.key]
    i = j = start = 0
    seen: set[str] = {_name(each) for paragraph in new for each in paragraph.iter(f"{W}bookmarkStart")}
    for end in (*ends, len(pieces)):
        fate = pieces[end][0] if end < len(pieces) else KEPT
        first = not start or pieces[start - 1][0]
        starts = _starts(new[j]) if first in (True, KEPT, INSERTED) else []
        starts += [e for e in _starts(old[i]) if _name(e) not in seen] if first in (True, KEPT, DELETED) else []
        paragraph = etree.Element(f"{W}p")
        properties = _with_former_properties(old[i].find(f"{W}pPr"), _properties(new[j]), pen)
        if fate != KEPT:
            _mark_end(properties, fate, pen)
        inside = written(pieces[start:end], pen)
        paragraph.extend([properties, *starts, *inside, *map(_bookmark_end, starts)])
        yield paragraph
        i, j, start = i + (fate != INSERTED), j + (fate != DELETED), end + 1


def _concatenated(paragraphs: Sequence[Element]) -> list[Atom]:
    """The atoms of several paragraphs, with one for each paragraph mark between two of them."""
    return [atom for paragraph in paragraphs for atom in (_END, *atoms(paragraph))][1:]


def _properties(paragraph: Element) -> Element:
    properties = paragraph.find(f"{W}pPr")
    return etree.Element(f"{W}pPr") if properties is None else deepcopy(properties)


def _mark_end(properties: Element, fate: str, pen: Pen) -> None:
    """Mark the end of a paragraph as inserted or deleted. The former properties must remain the last child."""
    marks = etree.Element(f"{W}rPr")
    marks.append(pen.mark(fate))
    before = properties.find(f"{W}pPrChange")
    properties.append(marks) if before is None else before.addprevious(marks)


def _starts(paragraph: Element) -> list[Element]:
    return [deepcopy(each) for each in paragraph.iter(f"{W}bookmarkStart")]


def _name(mark: Element) -> str:
    return str(mark.get(f"{W}name"))


# ---- anchors

_ANCHOR = "DocumentEnd"  # the style of an empty paragraph one point high, which prints nothing
_EMPTY = (_ANCHOR, "TableEnd")


def add_anchors(body: Element, pen: Pen) -> None:
    """Add empty paragraphs that LibreOffice can leave behind.

    When a paragraph is inserted or deleted, its content is joined to the next one. Before a table or at the end, none
    follows. Word removes it all the same, but LibreOffice leaves the first inserted or the last deleted paragraph empty but
    numbered, so that all numbers after it are wrong."""
    elements = [each for each in body if each.tag in (f"{W}p", f"{W}tbl")]
    runs = [(fate, list(group)) for fate, group in groupby(elements, key=_fate)]
    for (fate, run), (_, after) in zip(runs, [*runs[1:], ("", [])], strict=True):
        if not fate or (after and after[0].tag != f"{W}tbl"):
            continue
        if fate in (INSERTED, MOVED_HERE) and style(run[0]) not in _EMPTY:
            run[0].addprevious(_anchor(fate, pen))
        elif fate in (DELETED, MOVED_AWAY) and style(run[-1]) not in _EMPTY:
            run[-1].addnext(_anchor(fate, pen))
        if not after:
            body.append(_anchor("", pen))


def _fate(element: Element) -> str:
    """How a paragraph's end is tracked; empty for tables and for paragraphs that are not changed."""
    mark = element.find(f"{W}pPr/{W}rPr/*") if element.tag == f"{W}p" else None
    return "" if mark is None else str(mark.tag).removeprefix(W)


def _anchor(fate: str, pen: Pen) -> Element:
    found = etree.Element(f"{W}p")
    properties = etree.SubElement(found, f"{W}pPr")
    etree.SubElement(properties, f"{W}pStyle").set(f"{W}val", _ANCHOR)
    if fate:
        _mark_end(properties, fate, pen)
    return found


# ---- tables


class _Row(Struct):
    element: Element
    role: str
    words: tuple[str, ...]
    identity: str


def _table(old: Element, new: Element, pen: Pen) -> Element:
    """A table that both files have. Rows are matched by their first cell; column widths are those of the new table."""
    found = deepcopy(new)
    rows = found.findall(f"{W}tr")
    before, after = [_row(each) for each in old.findall(f"{W}tr")], [_row(each) for each in rows]
    for row in rows:
        found.remove(row)
    for i, j in in_step(before, after):
        if i is not None and j is not None:
            found.append(_same_row(before[i].element, after[j].element, pen))
        elif i is not None:
            found.append(_other_row(DELETED, before[i].element, rows[0], pen))
        elif j is not None:
            found.append(_other_row(INSERTED, after[j].element, rows[0], pen))
    return found


def _row(row: Element) -> _Row:
    cells = [
        tuple(word for paragraph in cell.iter(f"{W}p") for word in tokens_of(paragraph)) for cell in row.iter(f"{W}tc")
    ]
    words = tuple(word for cell in cells for word in (*cell, "\x1f"))
    return _Row(row, f"row of {len(cells)}", words, "".join(cells[0]) if cells else "")


def _same_row(old: Element, new: Element, pen: Pen) -> Element:
    for before, after in zip(old.findall(f"{W}tc"), new.findall(f"{W}tc"), strict=True):
        ours, theirs = before.findall(f"{W}p"), after.findall(f"{W}p")
        for was, paragraph in zip(ours, theirs, strict=False):
            after.replace(paragraph, tracked(was, paragraph, pen))
        for paragraph in theirs[len(ours) :]:
            after.replace(paragraph, _whole(INSERTED, paragraph, pen))
        for was in ours[len(theirs) :]:
            after.append(_whole(DELETED, was, pen))
    return new


def _other_row(fate: str, row: Element, like: Element, pen: Pen) -> Element:
    row = deepcopy(row)
    for mine, its in zip(row.iter(f"{W}tcW"), like.iter(f"{W}tcW"), strict=False):
        mine.set(f"{W}w", its.get(f"{W}w", ""))
    _mark_row(fate, row, pen)
    return row


def _mark_row(fate: str, row: Element, pen: Pen) -> None:
    properties = row.find(f"{W}trPr")
    if properties is None:
        properties = etree.Element(f"{W}trPr")
        row.insert(0, properties)
    properties.append(pen.mark(fate))
    for paragraph in row.iter(f"{W}p"):
        _mark_paragraph(fate, paragraph, pen)
