"""The logo in a Word file."""

import re

import pytest

from contract_assembly.document.style import Logo
from contract_assembly.writers.docx.logo import EMU, SIZES, above, packaged

PARTS = {
    "[Content_Types].xml": b'<Types><Default Extension="xml" ContentType="a"/></Types>',
    "word/_rels/document.xml.rels": b"<Relationships></Relationships>",
}


def logo(ratio):
    return Logo(name="logo.svg", raster=b"PNG", ratio=ratio)


@pytest.mark.parametrize("kind", SIZES)
@pytest.mark.parametrize("ratio", [0.2, 1.0, 4.0, 20.0])
def test_a_logo_keeps_its_proportions_and_fits_its_place(kind, ratio):
    _, width, height = SIZES[kind]
    wide, high = map(
        int, re.search(r'<wp:extent cx="(\d+)" cy="(\d+)"/>', above(kind, logo(ratio), "Firm", 1)).groups()
    )
    assert wide / high == pytest.approx(ratio, rel=0.001)
    assert wide <= width * EMU + 1
    assert high <= height * EMU + 1


def test_its_alternative_text_is_the_firm_and_cannot_be_markup():
    assert 'descr="A &amp; &lt;b&gt;"' in above("cover", logo(2.0), "A & <b>", 1)


def test_other_parts_and_firms_without_a_logo_have_none():
    assert above("schedule", logo(2.0), "Firm", 1) == ""
    assert above("cover", None, "Firm", 1) == ""
    assert packaged(PARTS, None) is PARTS


def test_the_package_gets_the_picture_its_type_and_its_relationship_once():
    found = packaged(PARTS, logo(2.0))
    assert found["word/media/logo.png"] == b"PNG"
    assert found["[Content_Types].xml"].count(b'Extension="png"') == 1
    assert found["word/_rels/document.xml.rels"].count(b'Target="media/logo.png"') == 1
