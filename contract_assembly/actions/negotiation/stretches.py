"""Stretches of changed words in a file that came back: where each begins and ends, and which fact or clause it changes. Pure.

A stretch, called a run below, is given by the positions of its words among the aligned words."""

from collections.abc import Collection, Iterator, Sequence

from contract_assembly.actions.negotiation.insertion_places import heading_styles
from contract_assembly.actions.negotiation.paragraph_matching import Aligned
from contract_assembly.actions.negotiation.returned_words import Word


class Body:
    """The aligned words with lookups computed once: a file may have any number of changes."""

    def __init__(self, words: Sequence[Aligned]) -> None:
        self.words = words
        self.own: dict[int, list[int]] = {}  # the positions of the words of each fact
        self.left: set[int] = set()  # the facts of which a word is kept
        self.tables: dict[int, set[str]] = {}  # the clauses of each table's paragraphs
        for n, each in enumerate(words):
            if each.sent is not None and each.word.place:
                self.own.setdefault(each.word.place, []).append(n)
            if each.fate == "kept":
                self.left.add(each.word.place)
                if each.word.is_end:
                    self.tables.setdefault(each.table, set()).add(each.word.clause)
        self.titles = heading_styles(words)
        self._kept = _neighbours([each.fate == "kept" for each in words])
        self._sent = _neighbours([each.sent is not None for each in words])

    def kept_around(self, run: Sequence[int]) -> tuple[Aligned | None, Aligned | None]:
        """The last kept word before a run and the first after it."""
        return self._around(self._kept, run)

    def sent_around(self, run: Sequence[int]) -> tuple[Aligned | None, Aligned | None]:
        """The last word before a run that was sent, and the first after it."""
        return self._around(self._sent, run)

    def _around(self, near: tuple[list[int], list[int]], run: Sequence[int]) -> tuple[Aligned | None, Aligned | None]:
        before, after = near[0][run[0]], near[1][run[-1]]
        return (self.words[before] if before >= 0 else None, self.words[after] if after < len(self.words) else None)


def _neighbours(marked: Sequence[bool]) -> tuple[list[int], list[int]]:
    """For each position, the nearest marked one before it (-1 for none) and after it (the length for none)."""
    before, after = [-1] * len(marked), [len(marked)] * len(marked)
    for n in range(1, len(marked)):
        before[n] = n - 1 if marked[n - 1] else before[n - 1]
    for n in range(len(marked) - 2, -1, -1):
        after[n] = n + 1 if marked[n + 1] else after[n + 1]
    return before, after


def stretches(body: Sequence[Aligned], titles: Collection[int] = ()) -> Iterator[Sequence[int]]:
    """Stretches of changed words, each within one clause. If several clauses in a row were deleted, the text that replaced them
    is a stretch of its own, because it is not known which of them it replaces. So is each clause that was added under a title
    (`titles` are the positions at which one begins)."""
    run: list[int] = []
    clause, several = "", False
    for n, each in enumerate(body):
        if each.fate == "kept":
            yield from _solid(body, run)
            run, clause, several = [], "", False
            continue
        if run and n in titles:
            yield from _solid(body, run)
            run, clause, several = [], "", False
        other = each.fate == "removed" and each.word.clause != clause
        if run and ((other and clause) or (several and each.fate != body[n - 1].fate)):
            yield from _solid(body, run)
            run, several = [], True
        clause = each.word.clause if each.fate == "removed" else clause
        run.append(n)
    yield from _solid(body, run)


def _solid(body: Sequence[Aligned], run: Sequence[int]) -> Iterator[Sequence[int]]:
    """A run if it has words; a paragraph that was only split or joined is the same words."""
    if any(not body[n].word.is_end for n in run):
        yield run


def fact_of(body: Body, run: Sequence[int]) -> int:
    """The place of the fact that a run changes, if it changes one fact and nothing else; 0 otherwise."""
    parts = [body.words[n] for n in run]
    removed = [each.word for each in parts if each.fate == "removed" and not each.word.is_end]
    added = [each.word for each in parts if each.fate == "added"]
    if any(each.is_end for each in added):
        return 0
    places = {each.place for each in removed}
    if len(places) == 1:
        return removed[0].place if added or removed[0].place in body.left else 0
    if removed:
        return 0
    before, after = body.kept_around(run)
    inside = before and after and before.word.place == after.word.place
    return before.word.place if inside and before else 0


def clause_of(body: Body, run: Sequence[int], removed: Sequence[Word], added: Sequence[Word], known: set[str]) -> str:
    """The clause of a run: that of the words it removes, or of the control that it is in, or of the words on both sides."""
    if removed:
        return removed[0].clause
    own = {each.clause for each in added if each.clause in known and each.clause}
    if len(own) == 1:
        return own.pop()
    before, after = body.sent_around(run)
    sides = {each.word.clause if each else "" for each in (before, after)}
    whole = any(each.is_end for each in added)
    if len(sides) == 1:
        return sides.pop()
    if whole and (clause := _of_table(body, run)):
        return clause
    if whole:
        return ""  # paragraphs between two clauses may belong to either, or be a clause of their own
    near = before if before and not before.word.is_end else after
    return near.word.clause if near and near.fate == "kept" else ""


def _of_table(body: Body, run: Sequence[int]) -> str:
    """The clause of the table that whole rows were added to; empty if they are not in one that was sent."""
    tables = {body.words[n].table for n in run if body.words[n].word.is_end}
    own = body.tables.get(next(iter(tables)), set()) if len(tables) == 1 and tables != {0} else set()
    return next(iter(own)) if len(own) == 1 else ""
