"""All formats together: what one of them determines is passed to the others."""

import pytest

from contract_assembly.document.writer_extras import WriterExtras
from contract_assembly.writers import formats as formats
from contract_assembly.writers.docx.writer import docx
from contract_assembly.writers.formats import FORMATS, write
from contract_assembly.writers.pdf.writer import printed
from tests.helpers.house import HOUSE as PAGE
from tests.helpers.sample_tree import sample
from tests.writers.docx.test_writer import HOUSE as WORD

HOUSE = type(PAGE)(PAGE.css, WORD.word, PAGE.fonts)
LISTED = ["services", "fees", "schedule-fees", "schedule-contacts"]


def test_a_word_file_has_the_page_numbers_of_the_pdf_built_with_it():
    files, pages = write(sample(), HOUSE, ("docx", "pdf"))
    laid_out = printed(sample(), HOUSE)[1]
    assert pages == {name: laid_out[name] for name in LISTED}
    assert list(files) == ["docx", "pdf"]
    assert files["docx"] == docx(sample(), HOUSE, WriterExtras(pages=pages))


def test_pages_are_laid_out_once(monkeypatch):
    calls = []
    monkeypatch.setattr("contract_assembly.writers.pdf.writer.pdf", lambda *_: calls.append("pdf"))
    monkeypatch.setattr(
        "contract_assembly.writers.pdf.writer.printed", lambda *_: calls.append("printed") or (b"x", {})
    )
    assert write(sample(), HOUSE, ("md", "docx", "pdf"))[0]["pdf"] == b"x"
    assert calls == ["printed"]


@pytest.mark.parametrize("known", [None, {"services": 7}])
def test_without_a_pdf_the_known_pages_are_used(known):
    files, pages = write(sample(), HOUSE, ("docx",), WriterExtras(pages=known))
    assert pages == known
    assert files == {"docx": docx(sample(), HOUSE, WriterExtras(pages=known))}


def test_each_format_is_written_by_the_table():
    assert formats.write(sample(), HOUSE, ("md",))[0] == {"md": FORMATS["md"](sample(), HOUSE, WriterExtras())}
