"""The review text: a document as Markdown made for `git diff`, one sentence per line. Uses `document` and the house style.

It is CommonMark with pipe tables, as code hosts show it. A paragraph starts as one raw string, in which private-use
characters (which no fact may contain) represent markup. It is split into sentences and escaped with its whole context in
view; then the markup is inserted. So no fact and no word can become markup, and few backslashes are needed.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from unicodedata import category

from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle
from contract_assembly.document.writer_extras import NO_EXTRAS, WriterExtras

# In a raw string: strong on and off, emphasis on and off, line break.
_BOLD, _BOLD_END, _ITALIC, _ITALIC_END, _BREAK = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
_MARKS = {_BOLD: ("**", "strong"), _ITALIC: ("*", "em")}
_MARKED = re.compile(f"[{_BOLD}{_ITALIC}]([^{_BOLD}-{_ITALIC_END}]*)[{_BOLD_END}{_ITALIC_END}]")

_BLANKS = re.compile(r"[\t\n\r ]{2,}|[\t\n\r]")  # everything but a single space, which stays
_PUNCTUATION = r"!-/:-@\[-`{-~"
_ESCAPED = re.compile(
    rf"[*`<\[~]"
    rf"|\\(?=[{_PUNCTUATION}{_BOLD}-{_BREAK}]|$)"
    r"|(?<![^\W_])_|_(?![^\W_])"  # inside a word, an underscore is literal
    r"|&(?=#?\w+;)"
)
# What would start a list, heading, block quote, thematic break or the delimiter row of a table at the start of a line.
_START = re.compile(r"[#>=|]|-(?![^\W_])|\+(?= |$)|:(?=-)")
_ORDINAL = re.compile(r"([0-9]{1,9})([.)])(?= |$)")

_END = re.compile(rf"[.!?][”’\")\]{_BOLD_END}{_ITALIC_END}]* +")
_OPENERS = f'“‘"([{_BOLD}{_ITALIC}'
_ABBREVIATIONS = (
    "Art Arts Ave Bldg Blvd Bros Co Corp Dr Fig Inc Jr Lt Ltd Messrs Mr Mrs Ms No Nos Prof Rd Sec Sr St Ste "
    "approx cf ca est incl max min p para paras pp vs v"
)
# A period after an abbreviation, an initial ("J. Smith") or a letter that follows a period ("p.m.", "U.S.").
_ABBREVIATED = re.compile(rf"(?:^|[^\w.])(?:{'|'.join(_ABBREVIATIONS.split())})\.$|(?:^|[ .(“])[^\W\d_]\.$")
_LOOK_BACK = 10  # characters: more than the longest abbreviation
CACHED_LINES = 4096  # cached lines: most text of a clause is the same for many clients; a few megabytes here
_RULES: dict[d.Align, str] = {"left": ":---", "right": "---:", "center": ":---:"}


def markdown(document: d.Document, house: HouseStyle, extras: WriterExtras = NO_EXTRAS) -> bytes:
    """The writer of the review text, which has neither a style nor attachments."""
    del house, extras
    return review_text(document)


def words(block: d.Block) -> str:
    """What the review text says of one block."""
    return _BLOCKS[type(block)](block)


def review_text(document: d.Document) -> bytes:
    """The review text: UTF-8, LF, one newline at the end."""
    inputs = re.sub("-(?=-)", "- ", document.meta.inputs)  # two hyphens would make the comment malformed
    notice = f"<!-- Built from {inputs}; do not edit: change the facts or clauses and build again. -->"
    return "\n\n".join((notice, *(_part(part, document.meta) for part in document.parts))).encode() + b"\n"


def sentences(text: str) -> tuple[str, ...]:
    """Split a paragraph after each sentence: an end mark, then spaces, then a capital, a digit or an opening quotation mark.

    A period after an abbreviation or an initial does not end a sentence: a missed split only makes a longer line in the diff.
    """
    cuts = [match.end() for match in _END.finditer(text) if _is_cut(text, match)]
    pieces = (text[start:end].strip(" ") for start, end in zip((0, *cuts), (*cuts, len(text)), strict=True))
    return tuple(piece for piece in pieces if piece)


def _is_cut(text: str, end: re.Match[str]) -> bool:
    following = text[end.end() :].lstrip(_OPENERS)[:1]
    opened = text[end.end() : end.end() + 1] in {"“", "‘"}
    begins = opened or following.isupper() or following.isdigit()
    return begins and not _ABBREVIATED.search(text, max(0, end.start() - _LOOK_BACK), end.start() + 1)


# ---- blocks: each returns lines without a newline at the end


def _part(part: d.Part, meta: d.Meta) -> str:
    """A part with its title; on a cover, also the client and the provider."""
    named = (
        [_lines(_raw((d.Text(meta.subject),)) + _BREAK + _raw((d.Text(meta.author),)))] if part.kind == "cover" else []
    )
    title = f"# {_line(_raw(d.title(part)), heading=True)}"
    return _blocks((*map(_letterhead, part.opening), title, *named, *map(words, part.children)))


def _blocks(texts: Iterable[str]) -> str:
    return "\n\n".join(text for text in texts if text)


def _section(section: d.Section) -> str:
    if section.level > 1:
        return _with_lead(_caption(section), section.children)
    heading = " ".join(filter(None, (d.label(section), _raw(section.heading))))
    return _blocks((f"## {_line(heading, heading=True)}" if heading else "", *map(words, section.children)))


def _caption(section: d.Section) -> str:
    """A caption: bold, with its number and a period. A number without a caption is not bold."""
    words = _raw(section.heading)
    return _bold(" ".join(filter(None, (d.label(section), f"{words}.")))) if words else d.label(section)


def _with_lead(lead: str, blocks: tuple[d.Block, ...]) -> str:
    """Blocks after a lead (a caption or an item's number), which runs into the first block if that is a paragraph."""
    first, rest = (blocks[0], blocks[1:]) if blocks and isinstance(blocks[0], d.Paragraph) else (None, blocks)
    opening = " ".join(filter(None, (lead, _raw(first.children) if first else "")))
    return _blocks((_lines(opening), *map(words, rest)))


def _paragraph(paragraph: d.Paragraph) -> str:
    return _lines(_raw(paragraph.children))


def _items(items: d.Items) -> str:
    return "\n".join("- " + _indented(_item(item), "  ").lstrip(" ") for item in items.items)


def _item(item: d.Item) -> str:
    # A nested list follows without a blank line, which would make every item of the outer list a loose one.
    match item.children:
        case (d.Paragraph() as first, d.Items() as inner):
            return f"{_with_lead(item.number, (first,))}\n{_items(inner)}"
        case _:
            return _with_lead(item.number, item.children)


def _table(table: d.Table) -> str:
    """A pipe table. Cells are not padded, so that a longer word changes only its own row."""
    caption = _lines(_bold(_raw(table.caption)))
    head = _row(_raw(cell.children) for cell in table.head or (d.Cell(()),) * len(table.aligns))
    rows = (_body_row(table, number, row) for number, row in enumerate(table.rows, 1))
    return _blocks((caption, "\n".join((head, f"| {' | '.join(_RULES[each] for each in table.aligns)} |", *rows))))


def _body_row(table: d.Table, number: int, row: tuple[d.Cell, ...]) -> str:
    is_total = table.total and number == len(table.rows)
    heads = len(row) if is_total else 0 if table.head else 1
    raws = [_raw(cell.children) for cell in row]
    return _row((*map(_bold, raws[:heads]), *raws[heads:]))


def _row(raws: Iterable[str]) -> str:
    return f"| {' | '.join(_line(raw).replace('|', chr(92) + '|') for raw in raws)} |"


def _box(box: d.Box) -> str:
    return _indented(_blocks(map(words, box.children)), "> ", blank=">")


def _signatures(signatures: d.Signatures) -> str:
    return _blocks((_lines(_raw(signatures.lead)), *map(_signatory, signatures.signatories)))


def _signatory(signatory: d.Signatory) -> str:
    entity, name, title = (_raw((value,)) for value in (signatory.entity, signatory.name, signatory.title))
    sign, named, titled, date = signatory.labels
    lines = (_bold(signatory.role), entity, sign, f"{named} {name}", f"{titled} {title}", date)
    return _lines(_BREAK.join(lines))


def _letterhead(head: d.Letterhead) -> str:
    """Sender, date and recipient, each name in bold."""
    from_, to = (_BREAK.join((_bold(_raw(lines[0])), *map(_raw, lines[1:]))) for lines in (head.sender, head.reader))
    return _blocks(map(_lines, (from_, _raw(head.date), to)))


def _closing(closing: d.Closing) -> str:
    return _blocks(_lines(_raw(line)) for line in (closing.words, d.stacked(closing.writer), closing.enclosed))


_BLOCKS: dict[type, Callable[[Any], str]] = {
    d.Section: _section,
    d.Paragraph: _paragraph,
    d.Items: _items,
    d.Table: _table,
    d.Chart: lambda chart: _table(chart.table),
    d.Box: _box,
    d.Signatures: _signatures,
    d.Closing: _closing,
}

# ---- inlines: first raw, then lines


def _raw(inlines: tuple[d.Inline, ...]) -> str:
    return "".join(_INLINES[type(each)](each) for each in inlines)


def _words(text: str) -> str:
    return _BLANKS.sub(" ", text)


def _bold(raw: str) -> str:
    return f"{_BOLD}{raw}{_BOLD_END}" if raw.strip() else raw


def _italic(raw: str) -> str:
    return f"{_ITALIC}{raw}{_ITALIC_END}" if raw.strip() else raw


_INLINES: dict[type, Callable[[Any], str]] = {
    d.Text: lambda inline: _words(inline.text),
    d.Value: lambda inline: _words(inline.text),
    d.Reference: lambda inline: _words(inline.text),
    d.Definition: lambda inline: f"“{_bold(_words(inline.term))}”",
    d.Strong: lambda inline: _bold(_raw(inline.children)),
    d.Emphasis: lambda inline: _italic(_raw(inline.children)),
    d.Break: lambda _: _BREAK,
}


@lru_cache(maxsize=CACHED_LINES)
def _lines(raw: str) -> str:
    """A paragraph with one sentence per line; a forced line break is a backslash at the end of a line."""
    pieces = ("\n".join(map(_escaped_line, sentences(piece))) for piece in raw.split(_BREAK))
    return _marked("\\\n".join(piece for piece in pieces if piece.strip()))


@lru_cache(maxsize=CACHED_LINES)
def _line(raw: str, *, heading: bool = False) -> str:
    """A single line, for headings and cells. Hashes at the end of a heading are escaped, because CommonMark would drop them."""
    line = _marked("<br>".join(_escaped(piece.strip(" ")) for piece in raw.split(_BREAK)))
    return re.sub(r"#(?=#*$)", r"\\#", line) if heading else line


def _escaped(text: str) -> str:
    return _ESCAPED.sub(r"\\\g<0>", text)


def _escaped_line(text: str) -> str:
    ordinal = _ORDINAL.match(text)
    if ordinal:
        return f"{ordinal[1]}\\{_escaped(text[ordinal.end(1) :])}"
    return ("\\" if _START.match(text) else "") + _escaped(text)


def _marked(text: str) -> str:
    """Insert the markup, innermost first."""
    while _MARKED.search(text):
        text = _MARKED.sub(_mark, text)
    return text


def _mark(match: re.Match[str]) -> str:
    """Asterisks if CommonMark recognizes them as markup here; otherwise (next to a letter or other markup) HTML."""
    sign, tag = _MARKS[match[0][0]]
    inside, text = match[1], match.string
    before, after = text[match.start() - 1 : match.start()] or " ", text[match.end() : match.end() + 1] or " "
    opens = _is_flanking(inside[0], before)
    closes = _is_flanking(inside[-1], after)
    return f"{sign}{inside}{sign}" if opens and closes else f"<{tag}>{inside}</{tag}>"


def _is_flanking(inner: str, outer: str) -> bool:
    """CommonMark's flanking rule, strictly applied: symbols count neither as letters nor as punctuation."""
    if _BOLD <= outer <= _ITALIC_END:
        return False
    loose = outer.isspace() or category(outer).startswith("P")
    return inner.isalnum() or (loose and not inner.isspace())


def _indented(text: str, indent: str, blank: str = "") -> str:
    return "\n".join(indent + line if line else blank for line in text.split("\n"))
