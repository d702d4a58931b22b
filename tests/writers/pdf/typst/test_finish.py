"""What a screen reader finds in a PDF by typst: the same as in one by WeasyPrint, with the same names."""

import io

import pikepdf
import pytest

from contract_assembly.document import tree as d
from contract_assembly.document.writer_extras import NO_EXTRAS, Declaration, WriterExtras
from contract_assembly.writers.pdf.typst import finish
from contract_assembly.writers.pdf.writer import pdf
from tests.helpers.house import TYPST
from tests.helpers.sample_tree import cells, item, p, sample, t
from tests.writers.pdf.test_writer import several_pages, terms
from tests.writers.pdf.weasyprint.test_archive import drawn, elements, kinds


@pytest.fixture(scope="module")
def made():
    with pikepdf.open(io.BytesIO(pdf(several_pages(), TYPST))) as file:
        yield file


def test_everything_is_read_once_and_what_runs_along_is_not_read(made):
    tagged = [kid for each in elements(made.Root.StructTreeRoot) for kid in each.get("/K", []) if isinstance(kid, int)]
    assert len(tagged) == sum(len(drawn(page)[0]) for page in made.pages)
    assert all(drawn(page)[1] >= 2 for page in made.pages)  # the head, which is empty on a cover, and the foot


def test_a_row_of_a_list_of_terms_is_named_by_its_first_cell(made):
    rows = [[str(cell.S) for cell in row.K] for row in kinds(made, "/TR")]
    assert ["/TH", "/TD"] in rows
    scopes = {str(next(a.Scope for a in each.A if "/Scope" in a)) for each in kinds(made, "/TH")}
    assert scopes == {"/Column", "/Row"}


def test_a_table_with_a_head_has_no_other_header_cells():
    table = d.Table(("left", "left"), cells("A", "B"), (cells("c", "d"), cells("e", "f")))
    with pikepdf.open(io.BytesIO(pdf(terms(table), TYPST))) as file:
        assert [[str(cell.S) for cell in row.K] for row in kinds(file, "/TR")] == [
            ["/TH"] * 2,
            ["/TD"] * 2,
            ["/TD"] * 2,
        ]


def test_a_list_says_how_it_counts_and_has_its_labels_apart():
    inner = d.Items((item("(i)", p("one")), item("(ii)", p("two"))))
    lists = d.Items((item("(a)", p("first"), inner), item("(b)", p("second"))))
    with pikepdf.open(io.BytesIO(pdf(terms(p("Lead-in:"), lists), TYPST))) as file:
        counting = [str(next(a.ListNumbering for a in each.A if "/ListNumbering" in a)) for each in kinds(file, "/L")]
        assert counting == ["/LowerAlpha", "/LowerRoman"]
        assert [[str(kid.S) for kid in each.K] for each in kinds(file, "/LI")] == [["/Lbl", "/LBody"]] * 4


def test_headings_contents_and_links_are_tagged(made):
    found = {str(each.S) for each in elements(made.Root.StructTreeRoot)}
    assert {"/Document", "/H1", "/H2", "/P", "/TOC", "/TOCI", "/Link", "/Table", "/THead", "/Strong"} <= found
    notes = [note for page in made.pages for note in page.get("/Annots", [])]
    assert all(str(note.Contents) for note in notes)


def test_a_further_standard_is_declared_in_the_metadata():
    about = Declaration(b'<rdf:Description rdf:about="" x="y"/>', b"<rdf:li>schema</rdf:li>")
    data = pdf(sample(), TYPST, WriterExtras(declared=(about,)))
    with pikepdf.open(io.BytesIO(data)) as file:
        words = file.Root.Metadata.read_bytes()
        assert "/Filter" not in file.Root.Metadata
    assert words.count(about.statement + b"</rdf:RDF>") == 1
    assert words.count(about.schema + b"</rdf:Bag></pdfaExtension:schemas>") == 1


def test_a_file_that_is_not_as_expected_is_refused():
    with pytest.raises(ValueError, match="typst writes it"):
        finish.finished(b"%PDF-1.7\nstartxref\n0\n%%EOF", NO_EXTRAS)
    with pytest.raises(ValueError, match="as typst tags them"):
        finish._as_header(b"<</Type/StructElem/S/TD/P 1 0 R>>")


def test_a_table_begins_with_its_caption():
    table = d.Table(("left",), cells("Head"), (cells("cell"),), t("Caption"))
    with pikepdf.open(io.BytesIO(pdf(terms(table), TYPST))) as file:
        (made,) = kinds(file, "/Table")
        assert [str(each.S) for each in made.K] == ["/Caption", "/THead", "/TBody"]


@pytest.mark.parametrize("head", [cells("Item", "Fee"), ()])
def test_nothing_shows_how_a_total_is_held_beside_the_row_before_it(head):
    rows = tuple(cells(f"row {n}", f"{n}.00") for n in range(30))
    with pikepdf.open(
        io.BytesIO(pdf(terms(d.Table(("left", "right"), head, rows, t("Fees"), total=True)), TYPST))
    ) as file:
        assert {len(row.K) for row in kinds(file, "/TR")} == {2}
        spans = [
            a
            for cell in (*kinds(file, "/TD"), *kinds(file, "/TH"))
            for a in cell.A
            if {"/ColSpan", "/RowSpan"} & a.keys()
        ]
        assert spans == []
        assert len(kinds(file, "/TH")) == (2 if head else 30)


def test_cells_that_are_not_as_expected_are_refused():
    held = {1: b"<</Type/StructElem/S/TD/P 2 0 R/A[<</O/Table/RowSpan 2>>]/K[3 0 R]>>", 2: b"<<>>"}
    with pytest.raises(ValueError, match="as typst tags them"):
        finish._drop_holders(held)


def test_the_marks_are_declared_and_nothing_is_said_of_suspects(made):
    assert made.Root.MarkInfo.Marked
    assert "/Suspects" not in made.Root.MarkInfo
