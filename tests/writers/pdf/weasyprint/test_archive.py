"""The PDF declares both standards, and is accessible to screen readers. tests/documents validates it with veraPDF."""

import io
from collections.abc import Iterator
from itertools import pairwise
from types import SimpleNamespace

import pikepdf
import pytest
from lxml import etree

from contract_assembly.writers.pdf.weasyprint import archive
from contract_assembly.writers.pdf.writer import pdf
from tests.helpers.house import HOUSE
from tests.helpers.sample_tree import item, p, sample
from tests.writers.pdf.test_writer import CLAUSES, d, several_pages, terms


@pytest.fixture(scope="module")
def made() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pdf(several_pages(), HOUSE))) as file:
        yield file


def elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """All elements of the structure in reading order."""
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def kinds(file: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    return [each for each in elements(file.Root.StructTreeRoot) if kind == each.S]


def pieces(file: pikepdf.Pdf, page: pikepdf.Page) -> list[int]:
    """The numbers of a page's marked content in the order of the structure."""
    on_page = [each for each in elements(file.Root.StructTreeRoot) if each.get("/Pg") == page.obj]
    return [kid for each in on_page for kid in each.K if isinstance(kid, int)]


def drawn(page: pikepdf.Page) -> tuple[list[int], int]:
    """The numbers of a page's marked content in drawing order, and how many artifacts the page has."""
    begun = [tuple(operands) for operands, operator in pikepdf.parse_content_stream(page) if str(operator) == "BDC"]
    numbered = [int(about.MCID) for _, about in begun if "/MCID" in about]
    return numbered, sum(tag == "/Artifact" and about.Type == "/Pagination" for tag, about in begun)


def test_both_standards_are_declared_in_one_description(made):
    (rdf,) = etree.fromstring(made.Root.Metadata.read_bytes())
    said = {name: value for each in rdf for name, value in each.attrib.items() if name.endswith("}part")}
    assert said == {"{http://www.aiim.org/pdfa/ns/id/}part": "3", "{http://www.aiim.org/pdfua/ns/id/}part": "1"}


def test_the_window_shows_the_title_and_the_language_is_set(made):
    assert made.Root.ViewerPreferences.DisplayDocTitle is True
    assert made.Root.MarkInfo.Marked is True
    assert made.Root.Lang == sample().meta.language


def test_the_structure_follows_the_order_of_the_page_and_is_complete(made):
    for page in made.pages:
        numbered, _ = drawn(page)
        assert pieces(made, page) == numbered == list(range(len(numbered)))


def test_running_header_and_footer_are_artifacts(made):
    cover, *others = (drawn(page)[1] for page in made.pages)
    assert cover > 0
    assert others == [cover + 1] * len(others)  # the cover has no running header


def test_a_link_is_described_by_its_words_and_belongs_to_one_element(made):
    nums = made.Root.StructTreeRoot.ParentTree.Nums
    owner = {int(nums[n]): nums[n + 1] for n in range(0, len(nums), 2)}
    notes = [note for page in made.pages for note in page.get("/Annots", [])]
    assert {owner[int(note.StructParent)].S for note in notes} == {"/Link"}
    assert all(" " in str(note.Contents) or str(note.Contents) == "this" for note in notes)
    assert "3. Duty 3 3" in {str(note.Contents) for note in notes}


def test_no_two_link_areas_overlap(made):
    for page in made.pages:
        boxes = [[float(edge) for edge in note.Rect] for note in page.get("/Annots", [])]
        assert len({tuple(box) for box in boxes}) == len(boxes)
        contents = [box for box in boxes if box[2] - box[0] > 300]
        assert all(upper[1] >= lower[3] - 0.1 for upper, lower in pairwise(contents))


def test_a_link_contains_no_other_link(made):
    assert len(kinds(made, "/Link")) >= 2 * len(CLAUSES)
    assert not [each for link in kinds(made, "/Link") for each in elements(link) if each.S == "/Link"]


def test_a_list_has_its_numbering_style_and_labels_apart_from_text():
    inner = d.Items((item("(i)", p("one")), item("(ii)", p("two"))))
    lists = d.Items((item("(a)", p("first"), inner), item("(b)", p("second"))))
    with pikepdf.open(io.BytesIO(pdf(terms(p("Lead-in:"), lists), HOUSE))) as file:
        assert [str(each.A.ListNumbering) for each in kinds(file, "/L")] == ["/LowerAlpha", "/LowerRoman"]
        assert [[str(kid.S) for kid in each.K] for each in kinds(file, "/LI")] == [["/Lbl", "/LBody"]] * 4
        assert all(each == kid.P for each in kinds(file, "/LI") for kid in each.K)


def test_a_header_cell_has_a_scope(made):
    places = {str(each.P.P.S): str(each.A.Scope) for each in kinds(made, "/TH")}
    assert places == {"/THead": "/Column", "/TBody": "/Row"}


@pytest.mark.parametrize("words", [b"<rdf:RDF></rdf:RDF>", b'part="3" pdfaid:conformance="A"</rdf:RDF></rdf:RDF>'])
def test_unexpected_metadata_is_refused(words):
    with pytest.raises(ValueError, match="metadata"):
        archive._declare(SimpleNamespace(stream=[words]))


def test_a_running_header_that_is_not_drawn_last_is_refused():
    tagged, artifact = {"S": "/P"}, {"S": "/Span"}
    with pytest.raises(ValueError, match="drawn last"):
        archive._mark_artifacts({b"0": tagged, b"1": artifact}.__getitem__, [{}], [0, [b"1", b"0"]], {id(tagged)})
