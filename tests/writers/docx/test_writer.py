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
from contract_assembly.writers.docx.runs import tag
from contract_assembly.writers.docx.writer import docx
from tests.helpers.sample_tree import cells, item, p, sample, t, v
from tests.helpers.word_reader import W, child, part, read, text_of, val

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


W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


# ---- links


def instructions(element) -> list[str]:
    return [each.text.strip() for each in element.iter(f"{W}instrText")]


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


def test_initials_are_in_the_footer_of_every_page_but_the_first():
    asked = docx(replace(sample(), meta=replace(sample().meta, initials="Initials:\u00a0____")), HOUSE)
    first, later = (text_of(part(asked, f"word/footer{number}.xml")) for number in (1, 2))
    assert "Initials" not in first
    assert "Initials:\u00a0____\u2003Page " in later
    assert "Initials" not in text_of(part(docx(sample(), HOUSE), "word/footer2.xml"))
