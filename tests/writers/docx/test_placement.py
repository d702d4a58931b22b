"""What is kept together on a page of a Word file, and what begins one."""

import pytest

from contract_assembly.document import tree as d
from contract_assembly.writers.docx.writer import docx
from tests.helpers.sample_tree import cells, p, sample, t
from tests.helpers.word_bodies import HOUSE, _unwrapped, body, clause, enumerated, kept, properties, subsection
from tests.helpers.word_reader import W, child, part, style_of


@pytest.mark.parametrize("style", ["TOCHeading", "PartTitle", "Heading1", "PartBreak"])
def test_contents_terms_and_schedules_begin_a_page(style):
    assert "pageBreakBefore" in properties(style)


@pytest.mark.parametrize("style", ["Heading1", "Heading2", "Heading3", "CoverHeading", "PartTitle", "Caption"])
def test_a_heading_is_kept_with_what_follows(style):
    assert "keepNext" in properties(style)


def test_terms_without_a_heading_still_begin_a_page():
    file = docx(d.Document(sample().meta, (d.Part("terms", "", (), (p("x"),)),)), HOUSE)
    assert style_of(part(file, "word/document.xml")[0][0]) == "PartBreak"


def test_a_paragraph_that_introduces_a_list_or_a_table_is_kept_with_it():
    table = d.Table(("left",), cells("A"), (cells("1"),))
    first, second, third = (each for each in body(p("x"), p("y"), table, p("z")) if style_of(each) == "ClauseContinued")
    assert [kept(first), kept(second), kept(third)] == [False, True, False]
    assert kept(body(subsection("1.1", p("They are:"), enumerated("a", "b")))[1])


def test_a_box_stays_on_one_page():
    paragraphs = [
        each for each in body(d.Box((p("x"), enumerated("a", "b"), p("y"))), p("z")) if "Box" in style_of(each)
    ]
    assert [kept(each) for each in paragraphs] == [True, True, True, False]


def test_places_to_sign_stay_on_one_page_with_their_lead():
    elements = list(body(next(each for each in d.walk(sample()) if isinstance(each, d.Signatures))))
    lead, table = elements[1], elements[2]
    assert kept(lead)
    assert [child(row, "trPr", "cantSplit") is not None for row in table.iter(f"{W}tr")] == [True]
    assert len(list(table.iter(f"{W}tc"))) == 2


def test_a_closing_table_leaves_no_space_that_could_fill_a_page_alone():
    table = d.Table(("left",), cells("A"), (cells("1"),))
    cover = d.Part("cover", "c", t("Cover"), (table, table))
    document = d.Document(sample().meta, (cover, d.Part("terms", "x", t("Terms"), (clause(1, table),))))
    found = part(docx(document, HOUSE), "word/document.xml")[0]
    for control in found.findall(f"{W}sdt"):
        _unwrapped(control)
    elements = list(found)
    tables = [n for n, each in enumerate(elements) if each.tag == f"{W}tbl"]
    assert [style_of(elements[n + 1]) for n in tables] == ["TableEnd", "TOCHeading", "DocumentEnd"]
