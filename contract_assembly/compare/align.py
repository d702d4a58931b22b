"""Pair what belongs together in two sequences: units by key in any order, entries of a unit in order. Pure; uses only words.

The tree's lines and a Word file's paragraphs are aligned by the same functions, so that every format shows the same changes.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol, TypeAlias

from msgspec import Struct

from contract_assembly.compare.words import blocks, likeness, longest_increasing_subsequence, word_counts

ALIKE = 0.45  # entries that share less are different sentences, not one that was reworded
SAME_UNIT = 0.6  # units with different keys that share this much are one unit renamed
_MOST = 10_000  # pairs of entries that are scored against each other in one gap

Pair: TypeAlias = tuple[int | None, int | None]


class Entry(Protocol):
    """A line, a row or a paragraph."""

    @property
    def role(self) -> str:
        """The kind of entry; only entries with the same role are paired."""
        ...

    @property
    def identity(self) -> str:
        """A name that identifies it whatever its words are, or an empty string."""
        ...

    @property
    def words(self) -> tuple[str, ...]:
        """The keys of its words."""
        ...


class Unit(Protocol):
    """A part, clause or subsection with a key of its own."""

    @property
    def key(self) -> str:
        """Its name, unique among the units of its side."""
        ...

    @property
    def entries(self) -> Sequence[Entry]:
        """Its content, in order."""
        ...


class Placed(Struct, frozen=True):
    """A unit of either side, in an order that merges both; `moved` if its order changed. A moved unit is listed twice: with
    both positions at its new place, and with `new` None at its old place."""

    old: int | None
    new: int | None
    moved: bool = False


def placed(old: Sequence[Unit], new: Sequence[Unit]) -> list[Placed]:
    """Pair units by key, then by their words, and merge those of both sides into one order."""
    partner = _partners(old, new)
    pairs = sorted(partner.items())
    steady = {pairs[n][0] for n in longest_increasing_subsequence([j for _, j in pairs])}
    taken = set(partner.values())
    found: list[Placed] = []
    i = j = 0
    for a, c in [*[(a, partner[a]) for a in sorted(steady)], (len(old), len(new))]:
        found += [Placed(n, None, moved=n in partner) for n in range(i, a)]
        found += [_arrived(n, partner, taken) for n in range(j, c)]
        if a < len(old):
            found.append(Placed(a, c))
        i, j = a + 1, c + 1
    return found


def in_step(old: Sequence[Entry], new: Sequence[Entry]) -> list[Pair]:
    """Pair the entries of two sequences without crossing: equal ones first, then those between them by identity and likeness."""
    found: list[Pair] = []
    for block in blocks([(e.role, e.words) for e in old], [(e.role, e.words) for e in new]):
        (a, b), (c, d) = block.old, block.new
        if block.same:
            found += zip(range(a, b), range(c, d), strict=True)
        else:
            found += [(_at(i, a), _at(j, c)) for i, j in _weighed(old[a:b], new[c:d])]
    return found


def _partners(old: Sequence[Unit], new: Sequence[Unit]) -> dict[int, int]:
    positions = {unit.key: n for n, unit in enumerate(new)}
    partner = {n: positions[unit.key] for n, unit in enumerate(old) if unit.key in positions}
    gone = [n for n in range(len(old)) if n not in partner]
    come = [n for n in range(len(new)) if n not in set(partner.values())]
    if len(gone) * len(come) > _MOST:
        return partner
    bags = {n: _bag(new[n]) for n in come}
    for n in gone:
        own = _bag(old[n])
        share, best = max(((likeness(own, bags[c]), -c) for c in come), default=(0.0, 0))
        if share >= SAME_UNIT:
            partner[n] = -best
            come.remove(-best)
    return partner


def _arrived(position: int, partner: dict[int, int], taken: set[int]) -> Placed:
    if position not in taken:
        return Placed(None, position)
    return Placed(next(i for i, j in partner.items() if j == position), position, moved=True)


def _bag(unit: Unit) -> "Counter[str]":
    return word_counts([word for entry in unit.entries for word in entry.words])


def _weighed(old: Sequence[Entry], new: Sequence[Entry]) -> list[Pair]:
    """Pair the entries of a gap so that total likeness is greatest (Needleman and Wunsch), computed from the end."""
    if not old or not new or len(old) * len(new) > _MOST:
        return [*((n, None) for n in range(len(old))), *((None, n) for n in range(len(new)))]
    before, after = [word_counts(e.words) for e in old], [word_counts(e.words) for e in new]
    scores = [[_score(e, f, before[i], after[j]) for j, f in enumerate(new)] for i, e in enumerate(old)]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = scores[i][j] + best[i + 1][j + 1] if scores[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return _walked(scores, best)


def _walked(scores: list[list[float]], best: list[list[float]]) -> list[Pair]:
    found: list[Pair] = []
    i = j = 0
    while i < len(scores) and j < len(scores[0]):
        if scores[i][j] and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            found.append((i, None))
            i += 1
        else:
            found.append((None, j))
            j += 1
    return [*found, *((n, None) for n in range(i, len(scores))), *((None, n) for n in range(j, len(scores[0])))]


def _score(old: Entry, new: Entry, before: "Counter[str]", after: "Counter[str]") -> float:
    if old.role != new.role:
        return 0.0
    if old.identity or new.identity:
        if old.identity == new.identity:
            return 2.0
        return 0.0 if old.role == "definition" else _above(likeness(before, after))
    return _above(likeness(before, after))


def _above(share: float) -> float:
    return share if share >= ALIKE else 0.0


def _at(position: int | None, start: int) -> int | None:
    return None if position is None else position + start
