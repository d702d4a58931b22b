"""Match the words of paragraphs that were split or joined across the break, so that unchanged words are kept. Pure; uses only
words.

The tree's lines and a Word file's paragraphs are joined by the same function, so that every format shows the same changes.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from contract_assembly.compare.align import Entry
from contract_assembly.compare.words import BREAK, Run, Token, runs, word_counts

KEPT, INSERTED, DELETED = "kept", "ins", "del"
PILCROW = "¶"  # shows an added or removed paragraph break

_SHARE = 0.6  # of a paragraph's words: this share must come from its neighbour for the two to have been one
_FEWEST = 3  # words


class AlignedStep(Protocol):
    """Entries with one fate. Each side has at most one, except for paragraphs that were split or joined."""

    @property
    def fate(self) -> str:
        """KEPT, INSERTED or DELETED; others are ignored here."""
        ...

    @property
    def old(self) -> Sequence[Entry]:
        """The entries before."""
        ...

    @property
    def new(self) -> Sequence[Entry]:
        """The entries after."""
        ...


S = TypeVar("S", bound=AlignedStep)


def with_splits(
    steps: Sequence[S], joined: Callable[[Sequence[S]], S], fixed: Callable[[S], bool], whole: Callable[[S], bool]
) -> list[S]:
    """Merge inserted or deleted paragraphs into the step of a changed neighbour if their words come from or went into it.

    `joined` combines several steps into one. `fixed` is true for steps that are not paragraphs, such as tables, and `whole`
    for steps that must also take all insertions after them."""
    found: list[S] = []
    n = 0
    while n < len(steps):
        step = steps[n]
        n += 1
        if step.fate == KEPT and not fixed(step) and step.old[0].words != step.new[0].words:
            for fate in (INSERTED, DELETED):
                before, after = _run(found[::-1], fate, fixed)[::-1], _run(steps[n:], fate, fixed)
                taken = _taken(step, before[::-1], fate)
                step = joined([*before[len(before) - taken :], step])
                del found[len(found) - taken :]
                taken = _taken(step, after, fate)
                step = joined([step, *after[:taken]])
                rest = after[taken:]
                if fate == INSERTED and rest and whole(step):
                    step, taken = joined([step, *rest]), len(after)
                n += taken
        found.append(step)
    return found


def words_of(entries: Sequence[Entry]) -> list[str]:
    """The words of several entries as one sequence."""
    return [word for entry in entries for word in entry.words]


def split_runs(old: Sequence[Sequence[Token]], new: Sequence[Sequence[Token]]) -> tuple[tuple[Run, ...], ...]:
    """The runs of each new paragraph, compared with all old ones as one text. An added break is an insertion of ¶ at the end
    of its paragraph; a removed break is a deletion of ¶ among the words."""
    found: list[list[Run]] = [[]]
    for run in runs(_with_breaks(old), _with_breaks(new)):
        for is_break, piece in _pieces(run):
            found[-1].append(piece) if piece.old or piece.new else None
            if is_break:
                found.append([])
    return tuple(map(tuple, found))


def _with_breaks(paragraphs: Sequence[Sequence[Token]]) -> list[Token]:
    first, *rest = paragraphs
    return [*first, *(token for each in rest for token in (Token(BREAK), *each))]


def _pieces(run: Run) -> Iterator[tuple[bool, Run]]:
    """A run split by paragraph; True ends a paragraph."""
    if run.op == "renumber" and run.new == BREAK:  # a space became a break
        yield True, Run("insert", "", PILCROW)
    elif run.op == "renumber" and run.old == BREAK:
        yield False, Run("delete", PILCROW, "")
        yield False, Run("equal", run.new, run.new)
    elif run.op == "delete":
        yield False, Run("delete", run.old.replace(BREAK, PILCROW), "")
    else:
        *pieces, last = run.new.split(BREAK)
        for piece in pieces:
            if run.op == "insert":
                yield True, Run("insert", "", f"{piece}{PILCROW}")
            else:
                yield True, Run(run.op, piece, piece)
        yield False, Run(run.op, "" if run.op == "insert" else run.old.split(BREAK)[-1], last)


def _run(steps: Sequence[S], fate: str, fixed: Callable[[S], bool]) -> list[S]:
    """The paragraphs of one fate at the beginning of `steps`."""
    found: list[S] = []
    for step in steps:
        if step.fate != fate or fixed(step):
            break
        found.append(step)
    return found


def _taken(step: AlignedStep, others: Sequence[AlignedStep], fate: str) -> int:
    """How many of the steps next to a changed paragraph, nearest first, consist of words that it lost or gained."""
    whole, part = (step.old, step.new) if fate == INSERTED else (step.new, step.old)
    left = word_counts(words_of(whole)) - word_counts(words_of(part))
    taken = 0
    for n, other in enumerate(others, 1):
        own = word_counts(words_of((*other.old, *other.new)))
        shared = own & left
        if own.total() >= _FEWEST and shared.total() >= _SHARE * own.total():
            taken = n
        left -= shared
    return taken
