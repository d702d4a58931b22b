"""Where a block is in a Word file: the styles and the list of its part, and what Word has counted so far. Pure.

Names only what `templates/house/word` holds. Word starts again at (a) after a numbered paragraph of the level above; where there
is none, or (a) has been used since, `Lists` hands out a list that begins by itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import unescape

from contract_assembly.document.tree import PartKind
from contract_assembly.writers.docx.right_to_left import is_backwards
from contract_assembly.writers.docx.runs import Links

NO_LIST = 0
UNCOUNTED = (0, 0)  # the number of a paragraph whose style has one and which has none
HANG = 680  # where the words after a typed number begin, as after a counted one
FIRST_FREE_LIST = 4  # numbering.xml has three of its own


@dataclass(frozen=True, slots=True)
class Face:
    """The styles and the lists of one kind of part. `level` is the level of a clause in `list_id`; a subsection, an item
    and a subitem are the next three. In `plain_list` they are the first two. `indent`, in twentieths of a point, is
    where tables begin."""

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
FACES: Mapping[PartKind, Face] = {
    "letter": Face(
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
    "cover": Face(
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
    "terms": Face(
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
    "schedule": Face(
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


def boxed(face: Face) -> Face:
    """Give the face for the inside of a box at the same indent: every list in it is a plain one."""
    box, plain_list = _BOXES[face.text]
    items = (f"{box}Item", f"{box}Subitem")
    return replace(face, list_id=NO_LIST, plain_list=plain_list, text=box, items=items, continued=(box, box))


_BOXES = {"LetterText": ("Box", 7), "BodyText": ("Box", 7), "ClauseContinued": ("ClauseBox", 6)}


@dataclass(slots=True)
class Lists:
    """What Word's list engine has counted so far: the levels (list, level) in use since the last number above them, and
    the plain lists (abstract list, first level) handed out, whose numbers go on from `FIRST_FREE_LIST`. Where sections have
    numbers that it cannot count, they are `typed`, and it counts lists alone."""

    typed: bool = False
    used: set[tuple[int, int]] = field(default_factory=set)
    added: list[tuple[int, int]] = field(default_factory=list)

    def count(self, number: int, level: int) -> None:
        """Note a numbered paragraph: all levels below it begin again by themselves."""
        self.used = {(each, at) for each, at in self.used if each != number or at <= level} | {(number, level)}

    def begin(self, at: "Place") -> tuple[int, int]:
        """Give the list and level for a new list at a place."""
        if (at.number, at.level - 1) in self.used and (at.number, at.level) not in self.used:
            return at.number, at.level
        self.added.append((at.face.plain_list, at.depth))
        return FIRST_FREE_LIST + len(self.added) - 1, at.depth


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the document a block stands: its part's face, the text's width in twentieths of a point, the style of
    plain paragraphs, the list and level that a list here would take by its style, how many lists deep it is, and whether
    all stays together on one page."""

    face: Face
    links: Links
    lists: Lists
    width: int
    style: str
    number: int
    level: int
    depth: int = 0
    together: bool = False


def place(face: Face, targets: Links, lists: Lists, width: int, *, together: bool = False) -> Place:
    """Move to the top level of a format."""
    return Place(
        face=face,
        links=targets,
        lists=lists,
        width=width,
        style=face.text,
        number=face.list_id,
        level=face.level + 2,
        together=together,
    )


def paragraph(
    style: str, inside: str, *, keep: bool = False, number: tuple[int, int] | None = None, hang: int = 0
) -> str:
    """Put runs into a paragraph; `keep` holds it to the next one, `number` is (level, list instance) where that is not
    the style's own, `hang` sets all but its first line in, where leaving the list would undo the style's indent."""
    kept = "<w:keepNext/>" if keep else ""
    numbered = f'<w:numPr><w:ilvl w:val="{number[0]}"/><w:numId w:val="{number[1]}"/></w:numPr>' if number else ""
    hung = f'<w:ind w:left="{hang}" w:hanging="{hang}"/>' if hang else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}{numbered}{_direction(inside)}{hung}</w:pPr>{inside}</w:p>'


_RUN_WORDS = re.compile(r"<w:t\b[^>]*>([^<]*)</w:t>")


def _direction(inside: str) -> str:
    """A paragraph whose words all run from right to left begins at the right, too."""
    if "<w:rtl/>" not in inside:
        return ""
    return "<w:bidi/>" * is_backwards(unescape("".join(_RUN_WORDS.findall(inside))))
