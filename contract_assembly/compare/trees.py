"""Compare two states of a document: units paired by id, then lines, then words. Pure.

A clause in which only its own number or that of a reference changed is renumbered, not reworded.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Literal

from msgspec import Struct

from contract_assembly.compare.align import Placed, in_step, placed
from contract_assembly.compare.lines import Line, Role, UnitOfLines, units
from contract_assembly.compare.splits import DELETED, INSERTED, KEPT, split_runs, with_splits
from contract_assembly.compare.words import Run, Token, runs
from contract_assembly.document.tree import Document

_PARAGRAPHS = ("heading", "paragraph", "definition", "item")

Kind = Literal["unchanged", "renumbered", "reworded", "added", "removed"]
KINDS: tuple[Kind, ...] = ("added", "removed", "reworded", "renumbered", "unchanged")


class LineChange(Struct, frozen=True):
    """The change of one line; `old_label` and `new_label` are its printed numbers before and after."""

    kind: Kind
    role: Role
    old_label: str
    new_label: str
    cells: tuple[tuple[Run, ...], ...]


class PartChange(Struct, frozen=True):
    """The change of one part, clause or subsection; its first line is its heading. `moved` if its order among its neighbours
    changed; `alone` is false if the unit around it was added, removed or moved as a whole."""

    key: str
    level: int
    part: str
    kind: Kind
    moved: bool
    alone: bool
    lines: tuple[LineChange, ...]

    @property
    def touched(self) -> bool:
        """Whether a unit needs review: renumbering alone does not change what was agreed."""
        return self.moved or self.kind not in ("unchanged", "renumbered")


def compare(old: Document, new: Document) -> tuple[PartChange, ...]:
    """Compare two documents: every unit of both, in the order of the new one, with removed units where they were."""
    before, after = units(old), units(new)
    places = [each for each in placed(before, after) if each.new is not None or not each.moved]
    fates = {_key(each, before, after): _fate(each) for each in places}
    return tuple(_change(each, before, after, fates) for each in places)


def counted(changes: Iterable[PartChange]) -> dict[str, int]:
    """Count units by what happened to them; a clause that was added, removed or moved counts once with all inside it."""
    found = dict.fromkeys(("added", "removed", "moved", "reworded", "renumbered", "unchanged"), 0)
    for each in changes:
        if each.alone or each.kind in ("reworded", "renumbered", "unchanged"):
            found["moved" if each.moved and each.alone and each.kind != "reworded" else each.kind] += 1
    return found


def title(change: PartChange) -> str:
    """A unit's number and caption, for a removed unit the former ones: "9.2 Notice of non-renewal"."""
    line = change.lines[0]
    label = line.old_label if change.kind == "removed" else line.new_label
    words = "".join(run.old if change.kind == "removed" else run.new for run in line.cells[0])
    return f"{label} {words}".strip() or change.part


def _key(each: Placed, old: Sequence[UnitOfLines], new: Sequence[UnitOfLines]) -> str:
    return new[each.new].key if each.new is not None else old[each.old or 0].key


def _fate(each: Placed) -> str:
    """What happened to a unit as a whole."""
    if each.old is None:
        return "added"
    return "removed" if each.new is None else "moved" if each.moved else "kept"


def _change(
    each: Placed, old: Sequence[UnitOfLines], new: Sequence[UnitOfLines], fates: Mapping[str, str]
) -> PartChange:
    before = old[each.old] if each.old is not None else None
    after = new[each.new] if each.new is not None else None
    unit = after or before
    assert unit is not None  # noqa: S101  # a place comes from one side at least
    lines = _lines(before.entries if before else (), after.entries if after else ())
    alone = fates.get(unit.above, "kept") != _fate(each)
    moved = each.moved and alone
    return PartChange(
        key=unit.key,
        level=unit.level,
        part=unit.part,
        kind=_kind(each, lines),
        moved=moved,
        alone=alone or _fate(each) == "kept",
        lines=lines,
    )


def _kind(each: Placed, lines: Sequence[LineChange]) -> Kind:
    if each.old is None:
        return "added"
    if each.new is None:
        return "removed"
    kinds = {line.kind for line in lines}
    if kinds & {"added", "removed", "reworded"}:
        return "reworded"
    return "renumbered" if "renumbered" in kinds else "unchanged"


def _lines(old: Sequence[Line], new: Sequence[Line]) -> tuple[LineChange, ...]:
    """Pair the headings of a unit, whatever their text, and the lines below them in order."""
    if not old or not new:
        return tuple(_line(each if old else None, each if new else None) for each in (*old, *new))
    pairs = (
        (old[1:][i : i + 1] if i is not None else (), new[1:][j : j + 1] if j is not None else ())
        for i, j in in_step(old[1:], new[1:])
    )
    steps = [_Step(tuple(before), tuple(after)) for before, after in pairs]
    rest = with_splits(steps, _joined, _is_fixed, lambda _: False)
    return (_line(old[0], new[0]), *(line for step in rest for line in _lines_of(step)))


class _Step(Struct, frozen=True):
    """Lines before and after that are paired; see `splits.AlignedStep`."""

    old: tuple[Line, ...]
    new: tuple[Line, ...]

    @property
    def fate(self) -> str:
        return KEPT if self.old and self.new else INSERTED if self.new else DELETED


def _joined(steps: Sequence[_Step]) -> _Step:
    return _Step(tuple(line for step in steps for line in step.old), tuple(line for step in steps for line in step.new))


def _is_fixed(step: _Step) -> bool:
    """Whether a step has lines that are not paragraphs and cannot be split or joined."""
    return any(line.role not in _PARAGRAPHS for line in (*step.old, *step.new))


def _lines_of(step: _Step) -> Iterator[LineChange]:
    """One change for each new line. If paragraphs were split or joined, the former labels belong to the first of them."""
    if len(step.old) < 2 and len(step.new) < 2:
        yield _line(*(step.old or (None,)), *(step.new or (None,)))
        return
    found = split_runs([each.cells[0] for each in step.old], [each.cells[0] for each in step.new])
    for old, new, cell in zip_longest(step.old[: len(step.new)], step.new, found):
        label = old.label if old else ""
        changed = any(run.op in ("insert", "delete") for run in cell)
        kind: Kind = "reworded" if changed else "unchanged" if label == new.label else "renumbered"
        yield LineChange(kind, new.role, label, new.label, (cell,))


def _line(old: Line | None, new: Line | None) -> LineChange:
    one = new or old
    assert one is not None  # noqa: S101  # a pair has one side at least
    count = max(len(old.cells) if old else 0, len(new.cells) if new else 0)
    cells = tuple(runs(_cell(old, n), _cell(new, n)) for n in range(count))
    labels = (old.label if old else "", new.label if new else "")
    return LineChange(_line_kind(old, new, cells), one.role, *labels, cells)


def _cell(line: Line | None, number: int) -> Sequence[Token]:
    return line.cells[number] if line and number < len(line.cells) else ()


def _line_kind(old: Line | None, new: Line | None, cells: tuple[tuple[Run, ...], ...]) -> Kind:
    if old is None:
        return "added"
    if new is None:
        return "removed"
    ops = {run.op for cell in cells for run in cell}
    if ops & {"insert", "delete"}:
        return "reworded"
    return "renumbered" if "renumber" in ops or old.label != new.label else "unchanged"
