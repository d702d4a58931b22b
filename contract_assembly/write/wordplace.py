"""Where a block stands in a Word file: the styles and the list of its part, and what Word has counted so far. Pure.

Names only what `templates/house/word` holds. Word starts a list anew after any numbered paragraph of a higher level;
where it would not, `Lists` hands out an instance of the list that begins again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from contract_assembly.document import PartKind
from contract_assembly.write.wordruns import Links

FIRST_FREE_LIST = 5  # numbering.xml has four of its own


@dataclass(frozen=True, slots=True)
class Face:
    """The styles and the list of one kind of part. `level` is the list level of a clause; a subsection, an item and a
    subitem are the next three. `indent`, in twentieths of a point, is where tables begin."""

    list_id: int
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
    "cover": Face(
        list_id=3,
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
        level=0,
        title="PartTitle",
        heading="Heading1",
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
        level=1,
        title="ScheduleTitle",
        heading="ScheduleHeading",
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
    """Give the face for the inside of a box: a list of its own, one indent for all."""
    return replace(
        face,
        list_id=4,
        level=-2,
        text="Box",
        items=("BoxItem", "BoxSubitem"),
        continued=("Box", "Box"),
        caption="Caption",
        indent=0,
    )


@dataclass(slots=True)
class Lists:
    """What Word's list engine has counted so far: the levels in use since the last number above them, and the instances
    (list, level) handed out for lists that begin again."""

    used: set[tuple[int, int]] = field(default_factory=set)
    restarts: list[tuple[int, int]] = field(default_factory=list)

    def count(self, list_id: int, level: int) -> None:
        """Note a numbered paragraph: all levels below it begin again by themselves."""
        self.used = {(each, at) for each, at in self.used if each != list_id or at <= level} | {(list_id, level)}

    def begin(self, list_id: int, level: int) -> int | None:
        """An instance for a list at this level, or None where the style's own number is right."""
        if (list_id, level) not in self.used:
            return None
        self.restarts.append((list_id, level))
        return FIRST_FREE_LIST + len(self.restarts) - 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the document a block stands: its part's face, the style of plain paragraphs, how many lists deep, the
    list instance around it, the text's width in twentieths of a point, and whether all stays together on one page."""

    face: Face
    links: Links
    lists: Lists
    width: int
    style: str
    depth: int = 0
    instance: int | None = None
    together: bool = False


def paragraph(style: str, inside: str, *, keep: bool = False, number: tuple[int, int] | None = None) -> str:
    """Put runs into a paragraph; `keep` holds it to the next one, `number` is (level, list instance) where that is not
    the style's own."""
    kept = "<w:keepNext/>" if keep else ""
    numbered = f'<w:numPr><w:ilvl w:val="{number[0]}"/><w:numId w:val="{number[1]}"/></w:numPr>' if number else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}{numbered}</w:pPr>{inside}</w:p>'
