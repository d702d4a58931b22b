"""Paragraphs, tables and rows of a Word file with tracked changes in them. Touches lxml elements only."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from contract_assembly.compare.align import in_step
from contract_assembly.writers.docx.redline.plan import Step
from contract_assembly.writers.docx.redline.tokens import (
    DELETED,
    INSERTED,
    Element,
    Pen,
    W,
    atoms,
    compared,
    said,
    told,
    written,
)


def carried_out(step: Step, pen: Pen) -> Iterator[Element]:
    """The elements of one step of the plan, marked as its fate is."""
    if step.old and step.new:
        for before, after in zip(step.old.elements, step.new.elements, strict=False):
            yield _table(before, after, pen) if after.tag == f"{W}tbl" else tracked(before, after, pen)
    else:
        block = step.new or step.old
        yield from (_whole(step.fate, element, pen) for element in (block.elements if block else ()))


def ranged(fate: str, name: str, elements: Sequence[Element], pen: Pen) -> list[Element]:
    """Everything of one move between its marks; both places of a move bear its name."""
    start = pen.mark(f"{fate}RangeStart", name=name)
    end = etree.Element(f"{W}{fate}RangeEnd")
    end.set(f"{W}id", start.get(f"{W}id", ""))
    return [start, *elements, end]


# ---- paragraphs


def tracked(old: Element, new: Element, pen: Pen) -> Element:
    """A paragraph that stayed, with the changes inside it; what its properties were is told where they differ."""
    if _alike(old, new):
        return deepcopy(new)
    found = etree.Element(f"{W}p")
    look = new.find(f"{W}pPr")
    if look is not None:
        found.append(_restyled(old.find(f"{W}pPr"), deepcopy(look), pen))
    starts, ends = _bookmarks(old, new)
    found.extend([*starts, *compared(atoms(old), atoms(new), pen), *ends])
    return found


def _alike(old: Element, new: Element) -> bool:
    """Whether two paragraphs differ in nothing that is tracked, as most do."""
    inside = [[told(each) for each in paragraph if each.tag not in _UNTRACKED] for paragraph in (old, new)]
    looks = [_told(paragraph.find(f"{W}pPr")) for paragraph in (old, new)]
    names = [{each.get(f"{W}name") for each in paragraph.iter(f"{W}bookmarkStart")} for paragraph in (old, new)]
    return inside[0] == inside[1] and looks[0] == looks[1] and names[0] <= names[1]


_UNTRACKED = (f"{W}pPr", f"{W}bookmarkStart", f"{W}bookmarkEnd")


def _restyled(old: Element | None, look: Element, pen: Pen) -> Element:
    """Whether a paragraph stays with the next is left out: it follows from what comes next."""
    if old is not None and _told(old) != _told(look):
        change = pen.mark("pPrChange")
        change.append(deepcopy(old))
        look.append(change)
    return look


def _told(look: Element | None) -> list[str]:
    return [told(each) for each in (() if look is None else look) if each.tag != f"{W}keepNext"]


def _bookmarks(old: Element, new: Element) -> tuple[list[Element], list[Element]]:
    """Those of both sides; one that both have stands once."""
    starts = [deepcopy(each) for each in new.iter(f"{W}bookmarkStart")]
    names = {each.get(f"{W}name") for each in starts}
    starts += [deepcopy(each) for each in old.iter(f"{W}bookmarkStart") if each.get(f"{W}name") not in names]
    return starts, [_bookmark_end(each) for each in starts]


def _bookmark_end(start: Element) -> Element:
    end = etree.Element(f"{W}bookmarkEnd")
    end.set(f"{W}id", start.get(f"{W}id", ""))
    return end


def _whole(fate: str, element: Element, pen: Pen) -> Element:
    """A block that came or went as a whole: its words and its end are marked. Rows cannot be moved, so a table never is."""
    element = deepcopy(element)
    if element.tag == f"{W}tbl":
        for row in element.iter(f"{W}tr"):
            _mark_row(fate, row, pen)
        return element
    _mark_paragraph(fate, element, pen)
    return element


def _mark_paragraph(fate: str, paragraph: Element, pen: Pen) -> None:
    look = paragraph.find(f"{W}pPr")
    look = etree.Element(f"{W}pPr") if look is None else look
    starts = list(paragraph.iter(f"{W}bookmarkStart"))
    inside = list(written([(fate, atom) for atom in atoms(paragraph)], pen))
    for child in list(paragraph):
        paragraph.remove(child)
    etree.SubElement(look, f"{W}rPr").append(pen.mark(fate))
    paragraph.extend([look, *starts, *inside, *map(_bookmark_end, starts)])


# ---- tables


@dataclass
class _Row:
    element: Element
    role: str
    words: tuple[str, ...]
    identity: str


def _table(old: Element, new: Element, pen: Pen) -> Element:
    """A table that stayed: rows are matched by their first cell, the widths are the new ones."""
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
    cells = [tuple(word for paragraph in cell.iter(f"{W}p") for word in said(paragraph)) for cell in row.iter(f"{W}tc")]
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
    look = row.find(f"{W}trPr")
    if look is None:
        look = etree.Element(f"{W}trPr")
        row.insert(0, look)
    look.append(pen.mark(fate))
    for paragraph in row.iter(f"{W}p"):
        _mark_paragraph(fate, paragraph, pen)
