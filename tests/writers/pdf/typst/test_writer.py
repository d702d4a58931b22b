import io
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2

from contract_assembly.document import tree as d
from contract_assembly.document.writer_extras import Enclosure, WriterExtras
from contract_assembly.writers.pdf.writer import pdf
from tests.helpers.house import TYPST
from tests.helpers.sample_tree import cells, sample
from tests.writers.pdf.test_writer import terms

ROOT = Path(__file__).parents[4]
FILES = (
    Enclosure("agreement.json", "application/json", "The facts", "Data", b'{"a": 1}'),
    Enclosure("picture.bin", "application/octet-stream", "Not text", "Source", b"\x00\xff\xfe"),
    Enclosure("invoice.xml", "text/xml", "The same", "Alternative", b"<x/>"),
)


def test_each_attachment_has_its_bytes_its_type_and_its_relationship():
    with pikepdf.open(io.BytesIO(pdf(sample(), TYPST, WriterExtras(FILES)))) as file:
        found = {str(spec.UF): spec for spec in file.Root.AF}
        for each in FILES:
            spec = found[each.name]
            assert (str(spec.AFRelationship), str(spec.Desc)) == (f"/{each.relationship}", each.description)
            assert str(spec.EF.F.Subtype) == f"/{each.media_type}"
            assert spec.EF.F.read_bytes() == each.data


def test_an_attachment_of_one_document_is_not_in_the_next():
    pdf(sample(), TYPST, WriterExtras(FILES))
    with pikepdf.open(io.BytesIO(pdf(sample(), TYPST))) as file:
        assert "/AF" not in file.Root


def test_a_word_that_a_narrow_column_can_just_hold_does_not_break():
    table = d.Table(
        ("left",) * 6, cells("Contact", "a", "b", "c", "d", "Metric"), (cells("Contact", *"abcd", "Vandermeer"),)
    )
    text = pypdfium2.PdfDocument(pdf(terms(table), TYPST))[0].get_textpage().get_text_range()
    assert (text.split().count("Contact"), text.split().count("Vandermeer")) == (2, 1)


HIDDEN = """
import sys
sys.path.insert(0, {root!r})
for name in ("weasyprint", "pydyf", "tinycss2", "cffi"):
    sys.modules[name] = None
from tests.helpers.house import TYPST
from tests.helpers.sample_tree import sample
from contract_assembly.writers.pdf.writer import pdf
print(pdf(sample(), TYPST)[:5].decode())
"""


def test_a_pdf_is_written_where_weasyprint_and_its_libraries_are_missing():
    command = [sys.executable, "-c", HIDDEN.format(root=str(ROOT))]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "%PDF-"
