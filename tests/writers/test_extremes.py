"""Unplanned input: endless words, huge tables, lists and schedules, names in other scripts. Each gives a correct document in
bounded time, or a problem with its place."""

import time
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from msgspec.structs import replace

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import RefusedError
from contract_assembly.document import tree as d
from contract_assembly.document.numbering import numbered
from contract_assembly.document.writer_extras import NO_EXTRAS
from contract_assembly.repository.inputs import Repository
from contract_assembly.rules.document import check
from contract_assembly.writers.formats import FORMATS
from tests.helpers.pdf_reader import MM, pages
from tests.helpers.sample_tree import cells, p, sample, t
from tests.whole.test_parity import of_docx, of_markdown, squeezed
from tests.writers.pdf.test_typography import SIDES

HOUSE = Repository(Path(__file__).parents[2]).house()
TYPST = replace(HOUSE, engine="typst")
LONG = "Donaudampfschifffahrtsgesellschaft" * 295  # 10,030 letters
AT = Origin("agreements/acme/2026-support/agreement.yaml", 12)


def of(*blocks: d.Block, kind: d.PartKind = "schedule", paper: str = "a4") -> d.Document:
    """These blocks as a part of their own, numbered."""
    part = d.Part(kind, "part", t("Assets"), blocks)
    return numbered(d.Document(replace(sample().meta, paper=paper), (part,)))


def listed(*texts: str) -> d.Items:
    return d.Items(tuple(d.Item((p(each),)) for each in texts))


def clause(number: int, *blocks: d.Block) -> d.Section:
    sections = tuple(d.Section("", 2, (), (each,), "clause") for each in blocks)
    return d.Section(f"clause-{number}", 1, t(f"Clause number {number}"), sections, "clause")


def rows(count: int, *texts: str) -> d.Table:
    made = tuple(cells(f"WS-{n:04}", *texts) for n in range(count))
    return d.Table(("left",) * (len(texts) + 1), cells("Tag", *(f"Column {n}" for n, _ in enumerate(texts))), made)


WORDS = "The Provider keeps this list and the Client may ask for it on any day of the week"
DOCUMENTS = {
    "a long word in a paragraph": of(clause(1, p("Before ", LONG, " after."))),
    "a long word in a list": of(clause(1, p("These:"), listed(LONG, "short"))),
    "a long word in a table": of(rows(2, LONG[:3_400], "short")),  # WeasyPrint takes the square of its length
    "a long word in a heading": of(d.Section("x", 1, t(LONG[:1500]), (p("Words."),), "clause")),
    "a long word in a box": of(d.Box((p(LONG),))),
    "a long word in a letter": of(p(LONG), kind="letter"),
    "long words in twelve columns": of(rows(2, *[LONG[:300]] * 11)),
    "a cell of many pages": of(rows(1, WORDS * 200, "short")),
    "a box of many pages": of(d.Box(tuple(p(f"{n} {WORDS}.") for n in range(120)))),
    "400 assets": of(rows(400, "Workstation in the head office", "2 Calder Street", "1,250.00"), paper="letter"),
    "a list of 700 items": of(clause(1, p("These:"), listed(*(f"{WORDS};" for _ in range(700))))),
    "a list of 60 items in a list": of(
        clause(1, p("These:"), d.Items(tuple(d.Item((p("one:"), listed(*["two"] * 60))) for _ in range(2))))
    ),
    "a schedule of 60 pages": of(*(clause(n, *(p(f"{WORDS}, {WORDS}.") for _ in range(9))) for n in range(120))),
}


@pytest.fixture(params=DOCUMENTS, scope="module")
def made(request):
    """A document with its files, how long they took, and the pages of its PDF by each engine."""
    document = DOCUMENTS[request.param]
    begun = time.process_time()
    faces = {name: FORMATS[name](document, HOUSE, NO_EXTRAS) for name in FORMATS}
    seconds = time.process_time() - begun
    laid_out = [list(pages(data)) for data in (faces["pdf"], FORMATS["pdf"](document, TYPST, NO_EXTRAS))]
    return request.param, faces, seconds, laid_out


def test_every_format_has_the_same_words_and_is_made_in_reasonable_time(made):
    name, faces, seconds, laid_out = made
    heads = [squeezed(d.plain(cell.children)) for each in d.every(d.Table, DOCUMENTS[name]) for cell in each.head]
    said = of_markdown(faces["md"])
    assert of_docx(faces["docx"]) == said
    for each in laid_out:
        read = "".join(squeezed(line.text) for page in each for line in page.body())
        more, less = Counter(read.replace("-", "")), Counter(said.replace("-", ""))
        assert more >= less  # letters are counted, because a split row is read column by column
        repeated = (more - less).total() // (len("".join(heads)) or 1)
        assert more - less == Counter("".join(heads) * repeated)  # on each further page
        assert repeated <= len(each)
    assert seconds < 60


def test_nothing_is_outside_the_text_area_of_a_page(made):
    for page in (page for each in made[3] for page in each):
        side = SIDES[round(page.width)] * MM
        for line in page.lines:
            assert line.left >= side - 1, (page.number, line.text[:80])
            assert line.right <= page.width - side + 1, (page.number, line.text[:80])
        for line in page.lines:
            assert line.y > 13 * MM, (page.number, line.text[:80])
        assert not [line.text for line in page.lines if 16 * MM < line.y < 26 * MM]


@pytest.mark.parametrize("made", ["a schedule of 60 pages"], indirect=True)
def test_long_lists_have_many_pages_and_whole_rows(made):
    assert all(len(each) >= 60 for each in made[3])


# ---- refused, with a place


@pytest.mark.parametrize("columns", [13, 40])
def test_a_table_too_wide_for_the_page_is_reported_with_its_place(columns):
    table = replace(rows(1, *["x"] * (columns - 1)), origin=AT)
    (problem,) = [each for each in check(of(table)) if each.rule == "wide-table"]
    assert (problem.origin, f"{columns} columns" in problem.what) == (AT, True)


def test_an_empty_schedule_is_reported():
    empty = replace(of(), parts=(replace(of().parts[0], origin=AT),))
    assert [(each.rule, each.origin) for each in check(empty)] == [("empty-words", AT)]


SCRIPTS = {
    "Greek": "Αθηναϊκή Ναυτιλιακή Α.Ε.",
    "Cyrillic": "ООО «Северный свет»",
    "accents": "Łódź Škoda Ærø Ñandú Ġużè Þór",
    "combining": unicodedata.normalize("NFD", "Zoë Šárka Ångström"),
    "Chinese": "北京光明有限公司",
    "Arabic": "شركة النور",
    "Hebrew": "חברת אור",
    "Thai": "บริษัท",
    "emoji": "Rocket 🚀 Ltd",
}
WITHOUT_GLYPHS = {"Chinese", "Arabic", "Hebrew", "Thai", "emoji"}  # in the fonts of the house style


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_name_in_any_script_is_printed_correctly_or_reported_with_its_line(script):
    name = SCRIPTS[script]
    named = d.Value(name, "client.name", AT)
    document = of(p("This is ", named, "."), d.Section("b", 1, t(named), (p("x"),)))
    assert of_docx(FORMATS["docx"](document, HOUSE, NO_EXTRAS)).count(squeezed(name)) == 2
    if script in WITHOUT_GLYPHS:
        with pytest.raises(RefusedError) as refused:
            FORMATS["pdf"](document, HOUSE, NO_EXTRAS)
        assert {(each.rule, each.origin) for each in refused.value.problems} == {("no-glyph", AT)}
        return
    made = FORMATS["pdf"](document, HOUSE, NO_EXTRAS)
    read = "".join(squeezed(line.text) for page in pages(made) for line in page.body())
    assert unicodedata.normalize("NFC", read).count(unicodedata.normalize("NFC", squeezed(name))) == 2
