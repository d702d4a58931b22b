"""What is kept together on a page of a Word file, and what begins one."""

from pathlib import Path

import pytest

from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle
from contract_assembly.writers.docx.writer import docx
from tests.helpers.sample_tree import cells, item, p, sample, t
from tests.helpers.word_reader import W, child, part, read, style_of, val

ROOT = Path(__file__).parents[3]
WORD = ROOT / "templates/house/word"


def house() -> HouseStyle:
    return HouseStyle("", {each.relative_to(WORD).as_posix(): each.read_bytes() for each in WORD.rglob("*.*")}, {})


HOUSE = house()


def written(*blocks: d.Block) -> bytes:
    """These blocks as the terms of a document without a cover."""
    return docx(d.Document(sample().meta, (d.Part("terms", "terms", t("Terms"), blocks),)), HOUSE)


def body(*blocks: d.Block):
    """The body with the controls around clauses replaced by their content."""
    found = part(written(*blocks), "word/document.xml")[0]
    for control in found.findall(f"{W}sdt"):
        _unwrapped(control)
    return found


def _unwrapped(control) -> None:
    holder = control.getparent()
    at = holder.index(control)
    holder[at : at + 1] = list(child(control, "sdtContent"))


def enumerated(*words: str) -> d.Items:
    return d.Items(tuple(item(f"({letter})", p(each)) for letter, each in zip("abcdef", words, strict=False)))


def clause(number: int, *blocks: d.Block) -> d.Section:
    return d.Section(f"clause-{number}", 1, t("Heading"), blocks, "c", str(number))


def subsection(number: str, *blocks: d.Block, heading: tuple[d.Inline, ...] = ()) -> d.Section:
    return d.Section("", 2, heading, blocks, "c", number)


def found(file: bytes) -> list[tuple[str, str]]:
    """What Word would print, except the table of contents; a schedule's number is part of its title."""
    printed = [each for each in read(file) if not each[0].startswith("TOC")]
    return [("", number + text) if style == "Heading1" else (number, text) for style, number, text in printed]


def properties(style: str) -> set[str]:
    """The paragraph properties of a style and of those it is based on."""
    styles = {
        each.get(f"{W}styleId"): each for each in part(docx(sample(), HOUSE), "word/styles.xml").iter(f"{W}style")
    }
    asked: set[str] = set()
    while style:
        pPr = child(styles[style], "pPr")  # noqa: N806
        asked |= set() if pPr is None else {each.tag.removeprefix(W) for each in pPr}
        style = val(child(styles[style], "basedOn"))
    return asked


def kept(paragraph) -> bool:
    return child(paragraph, "pPr", "keepNext") is not None


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
