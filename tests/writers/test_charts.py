"""Charts: a table with all the information, and bars next to it, drawn from the same numbers in PDF and Word."""

from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pikepdf
import pypdfium2
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator
from PIL import Image

from contract_assembly.clauses.parse import parse
from contract_assembly.core.origin import Origin
from contract_assembly.document import tree as d
from contract_assembly.document.writer_extras import NO_EXTRAS
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.charts import Bar, bars, png, svg
from contract_assembly.writers.formats import FORMATS
from tests.helpers.letters import ROOT, letter
from tests.whole.test_parity import of_docx, of_markdown, of_pdf

WORDS = """Chart: First answers in time

| Priority | In time | Agreed | Answers |
|---|---:|---:|---:|
| Priority one | 100% | 95% | 2 of 2 |
| Priority two | 48.4% | 95% | 15 of 31 |
| Priority three | not counted | 95% | none |
"""
HOUSE = Repository(ROOT).house()


def chart(words=WORDS) -> d.Chart:
    (found,) = parse(words, Origin("a.md", 1)).blocks
    assert isinstance(found, d.Chart)
    return found


@pytest.fixture(scope="module")
def formats():
    tree = letter()[0]
    (part,) = tree.parts
    with_chart = d.Document(tree.meta, (d.Part(part.kind, part.id, part.heading, (*part.children[:2], chart(), *part.children[2:]), "", part.origin, part.opening),))  # fmt: skip
    return {name: write(with_chart, HOUSE, NO_EXTRAS) for name, write in FORMATS.items()}


def test_a_chart_differs_from_a_table_only_in_the_word_before_its_caption():
    found = chart()
    assert d.plain(found.table.caption) == "First answers in time"
    assert isinstance(parse(WORDS.replace("Chart:", "Table:"), Origin("a.md", 1)).blocks[0], d.Table)


def test_percentages_are_drawn_on_a_scale_to_a_hundred_and_other_text_not_at_all():
    assert bars(chart()) == (
        Bar(1000, 950, "Priority one, In time 100%, Agreed 95%"),
        Bar(484, 950, "Priority two, In time 48.4%, Agreed 95%"),
        None,
    )


def test_other_numbers_are_drawn_on_a_scale_from_zero_to_the_highest():
    counts = WORDS.replace("100%", "1,200").replace("48.4%", "300").replace("95%", "1,500")
    assert [(each.length, each.mark) for each in bars(chart(counts)) if each] == [(800, 1000), (200, 1000)]


def test_words_in_the_third_column_give_no_mark():
    assert [each.mark for each in bars(chart(WORDS.replace("95%", "agreed"))) if each] == [None, None]


@pytest.mark.parametrize(("length", "mark"), [(0, None), (484, 950), (1000, 0), (1000, 1000)])
def test_both_pictures_show_the_same_length(length, mark):
    bar = Bar(length, mark, "")
    row = list(Image.open(BytesIO(png(bar))).convert("RGB").crop((0, 10, 250, 11)).get_flattened_data())
    dark = sum(pixel == (0x1F, 0x3A, 0x5F) for pixel in row)
    hidden = sum(pixel in {(0x5B, 0x64, 0x70), (255, 255, 255)} for pixel in row)
    assert dark <= length / 4 <= dark + hidden + 1
    assert f'width="{length}" y="16"'.replace('y="16"', "") in svg(bar).decode()
    assert ((0x5B, 0x64, 0x70) in row) is (mark is not None)


def test_the_bytes_depend_only_on_the_numbers():
    assert png(Bar(484, 950, "a")) == png(Bar(484, 950, "b"))
    assert b"\x78\x01" in png(Bar(484, 950, ""))[:200], "stored, not compressed: no version of zlib has a say"


def test_every_format_has_the_same_words(formats):
    markdown = of_markdown(formats["md"])
    assert "Prioritytwo48.4%95%15of31" in markdown
    assert of_docx(formats["docx"]) == of_pdf(formats["pdf"], set()) == markdown


def test_each_bar_of_the_pdf_has_an_alternative_text(formats):
    with pikepdf.open(BytesIO(formats["pdf"])) as file:
        told = [
            str(each.Alt)
            for each in file.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
    assert told == ["Priority one, In time 100%, Agreed 95%", "Priority two, In time 48.4%, Agreed 95%"]


def test_the_word_file_has_alternative_texts_too_and_is_valid(formats, tmp_path):
    path = tmp_path / "chart.docx"
    path.write_bytes(formats["docx"])
    assert OpenXmlValidator().validate(str(path)).errors == []
    with ZipFile(path) as file:
        body = etree.fromstring(file.read("word/document.xml"))
        about = [
            (each.get("id"), each.get("descr")) for each in body.iter("{*}docPr") if each.get("name").startswith("bar")
        ]
        pictures = sorted(name for name in file.namelist() if name.startswith("word/media/bar"))
    assert about == [
        ("101", "Priority one, In time 100%, Agreed 95%"),
        ("102", "Priority two, In time 48.4%, Agreed 95%"),
    ]
    assert pictures == ["word/media/bar-1000-950.png", "word/media/bar-484-950.png"]


def test_a_document_without_charts_has_no_pictures(formats):
    plain = FORMATS["docx"](letter()[0], HOUSE, NO_EXTRAS)
    with ZipFile(BytesIO(plain)) as file:
        assert not [name for name in file.namelist() if "bar" in name]


def test_the_bars_are_visible_on_the_page(formats):
    dark = 0
    for page in pypdfium2.PdfDocument(formats["pdf"]):
        image = page.render(scale=2).to_pil().convert("RGB")
        runs = [_longest(image, y) for y in range(image.height // 4, image.height, 2)]
        dark = max(dark, *(min(pair) for pair in pairwise(runs)))  # a bar is thicker than the rule below a head row
    assert 150 < dark < 220, "33 mm at 144 dots an inch are 187"


def _longest(image, y):
    """The longest run of the bar's colour in a row of pixels, unless it is a rule over the whole width."""
    best = run = 0
    for x in range(image.width):
        run = run + 1 if image.getpixel((x, y)) == (0x1F, 0x3A, 0x5F) else 0
        best = max(best, run)
    return best if best < 300 else 0
