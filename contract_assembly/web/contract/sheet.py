"""A document as a sheet of paper on the screen: the markup of the PDF, cut where notes and pictures are. Pure."""

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from typing import TypeAlias

from msgspec import Struct

from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle
from contract_assembly.web.contract.places import FACT, NOTE, FactPlace, Note, PlacedDocument
from contract_assembly.writers.charts import drawn, svg
from contract_assembly.writers.html import block, body

# Facts and clauses cannot write any of these: in text, every "<" is escaped.
_CUT = re.compile(
    rf'<p(?: class="[lk ]+")?><a href="#(?P<note>{re.escape(NOTE)}\d+)">[^<]*</a></p>\n'
    r'|<img src="house:(?P<picture>[^"]+)" alt="(?P<words>[^"]*)"/>'
)
_FACT = re.compile(rf'<a href="#({re.escape(FACT)}\d+)">')
_NAMELESS = re.compile(r'<th scope="col"(?: class="[rm]")?></th>')
_SCROLL = '<div class="scroll" role="group" aria-label="Table" tabindex="0">'


class Markup(Struct, frozen=True):
    """A stretch of markup that the program made, in which everything of others is escaped: templates print it as it is."""

    html: str

    def __html__(self) -> str:
        """How Jinja2 asks for it."""
        return self.html


class Picture(Struct, frozen=True):
    """A picture of the house style, by its name there, and what it shows."""

    name: str
    words: str


Piece: TypeAlias = Markup | Note | Picture


class Sheet(Struct, frozen=True):
    """A document on the screen: its pieces in order, the places of its facts, its language (a BCP 47 tag), and whether it is
    marked as a draft."""

    pieces: tuple[Piece, ...]
    facts: tuple[FactPlace, ...]
    language: str
    is_draft: bool


def sheet(found: PlacedDocument, house: HouseStyle) -> Sheet:
    """The sheet of a document."""
    markup = _titled(body(found.document, house), {each.id: each for each in found.facts})
    notes = {each.id: each for each in found.notes}
    meta = found.document.meta
    return Sheet(tuple(_pieces(markup, notes, _bars(found.document))), found.facts, meta.language, bool(meta.watermark))


def chart_markup(chart: d.Chart) -> Markup:
    """A chart alone."""
    pieces = _pieces(block(chart), {}, _bars(chart))
    return Markup("".join(each.html for each in pieces if isinstance(each, Markup)))


def _bars(node: d.Node) -> dict[str, str]:
    return {f"{name}.svg": svg(bar).decode() for name, bar in drawn(node).items()}


def _pieces(markup: str, notes: Mapping[str, Note], bars: Mapping[str, str]) -> Iterator[Piece]:
    start = 0
    markup = markup.replace("<table>", f"{_SCROLL}<table>").replace("</table>", "</table></div>")
    markup = _NAMELESS.sub("<td></td>", markup)  # a column without a name has no head to read out
    for match in _CUT.finditer(markup):
        yield Markup(markup[start : match.start()])
        start = match.end()
        if match["note"]:
            yield notes[match["note"]]
        elif match["picture"] in bars:
            drawn_here = f'<svg class="drawn" role="img" aria-label="{match["words"]}" '
            yield Markup(bars[match["picture"]].replace("<svg ", drawn_here, 1))
        else:
            yield Picture(match["picture"], unescape(match["words"]))
    yield Markup(markup[start:])


def _titled(markup: str, facts: Mapping[str, FactPlace]) -> str:
    """The links of facts with what they lead to."""

    def link(match: re.Match[str]) -> str:
        fact = facts[match[1]]
        kind = "fact wrong" if fact.problems else "fact"
        return f'<a class="{kind}" href="#{fact.id}" title="{escape(f"{fact.name} · {fact.origin}")}">'

    return _FACT.sub(link, markup)
