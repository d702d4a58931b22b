"""Inlines as WordprocessingML runs, with bookmarks, fields and content controls. Pure text.

A run has a character style or none. Bold is a toggle in Word, so a bold run in a bold paragraph would come out regular;
the pseudo-style `BOLD` therefore marks surroundings that are bold already and adds nothing.

A content control names the clause or fact that its words come from, so that a returned document can be read clause by
clause (`returned.word_marks`). It is hidden, locks nothing and prints nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from html import escape
from typing import Any, TypeAlias

from msgspec import Struct

from contract_assembly.core.text import cut
from contract_assembly.document import tree as d
from contract_assembly.writers.docx.right_to_left import stretches

BOLD = "bold"  # for words whose paragraph is already bold
CAPTION = "RunInCaption"
ANCHOR = "SignAnchor"  # white and tiny: for signing services, not for readers


class Link(Struct, frozen=True):
    """The target of a reference: its bookmark's name and id in the file, and the number that Word shows there."""

    name: str
    count: int
    number: str


Links: TypeAlias = Mapping[str, Link]


def links(document: d.Document, *, typed: bool = False) -> Links:
    """Map the id of each part and section to its link. If numbers are `typed`, fields cannot show them, and links have
    none."""
    targets = [each for each in _targets(document.parts) if each.id]
    return {each.id: Link(bookmark(each.id), n, "" if typed else _field_number(each)) for n, each in enumerate(targets)}


def _targets(nodes: Iterable[d.Part | d.Block]) -> Iterator[d.Part | d.Section]:
    for node in nodes:
        if isinstance(node, d.Part | d.Section):
            yield node
            yield from _targets(node.children)


@lru_cache(maxsize=4096)  # the ids of clauses and their subsections, which are the same for many clients
def bookmark(name: str) -> str:
    """A unique bookmark name that Word accepts: a letter, then letters, digits and underscores, at most 40 characters."""
    return f"at_{re.sub('[^A-Za-z0-9]', '_', name)[:26]}_{sha256(name.encode()).hexdigest()[:10]}"


def _field_number(target: d.Part | d.Section) -> str:
    """The number that a REF field would show. A schedule has none, for the field would put "Schedule A –" in a sentence."""
    return target.number if isinstance(target, d.Section) else ""


def bookmarked(link: Link | None, inside: str) -> str:
    """Put a bookmark around runs."""
    if link is None:
        return inside
    return f'<w:bookmarkStart w:id="{link.count}" w:name="{link.name}"/>{inside}<w:bookmarkEnd w:id="{link.count}"/>'


def linked(link: Link | None, inside: str) -> str:
    """Link runs to a bookmark in the same file."""
    return f'<w:hyperlink w:anchor="{link.name}" w:history="1">{inside}</w:hyperlink>' if link and inside else inside


def field_start(instruction: str, style: str = "") -> str:
    """Begin a field; the runs that follow are its cached result."""
    code = f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>'
    return _run('<w:fldChar w:fldCharType="begin"/>', style) + _run(code, style) + _run(_SEPARATE, style)


def field_end(style: str = "") -> str:
    """End a field."""
    return _run('<w:fldChar w:fldCharType="end"/>', style)


def field(instruction: str, seen: str, style: str = "") -> str:
    """A complete field with its cached result."""
    return field_start(instruction, style) + words(seen, style) + field_end(style)


_SEPARATE = '<w:fldChar w:fldCharType="separate"/>'
TAB = "<w:r><w:tab/></w:r>"


def words(text: str, style: str = "") -> str:
    """Text as one run, whatever its characters; as several if some of it runs from right to left."""
    if not text:
        return ""
    return "".join([_run(_text_element(each), style, backwards) for each, backwards in stretches(text)])


def _text_element(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text, quote=False)}</w:t>'


# ---- content controls

LONGEST_TAG = 64  # characters that Word allows in the tag and in the title of a control
CONTROL_END = "</w:sdtContent></w:sdt>"
_ID = '<w:id w:val=""/>'
_HIDDEN = f'{_ID}<w15:appearance w15:val="hidden"/></w:sdtPr><w:sdtContent>'


def controlled(name: str, inside: str, title: str = "") -> str:
    """Put a content control around paragraphs or runs; `name` becomes its tag."""
    alias = f'<w:alias w:val="{escape(cut(title, LONGEST_TAG))}"/>' if title else ""
    return f'<w:sdt><w:sdtPr>{alias}<w:tag w:val="{escape(tag(name))}"/>{_HIDDEN}{inside}{CONTROL_END}'


def tag(name: str) -> str:
    """A clause's id or a fact's key as a tag. A name of more than 64 characters is cut to its first 53, followed by a
    tilde and the first ten hex digits of its SHA-256, so that no two names share a tag."""
    if len(name) <= LONGEST_TAG:
        return name
    return f"{name[: LONGEST_TAG - 11]}~{sha256(name.encode()).hexdigest()[:10]}"


def with_ids(body: str) -> str:
    """Number the content controls of a body from 1, in reading order."""
    first, *others = body.split(_ID)
    return first + "".join([f'<w:id w:val="{n}"/>{each}' for n, each in enumerate(others, 1)])


# ---- inlines


def runs(inlines: tuple[d.Inline, ...], targets: Links, style: str = "") -> str:
    """Inlines as runs; `style` is the character style around them, or `BOLD`."""
    return "".join([_INLINES[type(each)](each, targets, style) for each in inlines])


def _run(content: str, style: str, backwards: bool = False) -> str:
    return f"<w:r>{(_RIGHT_TO_LEFT if backwards else _STYLES)[style]}{content}</w:r>"


def _property(style: str) -> str:
    return f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>'


_STYLES = {"": "", BOLD: ""} | {
    style: _property(style) for style in ("Strong", "Emphasis", "StrongEmphasis", "DefinedTerm", CAPTION, ANCHOR)
}
# Right-to-left words have separate properties for bold and italic.
_BOLDS, _ITALICS = (BOLD, "Strong", "StrongEmphasis", "DefinedTerm", CAPTION), ("Emphasis", "StrongEmphasis")
_RIGHT_TO_LEFT = {
    style: f"<w:rPr>{properties.removeprefix('<w:rPr>').removesuffix('</w:rPr>')}"
    f"{'<w:bCs/>' * (style in _BOLDS)}{'<w:iCs/>' * (style in _ITALICS)}<w:rtl/></w:rPr>"
    for style, properties in _STYLES.items()
}
_WITHIN = {
    ("Strong", "Emphasis"): "StrongEmphasis",
    ("Emphasis", "Strong"): "StrongEmphasis",
    ("Emphasis", "DefinedTerm"): "StrongEmphasis",
    (BOLD, "Emphasis"): "Emphasis",
}


def _nested(style: str, mark: str) -> str:
    """The style of marked words inside another style."""
    return _WITHIN.get((style, mark), style) if style else mark


def value(node: d.Value, style: str = "") -> str:
    """A fact in a content control, or nothing if its text is empty."""
    inside = words(node.text, style)
    return controlled(node.key, inside) if inside and node.key else inside


def _text(node: d.Text, targets: Links, voice: str) -> str:
    return words(node.text, voice)


def _strong(node: d.Strong, targets: Links, style: str) -> str:
    return runs(node.children, targets, _nested(style, "Strong"))


def _emphasis(node: d.Emphasis, targets: Links, style: str) -> str:
    return runs(node.children, targets, _nested(style, "Emphasis"))


def _definition(node: d.Definition, targets: Links, style: str) -> str:
    return words("“", style) + words(node.term, _nested(style, "DefinedTerm")) + words("”", style)


def _reference(node: d.Reference, targets: Links, style: str) -> str:
    """A reference: its number as a field that Word can update, its other words as a link.

    The field's switch `\n` prints the number as its own level formats it, without a trailing period.
    """
    link = targets.get(node.target)
    if link is None or not _begins_with(node.text, link.number):
        return linked(link, words(node.text, style))
    number = field(f"REF {link.name} \\n \\h", link.number, style)
    return number + linked(link, words(node.text[len(link.number) :], style))


def _begins_with(text: str, number: str) -> bool:
    """Whether a reference's words begin with exactly this number."""
    return bool(number) and text.startswith(number) and text[len(number) : len(number) + 1] in ("", " ", "\u00a0")


def _break(node: d.Break, targets: Links, style: str) -> str:
    return _run("<w:br/>", style)


_INLINES: dict[type, Callable[[Any, Links, str], str]] = {
    d.Text: _text,
    d.Value: lambda node, _, voice: value(node, voice),
    d.Strong: _strong,
    d.Emphasis: _emphasis,
    d.Definition: _definition,
    d.Reference: _reference,
    d.Break: _break,
}
