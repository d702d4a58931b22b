"""Accepting a redline gives the new Word file and rejecting it the old one: text, numbers, styles, headers and footers, as
read by an independent reader of the standard."""

from datetime import date
from itertools import product
from zipfile import ZipFile

import pytest
from openxml_audit import OpenXmlValidator

from contract_assembly.build.pipeline import draft
from contract_assembly.build.revisions import for_word, revision, state, working_tree
from contract_assembly.document import tree as d
from contract_assembly.document.numbering import numbered
from contract_assembly.document.references import resolved
from contract_assembly.document.writer_extras import WriterExtras
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.docx.redline.writer import redline
from contract_assembly.writers.docx.writer import docx
from tests.helpers.changed import ROOT, changed, sample
from tests.helpers.sample_tree import cells, p, t
from tests.helpers.sample_tree import sample as every_kind
from tests.helpers.tracked import accepted, rejected
from tests.helpers.word_reader import W, part, read, style_of, text_of
from tests.writers.docx.test_writer import HOUSE

WHO, DAY = "Northlight IT Services LLC", date(2026, 10, 1)
ACME = ("acme", "2026-support")
MARGINS = ("word/header1.xml", "word/header2.xml", "word/footer1.xml", "word/footer2.xml")
REAL = [ACME, ("brookfield", "2026-support"), ("hudson", "2026-block")]


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


@pytest.fixture(scope="module")
def documents():
    repository = Repository(ROOT)
    return {pair: draft(repository, *pair).document for pair in REAL}


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Acme's contract before and after a change of every kind, with its redline."""
    root = changed(sample(tmp_path_factory.mktemp("repository")))
    old, new = for_word(state(revision(root, "HEAD"), *ACME), state(working_tree(root), *ACME))
    return old, new, marked(old, new)


def test_accepting_a_real_change_gives_the_new_contract_and_rejecting_it_the_old(both):
    old, new, file = both
    assert shown(accepted(file)) == shown(docx(new, HOUSE))
    assert shown(rejected(file)) == shown(docx(old, HOUSE))
    assert shown(docx(old, HOUSE)) != shown(docx(new, HOUSE))


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


def test_each_change_has_an_author_a_time_and_a_unique_id(both):
    found = marks(both[2], "ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart", "pPrChange")
    assert {(each.get(f"{W}author"), each.get(f"{W}date")) for each in found} == {(WHO, "2026-10-01T00:00:00Z")}
    numbers = [each.get(f"{W}id") for each in found]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(("before", "after"), list(product(REAL, REAL)), ids=lambda pair: pair[0])
def test_any_contract_can_be_turned_into_any_other(documents, before, after):
    file = holds_both(documents[before], documents[after])
    assert bool(marks(file, "ins", "del")) == (before != after)


def test_the_file_is_valid(both, documents, tmp_path):
    files = {"change": both[2], "other": marked(documents[REAL[0]], documents[REAL[1]])}
    for name, file in files.items():
        (tmp_path / f"{name}.docx").write_bytes(file)
        result = OpenXmlValidator().validate(tmp_path / f"{name}.docx")
        assert not [str(each) for each in result.errors]


def test_the_same_states_give_the_same_bytes(both):
    assert marked(both[0], both[1]) == both[2]


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


def test_words_inserted_at_a_paragraphs_end_and_paragraphs_after_it_are_one_change():
    """LibreOffice would remove the end of the paragraph that is kept, and join the next one to it."""
    file = holds_both(ending(p(LONG)), ending(p(f"{LONG} {TAIL}"), p("Records stay.")))
    first, second = [each for each in part(file, "word/document.xml").iter(f"{W}p") if "Records" in text_of(each) or "Breach" in text_of(each)]  # fmt: skip
    assert first.find(f"{W}pPr/{W}rPr/{W}ins") is not None
    assert second.find(f"{W}pPr/{W}rPr") is None


SCHEDULE = d.Part("schedule", "sums", t("Sums"), (p("What is due."), LINES.children[0].children[0]))
PLAIN = d.Part("schedule", "plain", t("Plain"), (p("No table."),))


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


def test_the_contents_have_the_page_numbers_of_the_new_document_untracked(both):
    old, new, _ = both
    pages = {each.id: n for n, each in enumerate(d.headed(new), 2) if each.id}
    file = redline(old, new, HOUSE, author=WHO, day=DAY, pages=pages)
    plain = docx(new, HOUSE, WriterExtras(pages=pages))
    assert shown(accepted(file)) == shown(plain)
    entries = [text_of(each) for each in part(accepted(file), "word/document.xml").iter(f"{W}p") if style_of(each).startswith("TOC") and style_of(each) != "TOCHeading"]  # fmt: skip
    assert len(entries) > 30
    assert all(entry.rpartition(" ")[2].isdigit() for entry in entries)
    assert 'TOC \\o "1-2" \\h \\z' in "".join(
        each.text for each in part(file, "word/document.xml").iter(f"{W}instrText")
    )
    gone = [each for each in marks(file, "del") if "PAGEREF" in "".join(each.itertext())]
    fields = [each for each in gone if next(each.iterancestors(f"{W}p")).find(f"{W}pPr/{W}rPr") is None]
    assert not fields, "an entry that stays tracks no page number"


def test_the_number_of_a_reference_is_tracked_inside_its_field():
    file = holds_both(tree(FEES, TERM), tree(LINES, FEES, TERM))
    (paragraph,) = [each for each in part(file, "word/document.xml").iter(f"{W}p") if "for the end" in text_of(each)]
    kinds = [each.get(f"{W}fldCharType") for each in paragraph.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]
    assert [each.text for each in paragraph.iter(f"{W}delText")] == ["2.1"]


def test_every_kind_of_node_can_be_added_and_removed():
    whole = every_kind()
    first = d.Document(whole.meta, whole.parts[:1])
    for old, new in ((whole, whole), (whole, first), (first, whole)):
        holds_both(old, new)


def test_the_file_contains_no_code(both, tmp_path):
    (tmp_path / "a.docx").write_bytes(both[2])
    with ZipFile(tmp_path / "a.docx") as file:
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in file.namelist() if "comment" in name or "people" in name]
