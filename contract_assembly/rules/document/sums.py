"""The rule about printed figures: the rows of a table add up to its total. Pure."""

import re
from collections.abc import Iterator
from decimal import Decimal

from contract_assembly.core.problems import Problem
from contract_assembly.document import tree as d
from contract_assembly.rules.document.reading import every

_NUMBER = re.compile(r"[^\d-]*(?:(-)[^\d-]*)?(\d[\d,]*(?:\.\d+)?)\D*")


def totals(document: d.Document) -> Iterator[Problem]:
    """A table whose printed rows do not add up to the total in its last row.

    **Why it is bad.** A client who adds the lines up gets a different amount from the invoice. **Example.** Lines of 10.00 and
    20.00 with a total of 29.99. **Fix.** Print facts that belong together: the amount of each line, and the total of them.
    """
    for table in every(d.Table, document):
        if table.total:
            *rows, last = [[_figure(cell) for cell in row] for row in table.rows]
            column = len(last) - 1
            added = sum((row[column] or Decimal(0) for row in rows), Decimal(0))
            if last[column] is None or added != last[column]:
                what = f"the rows add up to {added:,}, but the total is {d.plain(table.rows[-1][column].children) or 'missing'}"
                yield Problem("total", what, table.rows[-1][column].origin, "print the total of these lines")


def _figure(cell: d.Cell) -> Decimal | None:
    match = _NUMBER.fullmatch(d.plain(cell.children))
    return Decimal((match[1] or "") + match[2].replace(",", "")) if match else None
