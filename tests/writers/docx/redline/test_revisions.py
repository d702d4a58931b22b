"""Tracked changes of a redline."""

from datetime import date

import pytest

from contract_assembly.build.revisions import for_word, revision, state, working_tree
from contract_assembly.document import tree as d
from contract_assembly.document.numbering import numbered
from contract_assembly.document.references import resolved
from contract_assembly.writers.docx.redline.writer import redline
from contract_assembly.writers.docx.writer import docx
from tests.helpers.changed import changed, sample
from tests.helpers.sample_tree import cells, p, t
from tests.helpers.sample_tree import sample as every_kind
from tests.helpers.tracked import accepted, rejected
from tests.helpers.word_reader import W, part, read, style_of, text_of
from tests.writers.docx.test_writer import HOUSE

WHO, DAY = "Northlight IT Services LLC", date(2026, 10, 1)
ACME = ("acme", "2026-support")
MARGINS = ("word/header1.xml", "word/header2.xml", "word/footer1.xml", "word/footer2.xml")


def marked(old: d.Document, new: d.Document) -> bytes:
    return redline(old, new, HOUSE, author=WHO, day=DAY)


def shown(file: bytes) -> list:
    """Everything visible: each paragraph's style, number and text, and the text of headers and footers."""
    return [*read(file), *[text_of(part(file, name)) for name in MARGINS]]


def marks(file: bytes, *names: str) -> list:
    return [each for name in names for each in part(file, "word/document.xml").iter(f"{W}{name}")]


def holds_both(old: d.Document, new: d.Document) -> bytes:
    file = marked(old, new)
    assert shown(accepted(file)) == shown(docx(new, HOUSE))
    assert shown(rejected(file)) == shown(docx(old, HOUSE))
    return file


def tree(*clauses: d.Block) -> d.Document:
    document = d.Document(every_kind().meta, (d.Part("terms", "terms", t("Terms"), clauses),))
    return resolved(numbered(document), {})[0]


def clause(name: str, *blocks: d.Block) -> d.Section:
    subs = [d.Section(f"{name}-{n}", 2, t("Caption"), (block,)) for n, block in enumerate(blocks)]
    return d.Section(name, 1, t(name.capitalize()), tuple(subs))


FEES = clause("fees", p("Pay on time."), p("See section ", d.Reference("term-0"), " for the end."))
LINES = clause("lines", d.Table(("left", "right"), cells("Item", "Fee"), (cells("Users", "10"), cells("Sites", "20"))))


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Acme's contract before and after a change of every kind, with its redline."""
    root = changed(sample(tmp_path_factory.mktemp("repository")))
    old, new = for_word(state(revision(root, "HEAD"), *ACME), state(working_tree(root), *ACME))
    return old, new, marked(old, new)


LONG = "Either party may end this Agreement if the other commits a material breach and does not cure it within thirty days."
TAIL = "Insolvency of one party does not end it by itself, and nothing in this section limits what the law allows."
ENDING = d.Section("other", 1, t("Other"), (d.Section("other-0", 2, t("Insolvency"), (p("It is for a court."),)),))


def ending(*blocks: d.Block) -> d.Document:
    return tree(d.Section("end", 1, t("End"), (d.Section("end-0", 2, t("Breach"), blocks),)), ENDING)


SCHEDULE = d.Part("schedule", "sums", t("Sums"), (p("What is due."), LINES.children[0].children[0]))
PLAIN = d.Part("schedule", "plain", t("Plain"), (p("No table."),))


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
