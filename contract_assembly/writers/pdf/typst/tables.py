"""Tables and charts of a document as plain data: columns with their widths and sides, and rows of words. Pure."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from contract_assembly.document import tree as d
from contract_assembly.writers.charts import SHARE, Bar, bars, svg
from contract_assembly.writers.column_widths import widths
from contract_assembly.writers.pdf.typst.words import Ids, Words, is_changed, lines, words

Data: TypeAlias = dict[str, Any]

SMALL = 6  # rows of a table that stays whole
TALLEST = 24  # lines of a table that stays whole, and of a row that is not split
_SIDES = {
    "edge": 0.0,
    "near": 8.0,
    "far": 14.0,
}  # points beside the words of a cell, as in the program's own house style
_SMALLER = 0.86  # the size of words in a table, of that of running text


def table_data(node: d.Table, ids: Ids, room: float) -> Data:
    """A table that is as wide as `room` points."""
    return _data(node, widths(node), [[] for _ in node.rows], ids, room)


def chart_data(node: d.Chart, ids: Ids, room: float) -> Data:
    """A table with a further column for the bars of its rows, each with its words for those who cannot see it."""
    table = node.table
    shares = tuple(each * (100 - SHARE) // 100 for each in widths(table))
    drawn = [[_drawn(each)] for each in bars(node)]
    return _data(table, (*shares, 100 - sum(shares)), drawn, ids, room)


def _drawn(bar: Bar | None) -> Words:
    return [["bar", svg(bar).decode(), bar.words]] if bar else []


def _data(node: d.Table, shares: Sequence[int], added: Sequence[list[Words]], ids: Ids, room: float) -> Data:
    aligns = (*node.aligns, *("left" for _ in shares[len(node.aligns) :]))
    columns = [_column(n, share, aligns) for n, share in enumerate(shares)]
    rooms = [each["width"] * room / 100 - _SIDES[each["before"]] - _SIDES[each["after"]] for each in columns]
    more = len(shares) - len(node.aligns)
    heights = [_height(row, rooms) for row in node.rows]
    rows = [
        _row("row", row, ids, rooms) | {"long": height > TALLEST}
        for row, height in zip(node.rows, heights, strict=True)
    ]
    for row, cells in zip(rows, added, strict=True):
        row["cells"] += cells
    if node.total and rows:
        rows[-1]["kind"] = "total"
    for row in rows:
        row["named"] = not node.head
    head = _row("head", node.head, ids, rooms) if node.head else None
    if head:
        head["cells"] += [[]] * more
    captioned = lines(d.plain(node.caption), room / _SMALLER) if node.caption else 0
    whole = len(rows) <= SMALL and sum(heights) <= TALLEST
    return {
        "kind": "table",
        "caption": words(node.caption, ids, room),
        "changed": any(map(is_changed, node.caption)),
        "columns": columns,
        "head": head,
        "rows": rows,
        "least": min(TALLEST, captioned + sum(heights[:2]) + (_height(node.head, rooms) if node.head else 0)),
        "whole": whole,
        "held": node.total and not whole and len(rows) > 1 and sum(heights[-2:]) <= TALLEST,
    }


def _column(n: int, share: int, aligns: Sequence[str]) -> Data:
    """Figures end at the right edge of their column; words to the right of figures are set apart from them."""
    figures, after_figures = aligns[n] == "right", n > 0 and aligns[n - 1] == "right"
    before = "far" if after_figures else "near" if figures else "edge"
    return {"width": share, "align": aligns[n], "before": before, "after": "edge" if figures else "near"}


def _row(kind: str, row: Sequence[d.Cell], ids: Ids, rooms: Sequence[float]) -> Data:
    cells = [words(cell.children, ids, room) for cell, room in zip(row, rooms, strict=False)]
    return {"kind": kind, "cells": cells, "changed": any(map(is_changed, row)), "long": False, "named": False}


def _height(row: Sequence[d.Cell], rooms: Sequence[float]) -> int:
    """About how many lines a row is high."""
    return max(lines(d.plain(cell.children), room / _SMALLER) for cell, room in zip(row, rooms, strict=False))
