"""Compare words: split text into tokens, and find the insertions and deletions that turn one sequence into another. Pure."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from msgspec import Struct

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
# A full date; white space; a word, number or amount with its sign; otherwise one character.
_TOKEN = re.compile(
    rf"{_MONTH}\s\d{{1,2}},\s\d{{4}}|\d{{1,2}}\s{_MONTH}\s\d{{4}}|\s+"
    r"|[$€£]?\w(?:[\w.,:/@&’'‑\-]*\w)?%?|[^\w\s]"
)
BREAK = "\u2029"  # separates paragraphs that are compared as one text
_SOLID = re.compile(r"\w")
_SMALL = 40_000  # token comparisons that difflib may spend on a gap without anchors

Op = Literal["equal", "insert", "delete", "renumber"]


class Token(Struct, frozen=True):
    """A word, white space or a symbol; or a whole reference, identified by its target's id and not by its number."""

    text: str
    target: str = ""

    @property
    def key(self) -> str:
        """Equal for tokens that count as the same. A paragraph break counts as the blank that it replaces."""
        return f"#{self.target}" if self.target else " " if self.text == BREAK else self.text


class Run(Struct, frozen=True):
    """Adjacent words with one fate. `old` is empty for an insertion, `new` for a deletion; a renumbering has both."""

    op: Op
    old: str
    new: str


class Block(Struct, frozen=True):
    """A stretch of both sequences, by start and end position (end excluded): the same on both sides, or not."""

    same: bool
    old: tuple[int, int]
    new: tuple[int, int]


def cut(text: str) -> tuple[Token, ...]:
    """Split text into tokens; joined together, they are the text again."""
    return tuple(Token(each) for each in _TOKEN.findall(text))


def runs(old: Sequence[Token], new: Sequence[Token]) -> tuple[Run, ...]:
    """Compare two sequences of tokens in a readable form: whole words, and no lone comma kept between two changes."""
    found: list[Run] = []
    kept = blocks([t.key for t in old], [t.key for t in new])
    for block in readable(kept, [bool(_SOLID.search(t.key)) for t in old]):
        before, after = old[slice(*block.old)], new[slice(*block.new)]
        if block.same:
            found += _same(before, after)
        else:
            removed, added = _text(before), _text(after)
            found += [Run("delete", removed, "")] * bool(removed) + [Run("insert", "", added)] * bool(added)
    return tuple(found)


def blocks(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Block]:
    """Split two sequences into stretches that are the same and stretches that are not, in order.

    Patience diff (Bram Cohen): elements that occur once on each side are anchors, and gaps between anchors are compared in
    the same way. difflib gets only small gaps without anchors; a large one counts as wholly changed. The cost is near
    linear."""
    found: list[tuple[int, int, int]] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        a, b, c, d = waiting.pop()
        head = _alike(old, a, b, new=new, c=c, d=d)
        found.append((a, c, head))
        a, c = a + head, c + head
        tail = _alike_at_end(old, a, b, new=new, c=c, d=d)
        b, d = b - tail, d - tail
        found.append((b, d, tail))
        if a == b or c == d:
            continue
        anchors = _anchors(old, a, b, new=new, c=c, d=d)
        if anchors:
            edges = [(a - 1, c - 1), *anchors, (b, d)]
            found += [(i, j, 1) for i, j in anchors]
            waiting += [(i + 1, k, j + 1, m) for (i, j), (k, m) in pairwise(edges)]
        elif (b - a) * (d - c) <= _SMALL:
            matcher = SequenceMatcher(None, old[a:b], new[c:d], autojunk=False)
            found += [(a + i, c + j, n) for i, j, n in matcher.get_matching_blocks()]
    return _stretches(sorted(each for each in found if each[2]), len(old), len(new))


def readable(found: Sequence[Block], solid: Sequence[bool]) -> list[Block]:
    """Merge unchanged stretches without words into the changes around them; `solid` says which old tokens are words."""
    out: list[Block] = []
    for n, block in enumerate(found):
        hollow = 0 < n < len(found) - 1 and block.same and not any(solid[slice(*block.old)])
        changed = hollow or not block.same
        if changed and out and not out[-1].same:
            out[-1] = Block(False, (out[-1].old[0], block.old[1]), (out[-1].new[0], block.new[1]))
        else:
            out.append(Block(not changed, block.old, block.new))
    return out


def likeness(old: "Counter[str]", new: "Counter[str]") -> float:
    """The similarity of two bags of words (Dice): 0 if they share nothing, 1 if they are equal."""
    size = old.total() + new.total()
    return 2 * (old & new).total() / size if size else 1.0


def word_counts(words: Sequence[str]) -> "Counter[str]":
    """Count the words of a sequence, without spaces and punctuation."""
    return Counter(each for each in words if _SOLID.search(each))


def longest_increasing_subsequence(numbers: Sequence[int]) -> list[int]:
    """The positions of a longest increasing subsequence (patience sorting)."""
    tops: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for position, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        before.append(at[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [number]
        at[pile : pile + 1] = [position]
    found: list[int] = []
    position = at[-1] if at else -1
    while position >= 0:
        found.append(position)
        position = before[position]
    return found[::-1]


def _alike(old: Sequence[Hashable], a: int, b: int, new: Sequence[Hashable], c: int, d: int) -> int:
    length = 0
    while a + length < b and c + length < d and old[a + length] == new[c + length]:
        length += 1
    return length


def _alike_at_end(old: Sequence[Hashable], a: int, b: int, new: Sequence[Hashable], c: int, d: int) -> int:
    length = 0
    while b - length > a and d - length > c and old[b - length - 1] == new[d - length - 1]:
        length += 1
    return length


def _anchors(old: Sequence[Hashable], a: int, b: int, new: Sequence[Hashable], c: int, d: int) -> list[tuple[int, int]]:
    once, other = _once(old, a, b), _once(new, c, d)
    pairs = sorted((i, other[each]) for each, i in once.items() if each in other)
    return [pairs[n] for n in longest_increasing_subsequence([j for _, j in pairs])]


def _once(row: Sequence[Hashable], first: int, last: int) -> dict[Hashable, int]:
    counts = Counter(row[first:last])
    return {row[n]: n for n in range(first, last) if counts[row[n]] == 1}


def _stretches(matches: list[tuple[int, int, int]], ends_old: int, ends_new: int) -> list[Block]:
    """Turn matches (old position, new position, length) into stretches that cover both sequences."""
    found: list[Block] = []
    i = j = 0
    for a, c, length in [*matches, (ends_old, ends_new, 0)]:
        if a > i or c > j:
            found.append(Block(False, (i, a), (j, c)))
        i, j = a + length, c + length
        if not length:
            continue
        if found and found[-1].same:
            found[-1] = Block(True, (found[-1].old[0], i), (found[-1].new[0], j))
        else:
            found.append(Block(True, (a, i), (c, j)))
    return found


def _same(old: Sequence[Token], new: Sequence[Token]) -> list[Run]:
    """Unchanged words; a reference whose target got another number becomes a run of its own."""
    found: list[Run] = []
    for before, after in zip(old, new, strict=True):
        if before.text != after.text:
            found.append(Run("renumber", before.text, after.text))
        elif found and found[-1].op == "equal":
            found[-1] = Run("equal", found[-1].old + before.text, found[-1].new + after.text)
        else:
            found.append(Run("equal", before.text, after.text))
    return found


def _text(tokens: Sequence[Token]) -> str:
    return "".join([each.text for each in tokens])
