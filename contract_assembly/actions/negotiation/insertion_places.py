"""Where whole paragraphs came in: inside a clause, between two, or as a clause of their own under a heading. Pure.

The program proposes a place and a person decides: the place is written at the entry, and may be changed there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from contract_assembly.actions.negotiation.paragraph_matching import Aligned

_TYPED = re.compile(r"^\s*(?:\d{1,3}(?:\.\d{1,3}){0,3}[.)]?|§\s?\d+\.?|\((?:[a-z]|[ivx]{1,5}|\d{1,2})\))\s+(?=\S)")
_ITEM = re.compile(r"^\s*\((?:[a-z]|[ivx]{1,5})\)\s")
_TITLE_WORDS = 8
_PLACE = re.compile(r"(own clause after|end of|start of) ([a-z0-9-]+)")
PLACES = "own clause after SLOT, end of SLOT or start of SLOT"


class InsertionPlace(Struct, frozen=True):
    """Where words come in: `how` is "own clause after", "end of" or "start of", `slot` the slot that it is about."""

    how: str
    slot: str

    def __str__(self) -> str:
        """As an entry has it."""
        return f"{self.how} {self.slot}"


class InsertedParagraph(Struct, frozen=True):
    """A paragraph of an insertion: its words without a number that was typed before them, whether it is a list's item, and
    whether it has a number of its own."""

    words: str
    style: str
    is_item: bool
    is_numbered: bool = False


def place_of(text: str) -> InsertionPlace | None:
    """The place that an entry names; None if it names none."""
    match = _PLACE.fullmatch(" ".join(text.split()))
    return InsertionPlace(match[1], match[2]) if match else None


def heading_styles(words: Sequence[Aligned]) -> frozenset[str]:
    """The styles that only the titles of clauses have, in the file that was sent."""
    first: dict[str, str] = {}
    others: set[str] = set()
    for each in words:
        if each.sent is None or not each.word.is_end or not each.word.clause:
            continue
        if each.word.clause not in first:
            first[each.word.clause] = each.word.style
        else:
            others.add(each.word.style)
    return frozenset(first.values()) - others - {""}


def headings(words: Sequence[Aligned], styles: frozenset[str]) -> frozenset[int]:
    """The positions at which a heading that was added begins: a whole paragraph in the style of the titles of clauses."""
    found: set[int] = set()
    start = 0
    for n, each in enumerate(words):
        if not each.word.is_end:
            continue
        if each.word.style in styles and start < n and all(words[m].fate == "added" for m in range(start, n)):
            found.add(start)
        start = n + 1
    return frozenset(found)


def around(words: Sequence[Aligned], run: Sequence[int]) -> tuple[str, str]:
    """The clauses of the last word before a run and of the first one after it that were sent, without ends of paragraphs. Both
    are empty if either word was deleted, because it is then unclear what the run replaces."""
    sides = [
        next((words[n] for n in each if words[n].sent is not None and not words[n].word.is_end), None)
        for each in (range(run[0] - 1, -1, -1), range(run[-1] + 1, len(words)))
    ]
    if any(each is not None and each.fate == "removed" for each in sides):
        return "", ""
    before, after = (each.word.clause if each else "" for each in sides)
    return before, after


def texts_of(words: Sequence[Aligned], spots: Sequence[int]) -> tuple[InsertedParagraph, ...]:
    """The paragraphs that an insertion consists of."""
    return tuple(_texts(words, spots))


def _texts(words: Sequence[Aligned], spots: Sequence[int]) -> Iterator[InsertedParagraph]:
    own: list[int] = []
    for n in spots:
        if words[n].word.is_end:
            yield from _text(words, own, n)
            own = []
        else:
            own.append(n)
    end = next((n for n in range(own[-1] + 1, len(words)) if words[n].word.is_end), None) if own else None
    yield from _text(words, own, end)


def _text(words: Sequence[Aligned], own: Sequence[int], end: int | None) -> Iterator[InsertedParagraph]:
    line = "".join(f"{' ' * words[n].word.blank}{words[n].word.text}" for n in own).strip()
    if line:
        last = (words[end].came or words[end].word) if end is not None else None
        style = last.style if last else ""
        is_item = bool(_ITEM.match(line)) or style.endswith("Item")
        is_numbered = not is_item and bool((last and last.number) or _TYPED.match(line))
        yield InsertedParagraph(_TYPED.sub("", line), style, is_item, is_numbered)


def title_of(texts: Sequence[InsertedParagraph], styles: frozenset[str]) -> str:
    """The title of a clause that was inserted, if it begins with one: in the style of a title, or a short line without a full
    stop over more paragraphs."""
    if len(texts) < 2:  # a title and a text
        return ""
    first = texts[0]
    short = len(first.words.split()) <= _TITLE_WORDS and first.words[-1:] not in ".;:,?!" and not first.is_item
    return first.words.rstrip(".") if first.style in styles or short else ""


def proposed(between: tuple[str, str], title: str, slots: Mapping[str, str]) -> InsertionPlace | None:
    """The place that is proposed for an insertion between two clauses; `slots` are those of the clauses, by their tags. None if
    neither is a clause of ours."""
    before, after = (slots.get(each, "") for each in between)
    if before:
        return InsertionPlace("own clause after" if title else "end of", before)
    return InsertionPlace("start of", after) if after else None
