from hypothesis import given
from hypothesis import strategies as st

from contract_assembly.document import tree as d
from contract_assembly.writers.column_widths import widths
from tests.helpers.sample_tree import cells


def table(*rows: tuple[str, ...]) -> d.Table:
    return d.Table(("left",) * len(rows[0]), cells(*rows[0]), tuple(cells(*row) for row in rows[1:]))


@given(st.integers(1, 8).flatmap(lambda n: st.lists(st.tuples(*[st.text(max_size=90)] * n), min_size=1, max_size=5)))
def test_widths_sum_to_a_hundred_and_no_column_vanishes(rows):
    shares = widths(table(*rows))
    assert sum(shares) == 100
    assert len(shares) == len(rows[0])
    assert min(shares) >= 2


def test_a_column_of_long_text_is_wider_than_a_column_of_numbers():
    words = "what it means, " * 20
    first, second, third = widths(table(("Priority", "Meaning", "Target"), ("P1", words, "4\u00a0hours")))
    assert second > 60
    assert first < 20
    assert third < 20


def test_a_word_that_cannot_break_has_room_next_to_long_text():
    amount, words = "1,234,567.00\u00a0USD", "so many words " * 30
    short, *long = widths(table(("Fee", "Meaning", "Remark"), (amount, words, words)))
    assert short >= 1.15 * len(amount) + 3.5
    assert min(long) > short


def test_columns_that_fit_share_the_width_by_their_longest_cells():
    assert widths(table(("four four four", "four"))) == (71, 29)


def test_equal_columns_are_equally_wide():
    assert widths(table(("same", "same", "same", "same"))) == (25, 25, 25, 25)


def test_a_table_without_a_head_is_measured_by_its_rows():
    rows = (cells("Client", "A name that is quite long"), cells("First day", "October 1"))
    first, second = widths(d.Table(("left", "left"), (), rows))
    assert first < second


def test_an_empty_table_has_equal_columns():
    assert widths(d.Table(("left", "right"), (), ())) == (50, 50)
