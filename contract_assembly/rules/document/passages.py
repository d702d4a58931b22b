"""Running text with its context, for rules that need to know where a sentence is. Pure.

A passage is a line of words with the slot of its clause, the lead-in of the list that it continues and the term that it
defines. A document is read once, however many rules look at it, and the findings of a rule in a passage are cached for the
next document with the same clause.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, wraps
from typing import TypeAlias, TypeVar

from msgspec import Struct

from contract_assembly.core.problems import Problem
from contract_assembly.document import tree as d
from contract_assembly.document.defined_terms import is_definition, term_of
from contract_assembly.rules.document.reading import FACT, Line, lines_by_node, once

R = TypeVar("R")

# A stop ends a sentence unless it belongs to an abbreviation; what follows is a capital, a quote, a bracket or a fact.
_WORD = re.compile(r"[a-z]+")
_SHORT = ("Inc", "Co", "Ltd", "Corp", "No", "no", "Art", "art", "Sec", "sec", "e.g", "i.e", "vs")
_END = re.compile(
    r"[.?!](?<!\.[A-Z]\.)"
    + "".join(rf"(?<!\b{re.escape(each)}\.)" for each in _SHORT)
    + rf"[”’)]*\s+(?=[A-Z“‘({FACT}])"
)


MANY = 8192  # more passages than the words of a large library have in all their branches


class Passage(Struct, frozen=True, eq=False):
    """One line of words: `text` with FACT for each fact and with plain blanks, the `slot` of its clause, the `lead` of the list
    whose item it is, and the `term` that it defines; "" for none. `words` are its words in lower case without punctuation, so
    that a rule can skip a passage quickly. Equal passages are the same object, in every document."""

    text: str
    words: frozenset[str]
    slot: str
    lead: str
    term: str


@lru_cache(maxsize=MANY)
def _passage(text: str, slot: str, lead: str, term: str) -> Passage:
    return Passage(text, frozenset(_WORD.findall(text.lower())), slot, lead, term)


@once
def passages(document: d.Document) -> tuple[tuple[Passage, Line], ...]:
    """Every paragraph, item, cell and lead-in with words, in reading order, each with the places of its characters."""
    return tuple(_within(document, "", "", lines_by_node(document)))


Finding: TypeAlias = tuple[int, str, str]


def found_in(look: Callable[[Passage], Iterable[R]]) -> Callable[[Passage], tuple[R, ...]]:
    """Cache the findings of a rule by passage."""
    return wraps(look)(lru_cache(maxsize=MANY)(lambda passage: tuple(look(passage))))


def problems_for(rule: str, find: Callable[[Passage], tuple[Finding, ...]], document: d.Document) -> Iterator[Problem]:
    """The problems of a rule that looks at each passage by itself: `find` returns the position in the passage, what is wrong
    there, and the fix."""
    for passage, line in passages(document):
        for position, what, hint in find(passage):
            yield Problem(rule, what, line.at(position), hint)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence of a text with the position of its first character."""
    start = 0
    for end in _END.finditer(text):
        yield start, text[start : end.end()].rstrip()
        start = end.end()
    yield start, text[start:]


def sentence_at(text: str, position: int) -> str:
    """The sentence that holds the character at this position."""
    return [words for start, words in sentences(text) if start <= position][-1]


def _within(node: d.Node, slot: str, lead: str, lines: Mapping[int, Line]) -> Iterator[tuple[Passage, Line]]:
    before = ""
    for child in d.children(node):
        match child:
            case d.Paragraph() | d.Cell() | d.Signatures():
                line = lines[id(child)]
                before = line.text.replace("\u00a0", " ")
                if before.strip(f"{FACT} "):
                    yield _passage(before, slot, lead, _term(child)), line
            case d.Items():
                yield from _within(child, slot, f"{lead} {before}".strip(), lines)
            case d.Section(level=1):
                yield from _within(child, child.id, "", lines)
            case d.Part() | d.Section() | d.Item() | d.Table() | d.Box():
                yield from _within(child, slot, lead, lines)


def _term(node: d.Node) -> str:
    return term_of(node) if isinstance(node, d.Paragraph) and is_definition(node) else ""
