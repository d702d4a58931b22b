"""Accepting a redline gives the new Word file and rejecting it the old one: text, numbers, styles, headers and footers, as
read by an independent reader of the standard."""

from itertools import product
from zipfile import ZipFile

import pytest
from openxml_audit import OpenXmlValidator

from contract_assembly.build.pipeline import draft
from contract_assembly.document import tree as d
from contract_assembly.document.writer_extras import WriterExtras
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.docx.redline.writer import redline
from contract_assembly.writers.docx.writer import docx
from tests.helpers import redline_bodies
from tests.helpers.changed import ROOT
from tests.helpers.redline_bodies import (
    ACME,
    DAY,
    WHO,
    holds_both,
    marked,
    marks,
    shown,
)
from tests.helpers.tracked import accepted, rejected
from tests.helpers.word_reader import W, part, style_of, text_of
from tests.writers.docx.test_writer import HOUSE

both = redline_bodies.both

REAL = [ACME, ("brookfield", "2026-support"), ("hudson", "2026-block")]


@pytest.fixture(scope="module")
def documents():
    repository = Repository(ROOT)
    return {pair: draft(repository, *pair).document for pair in REAL}


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
