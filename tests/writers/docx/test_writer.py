import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx as python_docx
import pytest
from openxml_audit import OpenXmlValidator

from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle
from contract_assembly.document.writer_extras import WriterExtras
from contract_assembly.writers.docx.body import TEXT_WIDTH
from contract_assembly.writers.docx.runs import tag
from contract_assembly.writers.docx.writer import docx
from tests.helpers.sample_tree import cells, item, p, sample, t, v
from tests.helpers.word_reader import W, child, part, read, style_of, text_of, val

ROOT = Path(__file__).parents[3]
WORD = ROOT / "templates/house/word"


def house() -> HouseStyle:
    return HouseStyle("", {each.relative_to(WORD).as_posix(): each.read_bytes() for each in WORD.rglob("*.*")}, {})


HOUSE = house()


def written(*blocks: d.Block) -> bytes:
    """These blocks as the terms of a document without a cover."""
    return docx(d.Document(sample().meta, (d.Part("terms", "terms", t("Terms"), blocks),)), HOUSE)


def body(*blocks: d.Block):
    """The body with the controls around clauses replaced by their content."""
    found = part(written(*blocks), "word/document.xml")[0]
    for control in found.findall(f"{W}sdt"):
        _unwrapped(control)
    return found


def _unwrapped(control) -> None:
    holder = control.getparent()
    at = holder.index(control)
    holder[at : at + 1] = list(child(control, "sdtContent"))


def enumerated(*words: str) -> d.Items:
    return d.Items(tuple(item(f"({letter})", p(each)) for letter, each in zip("abcdef", words, strict=False)))


def clause(number: int, *blocks: d.Block) -> d.Section:
    return d.Section(f"clause-{number}", 1, t("Heading"), blocks, "c", str(number))


def subsection(number: str, *blocks: d.Block, heading: tuple[d.Inline, ...] = ()) -> d.Section:
    return d.Section("", 2, heading, blocks, "c", number)


def awkward() -> d.Document:
    """Lists, boxes and tables in all places where Word's numbering could go wrong."""
    deep = d.Items(
        (
            item(
                "(a)",
                p("first"),
                p("continued"),
                d.Items((item("(i)", p("one")), item("(ii)", p("two")))),
                p("between"),
                d.Items((item("(i)", p("one again")), item("(ii)", p("two again"), p("and more")))),
            ),
            item("(b)", p("second"), d.Items((item("(i)", p("fresh")), item("(ii)", p("last"))))),
        )
    )
    box = d.Box((p("Boxed."), enumerated("x", "y"), p("Again."), enumerated("z", "w")))
    table = d.Table(("left", "center"), cells("A", "B"), (cells("1", "2"),), t("Caption"))
    cover = d.Part(
        "cover",
        "cover",
        t("Title"),
        (
            d.Section("one", 1, t("One"), (p("Lead:"), enumerated("a", "b"), p("Lead:"), enumerated("c", "d"))),
            d.Section("two", 1, t("Two"), (p("Lead:"), deep, box)),
        ),
    )
    blocks = (
        clause(1, p("Direct:"), enumerated("a", "b"), p("again:"), enumerated("c", "d"), box, table, table),
        clause(
            2, enumerated("a", "b"), subsection("2.1", p("After a list.")), subsection("2.2", deep, p("Tail."), deep)
        ),
        clause(3, subsection("", p("Unnumbered:"), enumerated("a", "b")), subsection("3.1", table, heading=t("Alone"))),
        clause(4, subsection("4.1", enumerated("a", "b"), box), subsection("4.2", p("Lead:"), deep, table)),
        clause(5, subsection("5.1", p("End."))),
    )
    first = (p("Before any heading:"), enumerated("a", "b"))
    schedules = tuple(
        d.Part(
            "schedule", f"schedule-{n}", t("Annex"), first + tuple(replace(b, id=f"{n}-{b.id}") for b in blocks), letter
        )
        for n, letter in enumerate("ABC")
    )
    return d.Document(sample().meta, (cover, d.Part("terms", "terms", t("Terms"), blocks), *schedules))


# ---- what a reader should find, derived from the tree alone


def expected(document: d.Document) -> Iterator[tuple[str, str]]:
    """Each line of a document: its number and its text."""
    for each in document.parts:
        heading = d.plain(d.title(each))
        yield ("", heading)
        if each.kind == "cover":
            yield from (("", document.meta.subject), ("", document.meta.author))
        yield from lines(each.children)


def lines(blocks: tuple[d.Block, ...]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        match block:
            case d.Section(level=2):
                yield from run_in(block)
            case d.Section():
                yield d.label(block), d.plain(block.heading)
                yield from lines(block.children)
            case d.Paragraph():
                yield "", d.plain(block.children)
            case d.Items():
                for each in block.items:
                    yield each.number, d.plain(each.children[0].children)
                    yield from lines(each.children[1:])
            case d.Box():
                yield from lines(block.children)
            case _:
                yield from grid(block)


def grid(block: d.Table | d.Signatures) -> Iterator[tuple[str, str]]:
    match block:
        case d.Table():
            yield "", d.plain(block.caption)
            yield from (("", d.plain(each.children)) for row in (block.head, *block.rows) for each in row)
        case d.Signatures():
            yield "", d.plain(block.lead)
            for each in block.signatories:
                yield from (("", each.role), ("", each.entity.text), ("", "By: "), ("", f"Name: {each.name.text}"))
                yield from (("", f"Title: {each.title.text}"), ("", "Date: "))


def run_in(section: d.Section) -> Iterator[tuple[str, str]]:
    caption = d.plain(section.heading) + "." if section.heading else ""
    match section.children:
        case (d.Paragraph(children=first), *rest):
            yield d.label(section), " ".join(filter(None, (caption, d.plain(first))))
        case rest:
            yield d.label(section), caption
    yield from lines(tuple(rest))


def found(file: bytes) -> list[tuple[str, str]]:
    """What Word would print, except the table of contents; a schedule's number is part of its title."""
    printed = [each for each in read(file) if not each[0].startswith("TOC")]
    return [("", number + text) if style == "Heading1" else (number, text) for style, number, text in printed]


@pytest.mark.parametrize("document", [sample(), awkward()], ids=["sample", "awkward"])
def test_words_and_numbers_are_those_of_the_tree_in_its_order(document):
    assert found(docx(document, HOUSE)) == [line for line in expected(document) if any(line)]


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("document", [sample(), awkward()], ids=["sample", "awkward"])
def test_a_file_is_valid_and_can_be_opened(document, paper, tmp_path):
    file = tmp_path / "contract.docx"
    file.write_bytes(docx(replace(document, meta=replace(document.meta, paper=paper)), HOUSE))
    assert [str(error) for error in OpenXmlValidator().validate(str(file)).errors] == []
    assert python_docx.Document(str(file)).paragraphs


def test_a_broken_file_is_seen_by_the_validator(tmp_path):
    file = tmp_path / "contract.docx"
    broken = {**HOUSE.word, "word/footer1.xml": HOUSE.word["word/footer1.xml"].replace(b"w:pStyle", b"w:pStile")}
    file.write_bytes(docx(sample(), HouseStyle("", broken, {})))
    assert OpenXmlValidator().validate(str(file)).errors


# ---- words


@pytest.mark.parametrize(
    "text",
    [
        "<b>&amp; </w:t> ]]> \" ' ` {x} \\",
        "  two spaces before and behind  ",
        " ",
        "nbsp\u00a0thin\u202fjoiner\u200d𝔸 العربية",
        "--> <!-- <?x?>",
    ],
)
def test_a_value_is_written_literally(text):
    paragraph = body(d.Paragraph((v("a"), v(text), v("b"))))[1]
    assert text_of(paragraph) == f"a{text}b"


def test_spaces_are_preserved():
    (words,) = body(p(" a "))[1].iter(f"{W}t")
    assert words.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_bold_words_in_bold_surroundings_are_not_toggled_back():
    row = (d.Cell((d.Strong(t("Total")),)), d.Cell((d.Strong(t("1")),)))
    table = body(d.Table(("left", "left"), row, (row, row), total=True)).find(f"{W}tbl")
    styles = [[val(each) for each in tr.iter(f"{W}rStyle")] for tr in table.iter(f"{W}tr")]
    assert styles == [[], ["Strong", "Strong"], []]


def test_marks_become_character_styles():
    inside = d.Paragraph((d.Strong(t("a", d.Emphasis(t("b")))), d.Emphasis(t("c")), d.Definition("Term")))
    runs = body(inside)[1].iter(f"{W}r")
    assert [(val(child(run, "rPr", "rStyle")), text_of(run)) for run in runs] == [
        ("Strong", "a"),
        ("StrongEmphasis", "b"),
        ("Emphasis", "c"),
        ("", "“"),
        ("DefinedTerm", "Term"),
        ("", "”"),
    ]


W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
# What may occur next to the name of a style, and why.
ALLOWED = {
    "pPr": {
        "pStyle",
        "numPr",  # a list that restarts has an instance of its own
        "keepNext",  # whether a paragraph introduces the next one depends on its content, not its style
    },
    "rPr": {"rStyle"},
    "tblPr": {"tblStyle", "tblW", "tblInd", "tblLayout", "tblLook"},  # widths are computed from the cells
    "trPr": {"cantSplit", "tblHeader"},  # Word has no style property for either
    "tcPr": {"tcW"},
    "sdtPr": {"alias", "tag", "id", f"{W15}appearance"},
}


@pytest.mark.parametrize("document", [sample(), awkward()], ids=["sample", "awkward"])
def test_nothing_is_formatted_by_hand(document):
    found = part(docx(document, HOUSE), "word/document.xml")
    for name, allowed in ALLOWED.items():
        assert {each.tag.removeprefix(W) for holder in found.iter(f"{W}{name}") for each in holder} <= allowed
    holders = {each.tag.removeprefix(W) for each in found.iter() if each.tag.endswith("Pr")}
    assert holders <= {*ALLOWED, "numPr", "sectPr"}


def test_every_style_and_list_that_is_named_exists():
    file = docx(awkward(), HOUSE)
    document, numbering = part(file, "word/document.xml"), part(file, "word/numbering.xml")
    styles = part(file, "word/styles.xml")
    known = {each.get(f"{W}styleId") for each in styles.iter(f"{W}style")}
    uses = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")
    assert {
        val(each) for tree in (document, numbering, styles) for use in uses for each in tree.iter(f"{W}{use}")
    } <= known
    lists = {each.get(f"{W}numId") for each in numbering.iter(f"{W}num")}
    assert {val(each) for tree in (document, styles) for each in tree.iter(f"{W}numId")} - {"0"} <= lists


def test_a_style_and_its_list_level_name_each_other():
    numbering, styles = (
        part(docx(awkward(), HOUSE), "word/numbering.xml"),
        part(docx(awkward(), HOUSE), "word/styles.xml"),
    )
    bound = {
        (each.get(f"{W}abstractNumId"), level.get(f"{W}ilvl"), val(child(level, "pStyle")))
        for each in numbering.iter(f"{W}abstractNum")
        for level in each.iter(f"{W}lvl")
        if child(level, "pStyle") is not None
    }
    numbered = [each for each in styles.iter(f"{W}style") if child(each, "pPr", "numPr", "ilvl") is not None]
    lists = {each.get(f"{W}numId"): val(child(each, "abstractNumId")) for each in numbering.iter(f"{W}num")}
    assert bound == {
        (
            lists[val(child(each, "pPr", "numPr", "numId"))],
            val(child(each, "pPr", "numPr", "ilvl")),
            each.get(f"{W}styleId"),
        )
        for each in numbered
    }


def test_a_list_is_numbered_by_its_style_wherever_word_restarts_it():
    paragraphs = body(*(clause(n, subsection(f"{n}.1", p("They are:"), enumerated("a", "b"))) for n in (1, 2)))
    assert not any(child(each, "pPr", "numPr") is not None for each in paragraphs)


# ---- links


def instructions(element) -> list[str]:
    return [each.text.strip() for each in element.iter(f"{W}instrText")]


def test_every_link_and_field_leads_to_one_bookmark():
    document = part(docx(sample(), HOUSE), "word/document.xml")
    marks = [each.get(f"{W}name") for each in document.iter(f"{W}bookmarkStart")]
    links = {each.get(f"{W}anchor") for each in document.iter(f"{W}hyperlink")}
    fields = {each.split()[1] for each in instructions(document) if each.startswith("REF")}
    counts = [[each.get(f"{W}id") for each in document.iter(f"{W}{tag}")] for tag in ("bookmarkStart", "bookmarkEnd")]
    assert links
    assert fields
    assert links | fields <= set(marks)
    assert len(set(marks)) == len(marks) == len(set(counts[0]))
    assert counts[0] == counts[1]


def test_a_bookmark_has_a_unique_name_that_word_accepts():
    ids = ["a-b", "a_b", "9.2", "é" * 60, "x" * 80, "x" * 81]
    sections = [d.Section(each, 1, t("H"), (p("x"),), "c", str(n)) for n, each in enumerate(ids, 1)]
    marks = [each.get(f"{W}name") for each in body(*sections).iter(f"{W}bookmarkStart")]
    assert len(set(marks)) == len(ids) + 1  # including the part's own
    assert all(re.fullmatch("[A-Za-z][A-Za-z0-9_]{0,39}", each) for each in marks)


def test_the_number_of_a_referred_section_is_a_field_and_its_caption_a_link():
    reference = d.Reference("fees", "2 (Fees)")
    words = body(clause(1, d.Paragraph((reference,))), d.Section("fees", 1, t("Fees"), (), "fees", "2"))[2]
    assert [re.sub("at_[^ ]*", "X", each) for each in instructions(words)] == ["REF X \\n \\h"]
    assert [text_of(each) for each in words.iter(f"{W}hyperlink")] == [" (Fees)"]
    assert text_of(words) == "2 (Fees)"


def test_a_schedule_is_referred_to_by_a_link_alone():
    document = part(docx(sample(), HOUSE), "word/document.xml")
    schedules = [each for each in document.iter(f"{W}hyperlink") if text_of(each) == "Schedule\u00a0A (Fees)"]
    assert len(schedules) == 2
    assert not any(instructions(each) for each in schedules)


def test_a_reference_to_a_schedule_is_not_a_field_even_if_its_letter_comes_first():
    schedule = d.Part("schedule", "s", t("Fees"), (p(d.Reference("s", "A (Fees)")),), "A")
    document = part(docx(d.Document(sample().meta, (schedule,)), HOUSE), "word/document.xml")
    assert instructions(document) == []


def test_a_number_that_only_begins_like_the_target_stays_text():
    words = body(clause(1, d.Paragraph((d.Reference("clause-1", "11 (Other)"),))))[2]
    assert instructions(words) == []
    assert text_of(words) == "11 (Other)"


def test_fields_are_closed():
    document = part(docx(sample(), HOUSE, WriterExtras(pages=PAGES)), "word/document.xml")
    kinds = [each.get(f"{W}fldCharType") for each in document.iter(f"{W}fldChar")]
    assert [kinds.count(each) for each in ("begin", "separate", "end")] == [kinds.count("begin")] * 3
    depth = 0
    for kind in kinds:
        depth += {"begin": 1, "separate": 0, "end": -1}[kind]
        assert depth in (0, 1, 2)  # the pages in the contents are fields inside a field
    assert depth == 0


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


PAGES = {"services": 3, "fees": 12, "schedule-fees": 14, "schedule-contacts": 15}


def contents(pages: dict[str, int] | None):
    found = part(docx(sample(), HOUSE, WriterExtras(pages=pages)), "word/document.xml")
    return [each for each in found.iter(f"{W}p") if re.fullmatch("TOC[12]", style_of(each))]


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


# ---- pages


def properties(style: str) -> set[str]:
    """The paragraph properties of a style and of those it is based on."""
    styles = {
        each.get(f"{W}styleId"): each for each in part(docx(sample(), HOUSE), "word/styles.xml").iter(f"{W}style")
    }
    asked: set[str] = set()
    while style:
        pPr = child(styles[style], "pPr")  # noqa: N806
        asked |= set() if pPr is None else {each.tag.removeprefix(W) for each in pPr}
        style = val(child(styles[style], "basedOn"))
    return asked


@pytest.mark.parametrize("style", ["TOCHeading", "PartTitle", "Heading1", "PartBreak"])
def test_contents_terms_and_schedules_begin_a_page(style):
    assert "pageBreakBefore" in properties(style)


@pytest.mark.parametrize("style", ["Heading1", "Heading2", "Heading3", "CoverHeading", "PartTitle", "Caption"])
def test_a_heading_is_kept_with_what_follows(style):
    assert "keepNext" in properties(style)


def test_terms_without_a_heading_still_begin_a_page():
    file = docx(d.Document(sample().meta, (d.Part("terms", "", (), (p("x"),)),)), HOUSE)
    assert style_of(part(file, "word/document.xml")[0][0]) == "PartBreak"


def kept(paragraph) -> bool:
    return child(paragraph, "pPr", "keepNext") is not None


def test_a_paragraph_that_introduces_a_list_or_a_table_is_kept_with_it():
    table = d.Table(("left",), cells("A"), (cells("1"),))
    first, second, third = (each for each in body(p("x"), p("y"), table, p("z")) if style_of(each) == "ClauseContinued")
    assert [kept(first), kept(second), kept(third)] == [False, True, False]
    assert kept(body(subsection("1.1", p("They are:"), enumerated("a", "b")))[1])


def test_a_box_stays_on_one_page():
    paragraphs = [
        each for each in body(d.Box((p("x"), enumerated("a", "b"), p("y"))), p("z")) if "Box" in style_of(each)
    ]
    assert [kept(each) for each in paragraphs] == [True, True, True, False]


def test_places_to_sign_stay_on_one_page_with_their_lead():
    elements = list(body(next(each for each in d.walk(sample()) if isinstance(each, d.Signatures))))
    lead, table = elements[1], elements[2]
    assert kept(lead)
    assert [child(row, "trPr", "cantSplit") is not None for row in table.iter(f"{W}tr")] == [True]
    assert len(list(table.iter(f"{W}tc"))) == 2


def test_a_signature_line_is_a_border_and_not_typed():
    assert "pBdr" in properties("SignatureLine")
    assert not re.search("_{3}", "".join(text for _, _, text in read(docx(sample(), HOUSE))))


def test_a_closing_table_leaves_no_space_that_could_fill_a_page_alone():
    table = d.Table(("left",), cells("A"), (cells("1"),))
    cover = d.Part("cover", "c", t("Cover"), (table, table))
    document = d.Document(sample().meta, (cover, d.Part("terms", "x", t("Terms"), (clause(1, table),))))
    found = part(docx(document, HOUSE), "word/document.xml")[0]
    for control in found.findall(f"{W}sdt"):
        _unwrapped(control)
    elements = list(found)
    tables = [n for n, each in enumerate(elements) if each.tag == f"{W}tbl"]
    assert [style_of(elements[n + 1]) for n in tables] == ["TableEnd", "TOCHeading", "DocumentEnd"]


# ---- tables


def first_table(node: d.Table):
    return body(node).find(f"{W}tbl")


def test_a_table_repeats_its_head_row():
    rows = list(first_table(d.Table(("left",), cells("A"), (cells("1"), cells("2")))).iter(f"{W}tr"))
    assert [child(row, "trPr", "tblHeader") is not None for row in rows] == [True, False, False]


def test_no_row_is_split_over_pages():
    rows = part(docx(awkward(), HOUSE), "word/document.xml").iter(f"{W}tr")
    assert all(child(row, "trPr", "cantSplit") is not None for row in rows)


def test_a_long_table_may_break_but_not_before_its_total():
    node = d.Table(("left",), cells("A"), tuple(cells(str(n)) for n in range(9)), total=True)
    rows = [kept(next(row.iter(f"{W}p"))) for row in first_table(node).iter(f"{W}tr")]
    assert rows == [True, True, *[False] * 6, True, False], "a heading takes the first two rows along"


def test_a_short_table_stays_on_one_page():
    node = d.Table(("left",), cells("A"), tuple(cells(str(n)) for n in range(3)))
    assert [kept(next(row.iter(f"{W}p"))) for row in first_table(node).iter(f"{W}tr")] == [True, True, True, False]


def test_words_to_the_right_of_figures_are_set_apart():
    node = d.Table(("left", "right", "left", "right"), cells("A", "B", "C", "D"), (cells("1", "2", "3", "4"),))
    rows = [list(row.iter(f"{W}tc")) for row in first_table(node).iter(f"{W}tr")]
    assert [[child(cell, "tcPr", "tcMar") is not None for cell in row] for row in rows] == 2 * [
        [False, False, True, False]
    ]


def test_columns_are_fixed_and_fill_the_width_of_the_text():
    for paper, width in (("letter", 8164), ("a4", 8164)):
        document = replace(sample(), meta=replace(sample().meta, paper=paper))
        for table in part(docx(document, HOUSE), "word/document.xml").iter(f"{W}tbl"):
            grid = [int(each.get(f"{W}w")) for each in table.iter(f"{W}gridCol")]
            indent = int(child(table, "tblPr", "tblInd").get(f"{W}w"))
            assert child(table, "tblPr", "tblLayout").get(f"{W}type") == "fixed"
            assert sum(grid) + indent == width
            assert [int(each.get(f"{W}w")) for each in next(table.iter(f"{W}tr")).iter(f"{W}tcW")] == grid


def test_cells_are_aligned_by_style():
    node = d.Table(("left", "right", "center"), cells("A", "B", "C"), (cells("1", "2", "3"),))
    styles = [style_of(each) for each in first_table(node).iter(f"{W}p")]
    assert styles == ["TableText", "TableNumber", "TableCentered"] * 2


@pytest.mark.parametrize(
    ("head", "total", "flags"),
    [(cells("A", "B"), False, ("1", "0", "0")), (cells("A", "B"), True, ("1", "1", "0")), ((), False, ("0", "0", "1"))],
)
def test_head_total_and_first_column_are_formatted_by_the_table_style(head, total, flags):
    look = child(first_table(d.Table(("left", "left"), head, (cells("1", "2"),), total=total)), "tblPr", "tblLook")
    assert tuple(look.get(f"{W}{name}") for name in ("firstRow", "lastRow", "firstColumn")) == flags


# ---- the file


def test_header_and_footer_are_those_of_the_document_and_the_cover_has_no_header():
    file = docx(sample(), HOUSE)
    printed = {name: text_of(part(file, f"word/{name}.xml")) for name in ("header1", "header2", "footer1", "footer2")}
    foot = "NL-2026-0042 · version 1 Page 1 of 1"
    head = "Support Agreement · Acme Instruments"
    assert printed == {"header1": "", "header2": head, "footer1": foot, "footer2": foot}
    assert instructions(part(file, "word/footer2.xml")) == ["PAGE", "NUMPAGES"]
    assert child(part(file, "word/document.xml"), "body", "sectPr", "titlePg") is not None


@pytest.mark.parametrize(("paper", "size"), [("letter", ("12240", "15840")), ("a4", ("11906", "16838"))])
def test_the_paper_is_that_of_the_document(paper, size):
    file = docx(replace(sample(), meta=replace(sample().meta, paper=paper)), HOUSE)
    section = child(part(file, "word/document.xml"), "body", "sectPr")
    page, margins = child(section, "pgSz"), child(section, "pgMar")
    text = int(size[0]) - int(margins.get(f"{W}left")) - int(margins.get(f"{W}right"))
    (tab,) = part(file, "word/styles.xml").find(f"{W}style[@{W}styleId='Footer']").iter(f"{W}tab")
    assert (page.get(f"{W}w"), page.get(f"{W}h")) == size
    assert int(tab.get(f"{W}pos")) == text


def test_properties_and_language_are_those_of_the_document():
    meta = replace(sample().meta, language="de-CH", subject="S" * 300, dated="2026-10-01")
    file = docx(replace(sample(), meta=meta), HOUSE)
    known = python_docx.Document(BytesIO(file)).core_properties
    assert (known.title, known.author, known.language) == (meta.title, meta.author, "de-CH")
    assert known.subject == "S" * 255
    assert known.created == known.modified == datetime(2026, 10, 1, tzinfo=UTC)
    assert [each.get(f"{W}val") for each in part(file, "word/styles.xml").iter(f"{W}lang")] == ["de-CH"]


def test_a_file_does_not_reveal_who_made_it_when_and_where():
    file = docx(sample(), HOUSE)
    known = python_docx.Document(BytesIO(file)).core_properties
    assert (known.created, known.modified, known.last_modified_by, known.revision) == (None, None, "", 1)
    assert (known.last_printed, known.version, known.comments, known.keywords) == (None, "", "", "")
    assert [each.text for each in part(file, "docProps/app.xml")] == ["Contract Assembly"]
    assert {each.date_time for each in ZipFile(BytesIO(file)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    parts = b"".join(ZipFile(BytesIO(file)).read(name) for name in ZipFile(BytesIO(file)).namelist())
    assert not re.search(rb"w:rsid|/root|/home|/Users|python", parts)


def test_word_opens_a_file_in_the_current_mode_and_without_restrictions():
    settings = part(docx(sample(), HOUSE), "word/settings.xml")
    modes = {each.get(f"{W}name"): val(each) for each in settings.iter(f"{W}compatSetting")}
    assert modes["compatibilityMode"] == "15"
    forbidding = ("documentProtection", "writeProtection", "readModeInkLockDown", "lock", "attachedTemplate")
    file = docx(sample(), HOUSE)
    for each in (settings, part(file, "word/document.xml"), part(file, "word/styles.xml")):
        assert not any(child is not None for name in forbidding for child in each.iter(f"{W}{name}"))


def test_fonts_are_those_of_the_theme_and_each_has_a_substitute_with_the_same_widths():
    file = docx(sample(), HOUSE)
    theme = part(file, "word/theme/theme1.xml")
    a = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    fonts = {name: theme.find(f".//{a}{name}Font/{a}latin").get("typeface") for name in ("major", "minor")}
    for each in part(file, "word/styles.xml").iter(f"{W}rFonts"):
        assert each.get(f"{W}ascii") == fonts[each.get(f"{W}asciiTheme").removesuffix("HAnsi")]
    table = part(file, "word/fontTable.xml")
    assert {each.get(f"{W}name"): val(child(each, "altName")) for each in table} == {
        "Cambria": "Caladea",
        "Calibri": "Carlito",
    }


def test_word_is_not_asked_to_update_fields_on_opening():
    assert child(part(docx(sample(), HOUSE), "word/settings.xml"), "updateFields") is None


def test_the_package_has_exactly_the_parts_of_the_house_style():
    names = ZipFile(BytesIO(docx(sample(), HOUSE))).namelist()
    assert sorted(names) == sorted(HOUSE.word)
    assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]


def test_the_same_tree_gives_the_same_bytes():
    assert docx(awkward(), HOUSE) == docx(awkward(), house())


DIGEST = (
    "from hashlib import sha256; from tests.writers.docx.test_writer import HOUSE, awkward; "
    "from contract_assembly.writers.docx.writer import docx; print(sha256(docx(awkward(), HOUSE)).hexdigest())"
)


def test_the_bytes_do_not_depend_on_the_machine(tmp_path):
    worlds = (
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "99", "TZ": "America/New_York", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1"},
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env={**os.environ, **world, "PYTHONPATH": str(ROOT)},
            cwd=tmp_path,
            capture_output=True,
            check=True,
        ).stdout
        for world in worlds
    }
    assert len(digests) == 1


def test_python_docx_is_imported_only_when_a_file_is_written():
    code = "import contract_assembly.writers.docx.writer, sys; sys.exit('docx' in sys.modules or 'lxml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


# ---- content controls


def controls(document: d.Document):
    return list(part(docx(document, HOUSE), "word/document.xml").iter(f"{W}sdt"))


def tag_of(control) -> str:
    return val(child(control, "sdtPr", "tag"))


def test_each_clause_is_in_a_control_with_its_id_and_title():
    clauses = [each for each in d.walk(sample()) if isinstance(each, d.Section) and each.level == 1]
    found = part(docx(sample(), HOUSE), "word/document.xml")[0].findall(f"{W}sdt")
    assert [tag_of(each) for each in found] == [each.clause for each in clauses]
    assert [val(child(each, "sdtPr", "alias")) for each in found] == [d.plain(each.heading) for each in clauses]
    for control, section in zip(found, clauses, strict=True):
        assert text_of(control).startswith(d.plain(section.heading))


def test_each_fact_is_in_a_control_with_its_key():
    facts = [(each.key, each.text) for each in d.walk(sample()) if isinstance(each, d.Value)]
    inline = [each for each in controls(sample()) if child(each, "sdtContent", "r") is not None]
    assert sorted((tag_of(each), text_of(each)) for each in inline) == sorted(facts)


def test_controls_are_hidden_without_prompts_and_each_has_a_unique_id():
    found = controls(awkward()) + controls(sample())
    assert {child.tag for each in found for child in each.find(f"{W}sdtPr")} <= {
        *(f"{W}{name}" for name in ("alias", "tag", "id")),
        f"{W15}appearance",
    }
    assert {each.find(f"{W}sdtPr/{W15}appearance").get(f"{W15}val") for each in found} == {"hidden"}
    for document in (awkward(), sample()):
        ids = [val(child(each, "sdtPr", "id")) for each in controls(document)]
        assert ids == [str(n) for n in range(1, len(ids) + 1)]


def test_an_empty_fact_has_no_control():
    """Word would ask the reader to type something into it."""
    assert controls(d.Document(sample().meta, (d.Part("terms", "t", t("T"), (d.Paragraph((v(""),)),)),))) == []


@pytest.mark.parametrize("key", ["k" * 64, "k" * 65, "é" * 300])
def test_a_tag_is_unique_and_no_longer_than_word_allows(key):
    assert len(tag(key)) <= 64
    assert tag(key) != tag(key + "x")
    assert (tag(key) == key) is (len(key) <= 64)


def test_a_tag_contains_any_name_literally(tmp_path):
    name = "a<b>&\"c'.d"
    section = d.Section("s", 1, t('T<i>&"'), (d.Paragraph((v("x", name),)),), name, "1")
    document = d.Document(sample().meta, (d.Part("terms", "t", t("T"), (section,)),))
    assert [tag_of(each) for each in controls(document)] == [name, name]
    (tmp_path / "x.docx").write_bytes(docx(document, HOUSE))
    assert [str(error) for error in OpenXmlValidator().validate(str(tmp_path / "x.docx")).errors] == []


# ---- the end of a part


def test_places_to_sign_have_text_before_them_on_their_page():
    """The last paragraph of the clause before them moves along, so that no page has only signatures."""
    signatures = next(each for each in d.walk(sample()) if isinstance(each, d.Signatures))
    found = body(clause(1, subsection("1.1", p("a")), subsection("1.2", p("b"))), signatures)
    lines = {text_of(each): kept(each) for each in found.findall(f"{W}p")}
    assert (lines["a"], lines["b"], lines[d.plain(signatures.lead)]) == (False, True, True)


def test_initials_are_in_the_footer_of_every_page_but_the_first():
    asked = docx(replace(sample(), meta=replace(sample().meta, initials="Initials:\u00a0____")), HOUSE)
    first, later = (text_of(part(asked, f"word/footer{number}.xml")) for number in (1, 2))
    assert "Initials" not in first
    assert "Initials:\u00a0____\u2003Page " in later
    assert "Initials" not in text_of(part(docx(sample(), HOUSE), "word/footer2.xml"))
