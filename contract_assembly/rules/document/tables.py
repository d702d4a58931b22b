"""The rule about tables that are wider than a page. Pure."""

from collections.abc import Iterator

from contract_assembly.core.problems import Problem
from contract_assembly.document import tree as d
from contract_assembly.rules.document.reading import every

MOST_COLUMNS = 12  # with more, a column has no room for four characters and a blank


def wide_tables(document: d.Document) -> Iterator[Problem]:
    """A table with more columns than a page has room for.

    **Why it is bad.** Words are broken into letters, or cut off at the margin. **Example.** A column for each month, and one
    for the year. **Fix.** Swap rows and columns, so that months are rows, or make two tables.
    """
    for table in every(d.Table, document):
        if len(table.aligns) > MOST_COLUMNS:
            what = f"a table of {len(table.aligns)} columns is wider than the page"
            yield Problem(
                "wide-table", what, table.origin, f"swap rows and columns, or split it: {MOST_COLUMNS} columns at most"
            )
