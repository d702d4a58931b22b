"""Typography, measured on the pages: what docs/typography.md promises. Pages are read with PDFium, which has no access to our
styles."""

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace
from pypdfium2 import PdfDocument

from contract_assembly.build.assessment import assemble_and_assess
from contract_assembly.document import tree as d
from contract_assembly.document.engines import ENGINES, Engine
from contract_assembly.document.numbering import numbered
from contract_assembly.document.references import resolved, with_used_definitions
from contract_assembly.document.writer_extras import NO_EXTRAS
from contract_assembly.repository.inputs import Repository
from contract_assembly.writers.docx.writer import docx
from contract_assembly.writers.formats import FORMATS
from tests.helpers.pdf_reader import MM, Line, Page, pages
from tests.helpers.word_reader import W, part

ROOT = Path(__file__).parents[3]
SAMPLES = (
    ("acme", "2026-support", "contract"),
    ("liffey", "2026-support", "contract"),
    ("acme", "2026-support", "cover-letter"),
)
BODY, SANS = "Caladea", "Carlito"
LEADING = 14.5  # points
SIDES = {612: 35.95, 595: 33}  # side margins in millimetres, by paper width in points


@cache
def tree(sample: tuple[str, str, str]) -> d.Document:
    made = assemble_and_assess(Repository(ROOT), *sample).assembled
    return resolved(numbered(with_used_definitions(made.document)), made.elsewhere)[0]


@cache
def pdf(sample: tuple[str, str, str], engine: Engine) -> bytes:
    return FORMATS["pdf"](tree(sample), replace(Repository(ROOT).house(), engine=engine), NO_EXTRAS)


@cache
def laid_out(sample: tuple[str, str, str], engine: Engine) -> tuple[Page, ...]:
    return pages(pdf(sample, engine))


@pytest.fixture(params=ENGINES, scope="module")
def engine(request):
    return request.param


@pytest.fixture(params=SAMPLES, ids=lambda each: f"{each[0]}-{each[2]}", scope="module")
def sample(request):
    return request.param


@pytest.fixture
def read(sample, engine) -> tuple[Page, ...]:
    return laid_out(sample, engine)


def body(read: tuple[Page, ...]) -> list[Line]:
    """The lines of running text: no headings, tables, contents, nor large lines of the cover."""
    return [line for page in read for line in page.body() if line.font.startswith(BODY) and line.size == 11]


def test_the_body_is_11_points(read):
    sizes = Counter(line.size for page in read for line in page.body() if line.font.startswith(BODY))
    assert sizes[11] > 0.99 * sizes.total() or sizes.total() - sizes[11] <= 2


def test_the_leading_is_132_percent_wherever_lines_follow_in_one_paragraph(read):
    steps = Counter(
        round(above.y - below.y, 1)
        for page in read
        for above, below in pairwise(each for each in page.body() if each.font.startswith(BODY) and each.size == 11)
        if 5 < above.y - below.y < 17.4  # a larger distance separates paragraphs or items
    )
    assert set(steps) == {LEADING}
    assert 1.2 <= LEADING / 11 <= 1.45


def test_a_line_has_45_to_90_characters(read):
    full = [line for line in body(read) if line.right - line.left > 0.93 * (144 * MM - 45 * 0.75)]
    counts = [len(re.sub(r"^[\d.]+\s+", "", line.text)) for line in full]  # a number is beside its words
    assert len(full) >= 8
    assert min(counts) >= 45
    assert max(counts) <= 90, max(full, key=lambda line: len(line.text)).text


def test_nothing_is_outside_the_text_area_and_margins_are_over_26_millimetres(read):
    for page in read:
        side = SIDES[round(page.width)] * MM
        for line in page.lines:
            assert line.left >= side - 1, (page.number, line.text)
            assert line.right <= page.width - side + 1, (page.number, line.text)
        for line in page.body():
            assert 26 * MM < line.y < page.height - 26 * MM


def underlined(data: bytes) -> list[str]:
    """Lines with a rule right below them: almost no white pixel in some row 1 to 2.6 points below the baseline."""
    found = []
    for page, drawn in zip(pages(data), PdfDocument(data), strict=True):
        pixels = drawn.render(scale=3, grayscale=True).to_pil()
        for line in page.body():
            rows = range(int((page.height - line.y + 1) * 3), int((page.height - line.y + 2.6) * 3) + 1)
            below = [pixels.crop((int(line.left * 3), row, int(line.right * 3), row + 1)).tobytes() for row in rows]
            found += [line.text] * any(sum(each < 200 for each in row) > 0.9 * len(row) for row in below)
    return found


def test_no_line_is_underlined(sample, engine):
    assert underlined(pdf(sample, engine)) == []


def test_an_underline_would_be_detected():
    house = Repository(ROOT).house()
    spoilt = replace(house, css=f"{house.css} .letter > p {{ text-decoration: underline }}")
    assert "September\u00a08, 2026" in underlined(FORMATS["pdf"](tree(SAMPLES[2]), spoilt, NO_EXTRAS))


def test_quotation_marks_are_curly_and_spaces_single(read):
    text = "\n".join(line.text for page in read for line in page.lines)
    assert not re.findall(r"[\"']", text)
    assert not [line.text for page in read for line in page.lines if "  " in line.text]
    assert "“" in text or len(read) < 10


_MARK = r"(?:[Ss]ections?|[Pp]aragraphs?|[Aa]rticles?|Schedules?|Priority|[Nn]o\.)"
_UNIT = r"(?:Business Days?|days?|hours?|minutes?|months?|years?|percent|users?|%|CFR|[AP]M)"


def test_marks_stay_with_their_numbers_and_numbers_with_their_units(sample, read):
    """Facts such as a party's registration are printed as they were written."""
    words = [node.text for node in d.walk(tree(sample)) if isinstance(node, d.Text)]
    loose = re.compile(rf"\b{_MARK} (?:\d|[A-Z]\b)|\d {_UNIT}(?!\w)")
    assert [match[0] for each in words for match in loose.finditer(each)] == []
    ends = re.compile(rf"(?:^|\s){_MARK}$|§$")
    assert [line.text for page in read for line in page.body() if len(line.text) > 20 and ends.search(line.text)] == []


def heading(line: Line) -> bool:
    return line.font.startswith(f"{SANS}-Bold") and line.size >= 12


def test_no_heading_is_the_last_line_of_a_page(read):
    for page in read:
        if page.body():
            assert not heading(page.body()[-1]), (page.number, page.body()[-1].text)


def ended(line: Line) -> bool:
    return line.text[-1] in ".;:)”" or line.text.endswith((" and", " or", ","))


def test_no_page_begins_or_ends_with_a_single_line_of_a_paragraph(read):
    """A paragraph that continues on the next page leaves two lines and takes two."""
    for above, below in pairwise(read):
        last, first = above.body()[-2:], below.body()[:2]
        flows = last and first and all(each.font == BODY and each.size == 11 for each in (last[-1], first[0]))
        if flows and not ended(last[-1]):
            assert len(last) == 2
            assert last[0].y - last[1].y == pytest.approx(LEADING, abs=0.2), (above.number, last[-1].text)
            assert first[0].y - first[1].y == pytest.approx(LEADING, abs=0.2), (below.number, first[0].text)


def test_the_signature_block_follows_text_of_the_agreement_on_its_page(engine):
    for sample in SAMPLES[:2]:
        (page,) = (each for each in laid_out(sample, engine) if any("By signing" in line.text for line in each.lines))
        before = [line for line in page.body() if line.y > next(x.y for x in page.lines if "By signing" in x.text)]
        assert len(before) >= 2


def test_the_closing_of_a_letter_follows_two_lines_of_text_on_its_page(engine):
    (page,) = (each for each in laid_out(SAMPLES[2], engine) if any("Sincerely" in line.text for line in each.lines))
    close = next(line.y for line in page.lines if "Sincerely" in line.text)
    assert len([line for line in page.body() if line.y > close and line.font == BODY]) >= 2


def test_few_words_are_bold_and_none_bold_and_italic(read):
    fonts = Counter(glyph.font for page in read for line in page.body() for glyph in line.glyphs)
    assert not fonts[f"{BODY}-BoldItalic"]
    assert fonts[f"{BODY}-Bold"] < 0.05 * fonts[BODY]


# ---- the same in Word, as far as it can be read


@pytest.fixture(scope="module")
def styles():
    made = docx(tree(SAMPLES[2]), Repository(ROOT).house())
    return part(made, "word/styles.xml"), made


def test_word_has_the_same_size_leading_and_no_underline(styles):
    found, made = styles
    defaults = found.find(f"{W}docDefaults")
    assert defaults.find(f".//{W}sz").get(f"{W}val") == "22"
    spacing = defaults.find(f".//{W}spacing")
    assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == (str(round(LEADING * 20)), "atLeast")
    assert not list(found.iter(f"{W}u"))
    assert not list(part(made, "word/document.xml").iter(f"{W}u"))


def lineage(by_id, name):
    """A style and those it is based on."""
    while name:
        yield by_id[name]
        based = by_id[name].find(f"{W}basedOn")
        name = based.get(f"{W}val") if based is not None else ""


def test_word_keeps_headings_with_the_next_paragraph_and_two_lines_of_each_paragraph(styles):
    by_id = {each.get(f"{W}styleId"): each for each in styles[0].iter(f"{W}style")}
    assert by_id["Normal"].find(f"{W}pPr/{W}widowControl") is not None
    for name in (
        "Heading1",
        "HeadingUnnumbered",
        "CoverHeading",
        "LetterHeading",
        "LetterSubject",
        "PartTitle",
        "Caption",
    ):
        assert any(each.find(f"{W}pPr/{W}keepNext") is not None for each in lineage(by_id, name)), name
    assert by_id["LetterClose"].find(f"{W}pPr/{W}keepNext") is not None
