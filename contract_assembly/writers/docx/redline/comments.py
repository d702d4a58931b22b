"""Comments in the margin of a Word file with tracked changes, and answers to comments."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from lxml import etree
from msgspec import Struct

from contract_assembly.writers.docx.redline.shared_parts import saved
from contract_assembly.writers.docx.redline.their_words import is_counted
from contract_assembly.writers.docx.redline.tokens import Element, W

_MAIN, _TYPES, _RELATIONS = "word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"
_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIRST = 500  # the id of the first comment


class Comment(Struct, frozen=True):
    """A comment at a paragraph, by its position among those of the old side (the first is 0). `answers` is the position of the
    comment in the list that it answers."""

    at: int
    by: str
    text: str
    answers: int | None = None


def with_comments(parts: Mapping[str, bytes], comments: Sequence[Comment], day: date) -> Mapping[str, bytes]:
    """The parts of a Word file with these comments; without any, the parts unchanged."""
    if not comments:
        return parts
    tree = etree.fromstring(parts[_MAIN])
    old = _old_paragraphs(tree)
    for n, each in enumerate(comments):
        if old:
            _anchor(old[min(max(each.at, 0), len(old) - 1)], _FIRST + n)
    inside = "".join(_comment(n, each, day) for n, each in enumerate(comments))
    threads = "".join(_thread(n, each) for n, each in enumerate(comments))
    return {
        **parts,
        _MAIN: saved(tree),
        "word/comments.xml": f"{_HEAD}<w:comments {_SPACES}>{inside}</w:comments>".encode(),
        "word/commentsExtended.xml": f"{_HEAD}<w15:commentsEx {_SPACES}>{threads}</w15:commentsEx>".encode(),
        _TYPES: _before_end(
            parts[_TYPES],
            "</Types>",
            f'<Override PartName="/word/comments.xml" ContentType="{_WORD}.comments+xml"/>'
            f'<Override PartName="/word/commentsExtended.xml" ContentType="{_WORD}.commentsExtended+xml"/>',
        ),
        _RELATIONS: _before_end(
            parts[_RELATIONS],
            "</Relationships>",
            '<Relationship Id="rIdComments" Target="comments.xml" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"/>'
            '<Relationship Id="rIdCommentsExtended" Target="commentsExtended.xml" '
            'Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended"/>',
        ),
    }


def _old_paragraphs(tree: Element) -> list[Element]:
    """The paragraphs of the old side: those that are there when all changes are rejected. Of one that was split, the first."""
    found: list[Element] = []
    joined = False
    for each in tree.find(f"{W}body").iter(f"{W}p"):
        row = next(iter(each.iterancestors(f"{W}tr")), None)
        if row is not None and row.find(f"{W}trPr/{W}ins") is not None:
            continue
        is_new = any(each.find(f"{W}pPr/{W}rPr/{W}{name}") is not None for name in ("ins", "moveTo"))
        texts = [
            text.text or ""
            for text in each.iter(f"{W}t", f"{W}delText")
            if not any(mark.tag in {f"{W}ins", f"{W}moveTo"} for mark in text.iterancestors())
        ]
        if is_counted(each) and "".join(texts).strip():
            if not joined:
                found.append(each)
            joined = is_new
        elif not is_new:
            joined = False
    return found


def _anchor(paragraph: Element, number: int) -> None:
    start, end = etree.Element(f"{W}commentRangeStart"), etree.Element(f"{W}commentRangeEnd")
    for each in (start, end):
        each.set(f"{W}id", str(number))
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}commentReference").set(f"{W}id", str(number))
    paragraph.insert(1 if paragraph.find(f"{W}pPr") is not None else 0, start)
    paragraph.extend([end, run])


def _comment(number: int, each: Comment, day: date) -> str:
    words = escape(each.text, quote=False)
    return (
        f'<w:comment w:id="{_FIRST + number}" w:author="{escape(each.by)}" w:date="{day}T00:00:00Z" '
        f'w:initials="{escape(_initials(each.by))}"><w:p w14:paraId="{_paragraph(number)}"><w:r><w:t xml:space="preserve">'
        f"{words}</w:t></w:r></w:p></w:comment>"
    )


def _initials(name: str) -> str:
    return "".join(each[0] for each in name.split()[:3] if each)


def _paragraph(number: int) -> str:
    return f"{0x10000000 + number:08X}"


def _thread(number: int, each: Comment) -> str:
    above = f' w15:paraIdParent="{_paragraph(each.answers)}"' if each.answers is not None else ""
    return f'<w15:commentEx w15:paraId="{_paragraph(number)}"{above} w15:done="0"/>'


def _before_end(part: bytes, end: str, more: str) -> bytes:
    head, _, tail = part.rpartition(end.encode())
    return head + more.encode() + end.encode() + tail
