"""Set up WeasyPrint for our page: only the fonts of the house style, a style sheet for our elements, and cached results.

Only this module imports WeasyPrint, on first use. It changes the font configuration and, during layout, the functions that
`patches` makes faster.
"""

import ctypes.util
import os
import re
import sys
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache
from importlib import import_module, resources
from io import StringIO
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

from contract_assembly.core.garbage import not_collected
from contract_assembly.core.lazy import Later
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.writers.pdf.weasyprint import patches

HERE = Path(__file__).parent
LIBRARIES = (
    "install them with: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 (Debian, Ubuntu) | "
    "dnf install pango harfbuzz (Fedora) | brew install pango (macOS) | MSYS2 (Windows: docs/windows.md); "
    "Word files and review text need none of them: --format docx --format md"
)
COMPRESSION = 7  # of 9: the two levels above take four times as long and save one byte in seventy


def part(name: str) -> Any:
    """A module of WeasyPrint: "" for itself, ".urls" for a submodule. Raises RefusedError if a system library is missing."""
    _ready()
    return import_module("weasyprint" + name)


def objects() -> Any:
    """The library with which WeasyPrint writes PDF objects."""
    return import_module("pydyf")


def page(markup: str, fetch: Callable[[str], Any]) -> Any:
    """The page of `html` as an object for WeasyPrint. `fetch` returns the files that it may use."""
    return _page()(markup, fetch)


@contextmanager
def at_work() -> Iterator[None]:
    """Speed up layout and writing inside the context: garbage collection is off, because a layout makes many objects
    that live until it ends, and the savings of `patches` are active."""
    with not_collected(), patches.in_place(_savings()):
        yield


@cache
def _page() -> Any:
    html: Any = part("").HTML
    wrapper, sheet = (
        import_module("cssselect2").ElementWrapper,
        part("").CSS(filename=HERE / "base.css"),
    )

    class Page(html):  # type: ignore[misc]  # WeasyPrint has no types
        """A page that is also XML, so that Python's own parser reads it, sixty times as fast as one for arbitrary HTML."""

        def __init__(self, markup: str, fetch: Callable[[str], Any]) -> None:
            self.base_url, self.url_fetcher, self.media_type = None, fetch, "print"
            self.wrapper_element = wrapper.from_html_root(ET.XML(markup), content_language=None)
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [sheet]

    return Page


@cache
def _savings() -> tuple[patches.Saving, ...]:
    modules = map(
        part, ("", ".css", ".text.line_break", ".layout.percent", ".formatting_structure.boxes", ".layout.inline")
    )
    compressing = SimpleNamespace(compress=zlib.compress, compressobj=lambda level: zlib.compressobj(COMPRESSION))
    return (*patches.savings(objects(), *modules), patches.Saving(objects(), "zlib", compressing))


# ---- the first time


@cache
def _ready() -> None:
    """Import WeasyPrint with only our fonts and without its output; refuse if it or a system library is incomplete."""
    os.environ["FONTCONFIG_FILE"] = str(HERE / "fonts.conf")
    os.environ.pop("FONTCONFIG_SYSROOT", None)
    try:
        with (
            warnings.catch_warnings(action="ignore"), redirect_stdout(StringIO()),
            _libraries_by_file_name(), _on_use(*_UNUSED), _no_sheets_for_html(),
        ):  # fmt: skip
            ffi = import_module("weasyprint.text.ffi")
    except OSError as error:
        raise RefusedError([_missing(str(error).splitlines()[0])]) from None
    if ffi.harfbuzz_subset is None:
        raise RefusedError([_missing("harfbuzz-subset")])
    _allow_line_overflow()


def _allow_line_overflow() -> None:
    """Allow a line to be half a pixel too long. WeasyPrint measures lines without the kerning before the last space, so some
    grow slightly after breaking and are broken again, inside preceding bold words (seen: "5.2 No support / contract.")."""
    inline: Any = import_module("weasyprint.layout.inline")
    original = inline.trailing_whitespace_size
    inline.trailing_whitespace_size = lambda context, box: original(context, box) + 0.5


@contextmanager
def _libraries_by_file_name() -> Iterator[None]:
    """Load libraries by file name only, which WeasyPrint tries last. On Linux the other names are not needed, and for each of
    them `find_library` would start a compiler and a linker, some fifty processes in all."""
    before = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = before


@contextmanager
def _no_sheets_for_html() -> Iterator[None]:
    """Leave out the style sheets for arbitrary HTML that WeasyPrint parses when it is imported: `base.css` takes their place. Of
    the first, the ways to count stay, which a page style may use."""
    before = resources.files

    def files(package: Any) -> Any:
        found = before(package)
        return _Counting(found) if getattr(package, "__name__", package) == "weasyprint.css" else found

    resources.files = files
    try:
        yield
    finally:
        resources.files = before


class _Counting:
    """The files of a package of style sheets, each without anything but ways to count."""

    def __init__(self, folder: Any) -> None:
        self._folder = folder

    def __truediv__(self, name: str) -> "_Counting":
        return _Counting(self._folder / name)

    def read_text(self, encoding: str) -> str:
        """The rules of a style sheet that define a way to count."""
        return "".join(re.findall(r"@counter-style [^{]+\{[^}]*\}", self._folder.read_text(encoding)))


# What WeasyPrint imports for variable fonts, and for subsets where HarfBuzz is missing or fails.
_UNUSED = ("fontTools.subset", "fontTools.varLib.instancer")


class _OnUse(ModuleType):
    """Takes the place of a module of functions, which is imported when one of them is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Later(f"{self.__name__}:{name}")


@contextmanager
def _on_use(*names: str) -> Iterator[None]:
    """Whatever is imported inside gets these modules when it uses them, if they are not loaded already."""
    added = {name: _OnUse(name) for name in names if name not in sys.modules}
    sys.modules.update(added)
    try:
        yield
    finally:
        for name in added:
            del sys.modules[name]


def _missing(library: str) -> Problem:
    return Problem("system-library", f"a system library that writes PDF is missing: {library}", hint=LIBRARIES)
