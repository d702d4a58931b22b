"""Stretches of changed words: their bounds, and the fact or clause that each changes."""

from contract_assembly.actions.negotiation.paragraph_matching import aligned
from contract_assembly.actions.negotiation.returned_words import words_of
from contract_assembly.actions.negotiation.stretches import Body, clause_of, fact_of, stretches
from contract_assembly.writers.returned.word_marks import marked_words
from tests.helpers.returned import FEE, LOSS, SENT, TERM, cells, control, file, paragraph, run

MORE = paragraph(run("Notice is given in writing."))


def body(back, sent=SENT):
    """The aligned words of the bodies of two Word files."""
    sides = (marked_words(file(each)).lines for each in (sent, back))
    return Body(aligned(*(words_of([line for line in lines if line.story == "body"]) for lines in sides)))


def words(made, stretch, fate):
    return [made.words[n].word for n in stretch if made.words[n].fate == fate]


def texts(made):
    """Each stretch as the words that it removes and those that it adds."""
    return [
        tuple(
            " ".join(each.text for each in words(made, stretch, fate) if not each.is_end)
            for fate in ("removed", "added")
        )
        for stretch in stretches(made.words)
    ]


def only(back, sent=SENT):
    made = body(back, sent)
    (stretch,) = stretches(made.words)
    return made, stretch


def clause(back, sent=SENT):
    made, stretch = only(back, sent)
    removed, added = words(made, stretch, "removed"), words(made, stretch, "added")
    return clause_of(made, stretch, removed, added, {"term", "fees", "liability", "coverage"})


def test_words_that_changed_next_to_each_other_are_one_stretch_and_kept_words_part_two():
    assert texts(body(SENT.replace("lost profit, revenue, or", "any loss of"))) == [
        ("lost profit , revenue , or", "any loss of")
    ]
    assert texts(body(SENT.replace("Neither", "No").replace("goodwill", "reputation"))) == [
        ("Neither", "No"),
        ("goodwill", "reputation"),
    ]


def test_without_changes_there_is_no_stretch():
    assert texts(body(SENT)) == []


def test_a_stretch_ends_with_its_clause():
    made = body(SENT.replace(TERM, "").replace(FEE, ""))
    found = texts(made)
    assert len(found) == 2
    assert found[0][0].startswith("The term is")
    assert found[1][0].startswith("The fee is")


def test_a_stretch_within_one_fact_changes_that_fact():
    made, stretch = only(SENT.replace("12 months", "24 months"))
    (number,) = words(made, stretch, "removed")
    assert fact_of(made, stretch) == number.place != 0
    assert number.fact == "term.length"


def test_a_stretch_that_goes_beyond_a_fact_changes_words():
    made, stretch = only(SENT.replace("The term is ", "It lasts ").replace("12 months", "24 months"))
    assert fact_of(made, stretch) == 0


def test_words_that_are_added_inside_a_fact_change_it():
    made, stretch = only(SENT.replace("12 months", "12 long months"))
    assert fact_of(made, stretch) != 0


def test_a_stretch_belongs_to_the_clause_whose_words_it_removes_or_is_among():
    assert clause(SENT.replace("lost profit", "lost income")) == "liability"
    assert clause(SENT.replace("lost profit", "lost net profit")) == "liability"


def test_a_paragraph_inside_the_control_of_a_clause_is_in_that_clause_and_between_two_it_is_in_none():
    assert clause(SENT.replace(LOSS, LOSS + MORE)) == "liability"
    assert clause(SENT.replace(control("liability", LOSS), MORE + control("liability", LOSS))) == ""


def test_a_row_belongs_to_the_clause_of_its_table():
    rows = cells(("Site", "Address"), ("Head office", "2200 Calder Street"), ("Plant", "75 Emerson Road"))
    sites = cells(("Site", "Address"), ("Head office", "2200 Calder Street"))
    assert clause(SENT.replace(sites, rows)) == "coverage"


def test_a_body_finds_the_nearest_words_before_and_after_a_stretch():
    made, stretch = only(SENT.replace("lost profit", "lost income"))
    before, after = made.kept_around(stretch)
    assert (before.word.text, after.word.text) == ("lost", ",")
    first = body(SENT.replace("The term", "A term"))
    assert first.kept_around(next(iter(stretches(first.words))))[0] is None
