"""Files are embedded in PDF and Word files as the formats require: named, typed, related, undated, with the same bytes each
time."""

import io
import zipfile

import pikepdf
import pytest

from contract_assembly.document.writer_extras import NO_EXTRAS, Enclosure, WriterExtras
from contract_assembly.writers.docx.attachments import with_enclosed
from contract_assembly.writers.docx.writer import docx
from contract_assembly.writers.pdf.writer import pdf
from tests.build.test_embedded_files import inside_pdf, inside_word
from tests.helpers.house import HOUSE
from tests.helpers.sample_tree import sample
from tests.writers.docx.test_writer import HOUSE as WORD_HOUSE

BESIDE = WriterExtras(
    (
        Enclosure("record.json", "application/json", "What it was made from", "Data", b'{"a": "<&]]>"}\n'),
        Enclosure("agreement.json", "application/json", "Facts \u2013 with types", "Data", '{"b": "Ş “x”"}\n'.encode()),
        Enclosure("review.md", "text/markdown", "Words", "Source", b"# Words\n\n- one\n\ttwo\n"),
    )
)
CONTENTS = {each.name: each.data for each in BESIDE.enclosed}


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf(sample(), HOUSE, BESIDE)


def test_files_are_read_from_a_pdf_unchanged(made):
    assert inside_pdf(made) == CONTENTS


def test_files_are_read_from_a_word_file_unchanged():
    assert inside_word(docx(sample(), WORD_HOUSE, BESIDE)) == CONTENTS


def test_each_file_has_its_type_and_its_relationship_to_the_document(made):
    with pikepdf.open(io.BytesIO(made)) as file:
        said = {
            str(each.UF): (str(each.AFRelationship), str(each.EF.F.Subtype), str(each.Desc)) for each in file.Root.AF
        }
        assert said["record.json"] == ("/Data", "/application/json", "What it was made from")
        assert said["agreement.json"] == ("/Data", "/application/json", "Facts \u2013 with types")
        assert said["review.md"] == ("/Source", "/text/markdown", "Words")
        names = file.Root.Names.EmbeddedFiles.Names
        assert [str(each) for each in list(names)[::2]] == sorted(CONTENTS)


def test_no_time_is_recorded(made):
    with pikepdf.open(io.BytesIO(made)) as file:
        assert all(each.EF.F.Params.keys() == {"/Size"} for each in file.Root.AF)
        assert not {"/CreationDate", "/ModDate"} & file.docinfo.keys()


def test_the_same_files_give_the_same_bytes_and_different_files_a_different_identifier(made):
    assert pdf(sample(), HOUSE, BESIDE) == made
    other = pdf(sample(), HOUSE, WriterExtras(BESIDE.enclosed[:1]))
    with pikepdf.open(io.BytesIO(made)) as one, pikepdf.open(io.BytesIO(other)) as two:
        assert bytes(one.trailer.ID[0]) != bytes(two.trailer.ID[0])
    assert docx(sample(), WORD_HOUSE, BESIDE) == docx(sample(), WORD_HOUSE, BESIDE)


def test_without_enclosures_nothing_is_added():
    with pikepdf.open(io.BytesIO(pdf(sample(), HOUSE, NO_EXTRAS))) as file:
        assert not {"/AF"} & file.Root.keys()
    names = zipfile.ZipFile(io.BytesIO(docx(sample(), WORD_HOUSE, NO_EXTRAS))).namelist()
    assert not [each for each in names if each.startswith("customXml")]


def test_a_word_package_without_its_content_types_is_an_error():
    with pytest.raises(ValueError, match="does not contain </Types>"):
        with_enclosed({"[Content_Types].xml": b"<Types/>"}, BESIDE.enclosed)
