"""The words on every page of a PDF, with those in its form fields and annotations, and pictures of its pages (with pypdfium2,
imported only here).

PDFium draws everything on a page, and a small file can draw a great deal, so all drawing is counted first.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from contract_assembly.writers.charts import png_of
from contract_assembly.writers.returned.limits import UnreadableError
from contract_assembly.writers.returned.pdf_file import opened
from contract_assembly.writers.returned.read_words import Line, Words, tidy

MAX_PAGES = 2_000
MAX_STREAMS = 48_000_000  # bytes of all fonts, pages and tables, unpacked; without images, which are not read
MAX_DRAWN = 3_500_000  # bytes of everything drawn on pages: a contract of 50 pages has one million
MAX_NESTED = 12  # forms that draw each other
_DRAWN = re.compile(rb"(?<![A-Za-z0-9*'\"])Do(?![A-Za-z0-9*'\"])")
_UNMARKED = {"/Link", "/Popup", "/Widget"}


def words(data: bytes) -> Words:
    """All words of a PDF. Raises UnreadableError."""
    extra = _checked(data)
    lines = (tidy(line) for text in _texts(data) for line in text.splitlines())
    return Words((*(Line(each, each, folio=each) for each in lines if each), *extra))


def page_texts(data: bytes) -> tuple[str, ...]:
    """The text on each page of a PDF, without form fields and annotations. Raises UnreadableError."""
    _checked(data)
    return tuple(map(tidy, _texts(data)))


def boxes_of(data: bytes, page: int, text: str) -> tuple[tuple[float, float], ...]:
    """The lower left corner of each place on a page, counted from 1, where a text is printed: in points from the lower left
    corner of the page. Raises UnreadableError."""
    _checked(data)
    library = import_module("pypdfium2")
    found = []
    try:
        with library.PdfDocument(data) as document:
            words = document[page - 1].get_textpage()
            search = words.search(text, match_case=True)
            while spot := search.get_next():
                left, bottom, _right, _top = words.get_charbox(spot[0])
                found.append((left, bottom))
    except library.PdfiumError:
        raise UnreadableError("this PDF is damaged") from None
    return tuple(found)


def count(data: bytes) -> int:
    """The number of pages of a PDF. Raises UnreadableError."""
    _checked(data)
    library = import_module("pypdfium2")
    try:
        with library.PdfDocument(data) as document:
            return len(document)
    except library.PdfiumError:
        raise UnreadableError("this PDF is damaged") from None


def picture(data: bytes, page: int, width: int) -> bytes:
    """A page of a PDF, counted from 1, as a PNG `width` pixels wide. Raises UnreadableError, also if there is no such page."""
    _checked(data)
    library = import_module("pypdfium2")
    try:
        with library.PdfDocument(data) as document:
            if not 0 < page <= len(document):
                raise UnreadableError(f"this PDF has no page {page}")
            sheet = document[page - 1]
            drawn = sheet.render(scale=width / sheet.get_width(), rev_byteorder=True)  # red first, as in PNG
            pixels, line = memoryview(drawn.buffer), drawn.stride
            rows = b"".join(b"\0" + pixels[n * line : n * line + drawn.width * 3] for n in range(drawn.height))
            return png_of(drawn.width, drawn.height, rows)
    except library.PdfiumError:
        raise UnreadableError("this PDF is damaged") from None


def _checked(data: bytes) -> tuple[Line, ...]:
    """Words on pages that are not in their content. Raises UnreadableError for a PDF that goes beyond the limits."""
    with opened(data) as file:
        if len(file.pages) > MAX_PAGES:
            raise UnreadableError(f"this PDF has more than {MAX_PAGES:,} pages")
        _count_streams(file)
        _count_drawn(file)
        return tuple(_extra(file))


def _texts(data: bytes) -> list[str]:
    library = import_module("pypdfium2")
    try:
        with library.PdfDocument(data) as document:
            return [page.get_textpage().get_text_range() for page in document]
    except library.PdfiumError:
        raise UnreadableError("this PDF is damaged") from None


def _extra(file: Any) -> Iterator[Line]:
    """Text of a page that is not in its content: filled-in form fields and annotations."""
    for number, page in enumerate(file.pages, 1):
        for mark in page.obj.get("/Annots", []):
            kind, text = mark.get("/Subtype"), mark.get("/Contents")
            above = mark.get("/Parent", {})
            field, value = mark.get("/FT", above.get("/FT")), mark.get("/V", above.get("/V"))
            if kind == "/Widget" and field != "/Sig" and value is not None:
                yield _line(f"[field on page {number}: {value}]", "other")
            elif kind not in _UNMARKED and text is not None:
                yield _line(f"[note on page {number}: {text}]", "comment")


def _line(text: str, story: Any) -> Line:
    words = tidy(text)
    return Line(words, words, story, folio=words)


# ---- limits, checked before anything is drawn


def _count_streams(file: Any) -> None:
    total = 0
    for each in file.objects:
        if hasattr(each, "read_raw_bytes") and _is_stream(each) and each.get("/Subtype") != "/Image":
            total += len(each.read_bytes())
            if total > MAX_STREAMS:
                raise UnreadableError(f"this PDF unpacks to more than {MAX_STREAMS:,} bytes")


def _is_stream(each: Any) -> bool:
    return str(each._type_name) == "stream"  # noqa: SLF001  # pikepdf has no public name for it


def _count_drawn(file: Any) -> None:
    """Raise UnreadableError if the pages draw more than MAX_DRAWN. A form drawn ten times by a form that is drawn ten times
    counts a hundred times."""
    known: dict[Any, int] = {}
    total = 0
    for page in file.pages:
        content = page.obj.get("/Contents", ())
        parts = [content] if content is not None and _is_stream_or_empty(content) else list(content)
        drawn = b"\n".join(each.read_bytes() for each in parts)
        total += _cost(drawn, page.resources, known, ())
        if total > MAX_DRAWN:
            raise UnreadableError("this PDF draws more on its pages than is accepted here")


def _is_stream_or_empty(content: Any) -> bool:
    return hasattr(content, "_type_name") and _is_stream(content)


def _cost(drawn: bytes, resources: Any, known: dict[Any, int], inside: tuple[Any, ...]) -> int:
    count = len(_DRAWN.findall(drawn))
    if not count:
        return len(drawn)
    forms = [each for each in resources.get("/XObject", {}).values() if each.get("/Subtype") == "/Form"]
    return len(drawn) + count * max((_of_form(each, resources, known, inside) for each in forms), default=0)


def _of_form(form: Any, around: Any, known: dict[Any, int], inside: tuple[Any, ...]) -> int:
    if form.objgen in inside or len(inside) > MAX_NESTED:
        raise UnreadableError("this PDF draws more on its pages than is accepted here")
    if form.objgen not in known:
        own = form.get("/Resources", around)
        known[form.objgen] = _cost(form.read_bytes(), own, known, (*inside, form.objgen))
    return known[form.objgen]
