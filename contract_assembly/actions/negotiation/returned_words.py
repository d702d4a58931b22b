"""A Word file as one row of words, each with the states in which it is there: before and after the other side's
tracked changes."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from msgspec import Struct

from contract_assembly.compare.words import cut
from contract_assembly.writers.returned.word_marks import MarkedLine, Span

END = "\u2029"  # the end of a paragraph


class Word(Struct, frozen=True):
    """A word, a symbol or the end of a paragraph. `blank` says that white space comes before it. `before` and `after` say whether
    it is there without and with the other side's tracked changes; `by` is who tracked it. `clause`, `fact` and `place` are those
    of the controls around it, `notes` the comments that begin at it; `target` is the bookmark whose number a field shows here.
    The end of a paragraph has its `style`, its automatic `number`, and the bookmarks (`marks`) that begin in the paragraph."""

    text: str
    blank: bool = False
    before: bool = True
    after: bool = True
    by: str = ""
    clause: str = ""
    fact: str = ""
    place: int = 0
    notes: tuple[str, ...] = ()
    table: int = 0
    target: str = ""
    style: str = ""
    number: str = ""
    marks: tuple[str, ...] = ()

    @property
    def is_end(self) -> bool:
        """Whether it is the end of a paragraph."""
        return self.text == END


def words_of(lines: Iterable[MarkedLine], ours: str = "") -> tuple[Word, ...]:
    """The words of these paragraphs. Tracked changes by the author `ours` are part of what was sent: they count as accepted."""
    found: list[Word] = []
    for line in lines:
        found += _words(line, ours)
        found.append(_end(line, ours))
    return tuple(found)


def joined(words: Iterable[Word]) -> str:
    """Words as text; a new line for each paragraph."""
    text = "".join("\n" if each.is_end else f"{' ' * each.blank}{each.text}" for each in words)
    return "\n".join(filter(None, (line.strip() for line in text.split("\n"))))


def paragraphs(words: Sequence[Word]) -> list[tuple[int, int]]:
    """The first and the last position (excluded) of each paragraph that is there before the changes; its end belongs to it."""
    found: list[tuple[int, int]] = []
    start = 0
    for position, word in enumerate(words):
        if word.is_end and word.before:
            found.append((start, position + 1))
            start = position + 1
    return [*found, *([(start, len(words))] if start < len(words) else [])]


def _end(line: MarkedLine, ours: str) -> Word:
    before, after, by = _states(line.added, line.removed, ours)
    last = line.spans[-1]
    return Word(
        END, before=before, after=after, by=by, clause=last.clause, table=line.table,
        style=line.style, number=line.number, marks=line.marks,
    )  # fmt: skip


def _states(added: str, removed: str, ours: str) -> tuple[bool, bool, str]:
    """Whether something is there before and after their changes, and who tracked it. What we removed ourselves never
    was there."""
    theirs_added, theirs_removed = (each if each and each != ours else "" for each in (added, removed))
    gone = bool(removed) and not theirs_removed
    return not theirs_added and not gone, not removed, theirs_removed or theirs_added


class _Piece(Struct, frozen=True):
    """Characters of one span, with the position after the last of them in the paragraph."""

    span: Span
    end: int
    before: bool
    after: bool
    by: str


def _words(line: MarkedLine, ours: str) -> Iterator[Word]:
    pieces: list[_Piece] = []
    end = 0
    for span in line.spans:
        before, after, by = _states(span.added, span.removed, ours)
        end += len(span.text)
        if before or after:
            pieces.append(_Piece(span, end, before, after, by))
    old = _cut([each for each in pieces if each.before], after=False)
    if all(each.before and each.after for each in pieces):
        yield from (word for _, word in old)
        return
    new = _cut([each for each in pieces if each.after], after=True)
    kept = {extent for extent, _ in old} & {extent for extent, _ in new}
    merged = [(extent, 0, _with(word, extent in kept, gone=True)) for extent, word in old]
    merged += [(extent, 1, _with(word, False, gone=False)) for extent, word in new if extent not in kept]
    yield from (word for _, _, word in sorted(merged, key=lambda each: (each[0][0], each[1], each[0][1])))


def _with(word: Word, kept: bool, *, gone: bool) -> Word:
    """A word with its states: in both, only before (`gone`), or only after."""
    return Word(
        text=word.text,
        blank=word.blank,
        before=kept or gone,
        after=kept or not gone,
        by="" if kept else word.by,
        clause=word.clause,
        fact=word.fact,
        place=word.place,
        notes=word.notes,
        target=word.target,
    )


_Extent = tuple[int, int, str]  # the positions of a word's first and last character, and the word itself


def _cut(pieces: Sequence[_Piece], *, after: bool) -> list[tuple[_Extent, Word]]:
    """The words of one state. A word may run through several spans: it has the marks of the first one that is not in both
    states, so that a change of a letter is a change of the word."""
    ends = list(accumulate(len(each.span.text) for each in pieces))
    found: list[tuple[_Extent, Word]] = []
    at = n = 0
    blank = False
    for token in cut("".join(each.span.text for each in pieces)):
        start, at = at, at + len(token.text)
        if token.text.isspace():
            blank = True
            continue
        n = bisect_right(ends, start, n)
        last = bisect_left(ends, at, n)
        first, whole = pieces[n], pieces[n : last + 1]
        extent = (first.end - ends[n] + start, pieces[last].end - ends[last] + at - 1, token.text)
        marked = next((each for each in whole if not (each.before and each.after)), first)
        fact = next((each.span for each in whole if each.span.fact), first.span)
        word = Word(
            token.text, blank, by=marked.by, clause=first.span.clause, fact=fact.fact, place=fact.place,
            notes=tuple(dict.fromkeys(note for each in whole for note in each.span.notes)), target=marked.span.target,
        )  # fmt: skip
        found.append((extent, word))
        blank = False
    return found
