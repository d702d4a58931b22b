import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import docx as python_docx
import pytest
from msgspec.structs import replace
from openxml_audit import OpenXmlValidator

from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle
from contract_assembly.writers.docx.runs import tag
from contract_assembly.writers.docx.writer import docx
from tests.helpers.sample_tree import sample, t, v
from tests.helpers.word_bodies import (
    HOUSE,
    ROOT,
    W15,
    awkward,
    controls,
    found,
    house,
    instructions,
    lines,
    tag_of,
)
from tests.helpers.word_reader import W, child, part, text_of, val

# ---- what a reader should find, derived from the tree alone


def expected(document: d.Document) -> Iterator[tuple[str, str]]:
    """Each line of a document: its number and its text."""
    for each in document.parts:
        heading = d.plain(d.title(each))
        yield ("", heading)
        if each.kind == "cover":
            yield from (("", document.meta.subject), ("", document.meta.author))
        yield from lines(each.children)


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


# ---- links


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
