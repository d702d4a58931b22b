"""WeasyPrint, made ready for our page: with no fonts but the house's, a sheet for our elements, and its work done once.

The only module that imports it, and that when it is first asked for. Touches its font set-up and, while a page is laid out,
the functions that `once` has a quicker way for.
"""

import ctypes.util
import gc
import os
import sys
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache
from importlib import import_module
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.writers.pdf import weasyprint_patches

HERE = Path(__file__).parent
LIBRARIES = (
    "install them with: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 (Debian, Ubuntu) | "
    "dnf install pango harfbuzz (Fedora) | brew install pango (macOS)"
)
COMPRESSION = 7  # of 9: the two steps above take four times as long and save one byte in seventy


def part(name: str) -> Any:
    """A module of WeasyPrint: "" for itself, ".urls" for the one below it. Raises RefusedError if a system library is missing."""
    _ready()
    return import_module("weasyprint" + name)


def objects() -> Any:
    """The library by which WeasyPrint writes the objects of a PDF."""
    return import_module("pydyf")


def page(markup: str, fetch: Callable[[str], Any]) -> Any:
    """The page of `html` as WeasyPrint takes it. `fetch` gives the files that it may name."""
    return _page()(markup, fetch)


@contextmanager
def at_work() -> Iterator[None]:
    """While a page is laid out and written: Python's collector is off, for a layout makes many objects that live until it ends,
    and what WeasyPrint does again and again is done once."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        with weasyprint_patches.in_place(_savings()):
            yield
    finally:
        if was_on:
            gc.enable()


@cache
def _page() -> Any:
    html: Any = part("").HTML
    wrapper, sheet = (
        import_module("cssselect2").ElementWrapper,
        part("").CSS(filename=HERE / "base.css"),
    )

    class Page(html):  # type: ignore[misc]  # WeasyPrint has no types
        """A page that is XML, too, so that Python's own parser reads it, sixty times as quick as one for any HTML."""

        def __init__(self, markup: str, fetch: Callable[[str], Any]) -> None:
            self.base_url, self.url_fetcher, self.media_type = None, fetch, "print"
            self.wrapper_element = wrapper.from_html_root(ET.XML(markup), content_language=None)
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [sheet]

    return Page


@cache
def _savings() -> tuple[weasyprint_patches.Saving, ...]:
    modules = map(part, ("", ".text.line_break", ".layout.percent", ".formatting_structure.boxes"))
    pressed = SimpleNamespace(compress=zlib.compress, compressobj=lambda level: zlib.compressobj(COMPRESSION))
    return (*weasyprint_patches.savings(objects(), *modules), weasyprint_patches.Saving(objects(), "zlib", pressed))


# ---- the first time


@cache
def _ready() -> None:
    """Import WeasyPrint with no fonts but ours and nothing printed; refuse if it or a system library is not whole."""
    os.environ["FONTCONFIG_FILE"] = str(HERE / "fonts.conf")
    os.environ.pop("FONTCONFIG_SYSROOT", None)
    try:
        with warnings.catch_warnings(action="ignore"), redirect_stdout(StringIO()), _libraries_by_file_name():
            ffi = import_module("weasyprint.text.ffi")
    except OSError as error:
        raise RefusedError([_missing(str(error).splitlines()[0])]) from None
    if ffi.harfbuzz_subset is None:
        raise RefusedError([_missing("harfbuzz-subset")])
    _let_lines_be_full()


def _let_lines_be_full() -> None:
    """Let a line be half a pixel too long. WeasyPrint measures a line without the kerning before its last blank, so some grow
    a little after they were cut; it then breaks them again, inside the bold words before (seen: "5.2 No support / contract.")."""
    inline: Any = import_module("weasyprint.layout.inline")
    measured = inline.trailing_whitespace_size
    inline.trailing_whitespace_size = lambda context, box: measured(context, box) + 0.5


@contextmanager
def _libraries_by_file_name() -> Iterator[None]:
    """WeasyPrint tries many names of each library, the file's own last. On Linux only that one is wanted: for each other
    name `find_library` would start a compiler and a linker, some fifty processes in all."""
    before = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = before


def _missing(library: str) -> Problem:
    return Problem("system-library", f"a system library that writes PDF is missing: {library}", hint=LIBRARIES)
