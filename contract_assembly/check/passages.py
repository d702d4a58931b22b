"""Running text with its surroundings, for rules that must know where a sentence stands. Pure.

A passage is a line of words, the slot of the clause that it stands in, the lead-in of the list that it continues and the
term that it defines. A document is read once, however many rules look at it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contract_assembly import document as d
from contract_assembly.check.reading import FACT, Line, line, once
from contract_assembly.terms import is_definition, term_of

# A stop ends a sentence unless it belongs to an abbreviation; what follows is a capital, a quote, a bracket or a fact.
_WORD = re.compile(r"[a-z]+")
_SHORT = ("Inc", "Co", "Ltd", "Corp", "No", "no", "Art", "art", "Sec", "sec", "e.g", "i.e", "vs")
_END = re.compile(
    r"[.?!](?<!\.[A-Z]\.)"
    + "".join(rf"(?<!\b{re.escape(each)}\.)" for each in _SHORT)
    + rf"[”’)]*\s+(?=[A-Z“‘({FACT}])"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One line of words: `text` with FACT for what no clause wrote and plain blanks, `slot` of its clause, `lead` of the list
    whose item it is, `term` that it defines; "" for none. `line` knows where each character was written; `words` are those
    in it, in small letters and without signs, so that a rule can tell at once whether a passage concerns it."""

    text: str
    line: Line
    words: frozenset[str]
    slot: str = ""
    lead: str = ""
    term: str = ""


@once
def passages(document: d.Document) -> Iterator[Passage]:
    """Every paragraph, item, cell and lead-in that holds words, in reading order."""
    return _within(document, "", "")


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence of a text with the place of its first character."""
    start = 0
    for end in _END.finditer(text):
        yield start, text[start : end.end()].rstrip()
        start = end.end()
    yield start, text[start:]


def sentence_at(text: str, position: int) -> str:
    """The sentence that the character at this position belongs to."""
    return [words for start, words in sentences(text) if start <= position][-1]


def _within(node: d.Node, slot: str, lead: str) -> Iterator[Passage]:
    before = ""
    for child in d.children(node):
        match child:
            case d.Paragraph(children=inside) | d.Cell(children=inside) | d.Signatures(lead=inside):
                words = line(inside)
                before = words.text.replace("\u00a0", " ")
                if before.strip(f"{FACT} "):
                    yield Passage(before, words, frozenset(_WORD.findall(before.lower())), slot, lead, _term(child))
            case d.Items():
                yield from _within(child, slot, f"{lead} {before}".strip())
            case d.Section(level=1):
                yield from _within(child, child.id, "")
            case d.Part() | d.Section() | d.Item() | d.Table() | d.Box():
                yield from _within(child, slot, lead)


def _term(node: d.Node) -> str:
    return term_of(node) if isinstance(node, d.Paragraph) and is_definition(node) else ""
