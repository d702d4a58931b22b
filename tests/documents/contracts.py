"""The committed contracts and their other documents, their expected content, and corrupted copies of one of them."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf

from tests.whole.test_parity import DOCUMENTS as DOCUMENTS
from tests.whole.test_parity import FOLDERS as FOLDERS
from tests.whole.test_parity import title as title

GOOD = FOLDERS[0]
# For pandoc and mammoth, Word's automatic numbers are not text of the file: "5.", "5.1", "(a)", "Schedule A –".
_LINE = r"^((?:> ?)*\s*(?:#+ |- |\*\*)?)"
COUNTED = re.compile(rf"{_LINE}(?:\d+\.[\d.]*|\([a-z]+\)|Schedule\s[A-Z] –) ", re.MULTILINE)
MARKED = re.compile(rf"{_LINE}\([a-z]+\) ", re.MULTILINE)


def name(folder: Path) -> str:
    return "-".join(folder.parts[-2:])


def review_text(folder: Path) -> bytes:
    return (folder / "contract.md").read_bytes()


def without_numbers(path: Path) -> bytes:
    """The review text of a document without automatic numbers. Contracts and amendments number all their headings, other documents
    only those in schedules and enclosures; the numbers of text that an amendment quotes are not automatic."""
    text = path.read_text("utf-8")
    if path.stem.startswith("amendment-"):
        lines = text.splitlines(keepends=True)
        return "".join(each if each.startswith(">") else COUNTED.sub(r"\1", each) for each in lines).encode()
    numbered = re.search(r"\n# (?:Schedule|Enclosure)\b", text)
    start = 0 if path.stem == "contract" else numbered.start() if numbered else len(text)
    return (MARKED.sub(r"\1", text[:start]) + COUNTED.sub(r"\1", text[start:])).encode()


def headings_after_the_cover(folder: Path) -> list[tuple[int, str]]:
    """Captions with their heading level in Word: 1 for a schedule, 2 for a clause of the terms, 3 for a clause of a schedule."""
    found, level = [], 0
    for mark, number, words in re.findall(
        r"^(#|##) (Schedule\s[A-Z] – |\d+\. )?(.*)$", review_text(folder).decode(), re.MULTILINE
    ):
        if mark == "#":
            level = 3 if number else 2 if words in ("Standard terms", "Terms") else 0
            found += [(1, words)] if number else []
        elif level:
            found.append((level, words))
    return found


def spoilt_pdf(into: Path, spoil: str) -> Path:
    """A copy of a good PDF with one thing removed."""
    path = into / f"{spoil}.pdf"
    with pikepdf.open(GOOD / "contract.pdf") as file:
        SPOIL[spoil](file)
        file.save(path)
    return path


def _no_colours(file: pikepdf.Pdf) -> None:
    del file.Root.OutputIntents


def _no_words_of_links(file: pikepdf.Pdf) -> None:
    for page in file.pages:
        for note in page.get("/Annots", []):
            if note.Subtype == "/Link":
                del note.Contents


def _no_tags(file: pikepdf.Pdf) -> None:
    del file.Root.MarkInfo
    del file.Root.StructTreeRoot


SPOIL = {"colours": _no_colours, "links": _no_words_of_links, "tags": _no_tags}


def spoilt_docx(into: Path, before: bytes, after: bytes) -> Path:
    """A copy of a good Word file with the first `before` in its text replaced."""
    path = into / "spoilt.docx"
    with ZipFile(BytesIO((GOOD / "contract.docx").read_bytes())) as whole, ZipFile(path, "w") as copy:
        for each in whole.infolist():
            data = whole.read(each)
            if each.filename == "word/document.xml":
                assert before in data
                data = data.replace(before, after, 1)
            copy.writestr(each, data)
    return path
