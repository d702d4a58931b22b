"""Column widths of a table as percentages, computed by one pure function for every writer. Uses only the tree.

Each column first gets room for its longest word, so that numbers and names do not break. The remaining width goes to columns
with longer cells, in proportion to the additional width they need.
"""

import re
from collections.abc import Sequence

from contract_assembly.document.tree import Table, plain

FULL = 100
CHARACTER = 1.2  # percent of the text width for one character of a table: 9.5 pt Calibri over 144 mm
PADDING = 3.5  # percent, both sides of a cell
LONGEST_WORD = 32  # characters, as in most email addresses; a longer word may break
LONGEST_CELL = 60  # characters; a longer cell wraps anyway and needs no more room
BREAKS = re.compile("[ \\-–—]")


def widths(table: Table) -> tuple[int, ...]:
    """Divide the table's width: one whole percentage for each column, left to right, summing to 100."""
    columns = [[plain(row[n].children) for row in (table.head, *table.rows) if row] for n in range(len(table.aligns))]
    words = [[word for cell in cells for word in BREAKS.split(cell)] for cells in columns]
    needs = [_room(each, LONGEST_WORD) for each in words]
    wants = [_room(each, LONGEST_CELL) for each in columns]
    if sum(wants) <= FULL:
        return _whole(wants)
    spare = max(0.0, FULL - sum(needs)) / (sum(wants) - sum(needs) or 1)
    return _whole([need + spare * (want - need) for need, want in zip(needs, wants, strict=True)])


def _room(texts: Sequence[str], most: int) -> float:
    return PADDING + CHARACTER * min(max(map(len, texts), default=0), most)


def _whole(shares: Sequence[float]) -> tuple[int, ...]:
    """Round to whole percentages in proportion to the shares, by the largest remainder, leftmost first."""
    exact = [share * FULL / sum(shares) for share in shares]
    floors = [int(share) for share in exact]
    behind = sorted(range(len(exact)), key=lambda n: floors[n] - exact[n])[: FULL - sum(floors)]
    return tuple(floor + (n in behind) for n, floor in enumerate(floors))
