"""What a redline must change."""

import pytest

from contract_assembly.document import tree as d
from tests.helpers import redline_bodies
from tests.helpers.redline_bodies import (
    FEES,
    LINES,
    TERM,
    clause,
    holds_both,
    marks,
    tree,
)
from tests.helpers.sample_tree import cells, p
from tests.helpers.word_reader import W, text_of

both = redline_bodies.both


def test_a_real_change_has_few_marks_and_moves_are_marked_as_moves(both):
    file = both[2]
    assert 20 < len(marks(file, "ins", "del")) < 200
    moves = [
        {each.get(f"{W}name") for each in marks(file, name)} for name in ("moveFromRangeStart", "moveToRangeStart")
    ]
    assert moves[0] == moves[1]
    assert len(moves[0]) == 1  # the clause, which has no subsections
    gone = "".join(text_of(each) for each in marks(file, "moveFrom"))
    assert gone == "".join(text_of(each) for each in marks(file, "moveTo"))
    assert "liability insurance" in gone


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ((FEES, TERM), (LINES, FEES, TERM)),
        ((FEES, TERM, LINES), (TERM, FEES)),
        ((FEES, TERM), (TERM, FEES)),
        ((LINES, FEES, TERM), (FEES, TERM, LINES)),
        ((TERM,), (clause("term", p("It lasts two whole years."), d.Items((d.Item((p("one;"),)), d.Item((p("new; or"),)), d.Item((p("two."),))))),)),
        ((TERM,), (clause("term", d.Items((d.Item((p("one;"),)), d.Item((p("two."),)))), p("It lasts a whole year.")),)),
        ((LINES,), (clause("lines", d.Table(("left", "right"), cells("Item", "Fee"), (cells("Sites", "25"), cells("Phones", "3")))),)),
        ((LINES,), (clause("lines", d.Table(("left",), cells("Item"), (cells("Users"),))),)),
        ((FEES, TERM), (clause("fees", p("Pay on time, always.")), TERM)),
    ],
)  # fmt: skip
def test_small_changes_contain_both_states(old, new):
    holds_both(tree(*old), tree(*new))
