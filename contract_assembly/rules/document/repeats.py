"""The rule about sentences that a document repeats. Pure."""

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.document import tree as d
from contract_assembly.rules.document.passages import Passage, found_in, passages, sentences
from contract_assembly.rules.document.reading import FACT

LEAST_WORDS = 12
MOST_TWINS = 50  # earlier sentences with the same four words that are compared
ALIKE = 0.7  # two sentences are alike if they share this part of all their runs of four words
_OF_ITS_PLACE = re.compile(r"\b(?:this|these) (?:clause|list|paragraph|schedule|section|table)", re.IGNORECASE)


class _Sentence(Struct, frozen=True):
    """A sentence in small letters: word by word, every four that follow each other, and where it was written."""

    words: tuple[str, ...]
    runs: frozenset[str]
    origin: Origin


def repeated_words(document: d.Document) -> Iterator[Problem]:
    """A sentence of twelve words or more that is in the document twice, word for word or nearly so.

    **Why it is bad.** The two agree only until one of them is changed. **Example.** "Within 30 days after the end, the
    Provider shall delete its copies of Client Data and confirm this in writing." both in the clause on data and in the clause
    on exit. **Fix.** Say it once, and refer to it. Lines that a loop prints count once. Sentences about "this section" are
    left out, since they mean something different in each place. Where the words are only similar, or contain facts that may
    differ, it is a warning.
    """
    earlier: dict[str, list[int]] = {}
    before: list[_Sentence] = []
    for sentence in _long(document):
        if known := sentence.runs & earlier.keys():
            shared = Counter(n for run in known for n in earlier[run][:MOST_TWINS])
            twins = [n for n, count in shared.items() if _alike(sentence, before[n], count)]
            if twins:
                yield _problem(sentence, before[min(twins, key=lambda n: (before[n].origin, n))])
        here = len(before)
        for run in sentence.runs:
            earlier.setdefault(run, []).append(here)
        before.append(sentence)


def _alike(one: _Sentence, other: _Sentence, shared: int) -> bool:
    return shared >= ALIKE * (len(one.runs) + len(other.runs) - shared) and one.origin != other.origin


def _problem(sentence: _Sentence, twin: _Sentence) -> Problem:
    start = " ".join(sentence.words[:8]).replace(FACT, "…")
    same = sentence.words == twin.words and not any(FACT in word for word in sentence.words)
    what = f"“{start} …” is already, {'' if same else 'almost '}word for word, at {twin.origin}"
    return Problem(
        "repeated-words", what, sentence.origin, "say it once, and refer to it", "error" if same else "warning"
    )


def _long(document: d.Document) -> Iterator[_Sentence]:
    for passage, line in passages(document):
        for start, words, runs in _cut(passage):
            yield _Sentence(words, runs, line.at(start))


@found_in
def _cut(passage: Passage) -> Iterator[tuple[int, tuple[str, ...], frozenset[str]]]:
    """The long sentences of a passage: place, words, and every four words that follow each other."""
    for start, sentence in sentences(passage.text):
        words = tuple(sentence.lower().split())
        if len(words) >= LEAST_WORDS and not _OF_ITS_PLACE.search(sentence):
            yield start, words, frozenset(map(" ".join, zip(words, words[1:], words[2:], words[3:], strict=False)))
