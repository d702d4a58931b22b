"""Compare the words of a file with those of the file that was built: where they differ, in which clauses, and which
facts are affected.

Both files have the same format and are read in the same way, so every difference is a change that somebody made. Pure.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from msgspec import Struct

from contract_assembly.compare.words import Block, blocks, cut, likeness, readable, word_counts
from contract_assembly.core.text import shown
from contract_assembly.document import tree as d
from contract_assembly.writers.returned.read_words import Line, Words

_CONTEXT = 12  # tokens shown of one place


class WordChange(Struct, frozen=True):
    """One place where words differ. `clauses` are the ids of the clauses or, outside clauses, of the parts that it
    touches; empty if not known. `facts` are the keys of the facts that were printed there."""

    old: str
    new: str
    clauses: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = f"{self.clauses[0]}: " if self.clauses else ""
        if not self.old:
            return f"{place}added {shown(self.new)}"
        return (
            f"{place}{shown(self.old)} became {shown(self.new)}" if self.new else f"{place}{shown(self.old)} is missing"
        )


class _Spoken(Struct, frozen=True):
    """A token of a document, with its clause or part and the fact that it prints."""

    text: str
    clause: str
    fact: str


def compared(ours: Words, theirs: Words, document: d.Document | None) -> tuple[WordChange, ...]:
    """Every place where `theirs` differs from `ours`, with tracked changes accepted or, if that finds nothing,
    rejected.

    `document` is the tree of `ours`. If it is None, because the tree cannot be made, no clause is named."""
    spoken = tuple(_spoken(document)) if document else ()
    changes = _body(ours, theirs, spoken, rejected=False)
    if not changes and (theirs.inserted or theirs.deleted or theirs.moved):
        changes = _body(ours, theirs, spoken, rejected=True)
    return (*changes, *_apart(ours, theirs))


def alike(ours: Words, theirs: Words) -> float:
    """The share of words that two files have in common, in any order, from 0 to 1."""
    return likeness(_counts(ours), _counts(theirs))


def count(words: Words) -> int:
    """The number of words in a file."""
    return _counts(words).total()


def _counts(words: Words) -> "Counter[str]":
    return word_counts([each.key for line in words.lines for each in cut(line.text)])


def _body(ours: Words, theirs: Words, spoken: Sequence[_Spoken], *, rejected: bool) -> tuple[WordChange, ...]:
    old, new = (_tokens(each.lines, rejected=rejected) for each in (ours, theirs))
    found = readable(blocks(old, new), [any(map(str.isalnum, each)) for each in old])
    if all(each.same for each in found):
        return ()
    places = _places(old, spoken)
    return tuple(_change(each, old, new, places) for each in found if not each.same)


def _tokens(lines: Iterable[Line], *, rejected: bool) -> list[str]:
    """The tokens of the body and the notes; page numbers in a table of contents are left out, because programs
    recalculate them."""
    texts = ((each.before if rejected else each.folio) for each in lines if each.story in {"body", "note"})
    return [token.text for text in texts for token in cut(text) if not token.text.isspace()]


def _change(block: Block, old: Sequence[str], new: Sequence[str], places: Sequence[_Spoken | None]) -> WordChange:
    first, last = block.old
    near = [each for each in places[first:last] if each]
    before = next((each for each in reversed(places[:first]) if each), None)
    around = near or [each for each in (before,) if each]
    clauses = tuple(dict.fromkeys(each.clause for each in around))
    facts = tuple(dict.fromkeys(each.fact for each in near if each.fact))
    return WordChange(_shown(old[first:last]), _shown(new[slice(*block.new)]), clauses, facts)


def _shown(tokens: Sequence[str]) -> str:
    text = ""
    for token in tokens[:_CONTEXT]:
        text += (
            token if not text or token in {".", ",", ";", ":", ")", "”", "’", "?"} or text[-1] in "(“" else f" {token}"
        )
    return f"{text} … ({len(tokens)} words)" if len(tokens) > _CONTEXT else text


def _apart(ours: Words, theirs: Words) -> Iterator[WordChange]:
    """Headers and footers as sets, because a program may repeat them for other pages; and comments and other stories,
    which our files do not have."""
    for story in ("margin", "comment", "other"):
        old, new = ({each.folio: None for each in side.lines if each.story == story} for side in (ours, theirs))
        place = {"margin": "header or footer", "comment": "comment", "other": "elsewhere"}[story]
        gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
        yield from (WordChange(a, b, (place,)) for a, b in zip_longest(gone, come, fillvalue=""))


# ---- which clause says a word


def _places(old: Sequence[str], spoken: Sequence[_Spoken]) -> list[_Spoken | None]:
    """For each token of a file, the token of the tree that it shows; None for tokens that writers add, such as list
    numbers."""
    places: list[_Spoken | None] = [None] * len(old)
    for block in blocks([each.text for each in spoken], old):
        if block.same or block.old[1] - block.old[0] == block.new[1] - block.new[0]:
            places[slice(*block.new)] = spoken[slice(*block.old)]
    return places


def _spoken(document: d.Document) -> Iterator[_Spoken]:
    for part in document.parts:
        yield from _of_node(part, part.id)


def _of_node(node: d.Node, clause: str) -> Iterator[_Spoken]:
    clause = node.clause or clause if isinstance(node, d.Section) else clause
    if isinstance(node, d.Text | d.Value | d.Reference | d.Definition):
        fact = node.key if isinstance(node, d.Value) else ""
        yield from (_Spoken(each.text, clause, fact) for each in cut(d.plain(node)) if not each.text.isspace())
    else:
        for each in d.children(node):
            yield from _of_node(each, clause)
