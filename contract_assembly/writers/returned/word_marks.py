"""The words of a Word file with everything that is marked at them: who added or removed them, and the clause and the fact whose
control they are in. Comments come with the words that they are about.

Reads like `word_stories`, whose limits apply; nothing in a file is trusted or run.
"""

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from contract_assembly.writers.returned.limits import (
    MAX_CHARACTERS,
    MAX_COMMENTS,
    MAX_FILE,
    MAX_PARAGRAPHS,
    UnreadableError,
)
from contract_assembly.writers.returned.numbering import Counter, Lists, lists_of
from contract_assembly.writers.returned.read_words import tidy
from contract_assembly.writers.returned.word_package import opened
from contract_assembly.writers.returned.word_stories import Paragraph, Reader, attribute, parts_with_words, short

_ADDED, _REMOVED = {"w:ins", "w:moveTo"}, {"w:del", "w:moveFrom"}
_CONTENTS = ("TOC", "Contents")  # how the styles of a table of contents begin, by their ids
UNNAMED = "an unnamed author"


class Span(Struct, frozen=True):
    """Characters with the same marks. `added` and `removed` name the authors of the tracked changes around them. `clause` and
    `fact` are the tags of the controls around them, and `place` numbers the fact's control in the file; `target` is the bookmark
    whose number a field shows; `notes` are the comments that begin here, by id."""

    text: str
    added: str = ""
    removed: str = ""
    clause: str = ""
    fact: str = ""
    place: int = 0
    target: str = ""
    notes: tuple[str, ...] = ()


class MarkedLine(Struct, frozen=True):
    """A paragraph. `added` and `removed` name the authors of tracked changes of its end. `story` is where it is: "body",
    "contents", "header or footer", "note", "text box" or "elsewhere"; `table` numbers the table that it is in, 0 for none.
    `style` is the id of its style, `number` the automatic number that it has with all changes accepted ("14.2"), and `marks` are
    the bookmarks that begin in it."""

    spans: tuple[Span, ...]
    story: str = "body"
    added: str = ""
    removed: str = ""
    table: int = 0
    style: str = ""
    number: str = ""
    marks: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether it has no words in any state."""
        return not any(each.text.strip() for each in self.spans)


class Comment(Struct, frozen=True):
    """A comment in the margin, and the words that it is about."""

    id: str
    by: str
    text: str
    about: str = ""


class MarkedWords(Struct, frozen=True):
    """All paragraphs with words of a file, the body first, and its comments in the order of their ids in the file."""

    lines: tuple[MarkedLine, ...]
    comments: tuple[Comment, ...] = ()


def marked_words(data: bytes) -> MarkedWords:
    """The words of a Word file with their marks. Raises UnreadableError, with a message for users."""
    if len(data) > MAX_FILE:
        raise UnreadableError(f"this file is over {MAX_FILE:,} bytes")
    if not data.startswith(b"PK\x03\x04"):
        raise UnreadableError("this is not a Word file as Word saves it (.docx)")
    with opened(data) as package:
        found = _Marks(counter=Counter(lists_of(package)))
        for name, story in parts_with_words(package):
            found.story = story
            package.parse(name, found.begin, found.end, found.text)
            found.finish()
    comments = tuple(replace(each, about=tidy("".join(found.about.get(each.id, ())))) for each in found.comments)
    return MarkedWords(tuple(each for each in found.marked if not each.is_blank), comments)


_WHERE = {"body": "body", "margin": "header or footer", "note": "note", "other": "elsewhere"}


class _Open(Struct):
    """A paragraph that is being read."""

    spans: list[Span] = field(default_factory=list)
    style: str = ""
    list_of: str = ""
    level: int | None = None
    marks: list[str] = field(default_factory=list)
    added: str = ""
    removed: str = ""
    in_contents: bool = False


class _Marks(Reader):
    """Receives the events of one part after another and collects its paragraphs with their marks."""

    counter: Counter = field(default_factory=lambda: Counter(Lists()))
    marked: list[MarkedLine] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    about: dict[str, list[str]] = field(default_factory=dict)
    _open: list[_Open] = field(default_factory=lambda: [_Open()])
    _controls: list[list[str]] = field(default_factory=list)  # tag, "clause" or "fact", number
    _inside: tuple[str, str, int] = ("", "", 0)  # the clause, the fact and its number that the open controls give
    _authors: list[tuple[str, str]] = field(default_factory=list)
    _rows: list[dict[str, str]] = field(default_factory=list)
    _within: list[str] = field(default_factory=list)  # elements of properties that are open
    _tables: list[int] = field(default_factory=list)
    _boxes: int = 0
    _places: int = 0
    _notes: list[str] = field(default_factory=list)  # comments that begin at the next words
    _ranges: list[str] = field(default_factory=list)
    _comment: list[str] = field(default_factory=list)  # id, author, words
    _characters: int = 0
    _marks: int = 0  # of comments

    def begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Handle the start of an element."""
        name = short(tag)
        if self._within or name in _PROPERTIES:
            self._property(name, attributes)
        elif name == "w:p":
            self._open.append(_Open())
        elif name in _ADDED or name in _REMOVED:
            self._authors.append((name, tidy(attribute(attributes, "author")) or UNNAMED))
        else:
            self._mark(name, attributes)
        super().begin(tag, attributes)

    def _property(self, name: str, attributes: Mapping[str, str]) -> None:
        """Properties say the style of a paragraph, and who added or removed its end or a row of a table."""
        self._within.append(name)
        last = self._open[-1]
        if self._within == ["w:pPr", "w:pStyle"]:
            last.style = attribute(attributes, "val")
        elif self._within[:-1] == ["w:pPr", "w:numPr"]:
            value = attribute(attributes, "val")
            if name == "w:numId":
                last.list_of = value
            elif name == "w:ilvl" and value.isascii() and value.isdigit():
                last.level = int(value[:2])
        if name not in _ADDED and name not in _REMOVED:
            return
        by = tidy(attribute(attributes, "author")) or UNNAMED
        if self._within[:-1] == ["w:pPr", "w:rPr"]:
            if name in _ADDED:
                last.added = by
            else:
                last.removed = by
        elif self._within[:-1] == ["w:trPr"] and self._rows:
            self._rows[-1]["added" if name in _ADDED else "removed"] = by

    def _mark(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "w:sdt":
            self._places += 1
            self._controls.append(["", "fact" if len(self._open) > 1 else "clause", str(self._places)])
            self._inside = self._of_controls()
        elif name == "w:tag" and self._controls:
            self._controls[-1][0] = attribute(attributes, "val")
            self._inside = self._of_controls()
        elif name == "w:tbl":
            self._places += 1
            self._tables.append(self._places)
        elif name == "w:tr":
            self._rows.append({})
        elif name == "w:txbxContent":
            self._boxes += 1
        elif name == "w:bookmarkStart":
            self._open[-1].marks.append(attribute(attributes, "name"))
        else:
            self._comment_mark(name, attributes)

    def _comment_mark(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "w:commentRangeStart":
            self._count_comment()
            self._notes.append(attribute(attributes, "id"))
            self._ranges.append(attribute(attributes, "id"))
        elif name == "w:commentRangeEnd" and attribute(attributes, "id") in self._ranges:
            self._ranges.remove(attribute(attributes, "id"))
        elif name == "w:commentReference" and attribute(attributes, "id") not in self.about:
            self._count_comment()
            self._notes = [*dict.fromkeys((*self._notes, attribute(attributes, "id")))]
        elif name == "w:comment":
            self._count_comment()
            self._comment = [attribute(attributes, "id"), tidy(attribute(attributes, "author")) or UNNAMED]

    def _of_controls(self) -> tuple[str, str, int]:
        clause = next((tag for tag, kind, _ in self._controls if kind == "clause" and tag), "")
        fact = next(((tag, int(n)) for tag, kind, n in reversed(self._controls) if kind == "fact" and tag), ("", 0))
        return clause, *fact

    def _count_comment(self) -> None:
        self._marks += 1
        if self._marks > 3 * MAX_COMMENTS:  # a comment has its words, a beginning and a reference
            raise UnreadableError(f"this Word file has more than {MAX_COMMENTS:,} comments")

    def end(self, tag: str) -> None:
        """Handle the end of an element."""
        name = short(tag)
        super().end(tag)
        if self._within:
            self._within.pop()
        elif name == "w:p" and len(self._open) > 1:
            self._close(self._open.pop())
        elif name in _ADDED or name in _REMOVED:
            self._authors.pop()
        elif name == "w:sdt" and self._controls:
            self._controls.pop()
            self._inside = self._of_controls()
        elif name == "w:tbl" and self._tables:
            self._tables.pop()
        elif name == "w:tr" and self._rows:
            self._rows.pop()
        elif name == "w:txbxContent":
            self._boxes -= 1
        elif name == "w:comment" and self._comment:
            self.comments.append(Comment(self._comment[0], self._comment[1], tidy(" ".join(self._comment[2:]))))
            self._comment = []

    def finish(self) -> None:
        """Handle the end of a part."""
        super().finish()
        for each in self._open:
            self._close(each)
        self._open, self._controls, self._authors, self._rows, self._tables = [_Open()], [], [], [], []
        self._notes, self._ranges, self._boxes, self._inside = [], [], 0, ("", "", 0)

    def line(self, paragraph: Paragraph) -> None:
        """Nothing: paragraphs are kept with their marks instead."""

    def add(self, words: str) -> None:
        """Put characters at the end of the paragraph that is being read, with the marks that are open."""
        super().add(words)
        if self._is_counted(words) or any(each.in_fallback for each in self._choices):
            return
        self._characters += len(words)
        if self._characters > MAX_CHARACTERS:
            raise UnreadableError(
                f"this Word file has more than {MAX_CHARACTERS:,} characters: no contract is that long"
            )
        for each in self._ranges:
            self.about.setdefault(each, []).append(words)
        if self._comment:
            self._comment.append(words)
        last = self._open[-1]
        row = self._rows[-1] if self._rows else {}
        codes = [each.code.split() for each in self._fields if each.result]
        last.in_contents = last.in_contents or any(code[:1] == ["TOC"] for code in codes)
        clause, fact, place = self._inside
        span = Span(
            words,
            added=next((by for name, by in self._authors if name in _ADDED), row.get("added", "")),
            removed=next((by for name, by in self._authors if name in _REMOVED), row.get("removed", "")),
            clause=clause,
            fact=fact,
            place=place,
            target=next((code[1] for code in reversed(codes) if code[:1] == ["REF"] and len(code) > 1), ""),
            notes=tuple(self._notes),
        )
        self._notes = []
        last.spans.append(span)

    def _close(self, each: _Open) -> None:
        if self.story == "comment":
            return
        if len(self.marked) >= MAX_PARAGRAPHS:
            raise UnreadableError(
                f"this Word file has more than {MAX_PARAGRAPHS:,} paragraphs: no contract is that long"
            )
        where = "text box" if self._boxes else _WHERE[self.story]
        if where == "body" and (each.in_contents or each.style.startswith(_CONTENTS)):
            where = "contents"
        row = self._rows[-1] if self._rows else {}
        ends = (each.added or row.get("added", ""), each.removed or row.get("removed", ""))
        line = MarkedLine(tuple(each.spans), where, *ends, self._tables[-1] if self._tables else 0, each.style)
        counted = (
            self.story == "body" and not each.removed and not row.get("removed")
        )  # without its end it is the next one
        number = "" if not counted else self.counter.next(each.style, each.list_of, each.level)
        self.marked.append(replace(line, number=number, marks=tuple(each.marks)))


_PROPERTIES = {"w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:sectPr"}
