"""Places to sign in a final PDF: a field for each signatory, on the line, and anchors that are not read aloud; none in a
draft."""

import io
from types import SimpleNamespace
from typing import get_args

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

from contract_assembly.document import tree as d
from contract_assembly.facts.esign_anchors import ESIGN, Service, anchors
from contract_assembly.writers.docx.writer import docx
from contract_assembly.writers.markdown import markdown
from contract_assembly.writers.pdf import places_to_sign
from contract_assembly.writers.pdf.writer import pdf
from tests.helpers.house import HOUSES
from tests.helpers.sample_tree import sample
from tests.helpers.word_reader import W, part, read
from tests.writers.docx.test_writer import HOUSE as WORD_HOUSE
from tests.writers.pdf.weasyprint.test_archive import elements, kinds


def opened(service: Service = "none", times: int = 1) -> d.Document:
    """The sample as a final version for an e-signature service, with one or more signature blocks."""

    def change(node: d.Node) -> d.Node | tuple[d.Node, ...]:
        if not isinstance(node, d.Signatures):
            return node
        signatories = tuple(
            replace(each, anchors=anchors(service, each.role, number))
            for number, each in enumerate(node.signatories, 1)
        )
        return (replace(node, is_open=True, signatories=signatories),) * times

    return d.rewrite(sample(), change)


def fields(file: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    return {str(each.T): each for each in file.Root.AcroForm.Fields}


@pytest.fixture(scope="module", params=HOUSES)
def house(request):
    return HOUSES[request.param]


@pytest.fixture(scope="module", params=ESIGN)
def made(request, house):
    data = pdf(opened(request.param), house)
    with pikepdf.open(io.BytesIO(data)) as file:
        yield SimpleNamespace(data=data, file=file, service=request.param)


def test_each_signatory_has_a_signature_field_with_a_readable_name(made):
    found = fields(made.file)
    assert {name: str(each.TU) for name, each in found.items()} == {
        "Provider": "Signature of the Provider, Northlight IT Services LLC",
        "Client": "Signature of the Client, Acme *Instruments* & Sons",
    }
    assert all(each.FT == "/Sig" and each.Subtype == "/Widget" and each.F == 4 for each in found.values())
    assert made.file.Root.AcroForm.SigFlags == 1


def test_a_field_shows_nothing_until_it_is_signed(made):
    for field in fields(made.file).values():
        assert field.AP.N.read_bytes() == b""
        assert "/V" not in field
        assert "/A" not in field


def test_a_field_is_on_its_line_of_the_page(made):
    """Above the signatory's name, right of the label, high enough to sign in."""
    for page in pypdfium2.PdfDocument(made.data):
        text = page.get_textpage()
        found = {name: text.search(name).get_next() for name in ("Dana Whitfield", "Robert Okafor")}
        if not all(found.values()):
            continue
        for name, field in (("Dana Whitfield", "Provider"), ("Robert Okafor", "Client")):
            left, bottom, right, top = map(float, fields(made.file)[field].Rect)
            name_left, _, _, name_top = text.get_charbox(found[name][0])
            assert abs(left - name_left) < 2
            assert 0 < bottom - name_top < 12
            assert top - bottom >= 18
            assert right - left > 120
        return
    pytest.fail("the page with the signatures was not found")


def test_a_field_is_in_the_structure_tree_and_nowhere_else(made):
    nums = made.file.Root.StructTreeRoot.ParentTree.Nums
    owner = {int(nums[n]): nums[n + 1] for n in range(0, len(nums), 2)}
    for field in fields(made.file).values():
        assert owner[int(field.StructParent)].S == "/Form"
    assert len(kinds(made.file, "/Form")) == 2
    assert all(len(each.K) == 1 and each.K[0].Type == "/OBJR" for each in kinds(made.file, "/Form"))


def test_an_anchor_is_on_the_page_and_not_read_aloud(made):
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made.data))
    for number, role in enumerate(("Provider", "Client"), 1):
        for anchor in filter(None, anchors(made.service, role, number)):
            assert anchor in text.replace("\r\n", "")
    tagged = [
        kid for each in elements(made.file.Root.StructTreeRoot) for kid in each.get("/K", []) if isinstance(kid, int)
    ]
    numbered = sum("/MCID" in about for page in made.file.pages for about in begun(page))
    assert numbered == len(tagged)  # every numbered piece belongs to an element; an anchor has no number


def begun(page: pikepdf.Page) -> list[pikepdf.Object]:
    """The tag of each marked-content sequence of a page."""
    return [each[0][1] for each in pikepdf.parse_content_stream(page) if str(each[1]) == "BDC"]


def test_no_trace_of_the_marker_links_remains_in_the_file(made):
    words = b"".join(each.unparse() for each in made.file.objects if not isinstance(each, pikepdf.Stream))
    assert places_to_sign.FIELD.encode() not in words
    assert places_to_sign.MARK.encode() not in words


def test_a_second_block_gets_other_names(house):
    with pikepdf.open(io.BytesIO(pdf(opened(times=2), house))) as file:
        assert fields(file).keys() == {"Provider", "Client", "Provider 2", "Client 2"}


def test_a_draft_has_neither_field_nor_anchor(house):
    draft = d.rewrite(
        opened("docuseal"), lambda node: replace(node, is_open=False) if isinstance(node, d.Signatures) else node
    )
    data = pdf(draft, house)
    with pikepdf.open(io.BytesIO(data)) as file:
        assert "/AcroForm" not in file.Root
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    assert "{{" not in text
    assert b"SignAnchor" not in word_body(draft)


def word_body(document: d.Document) -> bytes:
    from lxml import etree

    return etree.tostring(part(docx(document, WORD_HOUSE), "word/document.xml"))


def test_an_anchor_in_word_is_a_run_with_its_own_style():
    body = part(docx(opened("documenso"), WORD_HOUSE), "word/document.xml")
    runs = [each for each in body.iter(f"{W}r") if each.find(f"{W}rPr/{W}rStyle[@{W}val='SignAnchor']") is not None]
    assert ["".join(each.itertext()) for each in runs] == [
        "{{SIGNATURE, r1}}", "{{DATE, r1}}", "{{SIGNATURE, r2}}", "{{DATE, r2}}",
    ]  # fmt: skip
    style = part(docx(opened(), WORD_HOUSE), "word/styles.xml").find(f"{W}style[@{W}styleId='SignAnchor']/{W}rPr")
    assert (style.find(f"{W}color").get(f"{W}val"), style.find(f"{W}sz").get(f"{W}val")) == ("FFFFFF", "2")


def test_anchors_are_not_part_of_the_text():
    assert markdown(opened("docuseal"), house) == markdown(sample(), house)
    assert list(read(docx(opened("docuseal"), WORD_HOUSE))) == list(read(docx(sample(), WORD_HOUSE)))


def test_every_allowed_service_is_in_the_table():
    assert set(get_args(Service)) == ESIGN.keys()
    assert all("{{" in each and "}}" in each for name in ESIGN for each in anchors(name, "Client", 2) if name != "none")


@pytest.mark.parametrize(
    ("service", "signature"),
    [
        ("none", ""),
        ("docuseal", "{{ClientSignature;role=Client;type=signature}}"),
        ("documenso", "{{SIGNATURE, r2}}"),
        ("adobe-sign", "{{Sig_es_:signer2:signature}}"),
    ],
)
def test_the_anchors_are_those_that_the_service_looks_for(service, signature):
    assert anchors(service, "Client", 2)[0] == signature
