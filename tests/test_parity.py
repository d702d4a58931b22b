"""All faces say the same: the words and numbers of the committed review text, DOCX and PDF of every agreement are equal.

Each face is read by something we did not write, or that knows nothing of the writers: a CommonMark reader, a model of Word's list
engine, and PDFium.
"""

import re
from html import unescape
from pathlib import Path

import pypdfium2
import pytest
from markdown_it import MarkdownIt

from tests.write.word_reader import W, part, read, style_of, text_of

ROOT = Path(__file__).parent.parent
FOLDERS = sorted(path.parent for path in ROOT.glob("agreements/*/*/contract.md"))
MARGIN = 27 / 25.4 * 72  # points, at the top and bottom of each page: running head and foot


def squeezed(text: str) -> str:
    """Words without any space, for where a line breaks is not the reader's business, and without anchors of e-sign services."""
    return re.sub(r"\{\{[^}]*\}\}|\s+", "", text.replace("\x02", "-"))  # PDFium says so where a line ends in a hyphen


def of_markdown(data: bytes) -> str:
    page = MarkdownIt("commonmark").enable("table").render(data.decode().split("\n", 1)[1])
    return squeezed(unescape(re.sub(r"<[^>]*>", "", page)))


def of_docx(data: bytes) -> str:
    return squeezed("".join(f"{number} {text}" for style, number, text in read(data) if not style.startswith("TOC")))


def of_pdf(data: bytes, heads: set[str]) -> str:
    """The pages without contents; a table that goes on from the page before repeats its head, which is said once."""
    found, in_contents = [], False
    for page in pypdfium2.PdfDocument(data):
        width, height = page.get_size()
        text = page.get_textpage().get_text_bounded(0, MARGIN, width, height - MARGIN)
        in_contents = text.startswith("Contents") or (in_contents and not re.match(r"Standard terms|Terms", text))
        body = squeezed(text)
        repeated = max((head for head in heads if body.startswith(head)), key=len, default="")
        found += [] if in_contents else [body.removeprefix(repeated)]
    return "".join(found)


def table_heads(data: bytes) -> set[str]:
    page = MarkdownIt("commonmark").enable("table").render(data.decode())
    return {
        squeezed(unescape(re.sub(r"<[^>]*>", "", head))) for head in re.findall(r"<thead>.*?</thead>", page, re.DOTALL)
    } - {""}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: "-".join(folder.parts[-2:]))
def test_review_text_word_and_pdf_say_the_same(folder):
    markdown = of_markdown((folder / "contract.md").read_bytes())
    assert len(markdown) > 5_000
    assert of_docx((folder / "contract.docx").read_bytes()) == markdown
    heads = table_heads((folder / "contract.md").read_bytes())
    assert of_pdf((folder / "contract.pdf").read_bytes(), heads) == markdown


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: "-".join(folder.parts[-2:]))
def test_figures_that_stand_below_one_another_have_equally_many_decimals(folder):
    """They end at the right margin of their column, so only then do their points meet."""
    body = part((folder / "contract.docx").read_bytes(), "word/document.xml")
    columns = 0
    for table in body.iter(f"{W}tbl"):
        rows = [list(row.iter(f"{W}tc")) for row in table.iter(f"{W}tr")]
        for column in zip(*rows, strict=True):
            texts = [text_of(cell) for cell in column if style_of(next(cell.iter(f"{W}p"))) == "TableNumber"]
            figures = [text for text in texts if re.search(r"\d$", text)]
            decimals = {len(figure.partition(".")[2]) for figure in figures}
            assert len(decimals) <= 1, texts
            columns += decimals == {2}
    assert columns


def test_there_are_agreements_to_compare():
    assert FOLDERS
