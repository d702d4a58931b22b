"""What the other side changed in a Word file, by clause and by fact. Pure.

Nothing is lost: the words that all changes remove and add, placed or not, are the difference between what was sent and what came
back. Nothing is guessed: words for which no clause is certain have none.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.actions.negotiation.change import Kind, ReturnedChange
from contract_assembly.actions.negotiation.insertion_places import around, headings, texts_of, title_of
from contract_assembly.actions.negotiation.moves import with_moves
from contract_assembly.actions.negotiation.numbers import is_renumbering, listed, numbers_back, recounted
from contract_assembly.actions.negotiation.paragraph_matching import Aligned, aligned
from contract_assembly.actions.negotiation.returned_words import Word, joined, words_of
from contract_assembly.actions.negotiation.stretches import Body, clause_of, fact_of, stretches
from contract_assembly.writers.returned.word_marks import MarkedWords

_CONTEXT = 6  # words shown around a change


class Compared(Struct, frozen=True):
    """The result of a comparison: the changes, the aligned words of the body that they point at, and the number that each
    bookmark of ours has in the file that came back."""

    changes: tuple[ReturnedChange, ...]
    body: tuple[Aligned, ...]
    numbers: Mapping[str, str]


def changes_of(sent: MarkedWords, back: MarkedWords, ours: str = "") -> Compared:
    """Compare a file that came back with what was sent. `ours` is the author of our own tracked changes, which were sent."""
    before = words_of([each for each in sent.lines if each.story == "body"])
    after = words_of([each for each in back.lines if each.story == "body"], ours)
    body = aligned(before, after)
    known = {each.clause for each in before}
    found = [*_in_body(body, known, after)]
    found = sorted([*found, *_comments(back, body, ours)], key=lambda each: _position(each, len(body)))
    for story in ("note", "text box", "elsewhere"):
        sides = [[each for each in side.lines if each.story == story] for side in (sent, back)]
        found += _apart(aligned(words_of(sides[0]), words_of(sides[1], ours)), story)
    found += _repeated(sent, back, body, ours)
    return Compared(tuple(with_moves(found, body)), body, numbers_back(body, after))


def _position(change: ReturnedChange, end: int) -> int:
    """Where a change comes among all: at its first word, or after the body if it is everywhere or nowhere."""
    return end if change.kind == "renumbered" or not change.spots else change.spots[0]


# ---- the body


def _in_body(words: Sequence[Aligned], known: set[str], after: Sequence[Word]) -> Iterator[ReturnedChange]:
    body = Body(words)
    now = numbers_back(words, after)
    every = list(stretches(words, headings(words, body.titles)))
    numbers = [run for run in every if is_renumbering(words, run, now)]
    alone = {run[0] for run in numbers}
    runs = [run for run in every if run[0] not in alone]
    by_fact: dict[int, list[Sequence[int]]] = {}
    for run in runs:
        if place := fact_of(body, run):
            by_fact.setdefault(place, []).append(run)
    done: set[int] = set()
    same: dict[tuple[str, str, str, bool, str], ReturnedChange] = {}
    order: list[ReturnedChange | tuple[str, str, str, bool, str]] = []
    for run in runs:
        place = fact_of(body, run)
        if not place:
            order.append(_of_words(body, run, known))
        elif place not in done:
            done.add(place)
            change = _of_fact(body, place, by_fact[place])
            key = (change.facts[0], change.old, change.new, change.tracked, change.by)
            if key not in same:
                order.append(key)
            same[key] = _together(same[key], change) if key in same else change
    yield from (each if isinstance(each, ReturnedChange) else same[each] for each in order)
    yield from _renumbered(words, numbers, list(recounted(words, after)))


def _renumbered(
    body: Sequence[Aligned], runs: Sequence[Sequence[int]], counted: Sequence[tuple[int, str, str]]
) -> Iterator[ReturnedChange]:
    """All numbers that changed alone, as one change: `runs` are those in the text, `counted` those of paragraphs."""
    if not runs and not counted:
        return
    changes = [_change(body, run, "renumbered", "") for run in runs]
    old, new = listed([*((each.old, each.new) for each in changes), *((was, now) for _, was, now in counted)])
    every = [n for run in runs for n in run]
    change = (
        _change(body, every, "renumbered", "") if every else ReturnedChange("renumbered", "", old, new, tracked=False)
    )
    yield replace(change, old=old, new=new, around="", spots=(*every, *(n for n, _, _ in counted)))


def _together(one: ReturnedChange, other: ReturnedChange) -> ReturnedChange:
    """The same change of the same fact in two places."""
    return replace(
        one,
        removed=one.removed + other.removed,
        added=one.added + other.added,
        spots=one.spots + other.spots,
    )


def _of_fact(body: Body, place: int, runs: Sequence[Sequence[int]]) -> ReturnedChange:
    own = body.own[place]
    changed = [n for run in runs for n in run]
    first, last = min((*own, *changed)), max((*own, *changed))
    parts = {*own, *changed}
    inside = [n for n in range(first, last + 1) if n in parts]
    words = [body.words[n] for n in inside]
    one = body.words[own[0]].word
    fact, clause = one.fact, one.clause
    change = _change(body.words, changed, "fact", clause, (fact,))
    return replace(
        change,
        old=joined(each.word for each in words if each.fate != "added"),
        new=joined(each.word for each in words if each.fate != "removed"),
    )


def _of_words(body: Body, run: Sequence[int], known: set[str]) -> ReturnedChange:
    removed = [body.words[n].word for n in run if body.words[n].fate == "removed"]
    added = [body.words[n].word for n in run if body.words[n].fate == "added"]
    kind: Kind = "reworded" if removed and added else "inserted" if added else "deleted"
    facts = tuple(dict.fromkeys(each.fact for each in removed if each.fact))
    change = _change(body.words, run, kind, clause_of(body, run, removed, added, known), facts)
    return change if removed or not any(each.is_end for each in added) else _placed(body, run, change)


def _placed(body: Body, run: Sequence[int], change: ReturnedChange) -> ReturnedChange:
    """An insertion of whole paragraphs with its place: if it is between two clauses, or begins with the title of a clause, it is
    in neither of those around it."""
    near, texts = around(body.words, run), texts_of(body.words, run)
    titled = bool(texts) and texts[0].style in body.titles
    if near[0] == near[1] or (change.clause and not titled):
        return change
    return replace(change, clause="", between=near, title=title_of(texts, body.titles))


def _change(
    body: Sequence[Aligned],
    spots: Sequence[int],
    kind: Kind,
    clause: str,
    facts: tuple[str, ...] = (),
    where: str = "body",
) -> ReturnedChange:
    parts = [body[n] for n in spots]
    words = [each for each in parts if not each.word.is_end]
    removed = [each.word for each in parts if each.fate == "removed"]
    added = [each.word for each in parts if each.fate == "added"]
    return ReturnedChange(
        kind=kind,
        clause=clause,
        old=joined(removed),
        new=joined(added),
        facts=facts,
        tracked=all(each.tracked for each in words),
        by=", ".join(dict.fromkeys(each.by for each in words if each.tracked and each.by)),
        where=where,
        around=_around(body, spots),
        removed=tuple(each.text for each in removed if not each.is_end),
        added=tuple(each.text for each in added if not each.is_end),
        spots=tuple(spots),
    )


def _around(body: Sequence[Aligned], spots: Sequence[int]) -> str:
    """The change with a few words of its paragraph on both sides: "within [-30-] {+60+} days"."""
    first, last = spots[0], spots[-1]
    while first > max(0, spots[0] - _CONTEXT) and not body[first - 1].word.is_end:
        first -= 1
    while last < min(len(body) - 1, spots[-1] + _CONTEXT) and not body[last + 1].word.is_end:
        last += 1
    pieces = []
    marks = {"kept": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
    for fate, group in groupby((body[n] for n in range(first, last + 1)), key=lambda each: each.fate):
        found = list(group)
        opening, closing = marks[fate]
        text = "".join("\n" if each.word.is_end else f"{' ' * each.word.blank}{each.word.text}" for each in found)
        inside = text.strip()
        start, _, end = text.partition(inside) if inside else (text, "", "")
        pieces.append(f"{start}{opening}{inside}{closing}{end}" if inside else text)
    return "".join(pieces).strip()


# ---- other parts of the file


def _apart(body: Sequence[Aligned], where: str) -> Iterator[ReturnedChange]:
    """Changes in notes and text boxes. Our files have none, so no clause is known."""
    for run in stretches(body):
        fates = {body[n].fate for n in run}
        kind: Kind = "reworded" if len(fates) == 2 else "inserted" if fates == {"added"} else "deleted"
        yield _change(body, run, kind, "", where=where)


def _repeated(sent: MarkedWords, back: MarkedWords, body: Sequence[Aligned], ours: str) -> Iterator[ReturnedChange]:
    """Headers, footers and contents, as sets of lines: a program may repeat them, and makes contents from headings."""
    headings = {_bare(each) for each in joined(each.word for each in body if each.fate != "removed").split("\n")}
    for story in ("header or footer", "contents"):
        sides: list[dict[str, tuple[bool, str]]] = []
        for file in (sent, back):
            lines = [words_of([each], ours) for each in file.lines if each.story == story]
            sides.append(
                {joined(w for w in words if w.after): (any(w.by for w in words), next((w.by for w in words if w.by), ""))
                 for words in lines}
            )  # fmt: skip
        old, new = sides
        if story == "contents":
            gone: list[str] = []
            come = [each for each in new if each and _bare(each) not in {*headings, *map(_bare, old)}]
        else:
            gone = [each for each in old if each and each not in new]
            come = [each for each in new if each and each not in old]
        for n in range(max(len(gone), len(come))):
            was, now = gone[n] if n < len(gone) else "", come[n] if n < len(come) else ""
            tracked, by = new.get(now, (False, ""))
            kind: Kind = "reworded" if was and now else "inserted" if now else "deleted"
            yield ReturnedChange(
                kind=kind, clause="", old=was, new=now, tracked=tracked, by=by, where=story, around=now or was,
                removed=tuple(was.split()), added=tuple(now.split()),
            )  # fmt: skip


def _bare(line: str) -> str:
    return "".join(each for each in line if each.isalpha())


def _comments(back: MarkedWords, body: Sequence[Aligned], ours: str) -> Iterator[ReturnedChange]:
    at: dict[str, int] = {}
    for n, each in enumerate(body):
        for note in each.notes:
            at.setdefault(note, n)
    for comment in back.comments:
        if comment.by == ours:
            continue
        n = at.get(comment.id, -1)
        near = next((body[m] for m in range(n, -1, -1) if body[m].sent is not None), None)
        yield ReturnedChange(
            kind="comment", clause=near.word.clause if near else "", old=comment.about, new=comment.text, by=comment.by,
            around=comment.about, spots=(n,) if n >= 0 else (),
        )  # fmt: skip
