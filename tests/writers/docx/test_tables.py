"""Tables of a Word file."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle
from contract_assembly.writers.docx.writer import docx
from tests.helpers.sample_tree import cells, item, p, sample, t
from tests.helpers.word_reader import W, child, part, read, style_of

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


def found(file: bytes) -> list[tuple[str, str]]:
    """What Word would print, except the table of contents; a schedule's number is part of its title."""
    printed = [each for each in read(file) if not each[0].startswith("TOC")]
    return [("", number + text) if style == "Heading1" else (number, text) for style, number, text in printed]


def kept(paragraph) -> bool:
    return child(paragraph, "pPr", "keepNext") is not None


def first_table(node: d.Table):
    return body(node).find(f"{W}tbl")


def test_a_table_repeats_its_head_row():
    rows = list(first_table(d.Table(("left",), cells("A"), (cells("1"), cells("2")))).iter(f"{W}tr"))
    assert [child(row, "trPr", "tblHeader") is not None for row in rows] == [True, False, False]


def test_no_row_is_split_over_pages():
    rows = part(docx(awkward(), HOUSE), "word/document.xml").iter(f"{W}tr")
    assert all(child(row, "trPr", "cantSplit") is not None for row in rows)


def test_a_long_table_may_break_but_not_before_its_total():
    node = d.Table(("left",), cells("A"), tuple(cells(str(n)) for n in range(9)), total=True)
    rows = [kept(next(row.iter(f"{W}p"))) for row in first_table(node).iter(f"{W}tr")]
    assert rows == [True, True, *[False] * 6, True, False], "a heading takes the first two rows along"


def test_a_short_table_stays_on_one_page():
    node = d.Table(("left",), cells("A"), tuple(cells(str(n)) for n in range(3)))
    assert [kept(next(row.iter(f"{W}p"))) for row in first_table(node).iter(f"{W}tr")] == [True, True, True, False]


def test_words_to_the_right_of_figures_are_set_apart():
    node = d.Table(("left", "right", "left", "right"), cells("A", "B", "C", "D"), (cells("1", "2", "3", "4"),))
    rows = [list(row.iter(f"{W}tc")) for row in first_table(node).iter(f"{W}tr")]
    assert [[child(cell, "tcPr", "tcMar") is not None for cell in row] for row in rows] == 2 * [
        [False, False, True, False]
    ]


def test_columns_are_fixed_and_fill_the_width_of_the_text():
    for paper, width in (("letter", 8164), ("a4", 8164)):
        document = replace(sample(), meta=replace(sample().meta, paper=paper))
        for table in part(docx(document, HOUSE), "word/document.xml").iter(f"{W}tbl"):
            grid = [int(each.get(f"{W}w")) for each in table.iter(f"{W}gridCol")]
            indent = int(child(table, "tblPr", "tblInd").get(f"{W}w"))
            assert child(table, "tblPr", "tblLayout").get(f"{W}type") == "fixed"
            assert sum(grid) + indent == width
            assert [int(each.get(f"{W}w")) for each in next(table.iter(f"{W}tr")).iter(f"{W}tcW")] == grid


def test_cells_are_aligned_by_style():
    node = d.Table(("left", "right", "center"), cells("A", "B", "C"), (cells("1", "2", "3"),))
    styles = [style_of(each) for each in first_table(node).iter(f"{W}p")]
    assert styles == ["TableText", "TableNumber", "TableCentered"] * 2


@pytest.mark.parametrize(
    ("head", "total", "flags"),
    [(cells("A", "B"), False, ("1", "0", "0")), (cells("A", "B"), True, ("1", "1", "0")), ((), False, ("0", "0", "1"))],
)
def test_head_total_and_first_column_are_formatted_by_the_table_style(head, total, flags):
    look = child(first_table(d.Table(("left", "left"), head, (cells("1", "2"),), total=total)), "tblPr", "tblLook")
    assert tuple(look.get(f"{W}{name}") for name in ("firstRow", "lastRow", "firstColumn")) == flags
