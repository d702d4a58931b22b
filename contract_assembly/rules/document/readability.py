"""How easily a document reads: words, sentences, Flesch's two scores and passives, for each clause and each part. Pure.

A report, not a rule: a score is a weak signal. The only module that imports `pyphen`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from msgspec import Struct

from contract_assembly.document import tree as d
from contract_assembly.rules.document.passages import sentences

_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*|[$€£]?\d[\d.,:%]*")
_IRREGULAR = (
    "awarded begun borne bought bound broken brought built chosen cut done drawn felt forgotten found frozen given gone grown "
    "held hidden hit kept known laid left lent lost made meant met overwritten paid put read said seen sent set shown sold "
    "spent split spoken stood stolen taken taught thought told understood withdrawn won worn written"
)
_PASSIVE = re.compile(
    rf"\b(?:am|are|be|been|being|is|was|were)\b(?: (?:not|only|also|never|then|[a-z]+ly))*"
    rf" (?:[a-z]{{2,}}ed|{_IRREGULAR.replace(' ', '|')})\b"
)


class Readability(Struct, frozen=True):
    """The measures of a clause, a part or the whole document: counts, words in its longest sentence, the Flesch reading ease
    (0 to 100, higher is easier), the Flesch-Kincaid grade (years of school) and the share of sentences in the passive
    (0 to 1). Sources: Flesch 1948; Kincaid and others 1975."""

    name: str
    words: int
    sentences: int
    longest: int
    ease: float
    grade: float
    passive: float

    @property
    def average(self) -> float:
        """Words in a sentence."""
        return self.words / self.sentences


def readability(document: d.Document) -> tuple[Readability, ...]:
    """Each clause by its slot, each part by its id ("terms") and the whole as "document", in reading order; those without
    sentences are left out. Only body text counts, as printed, including facts and references but no headings, captions or
    tables. The lead-in of a list and each of its items count as sentences, because a reader pauses there."""
    found: list[Readability] = []
    everything: list[str] = []
    for part in document.parts:
        of_part: list[str] = []
        for block in part.children:
            own = list(_sentences(block))
            found += _measured(block.id, own) if isinstance(block, d.Section) else ()
            of_part += own
        found += _measured(part.id, of_part)
        everything += of_part
    return (*found, *_measured("document", everything))


def _sentences(node: d.Node) -> Iterator[str]:
    for child in d.children(node):
        if isinstance(child, d.Paragraph):
            yield from (each for _, each in sentences(d.plain(child.children)) if _WORD.search(each))
        elif isinstance(child, d.Section | d.Items | d.Item | d.Box):
            yield from _sentences(child)


def _measured(name: str, texts: list[str]) -> Iterator[Readability]:
    lengths = [len(_WORD.findall(each)) for each in texts]
    if not lengths:
        return
    words = sum(lengths)
    length, weight = words / len(texts), sum(_syllables(word) for each in texts for word in _WORD.findall(each)) / words
    ease, grade = 206.835 - 1.015 * length - 84.6 * weight, 0.39 * length + 11.8 * weight - 15.59
    passive = sum(bool(_PASSIVE.search(each)) for each in texts) / len(texts)
    yield Readability(
        name=name, words=words, sentences=len(texts), longest=max(lengths), ease=ease, grade=grade, passive=passive
    )


@lru_cache(maxsize=8192)
def _syllables(word: str) -> int:
    """The number of places to hyphenate, plus one; a number counts as one syllable."""
    return sum(len(_hyphens().positions(each)) + 1 for each in re.split("[-’']", word) if len(each) > 1) or 1


@lru_cache(maxsize=1)
def _hyphens() -> Any:
    import pyphen  # a megabyte of patterns, needed for the report only

    return pyphen.Pyphen(lang="en_US", left=1, right=1)
