"""Tables of CSV: one strict reader, and one writer that keeps a spreadsheet from running text as a formula. Pure."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError

STARTS = ("=", "+", "-", "@", "\t", "\r")  # the first characters of a cell that is refused as input
_FORMULA = re.compile(r"\s*[=+\-@|%\t\r\n]")  # of a cell that is guarded as output: more programs, more marks
_SEPARATORS = ",;\t"
csv.field_size_limit(2**31 - 1)  # a cell may be as large as its file; files have a bound of their own


def rows(text: str, path: str, *, separator: str = "", rule: str = "csv") -> Iterator[tuple[Origin, list[str]]]:
    """Each row of a table with its first line, the head included; rows without words are left out.

    `separator` is the one of the head's line that occurs most often where none is given. Raises RefusedError under `rule`
    for quotes or line ends that are wrong."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator or _separator(text), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Origin(path, line), cells
            line = reader.line_num + 1
    except csv.Error as error:
        hint = "close the quotes of this row, or export the file again"
        raise RefusedError([Problem(rule, f"this is not CSV: {error}", Origin(path, line), hint)]) from None


def _separator(text: str) -> str:
    head = text.lstrip("\r\n").partition("\n")[0]
    return max(_SEPARATORS, key=head.count)


def table(head: Sequence[str], rows: Iterable[Iterable[Any]], *, line_end: str = "\n") -> str:
    """Rows below their head as CSV. None is an empty cell."""
    out = StringIO()
    writer = csv.writer(out, lineterminator=line_end)
    writer.writerow(head)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue()


def guarded(cell: Any) -> str:
    """A cell as text. Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers, even
    below zero."""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if cell is None or isinstance(cell, int):
        return "" if cell is None else str(cell)
    text = str(cell)
    return f"'{text}" if _FORMULA.match(text) else text
