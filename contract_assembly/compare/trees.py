"""What changed between two states of a document: units found again by id, then lines, then words. Pure.

A clause that only got another number, or that only points to one, is renumbered and not reworded.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from contract_assembly.compare.align import Pair, Placed, in_step, placed
from contract_assembly.compare.lines import Line, Role, UnitOfLines, units
from contract_assembly.compare.words import Run, Token, runs
from contract_assembly.document.tree import Document

Kind = Literal["unchanged", "renumbered", "reworded", "added", "removed"]
KINDS: tuple[Kind, ...] = ("added", "removed", "reworded", "renumbered", "unchanged")


@dataclass(frozen=True, slots=True)
class LineChange:
    """What became of one line; `old_label` and `new_label` are its numbers as printed before and after."""

    kind: Kind
    role: Role
    old_label: str
    new_label: str
    cells: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one part, clause or subsection. Its first line is its heading. `moved` says that it is in another
    place among its neighbours; `alone` is false where the unit around it was added, removed or moved as a whole."""

    key: str
    level: int
    part: str
    kind: Kind
    moved: bool
    alone: bool
    lines: tuple[LineChange, ...]

    @property
    def touched(self) -> bool:
        """Whether a reader has to look at it: renumbering alone does not change what was agreed."""
        return self.moved or self.kind not in ("unchanged", "renumbered")


def compare(old: Document, new: Document) -> tuple[Change, ...]:
    """Compare two documents: every unit of both, in the order of the new one, what was removed where it stood."""
    before, after = units(old), units(new)
    places = [each for each in placed(before, after) if each.new is not None or not each.moved]
    fates = {_key(each, before, after): _fate(each) for each in places}
    return tuple(_change(each, before, after, fates) for each in places)


def counted(changes: Iterable[Change]) -> dict[str, int]:
    """How many units were added, removed, moved, reworded, renumbered or left; a clause counts once with all inside it."""
    found = dict.fromkeys(("added", "removed", "moved", "reworded", "renumbered", "unchanged"), 0)
    for each in changes:
        if each.alone or each.kind in ("reworded", "renumbered", "unchanged"):
            found["moved" if each.moved and each.alone and each.kind != "reworded" else each.kind] += 1
    return found


def title(change: Change) -> str:
    """A unit's number and caption as a reader knows it, the old ones where it is gone: "9.2 Notice of non-renewal"."""
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


def _change(each: Placed, old: Sequence[UnitOfLines], new: Sequence[UnitOfLines], fates: Mapping[str, str]) -> Change:
    before = old[each.old] if each.old is not None else None
    after = new[each.new] if each.new is not None else None
    unit = after or before
    assert unit is not None  # noqa: S101  # a place is of one side at least
    lines = _lines(before.entries if before else (), after.entries if after else ())
    alone = fates.get(unit.above, "kept") != _fate(each)
    moved = each.moved and alone
    return Change(
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
    """The headings of a unit belong together, whatever they say; so do the lines below, in step."""
    if not old or not new:
        pairs: list[Pair] = [*((n, None) for n in range(len(old))), *((None, n) for n in range(len(new)))]
    else:
        rest = in_step(old[1:], new[1:])
        pairs = [(0, 0), *((None if i is None else i + 1, None if j is None else j + 1) for i, j in rest)]
    return tuple(_line(old[i] if i is not None else None, new[j] if j is not None else None) for i, j in pairs)


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
