"""Removed lines as blocks of a tree with marked changes. Pure."""

from collections.abc import Sequence
from itertools import groupby

from contract_assembly.compare.trees import LineChange
from contract_assembly.compare.words import Run
from contract_assembly.document import tree as d

ROWS = ("head", "row")


def struck(lines: Sequence[LineChange]) -> list[d.Block]:
    """Removed lines as blocks marked as deleted: rows as a table, items as a list, all others as paragraphs."""
    found: list[d.Block] = []
    for (kind, count), group in groupby(lines, key=_likeness):
        if kind == "row":
            rows = tuple(gone_row(each, count) for each in group)
            aligns: list[d.Align] = ["left"] * count
            found.append(d.Table(tuple(aligns), (), rows))
        elif kind == "item":
            found.append(d.Items(tuple(map(gone_item, group))))
        else:
            found += (d.Paragraph(words) for each in group if (words := _gone_words(each)))
    return found


def _likeness(line: LineChange) -> tuple[str, int]:
    return ("row" if line.role in ROWS else line.role, len(line.cells))


def gone_item(line: LineChange) -> d.Item:
    """A removed list item, with its mark as part of the text."""
    return d.Item((d.Paragraph(_gone_words(line)),))


def gone_row(line: LineChange, count: int) -> tuple[d.Cell, ...]:
    """A removed row with as many cells as the table has; additional cells are joined into the last one."""
    words = [*map(old, line.cells), *[""] * (count - len(line.cells))]
    cells = (*words[: count - 1], " ".join(words[count - 1 :]))
    return tuple(d.Cell(deleted(each)) for each in cells)


def _gone_words(line: LineChange) -> d.Line:
    words = deleted(" ".join(filter(None, (line.old_label, *map(old, line.cells)))))
    return (d.Strong(words),) if words and line.role == "heading" else words


def deleted(words: str) -> d.Line:
    """Text marked as deleted, without surrounding spaces; nothing if it is blank."""
    return (d.Marked("deleted", (d.Text(words.strip()),)),) if words.strip() else ()


def old(cell: Sequence[Run]) -> str:
    """The former text of a cell."""
    return "".join(run.old for run in cell)
