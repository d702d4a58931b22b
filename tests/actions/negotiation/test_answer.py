"""The parts of our answer."""

from msgspec.structs import replace

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


def said(*points):
    return letter(replace(REPORT, points=points), "Counsel & Co", "Priya Raman", {"term.length": "18 months"})


def with_entry(point, **changed):
    return replace(point, entry=point.entry.model_copy(update=changed))


def test_the_letter_lists_what_is_open_what_is_settled_and_our_answers():
    fact, inserted, comment = POINTS
    taken = with_entry(fact, decision="take")
    words = said(with_entry(fact, decision="counter", facts={"term.length": "18 months"}), taken, inserted, comment)
    assert words.startswith(
        "Dear Counsel & Co,\n\nThank you for your comments on the Agreement. Our answer is attached"
    )
    lists = (
        "These points are open:\n\n"
        "- Initial term: you ask for 24 months, and we propose 18 months.\n"
        "- Outside: you add “<b>Paper</b>”, and we do not accept it. No.\n\n"
        "We accept these changes of yours:\n\n"
        "- Initial term: 24 months\n\n"
        "On your comments:\n\n"
        "- “Too high”: It is the list price.\n\n"
        "Please let us know what you think.\n"
    )
    assert lists in words


def test_a_counter_is_quoted_and_a_clause_of_ours_is_in_the_file():
    point = with_entry(POINTS[1], decision="counter", counter="Some paper.")
    assert "you add “<b>Paper</b>”, and we propose “Some paper”. No.\n" in said(point)
    assert "and we propose other words. No.\n" in said(with_entry(point, counter="liability-two-years"))


def test_a_letter_without_open_points_leads_to_the_signature():
    words = said(with_entry(POINTS[0], decision="take"), POINTS[2])
    assert "open:" not in words
    assert "Our answer is attached: tracked changes over your words.\n" in words
    assert "\nIf nothing else is open for you, we will send the contract for signature.\n" in words
