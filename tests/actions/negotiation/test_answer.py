"""The parts of our answer."""

from contract_assembly.actions.negotiation.answer import letter, their_paragraphs
from tests.actions.negotiation.test_report import POINTS, REPORT
from tests.helpers.returned import FEE, SENT, bare, cells, come, compared, paragraph


def theirs(back):
    return [(each.ours, each.text) for each in their_paragraphs(compared(back).body)]


def test_their_paragraphs_know_ours():
    assert [ours for ours, _ in theirs(bare(SENT))] == list(range(7))
    found = theirs(bare(SENT).replace(bare(FEE), bare(FEE) + paragraph(come("Fees never rise."), mark="ins")))
    assert [ours for ours, _ in found] == [0, 1, None, 2, 3, 4, 5, 6]
    assert found[2][1] == "Fees never rise."


def test_a_new_row_knows_its_table():
    more = cells(("Site", "Address"), ("Head office", "2200 Calder Street"), ("Depot", "9 Lake Avenue"))
    old = cells(("Site", "Address"), ("Head office", "2200 Calder Street"))
    found = list(their_paragraphs(compared(bare(SENT).replace(old, more)).body))
    assert [each.table > 0 for each in found if each.ours is None] == [True, True]


def test_the_letter_lists_what_is_open_and_what_is_settled():
    words = letter(REPORT, "Counsel & Co", "Priya Raman")
    assert words.startswith("Dear Counsel & Co,\n")
    assert "- Fees: It is the list price.\n- Not placed in any clause: No.\n" in words
    taken = POINTS[0].entry.model_copy(update={"decision": "take"})
    points = (type(POINTS[0])(POINTS[0].change, POINTS[0].judgement, taken, "Term", "Initial term"),)
    from dataclasses import replace

    assert "We accept 1 change of yours: Term.\n" in letter(replace(REPORT, points=points), "C", "P")
