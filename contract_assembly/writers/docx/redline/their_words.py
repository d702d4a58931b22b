"""A Word file of ours with the words of another: each paragraph keeps its style and numbering, and says what the other side has.

So that an answer can be tracked over their words, whatever program saved their file, without their styles and lists."""

from collections.abc import Sequence
from copy import deepcopy
from typing import TypeAlias

from lxml import etree
from msgspec import Struct

from contract_assembly.compare.words import blocks, cut
from contract_assembly.writers.docx.redline.plan import style
from contract_assembly.writers.docx.redline.shared_parts import unwrap
from contract_assembly.writers.docx.redline.tokens import Atom, Element, W, atoms, written
from contract_assembly.writers.docx.redline.tokens import Pen as _Pen

_CONTENTS = ("TOC", "Contents")


class Paragraph(Struct, frozen=True):
    """A paragraph as the other side has it: its text, the position of ours that it was made from (None for a new one), and the
    number of the table that a new one is in (0 for none)."""

    text: str
    ours: int | None = None
    table: int = 0


Paragraphs: TypeAlias = Sequence[Paragraph]


def with_their_words(main: bytes, theirs: Paragraphs) -> bytes:
    """The main part of our file, as it was sent, with their words."""
    tree = etree.fromstring(main)
    unwrap(tree)
    own = [each for each in tree.find(f"{W}body").iter(f"{W}p") if is_counted(each)]
    kept: set[int] = set()
    last: Element | None = None
    row: tuple[int, Element, int] | None = None  # the table, the row, and how many cells of it are filled
    for each in theirs:
        if each.ours is not None and each.ours not in kept:
            kept.add(each.ours)
            last, row = own[each.ours], None
            _say(last, each.text)
            continue
        model = last if last is not None else own[0]
        cell = _above(model, "tc")
        if cell is not None and each.table:
            row = _in_row(row, each, model)
            last = list(row[1].iter(f"{W}p"))[-1]
            continue
        holder = _above(model, "tbl") if cell is not None else model
        last = _new(model if cell is None else None, each.text)
        (holder if holder is not None else model).addnext(last)
    for n, each in enumerate(own):
        if n not in kept:
            _remove(each)
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def is_counted(paragraph: Element) -> bool:
    """Whether a paragraph has words and is not a line of the contents."""
    text = "".join(paragraph.itertext(f"{W}t", f"{W}delText"))
    return bool(text.strip()) and not style(paragraph).startswith(_CONTENTS)


def _above(element: Element, name: str) -> Element | None:
    return next(iter(element.iterancestors(f"{W}{name}")), None)


def _say(paragraph: Element, text: str) -> None:
    """Let a paragraph say a text; runs of words that it has already keep their form."""
    old = atoms(paragraph)
    shown = [_text(each) for each in old]
    new = [each.text for each in cut(text)]
    if [each for each in shown if each.strip()] == [each for each in new if each.strip()]:
        return
    starts = [deepcopy(each) for each in paragraph.iter(f"{W}bookmarkStart")]
    found: list[Atom] = []
    for block in blocks([_key(each) for each in shown], [_key(each) for each in new]):
        if block.same:
            found += old[slice(*block.old)]
        else:
            near = old[min(block.old[0], len(old) - 1)] if old else None
            found += [_atom(each, near) for each in new[slice(*block.new)]]
    properties = paragraph.find(f"{W}pPr")
    inside = list(written([("kept", each) for each in found], _Pen("", "")))
    for child in list(paragraph):
        paragraph.remove(child)
    ends = []
    for each in starts:
        end = etree.Element(f"{W}bookmarkEnd")
        end.set(f"{W}id", each.get(f"{W}id", ""))
        ends.append(end)
    paragraph.extend([*([properties] if properties is not None else []), *starts, *inside, *ends])


def _key(text: str) -> str:
    return " " if text.isspace() else text


def _text(atom: Atom) -> str:
    blanks = {f"{W}tab": "\t", f"{W}br": "\n"}
    pieces = (each for run in atom.runs for each in run.iter(f"{W}t", *blanks))
    return atom.field or "".join(blanks.get(each.tag) or each.text or "" for each in pieces)


def _atom(text: str, near: Atom | None) -> Atom:
    run = etree.Element(f"{W}r")
    before = near.runs[0].find(f"{W}rPr") if near is not None and not near.field and not near.link else None
    if before is not None:
        run.append(deepcopy(before))
    words = etree.SubElement(run, f"{W}t")
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    words.text = text
    return Atom(f"\0\0{text}", (run,), solid=not text.isspace())


def _new(model: Element | None, text: str) -> Element:
    paragraph = etree.Element(f"{W}p")
    properties = model.find(f"{W}pPr") if model is not None else None
    if properties is not None:
        paragraph.append(deepcopy(properties))
    paragraph.extend([each for atom in [_atom(text, None)] for each in atom.runs])
    return paragraph


def _in_row(row: tuple[int, Element, int] | None, each: Paragraph, model: Element) -> tuple[int, Element, int]:
    """Put a paragraph into the next cell of a new row below the model's, or into a further row."""
    if row is None or row[0] != each.table or row[2] >= len(row[1].findall(f"{W}tc")):
        above = _above(model, "tr")
        assert above is not None  # noqa: S101  # a cell is in a row
        new = deepcopy(above)
        for cell in new.findall(f"{W}tc"):
            for other in cell.findall(f"{W}p")[1:]:
                cell.remove(other)
            for paragraph in cell.findall(f"{W}p"):
                _say(paragraph, "")
                for mark in (*paragraph.findall(f"{W}bookmarkStart"), *paragraph.findall(f"{W}bookmarkEnd")):
                    paragraph.remove(mark)
        above.addnext(new)
        row = (each.table, new, 0)
    paragraph = row[1].findall(f"{W}tc")[row[2]].find(f"{W}p")
    paragraph.extend(list(_atom(each.text, None).runs))
    return row[0], row[1], row[2] + 1


def _remove(paragraph: Element) -> None:
    """Take a paragraph away. A cell keeps an empty one; a row without words goes, and so does a table without rows."""
    cell = _above(paragraph, "tc")
    if cell is None or len(cell.findall(f"{W}p")) > 1:
        paragraph.getparent().remove(paragraph)
        return
    _say(paragraph, "")
    row, table = _above(paragraph, "tr"), _above(paragraph, "tbl")
    if row is not None and not "".join(row.itertext(f"{W}t")).strip():
        row.getparent().remove(row)
        if table is not None and table.find(f"{W}tr") is None:
            table.getparent().remove(table)
