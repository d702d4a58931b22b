"""The words of a Word file or a PDF, line by line, for `git diff` and `git log -p`. Any bytes are answered with words.

Word files are read by the standard library alone, so that a diff of many is quick; a PDF by pypdfium2, where it is installed.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree as ET  # a file with a DTD, the only thing to be expanded, is refused below
from zipfile import ZipFile

MAX_BYTES = 50_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PART, _EDGES = "word/document.xml", re.compile(r"word/(header|footer)\d*\.xml")
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}


def words(data: bytes, name: str) -> str:
    """The words of a file; where it is neither DOCX nor PDF, or damaged, a line in brackets that says so."""
    if len(data) > MAX_BYTES:
        return f"[{name} is over {MAX_BYTES:,} bytes, so its words are not shown]\n"
    if data.startswith(b"PK"):
        return _of_word(data, name)
    if data.startswith(b"%PDF-"):
        return _of_pdf(data, name)
    return _nothing(name, "it is neither a Word file nor a PDF")


def _of_word(data: bytes, name: str) -> str:
    try:
        roots = [ET.fromstring(part) for part in _parts(data)]  # noqa: S314  # without a DTD there is nothing to expand
    except KeyError:
        return _nothing(name, "it is a package, but not of Word")
    except Exception as error:  # whatever damage brings (zip, zlib, XML have errors of their own), a diff goes on
        return _nothing(name, f"the Word file is damaged: {error}".replace("\n", " "))
    lines = ("".join(_runs(paragraph)) for root in roots for paragraph in root.iter(f"{_W}p"))
    return _laid_out(line for text in lines for line in text.split("\n"))


def _parts(data: bytes) -> Iterator[bytes]:
    """The body, then what stands at the head and foot of pages. Raises ValueError for what no Word file holds."""
    with ZipFile(BytesIO(data)) as package:
        for name in (_PART, *sorted(each for each in package.namelist() if _EDGES.fullmatch(each))):
            if package.getinfo(name).file_size > MAX_BYTES:
                raise ValueError("it is too big")
            part = package.read(name)
            if b"<!DOCTYPE" in part:
                raise ValueError("it holds a document type")
            yield part


def _runs(paragraph: "ET.Element") -> Iterator[str]:
    for node in paragraph.iter():
        if node.tag == f"{_W}t":
            yield node.text or ""
        elif node.tag in _BREAKS:
            yield _BREAKS[node.tag]


def _of_pdf(data: bytes, name: str) -> str:
    try:
        import pypdfium2
    except ModuleNotFoundError:
        return _nothing(name, "pypdfium2 is not installed: pip install pypdfium2")
    try:
        pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]
    except Exception as error:  # whatever a foreign PDF brings, a diff goes on
        return _nothing(name, f"the PDF cannot be read: {error}".replace("\n", " "))
    return _laid_out(line for page in pages for line in page.splitlines())


def _laid_out(lines: Iterator[str]) -> str:
    """Each line once trimmed; empty ones are left out, for they say nothing in a diff."""
    kept = (re.sub(r"[ \u00a0]+", " ", line).strip() for line in lines)
    return "".join(f"{line}\n" for line in kept if line)


def _nothing(name: str, why: str) -> str:
    return f"[no words of {name}: {why}]\n"
