"""Match the words that came back with those that were sent: each word is kept, added or removed, with or without tracking. Pure.

Paragraphs are paired first, then the words of each pair. What is tracked is read from the file; what is not is found by comparing
the file, without its tracked changes, with what was sent.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from contract_assembly.actions.negotiation.returned_words import Word, paragraphs
from contract_assembly.compare.align import Pair, in_step
from contract_assembly.compare.words import blocks, readable

Fate = Literal["kept", "added", "removed"]


class Aligned(Struct, frozen=True):
    """A word with its fate. `sent` is its position among the words that were sent, None for an added one. `back` is its position
    among those that came back, None for one that was removed without tracking. `by` is who tracked it, `notes` are the comments
    that begin at it. `came` is the end of a kept paragraph as it came back: it may have another style or number there."""

    fate: Fate
    word: Word
    tracked: bool = False
    sent: int | None = None
    back: int | None = None
    by: str = ""
    notes: tuple[str, ...] = ()
    table: int = 0
    came: Word | None = None


class _Entry(Struct, frozen=True):
    """A paragraph for `in_step`."""

    words: tuple[str, ...]
    role: str = ""
    identity: str = ""


def aligned(sent: Sequence[Word], back: Sequence[Word]) -> tuple[Aligned, ...]:
    """Every word of both sides, in the order of what came back; what was removed is where it was."""
    old, new = paragraphs(sent), paragraphs(back)
    before = [[n for n in range(*extent) if back[n].before] for extent in new]
    pairs = in_step(
        [_Entry(tuple(sent[n].text for n in range(*each))) for each in old],
        [_Entry(tuple(back[n].text for n in each)) for each in before],
    )
    found: list[Aligned] = []
    for i, j, alike in _in_pairs(pairs):
        if j is None:
            found += [Aligned("removed", sent[n], sent=n) for n in range(*old[i or 0])]
        elif i is None:
            found += [_alone(back, n) for n in range(*new[j]) if back[n].after]
        else:
            found += _paired(sent, back, old[i], new[j]) if alike else _replaced(sent, back, old[i], new[j])
    return tuple(found)


def _in_pairs(pairs: Sequence[Pair]) -> Iterator[tuple[int | None, int | None, bool]]:
    """The pairs. Between two pairs, if as many paragraphs were removed as added, they are paired in order: a changed cell of a
    table has no word left by which it could be found. Whether the two are alike is said with each."""
    gone: list[int] = []
    come: list[int] = []

    def settled() -> Iterator[tuple[int | None, int | None, bool]]:
        if len(gone) == len(come):
            yield from ((i, j, False) for i, j in zip(gone, come, strict=True))
        else:
            yield from ((i, None, False) for i in gone)
            yield from ((None, j, False) for j in come)
        gone.clear()
        come.clear()

    for i, j in pairs:
        if i is not None and j is not None:
            yield from settled()
            yield i, j, True
        elif i is not None:
            gone.append(i)
        elif j is not None:
            come.append(j)
    yield from settled()


def _replaced(
    sent: Sequence[Word], back: Sequence[Word], old: tuple[int, int], new: tuple[int, int]
) -> Iterator[Aligned]:
    """One paragraph in the place of another: no word of it is kept, but its end is."""
    ends = sent[old[1] - 1].is_end and back[new[1] - 1].is_end and back[new[1] - 1].before
    yield from (Aligned("removed", sent[n], sent=n) for n in range(old[0], old[1] - ends))
    yield from (_alone(back, n) for n in range(new[0], new[1] - ends) if back[n].after)
    if ends:
        yield _same(sent, back, old[1] - 1, new[1] - 1)


def _alone(back: Sequence[Word], n: int) -> Aligned:
    """A word of a paragraph that was not sent."""
    word = back[n]
    return Aligned("added", word, tracked=not word.before, back=n, by=word.by, notes=word.notes, table=word.table)


def _paired(
    sent: Sequence[Word], back: Sequence[Word], old: tuple[int, int], new: tuple[int, int]
) -> Iterator[Aligned]:
    before = [n for n in range(*new) if back[n].before]
    found = readable(
        blocks([sent[n].text for n in range(*old)], [back[n].text for n in before]),
        [any(map(str.isalnum, sent[n].text)) for n in range(*old)],
    )
    at = new[0]
    for block in found:
        first, last = block.new
        upto = before[first] if first < len(before) else new[1]
        yield from (_alone(back, n) for n in range(at, upto) if back[n].after)
        at = max(at, upto)
        if not block.same:
            yield from (Aligned("removed", sent[old[0] + n], sent=old[0] + n) for n in range(*block.old))
        for offset, number in enumerate(range(first, last)):
            position = before[number]
            yield from (_alone(back, n) for n in range(at, position) if back[n].after)
            at = position + 1
            if block.same:
                yield _same(sent, back, old[0] + block.old[0] + offset, position)
            elif back[position].after:
                yield _alone(back, position)
    yield from (_alone(back, n) for n in range(at, new[1]) if back[n].after)


def _same(sent: Sequence[Word], back: Sequence[Word], old: int, new: int) -> Aligned:
    word = back[new]
    if word.after:
        came = word if word.is_end else None
        return Aligned("kept", sent[old], sent=old, back=new, notes=word.notes, table=word.table, came=came)
    return Aligned(
        "removed", sent[old], tracked=True, sent=old, back=new, by=word.by, notes=word.notes, table=word.table
    )
