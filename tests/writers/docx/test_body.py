"""The blocks of a document in a Word file."""

import re

import pytest

from contract_assembly.document import tree as d
from contract_assembly.writers.docx.writer import docx
from tests.helpers.sample_tree import p, sample
from tests.helpers.word_bodies import (
    HOUSE,
    W15,
    awkward,
    body,
    clause,
    kept,
    properties,
    subsection,
    tag_of,
)
from tests.helpers.word_reader import W, child, part, read, text_of, val

# What may occur next to the name of a style, and why.
ALLOWED = {
    "pPr": {
        "pStyle",
        "numPr",  # a list that restarts has an instance of its own
        "keepNext",  # whether a paragraph introduces the next one depends on its content, not its style
    },
    "rPr": {"rStyle"},
    "tblPr": {"tblStyle", "tblW", "tblInd", "tblLayout", "tblLook"},  # widths are computed from the cells
    "trPr": {"cantSplit", "tblHeader"},  # Word has no style property for either
    "tcPr": {"tcW"},
    "sdtPr": {"alias", "tag", "id", f"{W15}appearance"},
}


@pytest.mark.parametrize("document", [sample(), awkward()], ids=["sample", "awkward"])
def test_nothing_is_formatted_by_hand(document):
    found = part(docx(document, HOUSE), "word/document.xml")
    for name, allowed in ALLOWED.items():
        assert {each.tag.removeprefix(W) for holder in found.iter(f"{W}{name}") for each in holder} <= allowed
    holders = {each.tag.removeprefix(W) for each in found.iter() if each.tag.endswith("Pr")}
    assert holders <= {*ALLOWED, "numPr", "sectPr"}


def test_every_style_and_list_that_is_named_exists():
    file = docx(awkward(), HOUSE)
    document, numbering = part(file, "word/document.xml"), part(file, "word/numbering.xml")
    styles = part(file, "word/styles.xml")
    known = {each.get(f"{W}styleId") for each in styles.iter(f"{W}style")}
    uses = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")
    assert {
        val(each) for tree in (document, numbering, styles) for use in uses for each in tree.iter(f"{W}{use}")
    } <= known
    lists = {each.get(f"{W}numId") for each in numbering.iter(f"{W}num")}
    assert {val(each) for tree in (document, styles) for each in tree.iter(f"{W}numId")} - {"0"} <= lists


def test_a_signature_line_is_a_border_and_not_typed():
    assert "pBdr" in properties("SignatureLine")
    assert not re.search("_{3}", "".join(text for _, _, text in read(docx(sample(), HOUSE))))


def test_each_clause_is_in_a_control_with_its_id_and_title():
    clauses = [each for each in d.walk(sample()) if isinstance(each, d.Section) and each.level == 1]
    found = part(docx(sample(), HOUSE), "word/document.xml")[0].findall(f"{W}sdt")
    assert [tag_of(each) for each in found] == [each.clause for each in clauses]
    assert [val(child(each, "sdtPr", "alias")) for each in found] == [d.plain(each.heading) for each in clauses]
    for control, section in zip(found, clauses, strict=True):
        assert text_of(control).startswith(d.plain(section.heading))


def test_places_to_sign_have_text_before_them_on_their_page():
    """The last paragraph of the clause before them moves along, so that no page has only signatures."""
    signatures = next(each for each in d.walk(sample()) if isinstance(each, d.Signatures))
    found = body(clause(1, subsection("1.1", p("a")), subsection("1.2", p("b"))), signatures)
    lines = {text_of(each): kept(each) for each in found.findall(f"{W}p")}
    assert (lines["a"], lines["b"], lines[d.plain(signatures.lead)]) == (False, True, True)
