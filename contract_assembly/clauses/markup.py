"""Read the Markdown of clauses into an element tree: Python-Markdown, reduced and extended to what a contract needs.

The only module that imports Markdown. Kept: paragraphs, bold, italic, pipe tables, quotes (boxes), backslash escapes. Added:
`(a)` lists, `## Caption {#id}`, `[](#id)`. Anything else that Markdown would read becomes a <refused what="…"> element.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, OListProcessor
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import InlineProcessor

from contract_assembly.clauses.limits import MAX_BOXES, MAX_LISTS, MAX_PARAGRAPH
from contract_assembly.core.sentinels import END, LINE

_MARK = f"(?:{LINE}[0-9]+{END})?"
_UNWANTED = (
    "reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref",
    "autolink", "automail", "linebreak", "html", "entity", "backtick",
)  # fmt: skip
_ESCAPED = "|<&"  # a backslash before one of these prints the mark, too
_REFUSED_INLINES = {
    "an image": r"!\[",
    "a footnote": r"\[\^[^\[\]]*\]",
    "a link": r"\[[^\[\]]*\]\([^)]*\)|\[[^\[\]]+\]\[[^\[\]]*\]|<[a-zA-Z][a-zA-Z0-9+.-]*:[^<>]*>|<[^<@>\s]+@[^<>\s]+>",
    "HTML": r"</?[a-zA-Z][^>]*>?|<!|<\?",
    "an HTML entity": r"&#?[a-zA-Z0-9]+;",
    "code": r"`+",
}
_REFUSED_BLOCKS = {
    "a box inside two others": rf"(?:[ ]{{0,3}}>[ ]?){{{MAX_BOXES + 1}}}",
    "a heading without words": rf"[ ]{{0,3}}#{{1,6}}(?:[ ]+\{{#[^}}\n]*\}})?{_MARK}[ ]*(?:\n|$)",
    "a rule": rf"[ ]{{0,3}}(?:(?:-[ ]*){{3,}}|(?:\*[ ]*){{3,}}|(?:_[ ]*){{3,}}){_MARK}[ ]*$",
    "a bullet": r"[ ]{0,3}[*+-][ ]+",
    "a typed number": r"[ ]{0,3}[0-9]+[.)][ ]+",
    "a footnote or link target": r"[ ]{0,3}\[[^\]]+\]:",
    "an underlined heading": rf"[^\n]+\n[=-]+{_MARK}[ ]*$",
    "code": r"[ ]{4,}|[ ]{0,3}(?:```|~~~)",
}


class LongTextError(Exception):
    """Markdown would have to read too much text at once; `text` is that text."""

    def __init__(self, text: str) -> None:
        super().__init__(f"over {MAX_PARAGRAPH} characters")
        self.text = text


def elements(text: str) -> Element:
    """Read Markdown into an element tree with p, h2, ol, li, table, blockquote, strong, em, crossref and refused elements.

    Raises LongTextError for a line or paragraph over the bound: the time that Markdown takes grows with the square of it."""
    reader = _reader()
    reader.reset()
    lines = text.split("\n")
    _bounded(lines)
    for preprocessor in reader.preprocessors:
        lines = preprocessor.run(lines)
    root: Any = reader.parser.parseDocument(lines).getroot()
    _bounded(each.text or "" for each in root.iter())
    for treeprocessor in reader.treeprocessors:
        changed = treeprocessor.run(root)
        root = changed if changed is not None else root
    assert isinstance(root, Element)  # noqa: S101  # Markdown always makes one
    return root


def _bounded(texts: Iterable[str]) -> None:
    for text in texts:
        if len(text) > MAX_PARAGRAPH:
            raise LongTextError(text)


@lru_cache(maxsize=1)
def _reader() -> Markdown:
    reader = Markdown(tab_length=4)
    reader.preprocessors.deregister("html_block")
    reader.treeprocessors.deregister("prettify")
    reader.ESCAPED_CHARS.extend(_ESCAPED)
    blocks = reader.parser.blockprocessors
    for name in ("code", "hashheader", "setextheader", "hr", "olist", "ulist", "reference"):
        blocks.deregister(name)
    blocks.register(_Heading(reader.parser), "caption", 85)
    blocks.register(_Refused(reader.parser), "refused", 80)
    blocks.register(_Table(reader.parser, {"use_align_attribute": True}), "table", 75)
    blocks.register(_Letters(reader.parser), "letters", 40)
    inlines = reader.inlinePatterns
    for name in _UNWANTED:
        inlines.deregister(name)
    inlines.register(_Crossref(r"\[\]\(#([a-z0-9-]+)\)", reader), "crossref", 175)
    for position, (what, pattern) in enumerate(_REFUSED_INLINES.items()):
        inlines.register(_RefusedInline(pattern, reader, what), f"refused {what}", 170 - position)
    return reader


class _Heading(BlockProcessor):
    """`## Caption {#id}`; any other level is refused."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})[ ]+(?P<line>(?! |\{#)[^\n]+)")

    def test(self, _parent: Element, block: str) -> bool:
        return bool(self.RE.search(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        match = self.RE.search(block)
        assert match  # noqa: S101  # test() has matched
        if before := block[: match.start()]:
            self.parser.parseBlocks(parent, [before])
        text, target = _caption(match["line"].rstrip(" "))
        if len(match["level"]) == 2:
            SubElement(parent, "h2", {"id": target}).text = text
        else:
            SubElement(parent, "refused", {"what": f"a heading of level {len(match['level'])}"}).text = text
        if after := block[match.end() :].lstrip("\n"):
            blocks.insert(0, after)


def _caption(line: str) -> tuple[str, str]:
    """The words of a heading and its id; "" for none."""
    words, _, target = line.rpartition(" {#")
    if words and target.endswith("}") and "}" not in target[:-1]:
        return words.rstrip(" "), target[:-1]
    return line, ""


class _Refused(BlockProcessor):
    """Blocks that the document tree has no node for."""

    RES = tuple((what, re.compile(pattern)) for what, pattern in _REFUSED_BLOCKS.items())

    def test(self, parent: Element, block: str) -> bool:
        return parent.tag != "li" and any(pattern.match(block) for _, pattern in self.RES)

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        what = next(what for what, pattern in self.RES if pattern.match(block))
        SubElement(parent, "refused", {"what": what}).text = block


class _Letters(OListProcessor):
    """Lists of `(a)`, nested once as `(i)`. The letters that are typed do not matter: items are numbered later."""

    SIBLING_TAGS = ["ol"]  # noqa: RUF012  # as the base class has it

    def __init__(self, parser: Any) -> None:
        super().__init__(parser)
        marker = r"\([a-z]{1,5}\)"
        self.RE = re.compile(rf"^[ ]{{0,3}}{marker}[ ]+(.*)")
        self.CHILD_RE = self.RE
        self.INDENT_RE = re.compile(rf"^[ ]{{4,7}}{marker}[ ]+.*")

    def test(self, parent: Element, block: str) -> bool:
        deep = self.parser.state.count("list") > MAX_LISTS  # one level more is read, so that it can be refused
        return not deep and super().test(parent, block)

    def get_items(self, block: str) -> list[str]:
        items: list[str] = []
        for line in block.split("\n"):
            if match := self.CHILD_RE.match(line):
                items.append(match[1])
            elif self.INDENT_RE.match(line) and not items[-1].startswith("    "):
                items.append(line)
            else:
                items[-1] = f"{items[-1]}\n{line}"
        return items


class _Table(TableProcessor):
    """Pipe tables; a row with more or fewer cells than the head is refused, not cut or padded."""

    def _build_row(self, row: str, parent: Element, align: Any) -> None:
        if len(self._split_row(row)) != len(align):  # type: ignore[attr-defined]
            SubElement(
                parent, "refused", {"what": f"a row does not have the {len(align)} cells of its header"}
            ).text = row
            return
        super()._build_row(row, parent, align)  # type: ignore[misc]

    def _build_empty_row(self, parent: Element, align: Any) -> None:
        """A table whose loop gave nothing stays empty."""


class _Crossref(InlineProcessor):
    def handleMatch(self, m: "re.Match[str]", data: str) -> "tuple[Element, int, int]":  # type: ignore[override]  # noqa: N802
        return Element("crossref", {"target": m[1]}), m.start(0), m.end(0)


class _RefusedInline(InlineProcessor):
    def __init__(self, pattern: str, reader: Markdown, what: str) -> None:
        super().__init__(pattern, reader)
        self.what = what

    def handleMatch(self, m: "re.Match[str]", data: str) -> "tuple[Element, int, int]":  # type: ignore[override]  # noqa: N802
        found = Element("refused", {"what": self.what, "mark": m[0].lstrip("!")[0]})
        found.tail = ""
        return found, m.start(0), m.end(0)


def pieces(element: Element) -> "Iterator[str | Element]":
    """The text and the elements directly inside an element, in reading order."""
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail
