"""The table of contents of a Word file."""

import re

from contract_assembly.document.writer_extras import WriterExtras
from contract_assembly.writers.docx.body import TEXT_WIDTH
from contract_assembly.writers.docx.writer import docx
from tests.helpers.sample_tree import p, sample
from tests.helpers.word_bodies import (
    HOUSE,
    PAGES,
    body,
    clause,
    instructions,
)
from tests.helpers.word_reader import W, child, part, read, style_of, text_of, val


def contents(pages: dict[str, int] | None):
    found = part(docx(sample(), HOUSE, WriterExtras(pages=pages)), "word/document.xml")
    return [each for each in found.iter(f"{W}p") if re.fullmatch("TOC[12]", style_of(each))]


def test_the_contents_follow_the_cover_and_list_clauses_and_schedules():
    styles = [style_of(each) for each in part(docx(sample(), HOUSE), "word/document.xml").iter(f"{W}p")]
    assert styles.index("SignatureRole") < styles.index("TOCHeading") < styles.index("PartTitle")
    entries = [(style, text) for style, _, text in read(docx(sample(), HOUSE)) if re.fullmatch("TOC[12]", style)]
    assert entries == [
        ("TOC2", "1. Services"),
        ("TOC2", "2. Fees"),
        ("TOC1", "Schedule\u00a0A – Fees"),
        ("TOC1", "Schedule\u00a0B – Contacts"),
    ]


def test_the_contents_have_page_fields_whose_cached_results_come_from_the_layout():
    entries = contents(PAGES)
    assert [text_of(each).rpartition(" ")[2] for each in entries] == ["3", "12", "14", "15"]
    names = {each.get(f"{W}name"): each for each in entries[0].getroottree().iter(f"{W}bookmarkStart")}
    for entry, anchor in zip(entries, PAGES, strict=True):
        (page,) = [each for each in instructions(entry) if each.startswith("PAGEREF")]
        assert page.split()[2] == "\\h"
        assert names[page.split()[1]].get(f"{W}name").startswith(f"at_{anchor.replace('-', '_')}")
    assert instructions(entries[0])[0] == 'TOC \\o "1-2" \\h \\z'


def test_the_contents_have_no_pages_if_none_are_known():
    entries = contents(None)
    assert [instructions(each) for each in entries] == [['TOC \\o "1-2" \\n \\h \\z'], [], [], []]


def test_page_numbers_are_aligned_at_the_right_margin():
    styles = part(docx(sample(), HOUSE), "word/styles.xml")
    (tab,) = styles.find(f"{W}style[@{W}styleId='TOC1']").iter(f"{W}tab")
    assert (val(tab), int(tab.get(f"{W}pos"))) == ("right", TEXT_WIDTH["letter"])
    assert TEXT_WIDTH["letter"] == TEXT_WIDTH["a4"]


def test_word_finds_the_same_entries_when_it_updates_the_contents():
    """The field collects the built-in styles heading 1 and heading 2, by name."""
    file = docx(sample(), HOUSE)
    names = {
        each.get(f"{W}styleId"): val(child(each, "name")) for each in part(file, "word/styles.xml").iter(f"{W}style")
    }
    gathered = [f"{number} {text}" for style, number, text in read(file) if names[style] in ("heading 1", "heading 2")]
    entries = [text for style, _, text in read(file) if re.fullmatch("TOC[12]", style)]
    assert [re.sub(r"\s", "", each) for each in gathered] == [re.sub(r"\s", "", each) for each in entries]


def test_a_document_without_a_cover_has_no_contents():
    assert "TOCHeading" not in [style_of(each) for each in body(clause(1, p("x"))).iter(f"{W}p")]
