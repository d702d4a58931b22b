"""The blocks of a document in a Word file."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle
from contract_assembly.writers.docx.writer import docx
from tests.helpers.sample_tree import cells, item, p, sample, t
from tests.helpers.word_reader import W, child, part, read, text_of, val

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


def awkward() -> d.Document:
    """Lists, boxes and tables in all places where Word's numbering could go wrong."""
    deep = d.Items(
        (
            item(
                "(a)",
                p("first"),
                p("continued"),
                d.Items((item("(i)", p("one")), item("(ii)", p("two")))),
                p("between"),
                d.Items((item("(i)", p("one again")), item("(ii)", p("two again"), p("and more")))),
            ),
            item("(b)", p("second"), d.Items((item("(i)", p("fresh")), item("(ii)", p("last"))))),
        )
    )
    box = d.Box((p("Boxed."), enumerated("x", "y"), p("Again."), enumerated("z", "w")))
    table = d.Table(("left", "center"), cells("A", "B"), (cells("1", "2"),), t("Caption"))
    cover = d.Part(
        "cover",
        "cover",
        t("Title"),
        (
            d.Section("one", 1, t("One"), (p("Lead:"), enumerated("a", "b"), p("Lead:"), enumerated("c", "d"))),
            d.Section("two", 1, t("Two"), (p("Lead:"), deep, box)),
        ),
    )
    blocks = (
        clause(1, p("Direct:"), enumerated("a", "b"), p("again:"), enumerated("c", "d"), box, table, table),
        clause(
            2, enumerated("a", "b"), subsection("2.1", p("After a list.")), subsection("2.2", deep, p("Tail."), deep)
        ),
        clause(3, subsection("", p("Unnumbered:"), enumerated("a", "b")), subsection("3.1", table, heading=t("Alone"))),
        clause(4, subsection("4.1", enumerated("a", "b"), box), subsection("4.2", p("Lead:"), deep, table)),
        clause(5, subsection("5.1", p("End."))),
    )
    first = (p("Before any heading:"), enumerated("a", "b"))
    schedules = tuple(
        d.Part(
            "schedule", f"schedule-{n}", t("Annex"), first + tuple(replace(b, id=f"{n}-{b.id}") for b in blocks), letter
        )
        for n, letter in enumerate("ABC")
    )
    return d.Document(sample().meta, (cover, d.Part("terms", "terms", t("Terms"), blocks), *schedules))


def lines(blocks: tuple[d.Block, ...]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        match block:
            case d.Section(level=2):
                yield from run_in(block)
            case d.Section():
                yield d.label(block), d.plain(block.heading)
                yield from lines(block.children)
            case d.Paragraph():
                yield "", d.plain(block.children)
            case d.Items():
                for each in block.items:
                    yield each.number, d.plain(each.children[0].children)
                    yield from lines(each.children[1:])
            case d.Box():
                yield from lines(block.children)
            case _:
                yield from grid(block)


def grid(block: d.Table | d.Signatures) -> Iterator[tuple[str, str]]:
    match block:
        case d.Table():
            yield "", d.plain(block.caption)
            yield from (("", d.plain(each.children)) for row in (block.head, *block.rows) for each in row)
        case d.Signatures():
            yield "", d.plain(block.lead)
            for each in block.signatories:
                yield from (("", each.role), ("", each.entity.text), ("", "By: "), ("", f"Name: {each.name.text}"))
                yield from (("", f"Title: {each.title.text}"), ("", "Date: "))


def run_in(section: d.Section) -> Iterator[tuple[str, str]]:
    caption = d.plain(section.heading) + "." if section.heading else ""
    match section.children:
        case (d.Paragraph(children=first), *rest):
            yield d.label(section), " ".join(filter(None, (caption, d.plain(first))))
        case rest:
            yield d.label(section), caption
    yield from lines(tuple(rest))


def found(file: bytes) -> list[tuple[str, str]]:
    """What Word would print, except the table of contents; a schedule's number is part of its title."""
    printed = [each for each in read(file) if not each[0].startswith("TOC")]
    return [("", number + text) if style == "Heading1" else (number, text) for style, number, text in printed]


W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"

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


def tag_of(control) -> str:
    return val(child(control, "sdtPr", "tag"))


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
