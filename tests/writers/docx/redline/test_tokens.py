"""Paragraphs of a redline as tokens: what was split or joined, and references."""

import pytest

from contract_assembly.document import tree as d
from tests.helpers.redline_bodies import (
    FEES,
    LINES,
    LONG,
    TAIL,
    TERM,
    ending,
    holds_both,
    marks,
    tree,
)
from tests.helpers.sample_tree import p
from tests.helpers.word_reader import W, part, text_of


def tracked_words(file: bytes) -> str:
    return "".join(text_of(each).strip() for each in marks(file, "ins")) + "".join(
        "".join(words.itertext()) for each in marks(file, "del") for words in each.iter(f"{W}delText")
    )


@pytest.mark.parametrize(
    "new",
    [
        (p(LONG), p(TAIL)),
        (p(LONG), p(TAIL[:50]), p(TAIL[51:])),
        (p(LONG), p(f"{TAIL} Tell us."), p("Records stay.")),
        (p(LONG), d.Items((d.Item((p(TAIL[:50]),)), d.Item((p(TAIL[51:]),))))),
    ],
)
def test_words_of_a_paragraph_that_is_split_or_joined_are_neither_deleted_nor_inserted(new):
    whole, cut = ending(p(f"{LONG} {TAIL}")), ending(*new)
    for old, new in ((whole, cut), (cut, whole)):
        words = tracked_words(holds_both(old, new))
        assert "Insolvency" not in words
        assert "allows" not in words
        assert words.replace("Tell us", "").replace("Records stay.", "").strip(" .") == ""


def test_paragraphs_that_share_few_words_do_not_count_as_split():
    old, new = ending(p(f"{LONG} {TAIL}")), ending(p(LONG), p("The other party may end this Agreement, too."))
    file = holds_both(old, new)
    assert "The other party may end this Agreement, too." in [text_of(each) for each in marks(file, "ins")]


def test_the_number_of_a_reference_is_tracked_inside_its_field():
    file = holds_both(tree(FEES, TERM), tree(LINES, FEES, TERM))
    (paragraph,) = [each for each in part(file, "word/document.xml").iter(f"{W}p") if "for the end" in text_of(each)]
    kinds = [each.get(f"{W}fldCharType") for each in paragraph.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]
    assert [each.text for each in paragraph.iter(f"{W}delText")] == ["2.1"]
