"""Files embedded in a PDF."""

from io import BytesIO

import pikepdf
import pydyf
import pytest

from contract_assembly.document.writer_extras import Enclosure
from contract_assembly.writers.pdf.weasyprint.attachments import enclose

FILES = (
    Enclosure("b.json", "application/json", "Facts", "Data", b"{}"),
    Enclosure("a.md", "text/markdown", "Review text (\u00a7 1)", "Source", b"# A"),
)


def written(enclosed):
    pdf = pydyf.PDF()
    pdf.add_page(
        pydyf.Dictionary({"Type": "/Page", "Parent": pdf.pages.reference, "MediaBox": pydyf.Array([0, 0, 9, 9])})
    )
    enclose(pydyf, pdf, enclosed)
    data = BytesIO()
    pdf.write(data)
    return data.getvalue()


@pytest.fixture(scope="module")
def read():
    with pikepdf.open(BytesIO(written(FILES))) as file:
        yield file


def test_each_file_is_listed_by_name_with_its_bytes(read):
    assert {name: spec.get_file().read_bytes() for name, spec in read.attachments.items()} == {
        "a.md": b"# A",
        "b.json": b"{}",
    }


def test_each_file_is_associated_with_the_document_and_says_what_it_is(read):
    found = [(str(each.F), str(each.AFRelationship), str(each.Desc)) for each in read.Root.AF]
    assert found == [("b.json", "/Data", "Facts"), ("a.md", "/Source", "Review text (\u00a7 1)")]
    assert [str(each.EF.F.Subtype) for each in read.Root.AF] == ["/application/json", "/text/markdown"]


def test_the_bytes_depend_on_the_files_alone_and_without_files_nothing_is_added():
    assert written(FILES) == written(FILES)
    assert b"EmbeddedFiles" not in written(())
