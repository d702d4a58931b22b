import pytest

from contract_assembly.repository.brand import contrast
from contract_assembly.writers.pdf.marked_changes import style
from contract_assembly.writers.pdf.marks import COLOURS


@pytest.mark.parametrize("name", ["mark-new", "mark-gone"])
def test_marked_words_are_readable_on_white(name):
    assert contrast(COLOURS[name]) >= 4.5


def test_both_engines_use_the_same_colours():
    assert all(each in style() for each in COLOURS.values())
