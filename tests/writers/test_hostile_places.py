"""Whatever a fact contains, it stays one value in every place outside the text: attributes, properties, metadata,
attachments."""

import re
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from contract_assembly.document import tree as d
from contract_assembly.document.writer_extras import Enclosure, WriterExtras
from contract_assembly.writers.docx.attachments import ITEM, NAMESPACE
from contract_assembly.writers.docx.writer import LONGEST_PROPERTY, docx
from contract_assembly.writers.html import html
from contract_assembly.writers.pdf.writer import pdf
from tests.helpers.house import HOUSE as PAGE_HOUSE
from tests.helpers.house import HOUSES
from tests.helpers.sample_tree import cells, p, sample, t
from tests.helpers.word_reader import W, part
from tests.writers.docx.test_writer import HOUSE as WORD_HOUSE

HOSTILE = (
    '" onload="x', "'", "<b>", "</title>", "</w:t></w:r>", "]]>", "<!--", "-->", "&amp;", "&", "&#10;", "<?x?>", ")", "(", "\\",
    "\\)", ") /JS (x", ">>", "<<", "/Type", "%", "endobj", "stream", "\u00fe\u00ff", "=?utf-8?q?x?=", "é", "Ω", "П", "url(", "{", "}",
    'urn:x" y="', "rdf:RDF", "</rdf:RDF>", "</dc:title>", "../../etc/passwd", "C:\\x", "“", " ", "name",
)  # fmt: skip
VALUES = st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=5).map("".join).map(str.strip).filter(bool)
FEW = settings(max_examples=40, deadline=None, derandomize=True, database=None)
ALL = "".join(each for each in HOSTILE if each != " ")


def document(value: str) -> d.Document:
    """A contract with a value in every place."""
    both = (d.Value(value, "client.name"),)
    signatory = d.Signatory(value, both[0], both[0], both[0])
    chart = d.Chart(d.Table(("left", "right"), cells("Name", "Hours"), (cells(value, "3"),), t("Hours used")))
    section = d.Section("s", 1, both, (p(*both), chart, d.Signatures((), (signatory,), is_open=True)), clause="s")
    meta = replace(
        sample().meta, title=value, subject=value, author=value, head=value, footer=value, initials=value, watermark=""
    )
    return d.Document(meta, (d.Part("cover", "cover", both, ()), d.Part("terms", "terms", t("Terms"), (section,))))


def extras(value: str) -> WriterExtras:
    return WriterExtras((Enclosure("agreement.json", "application/json", value, "Data", value.encode()),))


@given(VALUES)
@example(ALL)
@FEW
def test_an_attribute_of_the_page_contains_only_the_value(value):
    page = html(document(value), PAGE_HOUSE)
    harmless = html(document("x"), PAGE_HOUSE)
    found, like = (etree.fromstring(re.sub("<!DOCTYPE html>", "", each)) for each in (page, harmless))
    pairs = list(zip(found.iter(), like.iter(), strict=True))
    assert [each.tag for each, _ in pairs] == [other.tag for _, other in pairs]
    for each, other in pairs:
        assert each.keys() == other.keys()
    (body,) = found.iter("body")
    assert (body.get("data-head"), body.get("data-foot")) == (value, value)
    assert {each.get("content") for each in found.iter("meta")} == {None, value}
    assert {each.get("data-name") for each in found.iter("a") if each.get("data-name")} == {value}


@given(VALUES)
@example(ALL)
@FEW
def test_a_word_file_has_the_value_in_its_properties_controls_and_embedded_files(value):
    file = docx(document(value), WORD_HOUSE, extras(value))
    core = part(file, "docProps/core.xml")
    found = {each.tag.rpartition("}")[2]: each.text for each in core}
    assert [found[name] for name in ("title", "subject", "creator")] == [value[:LONGEST_PROPERTY]] * 3
    enclosed = part(file, ITEM).find(f"{{{NAMESPACE}}}file")
    assert (enclosed.get("about"), enclosed.text) == (value, value)
    (alias,) = part(file, "word/document.xml").iter(f"{W}alias")
    assert value.startswith(alias.get(f"{W}val").removesuffix("…"))
    with ZipFile(BytesIO(file)) as package, ZipFile(BytesIO(docx(document("x"), WORD_HOUSE, extras("x")))) as plain:
        assert package.namelist() == plain.namelist()


def keys(file: pikepdf.Pdf) -> list[list[str]]:
    """The names in each object of a PDF, except those of fonts, whose glyphs differ."""
    return sorted(sorted(each.keys()) for each in file.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each)


@pytest.mark.parametrize("house", HOUSES.values(), ids=HOUSES)
@pytest.mark.parametrize("value", [ALL, ") /JS (x", "</rdf:RDF>", '" x="', "\\)"])
def test_a_pdf_has_the_value_in_its_metadata_fields_and_attachments(value, house):
    data = pdf(document(value), house, extras(value))
    with (
        pikepdf.open(BytesIO(data)) as file,
        pikepdf.open(BytesIO(pdf(document("x"), house, extras("x")))) as plain,
    ):
        assert [str(file.docinfo[name]) for name in ("/Title", "/Author", "/Subject")] == [value] * 3
        assert sorted(file.docinfo.keys()) == sorted(plain.docinfo.keys())
        with file.open_metadata() as xmp, plain.open_metadata() as harmless:
            assert (xmp["dc:title"], xmp["dc:creator"], xmp["dc:description"]) == (value, [value], value)
            assert list(xmp) == list(harmless)
        spec = file.attachments["agreement.json"]
        assert (spec.description, spec.get_file().read_bytes(), list(file.attachments)) == (
            value,
            value.encode(),
            ["agreement.json"],
        )
        (field,) = file.Root.AcroForm.Fields
        assert (str(field.T), str(field.TU)) == (value, f"Signature of the {value}, {value}")
        assert sorted(file.Root.keys()) == sorted(plain.Root.keys())
        assert "/JS" not in {name for each in file.objects if isinstance(each, pikepdf.Dictionary) for name in each}
