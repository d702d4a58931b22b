"""Paragraphs of a redline as tokens: what was split or joined, and references."""

from datetime import date

import pytest

from contract_assembly.document import tree as d
from contract_assembly.document.numbering import numbered
from contract_assembly.document.references import resolved
from contract_assembly.writers.docx.redline.writer import redline
from contract_assembly.writers.docx.writer import docx
from tests.helpers.sample_tree import cells, p, t
from tests.helpers.sample_tree import sample as every_kind
from tests.helpers.tracked import accepted, rejected
from tests.helpers.word_reader import W, part, read, text_of
from tests.writers.docx.test_writer import HOUSE

WHO, DAY = "Northlight IT Services LLC", date(2026, 10, 1)
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
TERM = clause("term", p("It lasts a whole year."), d.Items((d.Item((p("one;"),)), d.Item((p("two."),)))))
LINES = clause("lines", d.Table(("left", "right"), cells("Item", "Fee"), (cells("Users", "10"), cells("Sites", "20"))))
LONG = "Either party may end this Agreement if the other commits a material breach and does not cure it within thirty days."
TAIL = "Insolvency of one party does not end it by itself, and nothing in this section limits what the law allows."
ENDING = d.Section("other", 1, t("Other"), (d.Section("other-0", 2, t("Insolvency"), (p("It is for a court."),)),))


def ending(*blocks: d.Block) -> d.Document:
    return tree(d.Section("end", 1, t("End"), (d.Section("end-0", 2, t("Breach"), blocks),)), ENDING)


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
