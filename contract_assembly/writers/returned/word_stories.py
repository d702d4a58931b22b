"""Every word of a Word file: the body, then headers, footers, notes, comments and all other parts that contain text.

Text that a tracked change deleted or moved away is kept apart. A text box that a file stores in two forms counts once.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct, field

from contract_assembly.writers.returned.limits import MAX_CODE, MAX_DEPTH, UnreadableError
from contract_assembly.writers.returned.read_words import Line, Story, Words, tidy
from contract_assembly.writers.returned.word_package import Package, opened

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES: Mapping[str, str] = {
    _W: "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
}
_TEXTS = {"w:t", "w:delText", "a:t", "m:t"}
_PARAGRAPHS = {"w:p", "a:p"}
_CHARACTERS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "\u2011", "a:br": "\n"}
_REMOVED, _ADDED = {"w:del", "w:moveFrom"}, {"w:ins", "w:moveTo"}
_PROPERTIES = {
    "w:pPr",
    "w:rPr",
    "w:tblPr",
    "w:trPr",
    "w:tcPr",
    "w:sectPr",
}  # inside these, a tab is a tab stop and an insertion a mark
_COUNTED = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)\b")
_CONTENTS = re.compile(r"\s*PAGEREF\b")
_NO_WORDS = re.compile(
    r"customXml/|docProps/|.*\.rels|\[Content_Types\]\.xml|word/(theme/|settings|styles|numbering|fontTable|webSettings)"
)
_STORIES: tuple[tuple[re.Pattern[str], Story], ...] = (
    (re.compile(r"word/(header|footer)\d*\.xml"), "margin"),
    (re.compile(r"word/(footnotes|endnotes)\d*\.xml"), "note"),
    (re.compile(r"word/comments\d*\.xml"), "comment"),
)
MAIN = "word/document.xml"


def words(data: bytes) -> Words:
    """All words of a Word file. Raises UnreadableError."""
    with opened(data) as package:
        found = Reader()
        for name, story in parts_with_words(package):
            found.story = story
            package.parse(name, found.begin, found.end, found.text)
            found.finish()
        return Words(tuple(found.lines), found.inserted, found.deleted, found.moved)


def parts_with_words(package: Package) -> Iterator[tuple[str, Story]]:
    """The names of all parts that contain text, the body first, and what each of them is. Raises UnreadableError."""
    main = _main(package)
    others = sorted(each for each in package.names if each.endswith(".xml") and each != main)
    yield main, "body"
    for name in others:
        if not _NO_WORDS.match(name):
            yield name, _story(name)


def _main(package: Package) -> str:
    """The main part, which Word shows as the document: the one that the package's relationships name."""
    targets: list[str] = []

    def begin(tag: str, attributes: Mapping[str, str]) -> None:
        if short(tag) == "rel:Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            targets.append(attributes.get("Target", "").lstrip("/"))

    if "_rels/.rels" in package.names:
        package.parse("_rels/.rels", begin, lambda _: None, lambda _: None)
    main = targets[0] if targets else MAIN
    if main not in package.names:
        raise UnreadableError("this is a zip file, but not a Word file")
    return main


def _story(name: str) -> Story:
    return next((story for pattern, story in _STORIES if pattern.fullmatch(name)), "other")


@lru_cache(maxsize=1024)
def short(tag: str) -> str:
    """The name of an element with its usual prefix: "w:p"."""
    space, _, local = tag.rpartition(" ")
    return f"{_SPACES.get(space, '')}:{local}"


class Paragraph(Struct):
    """A paragraph being read, in the three forms of a `Line`."""

    text: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    folio: list[str] = field(default_factory=list)


class _Choice(Struct):
    """The same content in two forms: the text of the one that current versions of Word show, and that of the fallback."""

    first: list[str] = field(default_factory=list)
    fallback: list[str] = field(default_factory=list)
    in_fallback: bool = False


class _Field(Struct):
    """A field: its instruction, and whether its result has begun."""

    code: str = ""
    result: bool = False


class Reader(Struct):
    """Receives the events of one part after another and collects their lines."""

    story: Story = "body"
    lines: list[Line] = field(default_factory=list)
    inserted: int = 0
    deleted: int = 0
    moved: int = 0
    paragraphs: list[Paragraph] = field(default_factory=lambda: [Paragraph()])
    _choices: list[_Choice] = field(default_factory=list)
    _fields: list[_Field] = field(default_factory=list)
    _in_text: int = 0
    _in_code: int = 0
    _removed: int = 0
    _added: int = 0
    _properties: int = 0
    _by: str = ""

    def begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Handle the start of an element."""
        name = short(tag)
        if name in _PARAGRAPHS:
            self.paragraphs.append(Paragraph())
        elif name in _TEXTS:
            self._in_text += 1
        elif name in _PROPERTIES:
            self._properties += 1
        elif self._properties:
            return
        elif name in _CHARACTERS:
            self.add(_CHARACTERS[name])
        elif name in _REMOVED or name in _ADDED:
            self._removed += name in _REMOVED
            self._added += name in _ADDED
            self.moved += name == "w:moveTo"
            self.inserted += name == "w:ins"
            self.deleted += name == "w:del"
        elif name.startswith("mc:"):
            self._alternative(name)
        else:
            self._other(name, attributes)

    def _alternative(self, name: str) -> None:
        if name == "mc:AlternateContent":
            self._choices.append(_Choice())
        elif name == "mc:Fallback" and self._choices:
            self._choices[-1].in_fallback = True

    def _other(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "w:comment":
            self._by = tidy(attribute(attributes, "author"))
        elif name == "w:fldSimple":
            self._fields.append(_Field(attribute(attributes, "instr"), result=True))
        elif name == "w:fldChar":
            self._field(attribute(attributes, "fldCharType"))
        elif name == "w:instrText":
            self._in_code += 1
        elif name == "w:sym":
            self.add(_symbol(attribute(attributes, "char")))
        elif name == "w:altChunk":
            self.add("[another file is embedded here]")

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
            if len(self._fields) > MAX_DEPTH:
                raise UnreadableError("this Word file has too many fields inside each other")
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def end(self, tag: str) -> None:
        """Handle the end of an element."""
        name = short(tag)
        if name in _PARAGRAPHS and len(self.paragraphs) > 1:
            self.line(self.paragraphs.pop())
        elif name in _TEXTS:
            self._in_text -= 1
        elif name in _PROPERTIES:
            self._properties -= 1
        elif self._properties:
            return
        elif name in _REMOVED or name in _ADDED:
            self._removed -= name in _REMOVED
            self._added -= name in _ADDED
        elif name == "mc:AlternateContent" and self._choices:
            self._end_choice(self._choices.pop())
        elif name == "w:comment":
            self._by = ""
        elif name == "w:fldSimple" and self._fields:
            self._fields.pop()
        elif name == "w:instrText":
            self._in_code -= 1

    def text(self, words: str) -> None:
        """Handle characters between two tags."""
        if self._in_text:
            self.add(words)
        elif self._in_code and self._fields and len(self._fields[-1].code) < MAX_CODE:
            self._fields[-1].code += words[:MAX_CODE]

    def finish(self) -> None:
        """Handle the end of a part; text outside any paragraph becomes a line, too."""
        for paragraph in self.paragraphs:
            self.line(paragraph)
        self.paragraphs = [Paragraph()]
        self._choices, self._fields = [], []

    def add(self, words: str) -> None:
        """Put characters at the end of the paragraph that is being read."""
        for choice in self._choices:
            if choice.in_fallback:
                choice.fallback.append(words)
                return  # added as a line only if it differs from the first form
            choice.first.append(words)
        last, counted = self.paragraphs[-1], self._is_counted(words)
        if not self._removed:
            last.text.append(words)
        if not (self._removed or counted):
            last.folio.append(words)
        if not (self._added or counted):
            last.before.append(words)

    def _is_counted(self, words: str) -> bool:
        """Whether text is an automatic page number: from any counting field in headers and footers, elsewhere only in the
        contents."""
        if not words.strip().isdigit():
            return False
        codes = [each.code for each in self._fields if each.result]
        in_margin = self.story == "margin" and any(map(_COUNTED.match, codes))
        in_contents = any(code.split()[:1] == ["TOC"] for code in codes)
        return in_margin or in_contents

    def _end_choice(self, choice: _Choice) -> None:
        first, fallback = tidy("".join(choice.first)), tidy("".join(choice.fallback))
        if fallback and fallback != first:
            self.add(f"\n{fallback}\n" if first else fallback)

    def line(self, paragraph: Paragraph) -> None:
        """End a paragraph."""
        texts = ["".join(each).split("\n") for each in (paragraph.text, paragraph.before, paragraph.folio)]
        longest = max(map(len, texts))
        for text, before, folio in zip(*(each + [""] * (longest - len(each)) for each in texts), strict=True):
            line = Line(tidy(text), tidy(before), self.story, self._by, tidy(folio))
            if line.text or line.before:
                self.lines.append(line)


def attribute(attributes: Mapping[str, str], local: str) -> str:
    """An attribute by its local name; empty if there is none."""
    return next((value for name, value in attributes.items() if name.rpartition(" ")[2] == local), "")


def _symbol(code: str) -> str:
    """The character that a font's symbol shows, by its code."""
    if not re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) or 0xD800 <= int(code, 16) < 0xE000:
        return ""
    return chr(int(code, 16))
