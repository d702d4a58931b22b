"""PDFs with changes marked, as readers see them: bars in one line in the margin, deleted words struck through, and the base
state."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

from contract_assembly.compare.marking import marked
from contract_assembly.compare.trees import compare
from contract_assembly.document import tree as d
from contract_assembly.document.engines import ENGINES
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.pdf.marked_changes import marked_pdf, style
from tests.helpers.changed import ROOT
from tests.helpers.pdf_reader import pages
from tests.helpers.sample_tree import cells, p, sample
from tests.writers.pdf.test_writer import terms

HOUSES = {engine: replace(Repository(ROOT).house(), engine=engine) for engine in ENGINES}
RED = bytes.fromhex("A3232B")
LONG = "This sentence is here to fill a page and the one after it. " * 120


def reworded(old: d.Document) -> d.Document:
    """Every text of a tree with an additional word, and a paragraph that spans two pages."""

    def change(node):
        return replace(node, text=f"{node.text} again") if isinstance(node, d.Text) and len(node.text) > 3 else node

    cover, terms, *rest = d.rewrite(old, change, {d.Text}).parts
    return replace(old, parts=(cover, replace(terms, children=(p(LONG), *terms.children)), *rest))


@pytest.fixture(params=HOUSES, scope="module")
def house(request):
    return HOUSES[request.param]


@pytest.fixture(scope="module")
def made(house) -> bytes:
    new = reworded(sample())
    return marked_pdf(marked(new, compare(sample(), new)), house, "main (1a2b3c4d5e)", "9 reworded")


def bars(data: bytes) -> list[list[tuple[int, int]]]:
    """The bars on each page, as first and last column in pixels at 144 dpi, from top to bottom."""
    return [_bars(page.render(scale=2).to_pil().convert("RGB")) for page in pypdfium2.PdfDocument(data)]


def _bars(image) -> list[tuple[int, int]]:
    half = image.crop((0, 0, image.width // 2, image.height))
    size, data = 3 * half.width, half.tobytes()
    found = []
    for line in (data[start : start + size] for start in range(0, len(data), size)):
        if RED not in line:
            continue
        row = [x for x in range(half.width) if line[3 * x : 3 * x + 3] == RED]
        if len(row) >= 3 and row[-1] - row[0] == len(row) - 1 and len(row) < 8:
            found.append((row[0], row[-1]))
    return found


def test_bars_are_aligned_in_one_column_of_each_margin(made):
    found = bars(made)
    assert sum(map(bool, found)) >= 5
    for page in filter(None, found):
        assert {first for first, _ in page} <= {page[0][0], page[0][0] + 1}, "all at one place, but for rounding"
        assert all(last - first in {3, 4} for first, last in page)


def test_a_bar_continues_on_the_next_page(made):
    texts = [" ".join(line.text for line in page.body()) for page in pages(made)]
    over = [n for n, text in enumerate(texts) if text.count("This sentence is here") > 5]
    assert len(over) >= 2
    found = bars(made)
    assert all(len(found[n]) > 300 for n in over)


def test_a_bar_beside_a_row_is_as_high_as_the_row_with_typst():
    """With WeasyPrint it is as high as the row's first cell, whose height it knows first."""
    old, new = (
        terms(
            d.Table(("left", "left"), cells("Item", "Note"), (cells("one", f"{said} " * 80), cells("two", "as before")))
        )
        for said in ("old", "new")
    )
    made = marked_pdf(marked(new, compare(old, new)), HOUSES["typst"], "main", "1 reworded")
    row = [line for page in pages(made) for line in page.body() if {"old", "new"} & set(line.text.split())]
    (high,) = (len(each) / 2 for each in bars(made) if each)
    assert len(row) >= 5
    assert abs(high - (row[0].y - row[-1].y)) < 2 * 11 * 1.4


def test_unchanged_text_has_neither_bar_nor_mark(house):
    same = marked_pdf(marked(sample(), compare(sample(), sample())), house, "main", "nothing")
    assert bars(same) == [[] for _ in pages(same)]


def test_each_page_names_the_base_state_and_there_is_no_place_to_sign(made):
    with pikepdf.open(BytesIO(made)) as file:
        assert "/AcroForm" not in file.Root
        assert str(file.docinfo.Title) == "Support Agreement – changes from main (1a2b3c4d5e)"
    for page in pages(made):
        foot = " ".join(line.text for line in page.lines if line.y < 26 * 72 / 25.4)
        assert "NL-2026-0042 · version 1 · changes from main (1a2b3c4d5e) marked" in foot
    first = " ".join(line.text for line in pages(made)[0].lines)
    assert "Changes from main (1a2b3c4d5e) marked: 9 reworded. Not for signature." in first


def test_new_words_are_bold_and_deleted_words_in_brackets(house):
    old, new = (p(f"The Client shall pay {sum_} each month.") for sum_ in ("$100", "$120"))
    before, after = (replace(sample(), parts=(d.Part("terms", "terms", (), (each,)),)) for each in (old, new))
    made = marked_pdf(marked(after, compare(before, after)), house, "main", "1 reworded")
    body = [line for page in pages(made) for line in page.body()]
    (base,) = [line.y for line in body if "Client shall pay" in line.text]
    glyphs = [each for line in body if line.y == base for each in line.glyphs if each.char != "\u200b"]
    said = "".join(each.char for each in glyphs).replace("] $", "]$")  # PDFium takes the gap for a blank or not
    assert said == "The Client shall pay [$100]$120 each month."
    assert "".join(each.char for each in glyphs if each.font == "Caladea-Bold") == "$120"


def test_bookmarks_and_contents_have_the_words_of_the_new_state(made):
    file = pypdfium2.PdfDocument(made)
    titles = [each.get_title() for each in file.get_toc()]
    assert "1. Services again" in titles
    assert not any("[" in each for each in titles)


def test_the_same_trees_give_the_same_bytes(made, house):
    new = reworded(sample())
    assert marked_pdf(marked(new, compare(sample(), new)), house, "main (1a2b3c4d5e)", "9 reworded") == made


def test_no_mark_relies_on_colour_alone():
    assert "line-through" in style()
    assert "font-weight: bold" in style()
