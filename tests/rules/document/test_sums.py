"""The rule about totals, read from the printed figures."""

import pytest

from contract_assembly.document import tree as d
from contract_assembly.rules.document.sums import totals
from tests.helpers.sample_tree import cells, sample, v


def told(*rows, total=True):
    table = d.Table(("left", "right"), cells("Item", "Fee"), tuple(cells(*row) for row in rows), (), total)
    section = d.Section("s", 1, (), (table,))
    return [p.what for p in totals(d.Document(sample().meta, (d.Part("schedule", "s", (), (section,)),)))]


def test_a_total_that_adds_up_is_fine():
    assert told(("one", v("1,972.00")), ("two", v("380.00")), ("Total", v("2,352.00"))) == []


def test_a_total_that_does_not_add_up_is_told_with_both_figures():
    assert told(("one", "10.00"), ("two", "20.00"), ("Total", "29.99")) == [
        "the rows add up to 30.00, but the total is 29.99"
    ]


def test_a_cent_is_not_lost_among_many_rows():
    rows = [("one", "0.01")] * 999
    assert told(*rows, ("Total", "9.99")) == []
    assert told(*rows, ("Total", "10.00")) != []


def test_a_total_without_a_figure_is_told():
    assert told(("one", "10.00"), ("Total", "")) == ["the rows add up to 10.00, but the total is missing"]


def test_a_table_without_a_total_is_not_added_up():
    assert told(("one", "10.00"), ("two", "29.99"), total=False) == []


@pytest.mark.parametrize(
    ("figure", "sum_"), [("$5.00", "5.00"), ("-$5.00", "-5.00"), ("5.00 USD", "5.00"), ("¥1,500", "1,500")]
)
def test_signs_and_groups_are_read(figure, sum_):
    assert told(("one", figure), ("Total", sum_)) == []


@pytest.mark.parametrize("words", ["by cash, or card", ", ", "none", "–", ".", ""])
def test_words_in_a_column_of_figures_count_for_nothing(words):
    assert told(("one", words), ("two", "5.00"), ("Total", "5.00")) == []
