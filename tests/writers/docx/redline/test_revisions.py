"""Tracked changes of a redline."""

import pytest

from contract_assembly.document import tree as d
from contract_assembly.document.numbering import numbered
from contract_assembly.document.references import resolved
from tests.helpers import redline_bodies
from tests.helpers.redline_bodies import (
    FEES,
    LONG,
    PLAIN,
    SCHEDULE,
    TAIL,
    WHO,
    ending,
    holds_both,
    marks,
)
from tests.helpers.sample_tree import p, t
from tests.helpers.sample_tree import sample as every_kind
from tests.helpers.word_reader import W, part, style_of, text_of

both = redline_bodies.both


def test_each_change_has_an_author_a_time_and_a_unique_id(both):
    found = marks(both[2], "ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart", "pPrChange")
    assert {(each.get(f"{W}author"), each.get(f"{W}date")) for each in found} == {(WHO, "2026-10-01T00:00:00Z")}
    numbers = [each.get(f"{W}id") for each in found]
    assert len(set(numbers)) == len(numbers)


def test_words_inserted_at_a_paragraphs_end_and_paragraphs_after_it_are_one_change():
    """LibreOffice would remove the end of the paragraph that is kept, and join the next one to it."""
    file = holds_both(ending(p(LONG)), ending(p(f"{LONG} {TAIL}"), p("Records stay.")))
    first, second = [each for each in part(file, "word/document.xml").iter(f"{W}p") if "Records" in text_of(each) or "Breach" in text_of(each)]  # fmt: skip
    assert first.find(f"{W}pPr/{W}rPr/{W}ins") is not None
    assert second.find(f"{W}pPr/{W}rPr") is None


@pytest.mark.parametrize("places", [(SCHEDULE, PLAIN), (PLAIN, SCHEDULE)])
def test_an_empty_paragraph_goes_with_a_schedule_that_is_added_or_removed_with_a_table(places):
    """LibreOffice leaves it behind; it prints nothing and has no number."""
    terms = d.Part("terms", "terms", t("Terms"), (FEES,))
    without, whole = (
        resolved(numbered(d.Document(every_kind().meta, (terms, *parts))), {})[0]
        for parts in ([each for each in places if each is PLAIN], places)
    )
    for old, new, fate in ((without, whole, "ins"), (whole, without, "del")):
        file = holds_both(old, new)
        body = [each for each in part(file, "word/document.xml").find(f"{W}body") if each.tag in (f"{W}p", f"{W}tbl")]
        (at,) = [n for n, each in enumerate(body) if each.tag == f"{W}tbl" and each.find(f".//{W}trPr/{W}{fate}") is not None]  # fmt: skip
        run = [n for n in range(at) if all(each.find(f"{W}pPr/{W}rPr/{W}{fate}") is not None for each in body[n:at])]
        left = body[run[0]] if fate == "ins" else body[at - 1]
        assert (style_of(left), text_of(left)) == ("DocumentEnd", "")


def test_the_last_paragraph_of_the_file_is_kept_because_none_follows():
    terms = d.Part("terms", "terms", t("Terms"), (FEES,))
    old, new = (resolved(numbered(d.Document(every_kind().meta, parts)), {})[0] for parts in ((terms, PLAIN), (terms,)))
    last = list(part(holds_both(old, new), "word/document.xml").iter(f"{W}p"))[-1]
    assert (style_of(last), last.find(f"{W}pPr/{W}rPr")) == ("DocumentEnd", None)


def test_every_kind_of_node_can_be_added_and_removed():
    whole = every_kind()
    first = d.Document(whole.meta, whole.parts[:1])
    for old, new in ((whole, whole), (whole, first), (first, whole)):
        holds_both(old, new)
