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


LONG = "Either party may end this Agreement if the other commits a material breach and does not cure it within thirty days."
TAIL = "Insolvency of one party does not end it by itself, and nothing in this section limits what the law allows."
ENDING = d.Section("other", 1, t("Other"), (d.Section("other-0", 2, t("Insolvency"), (p("It is for a court."),)),))


def ending(*blocks: d.Block) -> d.Document:
    return tree(d.Section("end", 1, t("End"), (d.Section("end-0", 2, t("Breach"), blocks),)), ENDING)


SCHEDULE = d.Part("schedule", "sums", t("Sums"), (p("What is due."), LINES.children[0].children[0]))
PLAIN = d.Part("schedule", "plain", t("Plain"), (p("No table."),))


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


def test_the_file_contains_no_code(both, tmp_path):
    (tmp_path / "a.docx").write_bytes(both[2])
    with ZipFile(tmp_path / "a.docx") as file:
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in file.namelist() if "comment" in name or "people" in name]
