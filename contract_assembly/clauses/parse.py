"""Parse filled clause text into blocks of the document tree. Pure; cached by the text, which is the same for many clients.

Facts are still sealed while Markdown reads the text. Here each seal becomes a `Value` with its position, and `opened` fills in
the facts of one client.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from xml.etree.ElementTree import Element

from msgspec import Struct, field
from msgspec.structs import replace

from contract_assembly.clauses.limits import MAX_LISTS, MAX_PARAGRAPH
from contract_assembly.clauses.markup import LongTextError, elements, pieces
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.core.sentinels import LINE, SEAL, TOKEN, without_tokens
from contract_assembly.core.text import shortened, shown, typeset
from contract_assembly.document import list_marks
from contract_assembly.document import tree as d
from contract_assembly.document.inlines import SPACES, merged, one_stop, trimmed
from contract_assembly.facts.template_values import Wording

_FORGOTTEN_BLANK = re.compile(r"\n(\([a-z]{1,5}\) |\||##? |> |[-*] |\d+\. )")
_INLINE_TAGS = {"strong", "em", "crossref", "refused"}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Parsed(Struct, frozen=True):
    """The blocks of a clause in the order written, and its problems. Level-2 sections are not yet grouped."""

    blocks: "tuple[Raw, ...]"
    problems: tuple[Problem, ...]


class Caption(Struct, frozen=True):
    """A `##` line, which starts a subsection."""

    id: str
    heading: tuple[d.Inline, ...]
    origin: Origin


Raw = Caption | d.Paragraph | d.Items | d.Table | d.Chart | d.Box
_CAPTIONS = ("Table: ", "Chart: ")


@lru_cache(maxsize=1024)
def parse(text: str, origin: Origin) -> Parsed:
    """Read a filled text. `origin` is the place of everything without a line mark."""
    try:
        root = elements(text)
    except LongTextError as error:
        line = next((int(mark[2]) for mark in TOKEN.finditer(error.text) if mark[1] == LINE), origin.line)
        what, hint = f"a paragraph is over {MAX_PARAGRAPH:,} characters", "split it into several paragraphs"
        return Parsed((), (Problem("clause-size", what, Origin(origin.path, line), hint),))
    reader = _Reader(origin, [int(m[2]) for m in TOKEN.finditer("".join(root.itertext())) if m[1] == LINE])
    blocks = tuple(reader.blocks(root))
    return Parsed(blocks, tuple(reader.problems))


@lru_cache(maxsize=1024)
def parse_inline(text: str, origin: Origin) -> tuple[tuple[d.Inline, ...], tuple[Problem, ...]]:
    """Read one line of text, as in a heading of an outline."""
    parsed = parse(text, origin)
    if len(parsed.blocks) == 1 and isinstance(parsed.blocks[0], d.Paragraph):
        return parsed.blocks[0].children, parsed.problems
    return (), (
        *parsed.problems,
        Problem("not-one-line", "only one line of words can be here", origin, "remove lists, tables and empty lines"),
    )


def opened(block: d.Block, values: Sequence[Wording]) -> d.Block:
    """Replace the seals by the words of the facts."""

    def open_one(node: d.Node) -> d.Node:
        match node:
            case d.Value(key=position):
                wording = values[int(position)]
                return d.Value(wording.text, wording.key, wording.origin)
            case (
                d.Paragraph(children=line) | d.Cell(children=line) | d.Strong(children=line) | d.Emphasis(children=line)
            ):
                kept = one_stop(line)
                return node if kept is line else replace(node, children=kept)
        return node

    return d.rewrite(block, open_one, _OPENED)


_OPENED = frozenset({d.Value, d.Paragraph, d.Cell, d.Strong, d.Emphasis})


class _Reader(Struct):
    origin: Origin
    marks: list[int]
    passed: int = 0
    problems: list[Problem] = field(default_factory=list)
    previous: str = " "

    def here(self) -> Origin:
        """The line of the text that is being read: its mark comes at its end."""
        if not self.marks:
            return self.origin
        return Origin(self.origin.path, self.marks[min(self.passed, len(self.marks) - 1)])

    def refuse(self, rule: str, what: str, hint: str) -> None:
        self.problems.append(Problem(rule, what, self.here(), hint))

    def refuse_caption(self, caption: d.Paragraph) -> None:
        what, hint = "a table caption without a table after it", "put it directly before its table"
        self.problems.append(Problem("caption-without-table", what, caption.origin, hint))

    # ---- blocks

    def blocks(self, parent: Element) -> Iterator[Raw]:
        waiting: d.Paragraph | None = None  # the caption of a table that must come next
        for element in parent:
            block = self.block(element)
            if waiting and not isinstance(block, d.Table):
                self.refuse_caption(waiting)
            drawn, caption = (_is_chart(waiting), _table_caption(waiting)) if waiting else (False, ())
            waiting = block if isinstance(block, d.Paragraph) and _table_caption(block) else None
            if isinstance(block, d.Table):
                named = replace(block, caption=caption)
                yield d.Chart(named, block.origin) if drawn else named
            elif block is not None and not waiting:
                yield block
        if waiting:
            self.refuse_caption(waiting)

    def block(self, element: Element) -> Raw | None:
        read = _BLOCKS.get(element.tag, _Reader.refused_block)
        return read(self, element)

    def paragraph(self, element: Element) -> d.Paragraph:
        if _FORGOTTEN_BLANK.search("".join(element.itertext())):
            self.refuse(
                "blank-line", "a list, table, heading or box needs an empty line before it", "add an empty line"
            )
        origin = self.here()
        return d.Paragraph(self.line(element), origin)

    def caption(self, element: Element) -> Caption:
        origin, target = self.here(), element.get("id", "")
        if target and not _ID.fullmatch(target):
            self.refuse("ill-typed", f"{shown(target)} is not an id", "use lower-case letters, digits and hyphens")
        return Caption(target, self.line(element), origin)

    def items(self, element: Element) -> d.Items:
        origin, depth = self.here(), int(element.get("depth", "1"))
        if depth > MAX_LISTS:
            self.refuse("list-depth", "a list is inside two others", "use two levels at most: (a), and (i) below it")
        found = d.Items(tuple(self.item(each, depth) for each in element), origin)
        if depth == 1:
            found, problems = list_marks.punctuated(found)
            self.problems.extend(problems)
        return found

    def item(self, element: Element, depth: int) -> d.Item:
        """A line of words, then perhaps a list. Markdown keeps the line bare in a tight list, in a p in a loose one."""
        origin, line = self.here(), Element("p")
        below: list[Element] = []
        line.text = element.text
        for child in element:
            (line if child.tag in _INLINE_TAGS else below).append(child)
        children: list[d.Block] = [d.Paragraph(words, origin)] if (words := self.line(line)) else []
        for child in below:
            if child.tag == "ol":
                child.set("depth", str(depth + 1))
            block = self.block(child)
            if isinstance(block, d.Paragraph | d.Items):
                children.append(block)
            elif block is not None:
                self.refuse("no-node", "a list item can hold only words and one more list", "move it out of the list")
        if not children:
            self.refuse("empty-item", "a list item is empty", "write it, or remove it")
        return d.Item(tuple(children) or (d.Paragraph(()),), "", origin)

    def table(self, element: Element) -> d.Table:
        origin = self.here()
        head, *rows = (row for group in element for row in group)
        aligns = tuple(each.get("align", "left") for each in head)
        names = self.cells(head)
        body = tuple(self.cells(row) for row in rows if self.is_whole(row))
        if not rows:
            self.refuse(
                "empty-table",
                "the table has no rows",
                "put the table inside an {% if %}, for when there is nothing to list",
            )
        total = bool(body) and _is_total(body[-1])
        body = (*body[:-1], tuple(_unbolded(cell) for cell in body[-1])) if total else body
        empty_head = not any(d.plain(cell.children).strip() for cell in names)
        return d.Table(aligns, () if empty_head else names, rows=body, caption=(), total=total, origin=origin)  # type: ignore[arg-type]

    def is_whole(self, row: Element) -> bool:
        """Whether a row has as many cells as the head; if not, it is refused."""
        if row.tag == "tr":
            return True
        what = f"{row.get('what')}: {shortened(without_tokens(row.text or '').strip())}"
        self.refuse("table-row", what, "add or remove a bar; write \\| for a bar inside a cell")
        self.passed += (row.text or "").count(LINE)
        return False

    def cells(self, row: Element) -> tuple[d.Cell, ...]:
        return tuple(self.cell(cell) for cell in row)

    def cell(self, element: Element) -> d.Cell:
        origin = self.here()
        return d.Cell(self.line(element), origin)

    def box(self, element: Element) -> d.Box:
        origin = self.here()
        found = []
        for block in self.blocks(element):
            if isinstance(block, Caption):
                what, hint = "a heading cannot be in a box", "write bold words instead"
                self.problems.append(Problem("no-node", what, block.origin, hint))
            else:
                found.append(block)
        return d.Box(tuple(found), origin)

    def refused_block(self, element: Element) -> None:
        hints = {
            "a bullet": "write (a), (b): bullets cannot be cited",
            "a typed number": "remove the number: the program numbers clauses and items itself",
            "a box inside two others": "write it as one box",
        }
        what = element.get("what", element.tag)
        self.refuse("no-node", f"{what} has no place in a contract", hints.get(what, "write it as words"))
        self.passed += sum(text.count(LINE) for text in element.itertext())

    # ---- inlines

    def line(self, element: Element) -> tuple[d.Inline, ...]:
        self.previous = " "
        return trimmed(self.inlines(element))

    def inlines(self, element: Element) -> tuple[d.Inline, ...]:
        found: list[d.Inline] = []
        for piece in pieces(element):
            if isinstance(piece, str):
                found.extend(self.words(piece))
            else:
                found.extend(self.inline(piece))
        return merged(found)

    def inline(self, element: Element) -> Iterator[d.Inline]:
        origin = self.here()
        match element.tag:
            case "crossref":
                self.previous = "x"
                yield d.Reference(element.get("target", ""), "", origin)
            case "strong" if (term := _defined(element)) is not None:
                self.passed += (element.text or "").count(LINE)
                self.previous = "”"
                yield d.Definition(SPACES.sub(" ", term), origin)
            case "strong":
                yield d.Strong(self.inlines(element), origin)
            case "em":
                yield d.Emphasis(self.inlines(element), origin)
            case _:
                what = element.get("what", element.tag)
                hint = f"write it as words, or put a backslash before the {element.get('mark')}"
                self.refuse("no-node", f"{what} has no place in a contract", hint)

    def words(self, text: str) -> Iterator[d.Inline]:
        start = 0
        for token in TOKEN.finditer(text):
            yield from self.text(text[start : token.start()])
            start = token.end()
            if token[1] == SEAL:
                yield d.Value("", token[2], self.here())
                self.previous = "x"
            else:
                self.passed += 1
        yield from self.text(text[start:])

    def text(self, raw: str) -> Iterator[d.Text]:
        if raw:
            words = typeset(SPACES.sub(" ", raw), self.previous)
            self.previous = words[-1]
            yield d.Text(words, self.here())


_BLOCKS: dict[str, Callable[[_Reader, Element], Raw | None]] = {
    "p": _Reader.paragraph,
    "h2": _Reader.caption,
    "ol": _Reader.items,
    "table": _Reader.table,
    "blockquote": _Reader.box,
}


def _defined(element: Element) -> str | None:
    """The term of `**"Term"**`, or None if the bold words are not a definition."""
    text = TOKEN.sub(lambda m: m[0] if m[1] == SEAL else "", element.text or "")
    if len(element) or SEAL in text:
        return None
    quoted = re.fullmatch(r'"([^"]+)"', text.strip())
    return quoted[1] if quoted else None


def _table_caption(block: d.Paragraph) -> tuple[d.Inline, ...]:
    first, *rest = block.children or (d.Text(""),)
    if isinstance(first, d.Text) and first.text.startswith(_CAPTIONS):
        return (replace(first, text=first.text.partition(": ")[2]), *rest)
    return ()


def _is_chart(block: d.Paragraph) -> bool:
    first = block.children[0]
    return isinstance(first, d.Text) and first.text.startswith("Chart: ")


def _is_total(row: tuple[d.Cell, ...]) -> bool:
    first = row[0].children[:1]
    return bool(first) and isinstance(first[0], d.Strong) and d.plain(first).startswith("Total")


def _unbolded(cell: d.Cell) -> d.Cell:
    """The total row is bold as a row."""
    inside = tuple(
        each for inline in cell.children for each in (inline.children if isinstance(inline, d.Strong) else (inline,))
    )
    return replace(cell, children=inside)
