"""What the other side changed, by clause and by fact."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.returned import (
    BOSS,
    FEE,
    LOSS,
    SENT,
    SITES,
    TERM,
    US,
    bare,
    cells,
    changes,
    come,
    compared,
    control,
    fact,
    gone,
    paragraph,
    run,
)


def one(back, sent=SENT, **parts):
    (found,) = changes(back, sent, **parts)
    return found


def test_the_same_file_has_no_changes():
    assert changes(SENT) == changes(bare(SENT)) == ()


@pytest.mark.parametrize("seen", [SENT, bare(SENT)])
def test_a_changed_fact_is_a_fact_with_both_values_whether_or_not_the_controls_survived(seen):
    found = one(seen.replace("12 months", "24 months"))
    assert (found.kind, found.facts, found.clause) == ("fact", ("term.length",), "term")
    assert (found.old, found.new, found.tracked) == ("12 months", "24 months", False)


def test_a_tracked_change_of_a_fact_names_its_author():
    found = one(bare(SENT).replace(run("2,908.00 USD"), gone("2,908.00") + come("2,700.00") + run(" USD")))
    assert (found.kind, found.old, found.new) == ("fact", "2,908.00 USD", "2,700.00 USD")
    assert (found.tracked, found.by) == (True, "Counsel")


def test_a_change_of_some_digits_is_a_change_of_the_number():
    found = one(SENT.replace(run("2,908.00 USD"), run("2,9") + gone("08") + come("50") + run(".00 USD")))
    assert (found.old, found.new) == ("2,908.00 USD", "2,950.00 USD")


def test_one_fact_that_was_changed_alike_in_two_places_is_one_change():
    sent = SENT + control("cover", paragraph(run("For "), fact("term.length", "12 months"), run(" only.")))
    found = one(sent.replace("12 months", "24 months"), sent)
    assert (found.old, found.new, len(found.removed)) == ("12 months", "24 months", 2)


def test_words_around_a_fact_are_words():
    back = SENT.replace(run("The term is "), run("The period of service is "))
    found = one(back)
    assert (found.kind, found.clause, found.old, found.new) == ("reworded", "term", "term", "period of service")


def test_a_deleted_sentence_and_an_inserted_paragraph_are_placed_in_their_clause():
    back = bare(SENT).replace(run("Neither party is liable for lost profit, revenue, or goodwill."),
                              run("Neither party is liable for ") + gone("lost profit, revenue, or ") + run("goodwill."))  # fmt: skip
    assert (one(back).kind, one(back).clause, one(back).old) == ("deleted", "liability", "lost profit, revenue, or")
    inside = control("liability", LOSS + paragraph(come("The Provider pays a penalty."), mark="ins"))
    found = one(SENT.replace(control("liability", LOSS), inside))
    assert (found.kind, found.clause, found.new) == ("inserted", "liability", "The Provider pays a penalty.")


def test_a_paragraph_between_two_clauses_is_in_neither_and_says_which_they_are():
    back = bare(SENT).replace(FEE_BARE, FEE_BARE + paragraph(come("Fees never rise."), mark="ins"))
    found = one(back)
    assert (found.clause, found.between, found.new) == ("", ("fees", "liability"), "Fees never rise.")


FEE_BARE = bare(FEE)


@pytest.mark.parametrize("row", ["", '<w:trPr><w:ins w:id="4" w:author="Counsel"/></w:trPr>'])
def test_a_new_row_belongs_to_the_clause_of_its_table(row):
    more = cells(("Site", "Address"), ("Head office", "2200 Calder Street"), ("Depot", "9 Lake Avenue"), row=row)
    found = one(bare(SENT).replace(SITES, more))
    assert (found.kind, found.clause, found.new) == ("inserted", "coverage", "Depot\n9 Lake Avenue")
    assert found.tracked is bool(row)


def test_a_changed_cell_is_reworded_even_if_no_word_of_it_is_left():
    found = one(SENT.replace("Head office", "Workshop"))
    assert (found.kind, found.clause, found.old, found.new) == ("reworded", "coverage", "Head office", "Workshop")


def test_a_clause_that_went_from_one_place_to_another_is_moved():
    back = control("liability", LOSS) + SENT.replace(control("liability", LOSS), "")
    found = one(back)
    assert (found.kind, found.clause, found.removed) == ("moved", "liability", found.added)


def test_a_paragraph_that_was_only_split_has_not_changed():
    halves = paragraph(run("Neither party is liable for "), mark="ins") + paragraph(
        run("lost profit, revenue, or goodwill.")
    )
    assert changes(bare(SENT).replace(LOSS, halves)) == ()


def test_what_one_author_inserted_and_another_deleted_is_nothing():
    nested = f'<w:ins w:id="5" w:author="Counsel">{gone("unlimited ", BOSS)}</w:ins>'
    assert changes(SENT.replace(run("The fee is "), run("The fee is ") + nested)) == ()


def test_our_own_tracked_changes_are_what_was_sent():
    ours = bare(SENT).replace(run("The fee is "), run("The fee is ") + gone("not ", US) + come("", US))
    assert changes(ours) == ()
    refused = ours.replace(come("", US), come("always "))
    assert one(refused).new == "always"


def test_what_we_inserted_and_they_deleted_is_their_deletion():
    mine = SENT.replace(run("The fee is "), come("The fee ", US) + run("is "))
    theirs = SENT.replace(
        run("The fee is "), f'<w:ins w:id="6" w:author="{US}">{gone("The fee ")}</w:ins>' + run("is ")
    )
    assert changes(mine) == ()
    found = one(theirs)
    assert (found.kind, found.old, found.by, found.tracked) == ("deleted", "The fee", "Counsel", True)


def test_changes_that_were_all_accepted_are_found_and_not_tracked():
    back = bare(SENT).replace("12 months", "24 months").replace("lost profit, ", "")
    assert [(each.kind, each.tracked) for each in changes(back)] == [("fact", False), ("deleted", False)]


def test_a_whole_clause_replaced_by_their_paper_is_one_rewording():
    paper = paragraph(run("Each party bears the damage that it causes, and pays it at once."))
    found = one(SENT.replace(LOSS, paper))
    assert (found.kind, found.clause) == ("reworded", "liability")


def test_paper_in_place_of_several_clauses_is_not_placed():
    paper = "".join(paragraph(run(f"Rule {n} of the buyer applies without any exception.")) for n in "abcd")
    found = changes(bare(SENT).replace(bare(TERM + FEE + LOSS), paper))
    assert [(each.kind, each.clause) for each in found] == [
        ("deleted", "term"), ("deleted", "fees"), ("deleted", "liability"), ("inserted", ""),
    ]  # fmt: skip


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_comments_come_with_the_words_they_are_about_and_their_clause():
    marked = bare(SENT).replace(
        run("The fee is "),
        '<w:commentRangeStart w:id="0"/>' + run("The fee ") + '<w:commentRangeEnd w:id="0"/>' + run("is "),
    )
    note = (
        f'<w:comments {W}><w:comment w:id="0" w:author="Counsel">{paragraph(run("Too high."))}</w:comment></w:comments>'
    )
    found = one(marked, comments=note)
    assert (found.kind, found.clause, found.old, found.new, found.by) == (
        "comment",
        "fees",
        "The fee",
        "Too high.",
        "Counsel",
    )


def test_changes_in_headers_notes_and_text_boxes_are_listed_with_their_place():
    box = f"<w:p><w:r><w:pict><w:txbxContent>{paragraph(come('Signed under protest.'))}</w:txbxContent></w:pict></w:r></w:p>"
    head = f"<w:hdr {W}>{paragraph(run('Draft of the Client'))}</w:hdr>"
    notes = f"<w:footnotes {W}><w:footnote>{paragraph(come('As amended.'))}</w:footnote></w:footnotes>"
    found = {each.where: each for each in changes(SENT + box, header1=head, footnotes=notes)}
    assert {where: each.new for where, each in found.items()} == {
        "text box": "Signed under protest.", "header or footer": "Draft of the Client", "note": "As amended.",
    }  # fmt: skip
    assert not any(each.is_placed for each in found.values())


# ---- nothing is lost

WORDS = st.lists(st.sampled_from(["the", "fee", "term", "12", "30", "Provider", "pays", "never", ",", "."]), max_size=8)
EDITS = st.lists(st.tuples(st.sampled_from(["keep", "del", "ins", "new", "drop"]), WORDS), min_size=1, max_size=9)


@st.composite
def returned(draw):
    """A file in clauses, and the same file after tracked and untracked changes to any of its paragraphs."""
    sent, back = [], []
    for n in range(draw(st.integers(1, 4))):
        own_sent, own_back = [], []
        for how, words in draw(EDITS):
            text = " ".join(words) + " "
            if how in {"keep", "del", "drop"}:
                own_sent.append(run(text))
            if how != "drop":
                own_back.append({"keep": run, "del": gone, "ins": come, "new": run}[how](text))
            if draw(st.booleans()):
                own_sent.append("</w:p><w:p>")
                own_back.append("</w:p><w:p>")
        sent.append(control(f"clause-{n}", paragraph(*own_sent)))
        back.append(paragraph(*own_back))
    return "".join(sent), "".join(back)


@settings(max_examples=150, deadline=None)
@given(returned())
def test_placed_and_unplaced_changes_are_the_difference_of_the_words(files):
    sent, back = files
    found = compared(back, sent)
    before = Counter(each.word.text for each in found.body if each.sent is not None and not each.word.is_end)
    after = Counter(each.word.text for each in found.body if each.fate != "removed" and not each.word.is_end)
    words = Counter(w for part in _texts(sent) for w in part.split())
    assert before == words
    now = Counter(w for part in _texts(back, gone=False) for w in part.split())
    assert after == now
    removed = Counter(w for each in found.changes for w in each.removed)
    added = Counter(w for each in found.changes for w in each.added)
    assert before - after == removed - added
    assert after - before == added - removed


def _texts(xml, *, gone=True):
    import re

    kept = xml if gone else re.sub(r"<w:del .*?</w:del>", "", xml)
    return re.findall(r"<w:(?:t|delText) [^>]*>([^<]*)<", kept)
