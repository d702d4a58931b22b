"""Lists of a Word file, numbered by their style."""

from dataclasses import replace
from pathlib import Path

from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle
from contract_assembly.writers.docx.writer import docx
from tests.helpers.sample_tree import cells, item, p, sample, t
from tests.helpers.word_reader import W, child, part, read, val

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


def found(file: bytes) -> list[tuple[str, str]]:
    """What Word would print, except the table of contents; a schedule's number is part of its title."""
    printed = [each for each in read(file) if not each[0].startswith("TOC")]
    return [("", number + text) if style == "Heading1" else (number, text) for style, number, text in printed]


def test_a_style_and_its_list_level_name_each_other():
    numbering, styles = (
        part(docx(awkward(), HOUSE), "word/numbering.xml"),
        part(docx(awkward(), HOUSE), "word/styles.xml"),
    )
    bound = {
        (each.get(f"{W}abstractNumId"), level.get(f"{W}ilvl"), val(child(level, "pStyle")))
        for each in numbering.iter(f"{W}abstractNum")
        for level in each.iter(f"{W}lvl")
        if child(level, "pStyle") is not None
    }
    numbered = [each for each in styles.iter(f"{W}style") if child(each, "pPr", "numPr", "ilvl") is not None]
    lists = {each.get(f"{W}numId"): val(child(each, "abstractNumId")) for each in numbering.iter(f"{W}num")}
    assert bound == {
        (
            lists[val(child(each, "pPr", "numPr", "numId"))],
            val(child(each, "pPr", "numPr", "ilvl")),
            each.get(f"{W}styleId"),
        )
        for each in numbered
    }


def test_a_list_is_numbered_by_its_style_wherever_word_restarts_it():
    paragraphs = body(*(clause(n, subsection(f"{n}.1", p("They are:"), enumerated("a", "b"))) for n in (1, 2)))
    assert not any(child(each, "pPr", "numPr") is not None for each in paragraphs)
