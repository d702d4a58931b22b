"""Plan the merge of two Word bodies: which paragraphs and tables are kept, inserted, deleted or moved. Pure; changes no
element.

A unit of a file runs from one bookmark to the next, because the writer sets one at each part, clause and subsection.
"""

from collections import deque
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from contract_assembly.compare.align import in_step, placed
from contract_assembly.compare.splits import DELETED, INSERTED, KEPT, with_splits, words_of
from contract_assembly.compare.words import blocks
from contract_assembly.writers.docx.redline.tokens import (
    MOVED_AWAY,
    MOVED_HERE,
    Element,
    W,
    tokens_of,
)


class RedlineBlock(Struct, frozen=True):
    """A paragraph, or a table with the empty paragraph that ends it."""

    elements: tuple[Element, ...]
    role: str
    words: tuple[str, ...]
    identity: str = ""


class Chunk(Struct):
    """A unit of the file: everything from one bookmark to the next."""

    key: str
    entries: list[RedlineBlock] = field(default_factory=list)


def chunks(body: Element) -> list[Chunk]:
    """The units of a body, in order."""
    found = [Chunk("")]
    for block in _blocks(body):
        mark = block.elements[0].find(f"{W}bookmarkStart")
        if mark is not None and block.role != "table":
            found.append(Chunk(mark.get(f"{W}name", "")))
        found[-1].entries.append(block)
    return found


def _blocks(body: Element) -> Iterator[RedlineBlock]:
    waiting = deque(each for each in body if each.tag in (f"{W}p", f"{W}tbl"))
    while waiting:
        first = waiting.popleft()
        if first.tag == f"{W}p":
            yield RedlineBlock((first,), style(first), tokens_of(first))
            continue
        end = [waiting.popleft()] if waiting and style(waiting[0]) == "TableEnd" else []
        words = tuple(word for paragraph in first.iter(f"{W}p") for word in tokens_of(paragraph))
        yield RedlineBlock((first, *end), f"table of {len(first.findall(f'{W}tblGrid/{W}gridCol'))}", words)


def style(element: Element) -> str:
    """The style of a paragraph, by its id; empty for a table."""
    style = element.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


class RedlineStep(Struct, frozen=True):
    """What happens to blocks: their fate, the old and the new ones, and the name of the move if they move.

    Each side has at most one block, except for paragraphs that were split or joined."""

    fate: str
    old: tuple[RedlineBlock, ...] = ()
    new: tuple[RedlineBlock, ...] = ()
    move: str = ""


def planned(old: Sequence[Chunk], new: Sequence[Chunk]) -> list[RedlineStep]:
    """What happens to each block, in the order of the merged file."""
    steps: list[RedlineStep] = []
    places = placed(old, new)
    moves = {p.old: p.new for p in places if p.moved and p.new is not None and p.old is not None}
    for place in places:
        before = old[place.old].entries if place.old is not None else []
        after = new[place.new].entries if place.new is not None else []
        moved = place.moved and place.old is not None and _only_moved(old[place.old], new[moves[place.old]])
        name = f"move{place.old}"
        if not place.moved and place.old is not None and place.new is not None:
            steps += _stepped(before, after)
        elif place.new is None:
            steps += [RedlineStep(MOVED_AWAY, (e,), (), name) if moved else RedlineStep(DELETED, (e,)) for e in before]
        else:
            steps += [
                RedlineStep(MOVED_HERE, (), (e,), name) if moved else RedlineStep(INSERTED, (), (e,)) for e in after
            ]
    return with_splits(steps, _joined, _is_table, _ends_with_insertion)


def _stepped(old: Sequence[RedlineBlock], new: Sequence[RedlineBlock]) -> Iterator[RedlineStep]:
    """Pair the blocks of a unit: the first two if they are of one kind, because they hold its number and caption."""
    first = int(bool(old and new and old[0].role == new[0].role))
    if first:
        yield RedlineStep(KEPT, (old[0],), (new[0],))
    for i, j in in_step(old[first:], new[first:]):
        before, after = () if i is None else (old[i + first],), () if j is None else (new[j + first],)
        yield RedlineStep(KEPT if before and after else DELETED if before else INSERTED, before, after)


def _only_moved(old: Chunk, new: Chunk) -> bool:
    """Whether a unit can be marked as moved. Word cannot mark table rows as moved, nor changes inside moved content."""
    alike = [(e.role, e.words) for e in old.entries] == [(e.role, e.words) for e in new.entries]
    return alike and not any(each.role.startswith("table") for each in new.entries)


# ---- paragraphs that were split or joined


def _is_table(step: RedlineStep) -> bool:
    return any(each.role.startswith("table") for each in (*step.old, *step.new))


def _joined(steps: Sequence[RedlineStep]) -> RedlineStep:
    return RedlineStep(KEPT, tuple(b for step in steps for b in step.old), tuple(b for step in steps for b in step.new))


def _ends_with_insertion(step: RedlineStep) -> bool:
    """Whether a step ends with inserted words. LibreOffice treats these and the paragraphs inserted after them as one
    change, which removes the wrong end when rejected, so they must be one step."""
    last = blocks(words_of(step.old), words_of(step.new))[-1]
    return not last.same and last.old[0] == last.old[1]
