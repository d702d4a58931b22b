"""All faces say the same: the words and numbers of the committed review text, DOCX and PDF of every document are equal.

Each face is read by something we did not write, or that knows nothing of the writers: a CommonMark reader, a model of Word's list
engine, and PDFium.
"""

import re
from html import unescape
from pathlib import Path

import pypdfium2
import pytest
from markdown_it import MarkdownIt

from tests.helpers.word_reader import read

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(ROOT.glob("agreements/*/*/*.md"))
FOLDERS = [path.parent for path in DOCUMENTS if path.stem == "contract"]
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
        said = "".join(found)  # a head at the top of a page is repeated only if it was there before
        repeated = max((head for head in heads if body.startswith(head) and head in said), key=len, default="")
        found += [] if in_contents else [body.removeprefix(repeated)]
    return "".join(found)


def table_heads(data: bytes) -> set[str]:
    page = MarkdownIt("commonmark").enable("table").render(data.decode())
    return {
        squeezed(unescape(re.sub(r"<[^>]*>", "", head))) for head in re.findall(r"<thead>.*?</thead>", page, re.DOTALL)
    } - {""}


def title(path: Path) -> str:
    return "-".join((*path.parts[-3:-1], path.stem))


@pytest.mark.parametrize("path", DOCUMENTS, ids=title)
def test_review_text_word_and_pdf_say_the_same(path):
    markdown = of_markdown(path.read_bytes())
    assert len(markdown) > (5_000 if path.stem == "contract" else 500)
    assert of_docx(path.with_suffix(".docx").read_bytes()) == markdown
    heads = table_heads(path.read_bytes())
    assert of_pdf(path.with_suffix(".pdf").read_bytes(), heads) == markdown


def test_there_are_documents_to_compare():
    assert FOLDERS
    assert len(DOCUMENTS) > len(FOLDERS)
