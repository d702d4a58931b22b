"""Every committed Word file is valid and has the same content for the Open XML SDK, LibreOffice, pandoc and mammoth; each can
fail."""

import shutil

import pytest
from markdown_it import MarkdownIt

from tests.documents.contracts import (
    DOCUMENTS,
    FOLDERS,
    GOOD,
    headings_after_the_cover,
    name,
    review_text,
    spoilt_docx,
    title,
    without_numbers,
)
from tests.documents.judges import headings, items, libreoffice, mammoth, open_xml_sdk, pandoc, pdfinfo, tables, words
from tests.whole.test_parity import of_markdown, of_pdf, table_heads

READERS = (pandoc, mammoth)
WORD, OTHER = b">IT Support Agreement<", b">IT Support Arrangement<"


@pytest.fixture(scope="module")
def other_word(tmp_path_factory):
    return spoilt_docx(tmp_path_factory.mktemp("word"), WORD, OTHER)


@pytest.fixture(scope="module")
def set_by_libreoffice(tmp_path_factory, other_word):
    """The PDF that LibreOffice makes of each Word file, all in one start."""
    into = tmp_path_factory.mktemp("libreoffice")
    copies = {title(each): shutil.copy(each.with_suffix(".docx"), into / f"{title(each)}.docx") for each in DOCUMENTS}
    made = libreoffice([*copies.values(), other_word], into)
    return dict(zip([*copies, "spoilt"], made, strict=True))


@pytest.mark.parametrize("path", DOCUMENTS, ids=title)
def test_the_open_xml_sdk_finds_no_error(path):
    assert open_xml_sdk(path.with_suffix(".docx")) == []


def test_the_open_xml_sdk_finds_an_element_that_does_not_exist(tmp_path):
    (error, *_) = open_xml_sdk(spoilt_docx(tmp_path, b"<w:sectPr", b"<w:nonsense/><w:sectPr"))
    assert "nonsense" in str(error)


@pytest.mark.parametrize("path", DOCUMENTS, ids=title)
def test_libreoffice_sets_the_same_words_and_numbers(set_by_libreoffice, path):
    review = path.read_bytes()
    assert of_pdf(set_by_libreoffice[title(path)].read_bytes(), table_heads(review)) == of_markdown(review)


def test_libreoffice_shows_another_word(set_by_libreoffice):
    review = review_text(GOOD)
    assert of_pdf(set_by_libreoffice["spoilt"].read_bytes(), table_heads(review)) != of_markdown(review)


@pytest.mark.parametrize("path", DOCUMENTS, ids=title)
def test_libreoffice_needs_as_many_pages_of_the_same_paper(set_by_libreoffice, path):
    ours, its = pdfinfo(path.with_suffix(".pdf")), pdfinfo(set_by_libreoffice[title(path)])
    count = int(ours["Pages"])
    assert (
        abs(count - int(its["Pages"])) <= 1 + count // 30
    )  # it breaks pages by its own rules: a page more in each thirty
    assert ours["Page size"].split("(")[1] == its["Page size"].split("(")[1]


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@pytest.mark.parametrize("path", DOCUMENTS, ids=title)
def test_other_readers_find_the_same_words(path, read):
    assert words(read(path.with_suffix(".docx"))) == of_markdown(without_numbers(path))


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_other_readers_find_the_same_headings(folder, read):
    page = read(folder / "contract.docx")
    assert len(headings_after_the_cover(folder)) > 20
    assert headings(page) == headings_after_the_cover(folder)


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_other_readers_find_the_same_tables_and_lists(folder, read):
    page = read(folder / "contract.docx")
    review = MarkdownIt("commonmark").enable("table").render(without_numbers(folder / "contract.md").decode())
    assert [each for each in tables(page) if "Name:" not in each[0][0]] == tables(review)  # places to sign are no table
    assert len(items(review)) > (2 if "block" in folder.name else 20)
    assert items(review) <= items(page)


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_other_readers_find_another_word(other_word, read):
    assert words(read(other_word)) != of_markdown(without_numbers(GOOD / "contract.md"))
