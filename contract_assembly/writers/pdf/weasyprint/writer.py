"""The first PDF writer: lays out the page of `html` with WeasyPrint, as configured in `setup`.

The same tree and house style give the same bytes: no date is written, the identifier is a digest of the page and the
embedded files, and only the fonts of the house style are available.
"""

import atexit
import hashlib
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import Any, TypeAlias

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.document import tree as d
from contract_assembly.document.style import HouseStyle
from contract_assembly.document.writer_extras import WriterExtras
from contract_assembly.writers.charts import drawn, svg
from contract_assembly.writers.html import html
from contract_assembly.writers.pdf.weasyprint import archive, setup

Files: TypeAlias = tuple[tuple[str, bytes], ...]

SCHEME = "house:"
PAGE_STYLE = "templates/house/page.css"
PAPER = {"letter": "215.9mm 279.4mm", "a4": "210mm 297mm"}
WATERMARK = f"background: url({SCHEME}draft.svg) center / 100% no-repeat"
TYPES = {".ttf": "font/ttf", ".svg": "image/svg+xml", ".png": "image/png"}


def printed(document: d.Document, house: HouseStyle, extras: WriterExtras) -> tuple[bytes, dict[str, int]]:
    """The document as PDF/A-3a and PDF/UA-1 and, from the same layout, the page of each part and section by id.

    Raises RefusedError if a system library of WeasyPrint is missing, if the page style refers to anything outside the
    house style or has two fonts with one name, or if the folder for temporary files cannot be written.
    """
    if problems := doubled_fonts(house.css):
        raise RefusedError(problems)
    page = html(document, house)
    identity = _digest(page, *(each.data for each in extras.enclosed))
    with _fetch_error_as_problem(), setup.at_work():
        return _made(document, house, extras, page, identity)


def _made(
    document: d.Document, house: HouseStyle, extras: WriterExtras, page: str, identity: bytes
) -> tuple[bytes, dict[str, int]]:
    """Separate from `printed`, so that the layout is freed before garbage collection resumes: it would traverse all of it."""
    files = (*sorted(house.fonts.items()), *sorted(house.pictures.items()))
    sheet, types = _style(house.css, files, page_rule(document.meta, house))
    columns = _columns(tuple(sorted(set(_WIDTH.findall(page)))))
    pictures = tuple((f"{name}.svg", svg(bar)) for name, bar in drawn(document).items())
    source = setup.page(page, _fetcher((*files, *pictures)))
    options = archive.OPTIONS | {"pdf_identifier": identity}
    laid_out = source.render(stylesheets=[sheet, columns], font_config=types, **options)
    archive.one_area_for_each_link(laid_out)
    finish = partial(archive.finish, setup.objects(), extras)
    return laid_out.write_pdf(finisher=finish, **options), pages(laid_out)


def page_rule(meta: d.Meta, house: HouseStyle) -> str:
    """The size, the margins and the watermark of each page, as declarations of CSS."""
    margins = house.margins
    size = f"size: {PAPER[meta.paper]}; margin: {margins['page-end']} {margins[f'page-side-{meta.paper}']}"
    return f"{size}; {WATERMARK}" if meta.watermark else size


def pages(laid_out: Any) -> dict[str, int]:
    """The page of each anchor in a laid-out document, counted from 1 as printed."""
    found: dict[str, int] = {}
    for number, page in enumerate(laid_out.pages, 1):
        for name in page.anchors:
            found.setdefault(name, number)
    return found


def _digest(page: str, *enclosed: bytes) -> bytes:
    whole = hashlib.sha256(page.encode())
    for data in enclosed:
        whole.update(hashlib.sha256(data).digest())
    return whole.hexdigest()[:32].encode()


# ---- style and fonts, created once for each house style and paper size


@lru_cache(maxsize=4)
def _style(css: str, files: Files, page_rule: str) -> tuple[Any, Any]:
    """The parsed style sheet and its fonts. The key is cheap, because Python caches the hash of a string or of bytes."""
    atexit.register(_style.cache_clear)  # Pango's objects must be freed while its library is still loaded
    types = setup.part(".text.fonts").FontConfiguration()
    sheet = f"{css}\n@page{{{page_rule}}}"
    return setup.part("").CSS(string=sheet, font_config=types, url_fetcher=_fetcher(files)), types


_WIDTH = re.compile(r'<col class="w(\d+)"/>')


@lru_cache(maxsize=64)
def _columns(widths: tuple[str, ...]) -> Any:
    """A style sheet with the widths of columns, in percent, that a page has: all hundred would take a third of the time that the
    whole style takes."""
    return setup.part("").CSS(string="".join(f".w{percent}{{width:{percent}%}}" for percent in widths))


def _fetcher(files: Files) -> Callable[[str], Any]:
    """The only way for the page to get files: `house:Carlito-Bold.ttf` gives that font; anything else stops the rendering."""
    urls = setup.part(".urls")
    known = {SCHEME + name: data for name, data in files}

    def fetch(url: str) -> Any:
        if url not in known:
            raise urls.FatalURLFetchingError(url)
        return urls.URLFetcherResponse(url, known[url], {"Content-Type": TYPES[url[-4:]]})

    return fetch


@contextmanager
def _fetch_error_as_problem() -> Iterator[None]:
    fatal = setup.part(".urls").FatalURLFetchingError
    try:
        yield
    except fatal as error:
        hint = f"in {PAGE_STYLE}, use only fonts of templates/house/fonts, as url({SCHEME}NAME.ttf)"
        raise RefusedError([Problem("outside-house", f"the page style asks for {error}", hint=hint)]) from None
    except OSError as error:  # WeasyPrint hands fonts to the system's libraries as files
        at = tempfile.gettempdir()
        what = f"could not write the fonts of the PDF to {at}: {error.strerror or error}; no file of the repository was changed"
        hint = "make room there, or name another folder: TMPDIR=/some/folder build.py …"
        raise RefusedError([Problem("not-written", what, hint=hint)]) from None


# ---- fonts

_FONT_FACE = re.compile(r"/\*.*?\*/|@font-face\s*\{([^}]*)\}", re.DOTALL | re.IGNORECASE)
_DEFAULTS = {"font-weight": "normal", "font-style": "normal", "font-stretch": "normal"}
_WEIGHTS = {"400": "normal", "700": "bold"}


@lru_cache(maxsize=4)
def doubled_fonts(css: str) -> tuple[Problem, ...]:
    """A problem for each `@font-face` with the family, weight and style of an earlier one.

    WeasyPrint treats such fonts as one, so that text in the first is printed with the glyphs of the second. It ignores
    `unicode-range`, which CSS has for this purpose."""
    found: list[Problem] = []
    first: dict[tuple[str, ...], int] = {}
    for match in _FONT_FACE.finditer(css):
        if match[1] is None:
            continue
        line = css.count("\n", 0, match.start()) + 1
        descriptors = _DEFAULTS | {name: value for name, value in map(_declaration, match[1].split(";")) if name}
        family = descriptors.get("font-family", "")
        weight = _WEIGHTS.get(descriptors["font-weight"], descriptors["font-weight"])
        before = first.setdefault(
            (family.casefold(), weight, descriptors["font-style"], descriptors["font-stretch"]), line
        )
        if before != line:
            face = f"family {family}, weight {weight} and style {descriptors['font-style']}"
            what = f"two fonts have the {face}; the first is in line {before}"
            hint = "give this one a family name of its own: letters that a font does not have are taken from any other"
            found.append(Problem("doubled-font", what, Origin(PAGE_STYLE, line), hint))
    return tuple(found)


def _declaration(text: str) -> tuple[str, str]:
    name, _, value = text.partition(":")
    return name.strip().lower(), value.strip().strip("\"'")
