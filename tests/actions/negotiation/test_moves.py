"""Words that went from one place and came at another."""

from tests.helpers.returned import LOSS, SENT, TERM, bare, changes, come, gone, paragraph, run

WORDS = "Neither party is liable for lost profit, revenue, or goodwill."


def moved(back, sent=SENT):
    return [each for each in changes(back, sent) if each.kind == "moved"]


def test_a_move_says_from_which_clause_to_which():
    sent = SENT.replace(LOSS, LOSS + paragraph(run("Each party mitigates its loss.")))
    sent = sent.replace(TERM, TERM + paragraph(run("It then ends.")))
    (found,) = moved(sent.replace(LOSS, "").replace(TERM, TERM + LOSS), sent)
    assert (found.clause, found.to, found.between) == ("liability", "term", ("", ""))


def test_a_tracked_move_is_one_change_by_its_author():
    away = bare(SENT).replace(LOSS, paragraph(gone(WORDS), mark="del"))
    (found,) = moved(paragraph(come(WORDS), mark="ins") + away)
    assert (found.by, found.tracked, found.between) == ("Counsel", True, ("", "term"))


def test_few_words_that_come_again_are_no_move():
    few = SENT.replace(WORDS, "No loss.")
    assert not moved(paragraph(run("No loss.")) + few.replace(run("No loss."), ""), few)
