"""Tables for spreadsheets, and what one would take for a formula: text that comes from outside must never be reckoned. Pure."""

import csv
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any

STARTS = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that is refused on its way in
_TAKEN = re.compile(r"\s*[=+\-@|%\t\r\n]")  # on its way out, other programs' habits count, too


def table(head: Sequence[str], rows: Iterable[Iterable[Any]], *, line_end: str = "\n") -> str:
    """Rows below their head as CSV. None is an empty cell."""
    out = StringIO()
    writer = csv.writer(out, lineterminator=line_end)
    writer.writerow(head)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue()


def guarded(cell: Any) -> str:
    """A cell as text. What would be taken for a formula is led by an apostrophe; numbers stay numbers, even below zero."""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if cell is None or isinstance(cell, int):
        return "" if cell is None else str(cell)
    text = str(cell)
    return f"'{text}" if _TAKEN.match(text) else text
