"""The words of a file as data: lines, each with the story that it belongs to, and what tracked changes say of it."""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

Story: TypeAlias = Literal["body", "margin", "note", "comment", "other"]
_SPACE = re.compile(r"[\s\u00a0]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a Word file or a line of a PDF page, with single spaces.

    `text` is the line with all tracked changes accepted. `folio` is the same without the numbers of pages that a program counts
    by itself, in margins and in a table of contents; `before` is that with all tracked changes rejected. `story` is "margin" for
    headers and footers, "note" for footnotes and endnotes, "other" for any other part, such as a chart. `by` is who wrote a
    comment."""

    text: str
    before: str
    story: Story = "body"
    by: str = ""
    folio: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """All lines of a file in reading order, and how many tracked insertions, deletions and moves they hold."""

    lines: tuple[Line, ...]
    inserted: int = 0
    deleted: int = 0
    moved: int = 0

    @property
    def comments(self) -> tuple[Line, ...]:
        """The comments in the margin, in order."""
        return tuple(each for each in self.lines if each.story == "comment")


def tidy(text: str) -> str:
    """A text with single spaces and none at its ends."""
    return _SPACE.sub(" ", text).strip()
