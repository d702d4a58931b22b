"""Inlines as runs of WordprocessingML, with the bookmarks, fields and content controls around them. Pure text.

A run carries a character style or nothing. Bold is a toggle in Word: bold words in a bold paragraph would come out
light, so inside one (voice `BOLD`) no further bold is asked for.

A content control says which clause or fact its words are, so that a document that comes back can be read by clause
(`read_docx`). It is hidden, locks nothing and prints nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from html import escape
from typing import Any, TypeAlias

from contract_assembly.document import tree as d
from contract_assembly.writers.docx.right_to_left import stretches

BOLD = "bold"  # the voice of words whose paragraph is bold already
CAPTION = "RunInCaption"
ANCHOR = "SignAnchor"  # white and tiny: for programs, not for readers


@dataclass(frozen=True, slots=True)
class Link:
    """Where a reference may lead: the bookmark's name and count in the file, and the number that Word shows there."""

    name: str
    count: int
    number: str


Links: TypeAlias = Mapping[str, Link]


def links(document: d.Document, *, typed: bool = False) -> Links:
    """Give every part and section that has an id its link, by id. Numbers that are `typed` are none that a field could show."""
    targets = [each for each in _targets(document.parts) if each.id]
    return {
        each.id: Link(_bookmark(each.id), n, "" if typed else _field_number(each)) for n, each in enumerate(targets)
    }


def _targets(nodes: Iterable[d.Part | d.Block]) -> Iterator[d.Part | d.Section]:
    for node in nodes:
        if isinstance(node, d.Part | d.Section):
            yield node
            yield from _targets(node.children)


@lru_cache(maxsize=4096)  # the ids of clauses and of their subsections, which are the same for many clients
def _bookmark(name: str) -> str:
    """A name that Word takes (a letter, then letters, digits and low lines, 40 at most) and that no other id has."""
    return f"at_{re.sub('[^A-Za-z0-9]', '_', name)[:26]}_{sha256(name.encode()).hexdigest()[:10]}"


def _field_number(target: d.Part | d.Section) -> str:
    """What a REF field shows: a section's number. A schedule's would read "Schedule A –", which no sentence wants."""
    return target.number if isinstance(target, d.Section) else ""


def bookmarked(link: Link | None, inside: str) -> str:
    """Put a bookmark around runs."""
    if link is None:
        return inside
    return f'<w:bookmarkStart w:id="{link.count}" w:name="{link.name}"/>{inside}<w:bookmarkEnd w:id="{link.count}"/>'


def linked(link: Link | None, inside: str) -> str:
    """Make runs lead to a bookmark in the same file."""
    return f'<w:hyperlink w:anchor="{link.name}" w:history="1">{inside}</w:hyperlink>' if link and inside else inside


def field_start(instruction: str, style: str = "") -> str:
    """Begin a field; the runs that follow are the words it was last seen to give."""
    code = f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>'
    return _run('<w:fldChar w:fldCharType="begin"/>', style) + _run(code, style) + _run(_SEPARATE, style)


def field_end(style: str = "") -> str:
    """End a field."""
    return _run('<w:fldChar w:fldCharType="end"/>', style)


def field(instruction: str, seen: str, style: str = "") -> str:
    """A whole field and the words it was last seen to give."""
    return field_start(instruction, style) + words(seen, style) + field_end(style)


_SEPARATE = '<w:fldChar w:fldCharType="separate"/>'
TAB = "<w:r><w:tab/></w:r>"


def words(text: str, voice: str = "") -> str:
    """Text as one run, whatever characters it holds; as several where some of it runs from right to left."""
    if not text:
        return ""
    return "".join([_run(_said(each), voice, backwards) for each, backwards in stretches(text)])


def _said(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text, quote=False)}</w:t>'


# ---- content controls

LONGEST_TAG = 64  # characters that Word takes for the tag and for the title of a control
CONTROL_END = "</w:sdtContent></w:sdt>"
_ID = '<w:id w:val=""/>'
_HIDDEN = f'{_ID}<w15:appearance w15:val="hidden"/></w:sdtPr><w:sdtContent>'


def controlled(name: str, inside: str, title: str = "") -> str:
    """Put a content control around paragraphs or runs; `name` becomes its tag."""
    alias = f'<w:alias w:val="{escape(_shown(title))}"/>' if title else ""
    return f'<w:sdt><w:sdtPr>{alias}<w:tag w:val="{escape(tag(name))}"/>{_HIDDEN}{inside}{CONTROL_END}'


def tag(name: str) -> str:
    """A clause's id or a fact's key as a tag. One of more than 64 characters keeps its first 53, and after a tilde come
    the first ten digits of its SHA-256, so that no two names share a tag."""
    if len(name) <= LONGEST_TAG:
        return name
    return f"{name[: LONGEST_TAG - 11]}~{sha256(name.encode()).hexdigest()[:10]}"


def _shown(title: str) -> str:
    return title if len(title) <= LONGEST_TAG else f"{title[: LONGEST_TAG - 1]}…"


def with_ids(body: str) -> str:
    """Count the content controls of a body from 1, in the order they are read."""
    first, *others = body.split(_ID)
    return first + "".join([f'<w:id w:val="{n}"/>{each}' for n, each in enumerate(others, 1)])


# ---- inlines


def runs(inlines: tuple[d.Inline, ...], targets: Links, voice: str = "") -> str:
    """Inlines as runs in a voice: the character style, or `BOLD`, that surrounds them."""
    return "".join([_INLINES[type(each)](each, targets, voice) for each in inlines])


def _run(content: str, voice: str, backwards: bool = False) -> str:
    return f"<w:r>{(_BACKWARDS if backwards else _STYLES)[voice]}{content}</w:r>"


def _property(style: str) -> str:
    return f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>'


_STYLES = {"": "", BOLD: ""} | {
    style: _property(style) for style in ("Strong", "Emphasis", "StrongEmphasis", "DefinedTerm", CAPTION, ANCHOR)
}
# Right-to-left words take bold and italic from properties of their own.
_BOLD_ONES, _ITALIC_ONES = (BOLD, "Strong", "StrongEmphasis", "DefinedTerm", CAPTION), ("Emphasis", "StrongEmphasis")
_BACKWARDS = {
    voice: f"<w:rPr>{look.removeprefix('<w:rPr>').removesuffix('</w:rPr>')}"
    f"{'<w:bCs/>' * (voice in _BOLD_ONES)}{'<w:iCs/>' * (voice in _ITALIC_ONES)}<w:rtl/></w:rPr>"
    for voice, look in _STYLES.items()
}
_WITHIN = {
    ("Strong", "Emphasis"): "StrongEmphasis",
    ("Emphasis", "Strong"): "StrongEmphasis",
    ("Emphasis", "DefinedTerm"): "StrongEmphasis",
    (BOLD, "Emphasis"): "Emphasis",
}


def _deeper(voice: str, mark: str) -> str:
    """The voice of marked words inside another voice."""
    return _WITHIN.get((voice, mark), voice) if voice else mark


def value(node: d.Value, voice: str = "") -> str:
    """A fact in its control; one that says nothing has none."""
    inside = words(node.text, voice)
    return controlled(node.key, inside) if inside and node.key else inside


def _text(node: d.Text, targets: Links, voice: str) -> str:
    return words(node.text, voice)


def _strong(node: d.Strong, targets: Links, voice: str) -> str:
    return runs(node.children, targets, _deeper(voice, "Strong"))


def _emphasis(node: d.Emphasis, targets: Links, voice: str) -> str:
    return runs(node.children, targets, _deeper(voice, "Emphasis"))


def _definition(node: d.Definition, targets: Links, voice: str) -> str:
    return words("“", voice) + words(node.term, _deeper(voice, "DefinedTerm")) + words("”", voice)


def _reference(node: d.Reference, targets: Links, voice: str) -> str:
    """The number as a field that Word can bring up to date, the other words as a link.

    The field's switch n gives the number as its own level prints it, without a closing stop.
    """
    link = targets.get(node.target)
    if link is None or not _leads(node.text, link.number):
        return linked(link, words(node.text, voice))
    number = field(f"REF {link.name} \\n \\h", link.number, voice)
    return number + linked(link, words(node.text[len(link.number) :], voice))


def _leads(text: str, number: str) -> bool:
    """Whether a reference's words begin with exactly this number."""
    return bool(number) and text.startswith(number) and text[len(number) : len(number) + 1] in ("", " ", "\u00a0")


def _break(node: d.Break, targets: Links, voice: str) -> str:
    return _run("<w:br/>", voice)


_INLINES: dict[type, Callable[[Any, Links, str], str]] = {
    d.Text: _text,
    d.Value: lambda node, _, voice: value(node, voice),
    d.Strong: _strong,
    d.Emphasis: _emphasis,
    d.Definition: _definition,
    d.Reference: _reference,
    d.Break: _break,
}
