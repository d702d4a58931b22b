"""The words of a file as data."""

import pytest

from contract_assembly.writers.returned.read_words import Line, Words, tidy


@pytest.mark.parametrize(
    ("text", "found"), [("  a\u00a0 b\n\tc ", "a b c"), ("", ""), (" \u00a0 ", ""), ("one word", "one word")]
)
def test_white_space_is_collapsed(text, found):
    assert tidy(text) == found


def test_comments_are_the_lines_in_the_margin_in_order():
    first, second = Line("Why?", "Why?", "comment", "Counsel"), Line("No.", "No.", "comment", "Client")
    assert Words((first, Line("a", "a"), second)).comments == (first, second)
    assert Words(()).comments == ()
