"""What tests of Word files share: awkward words, and the body, clauses and grid of a file that was written."""

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle
from contract_assembly.writers.docx.writer import docx
from tests.helpers.sample_tree import cells, item, p, sample, t
from tests.helpers.word_reader import W, child, part, read, val

ROOT = Path(__file__).parents[2]


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


def instructions(element) -> list[str]:
    return [each.text.strip() for each in element.iter(f"{W}instrText")]


def controls(document: d.Document):
    return list(part(docx(document, HOUSE), "word/document.xml").iter(f"{W}sdt"))


def tag_of(control) -> str:
    return val(child(control, "sdtPr", "tag"))


PAGES = {"services": 3, "fees": 12, "schedule-fees": 14, "schedule-contacts": 15}


def kept(paragraph) -> bool:
    return child(paragraph, "pPr", "keepNext") is not None


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
