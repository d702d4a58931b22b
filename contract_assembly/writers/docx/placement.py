"""Where a block is placed in a Word file: the styles and list of its part, and what Word has numbered so far. Pure.

Refers only to styles and lists in `templates/house/word`. Word restarts at (a) after a numbered paragraph of the level
above; if there is none, or (a) has been used since, `Lists` allocates a list that starts on its own.
"""

import re
from collections.abc import Mapping
from html import unescape

from msgspec import Struct, field
from msgspec.structs import replace

from contract_assembly.document.tree import PartKind
from contract_assembly.writers.docx.right_to_left import is_backwards
from contract_assembly.writers.docx.runs import Links

NO_LIST = 0
UNCOUNTED = (0, 0)  # removes the number that a paragraph's style would give it
HANG = 680  # text position after a typed number, the same as after an automatic one
FIRST_FREE_LIST = 4  # numbering.xml defines three of its own


class PartStyles(Struct, frozen=True):
    """The styles and lists of one kind of part. `level` is the level of a clause in `list_id`; subsections, items and
    subitems use the next three levels. Items and subitems use the first two levels of `plain_list`. `indent`, in
    twentieths of a point, is the left edge of tables."""

    list_id: int
    plain_list: int
    level: int
    title: str
    heading: str
    unnumbered: str
    subsection: str
    text: str
    items: tuple[str, str]
    continued: tuple[str, str]
    caption: str
    indent: int


_CONTINUED = ("ClauseItemContinued", "ClauseSubitemContinued")
_PARTS: Mapping[PartKind, PartStyles] = {
    "letter": PartStyles(
        list_id=3,
        plain_list=5,
        level=0,
        title="LetterSubject",
        heading="CoverHeadingNumbered",
        unnumbered="LetterHeading",
        subsection="CoverClause2",
        text="LetterText",
        items=("LetterItem", "LetterSubitem"),
        continued=("LetterItemContinued", "LetterSubitemContinued"),
        caption="Caption",
        indent=0,
    ),
    "cover": PartStyles(
        list_id=3,
        plain_list=5,
        level=0,
        title="Title",
        heading="CoverHeadingNumbered",
        unnumbered="CoverHeading",
        subsection="CoverClause2",
        text="BodyText",
        items=("CoverItem", "CoverSubitem"),
        continued=("CoverItemContinued", "CoverSubitemContinued"),
        caption="Caption",
        indent=0,
    ),
    "terms": PartStyles(
        list_id=1,
        plain_list=4,
        level=0,
        title="PartTitle",
        heading="Heading2",
        unnumbered="HeadingUnnumbered",
        subsection="Clause2",
        text="ClauseContinued",
        items=("ClauseItem", "ClauseSubitem"),
        continued=_CONTINUED,
        caption="ClauseCaption",
        indent=680,
    ),
    "schedule": PartStyles(
        list_id=2,
        plain_list=4,
        level=1,
        title="Heading1",
        heading="Heading3",
        unnumbered="ScheduleHeadingUnnumbered",
        subsection="ScheduleClause2",
        text="ClauseContinued",
        items=("ScheduleItem", "ScheduleSubitem"),
        continued=_CONTINUED,
        caption="ClauseCaption",
        indent=680,
    ),
}
PART_STYLES: Mapping[PartKind, PartStyles] = {**_PARTS, "enclosure": replace(_PARTS["schedule"], title="PartTitle")}


def boxed(styles: PartStyles) -> PartStyles:
    """The styles for the content of a box at the same indent, where every list is a plain one."""
    box, plain_list = _BOXES[styles.text]
    items = (f"{box}Item", f"{box}Subitem")
    return replace(styles, list_id=NO_LIST, plain_list=plain_list, text=box, items=items, continued=(box, box))


_BOXES = {"LetterText": ("Box", 7), "BodyText": ("Box", 7), "ClauseContinued": ("ClauseBox", 6)}


class Lists(Struct):
    """What Word's list engine has numbered so far: `used` holds the levels (list, level) used since the last number
    above them, `added` the plain lists (abstract list, first level) allocated, numbered from `FIRST_FREE_LIST`. If
    section numbers are `typed`, because Word cannot produce them, only lists are counted."""

    typed: bool = False
    used: set[tuple[int, int]] = field(default_factory=set)
    added: list[tuple[int, int]] = field(default_factory=list)

    def count(self, number: int, level: int) -> None:
        """Record a numbered paragraph, which restarts all levels below it."""
        self.used = {(each, at) for each, at in self.used if each != number or at <= level} | {(number, level)}

    def begin(self, at: "Place") -> tuple[int, int]:
        """The list and level to use for a new list at a place."""
        if (at.number, at.level - 1) in self.used and (at.number, at.level) not in self.used:
            return at.number, at.level
        self.added.append((at.styles.plain_list, at.depth))
        return FIRST_FREE_LIST + len(self.added) - 1, at.depth


class Place(Struct, frozen=True):
    """Where a block is in the document: the styles of its part, the text width in twentieths of a point, the style of plain
    paragraphs, the list and level that a list here would get from its style, the nesting depth of lists, and whether
    everything is kept together on one page."""

    styles: PartStyles
    links: Links
    lists: Lists
    width: int
    style: str
    number: int
    level: int
    depth: int = 0
    together: bool = False


def place(styles: PartStyles, targets: Links, lists: Lists, width: int, *, together: bool = False) -> Place:
    """The place at the top level of a part or box with these styles."""
    return Place(
        styles=styles,
        links=targets,
        lists=lists,
        width=width,
        style=styles.text,
        number=styles.list_id,
        level=styles.level + 2,
        together=together,
    )


def paragraph(
    style: str, inside: str, *, keep: bool = False, number: tuple[int, int] | None = None, hang: int = 0
) -> str:
    """A paragraph of runs. `keep` keeps it with the next; `number` is (level, list instance) if it differs from the
    style's; `hang` is a hanging indent, needed when removing the list would also remove the style's indent."""
    kept = "<w:keepNext/>" if keep else ""
    numbered = f'<w:numPr><w:ilvl w:val="{number[0]}"/><w:numId w:val="{number[1]}"/></w:numPr>' if number else ""
    hung = f'<w:ind w:left="{hang}" w:hanging="{hang}"/>' if hang else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}{numbered}{_direction(inside)}{hung}</w:pPr>{inside}</w:p>'


_RUN_WORDS = re.compile(r"<w:t\b[^>]*>([^<]*)</w:t>")


def _direction(inside: str) -> str:
    """Right-align a paragraph if all its words run from right to left."""
    if "<w:rtl/>" not in inside:
        return ""
    return "<w:bidi/>" * is_backwards(unescape("".join(_RUN_WORDS.findall(inside))))
