"""The rule about tables that no page can hold. Pure."""

from collections.abc import Iterator

from contract_assembly import document as d
from contract_assembly.check.reading import nodes
from contract_assembly.problems import Problem

MOST_COLUMNS = 12  # beyond, a column has no room for four characters and the blank beside them


def wide_tables(document: d.Document) -> Iterator[Problem]:
    """A table with more columns than a page has room for.

    **Why it is bad.** Words are cut into letters, or off at the margin. **Example.** A column for each month, and one for the
    year. **Cure.** Turn it, so that months are rows, or make two tables of it.
    """
    for node in nodes(document):
        if isinstance(node, d.Table) and len(node.aligns) > MOST_COLUMNS:
            what = f"a table of {len(node.aligns)} columns is wider than the page"
            yield Problem("wide-table", what, node.origin, f"turn it, or split it: {MOST_COLUMNS} columns at most")
