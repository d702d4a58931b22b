"""Tables wider than a page."""

import pytest

from contract_assembly.document import tree as d
from contract_assembly.rules.document.tables import MOST_COLUMNS, wide_tables
from tests.helpers.rule_documents import places, told
from tests.helpers.sample_tree import cells


def table(columns):
    origin = d.Origin("clauses/x.md", 7)
    return d.Table(("left",) * columns, (), (cells(*"x" * columns),), origin=origin)


@pytest.mark.parametrize("columns", [1, MOST_COLUMNS])
def test_a_table_may_have_as_many_columns_as_fit(columns):
    assert told(wide_tables, table(columns)) == []


def test_one_column_more_is_refused_at_its_line():
    assert told(wide_tables, table(MOST_COLUMNS + 1)) == [
        f"a table of {MOST_COLUMNS + 1} columns is wider than the page"
    ]
    assert places(wide_tables, table(MOST_COLUMNS + 1)) == [("clauses/x.md:7", "error")]


def test_a_table_inside_a_box_counts_too():
    assert len(told(wide_tables, d.Box((table(MOST_COLUMNS + 1),)))) == 1
