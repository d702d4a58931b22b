"""The words of a file as data: lines, each with the part of the file it is in and its text before and after tracked changes."""

import re
from typing import Literal, TypeAlias

from msgspec import Struct

Story: TypeAlias = Literal["body", "margin", "note", "comment", "other"]
_SPACE = re.compile(r"[\s\u00a0]+")


class Line(Struct, frozen=True):
    """A paragraph of a Word file or a line of a PDF page, with single spaces.

    `text` is the line with all tracked changes accepted. `folio` is the same without automatic page numbers, in headers,
    footers and a table of contents; `before` is that with all tracked changes rejected. `story` is "margin" for headers and
    footers, "note" for footnotes and endnotes, "other" for any other part, such as a chart. `by` is the author of a
    comment."""

    text: str
    before: str
    story: Story = "body"
    by: str = ""
    folio: str = ""


class Words(Struct, frozen=True):
    """All lines of a file in reading order, and how many tracked insertions, deletions and moves it has."""

    lines: tuple[Line, ...]
    inserted: int = 0
    deleted: int = 0
    moved: int = 0

    @property
    def comments(self) -> tuple[Line, ...]:
        """The comments in the margin, in order."""
        return tuple(each for each in self.lines if each.story == "comment")


def tidy(text: str) -> str:
    """Collapse white space to single spaces, with none at the ends."""
    return _SPACE.sub(" ", text).strip()
