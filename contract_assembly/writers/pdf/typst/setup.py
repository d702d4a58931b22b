"""Set up typst for our page: a folder of its own with the page, the house style and its fonts, and one compiler for them.

Only this module imports typst, on first use. The page can read nothing outside that folder; it has the fonts of the house style
and no other; and it asks for no package. What was laid out is kept by the compiler for the next document.
"""

import atexit
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import Any, TypeAlias

from contract_assembly.core.garbage import give_back_memory
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import shown

Files: TypeAlias = tuple[tuple[str, bytes], ...]

HERE = Path(__file__).parent
_layouts = count(1)
KNOWN = "0.15.2"
STANDARDS = ["a-3a", "ua-1"]
CURE = "install it: pip install contract-assembly[typst]; or use the other engine: --engine weasyprint"
STOCK = 4  # layouts after which freed memory is given back: without that, each renewal adds 3 MB to a process
PAGE, STYLE = "page.typ", "style.json"


def laid_out(document: Mapping[str, bytes], house: Files, style: str) -> tuple[bytes, dict[str, int]]:
    """The page as PDF, and the page number of each of its targets. `document` are the files that the page reads, by name:
    document.json, meta.json and attachments; `house` are fonts and pictures, and `style` is the house style as JSON.

    Raises RefusedError if typst is not installed or the folder for temporary files cannot be written."""
    typst = _typst()
    try:
        folder, compiler = _workplace(os.getpid(), house, style)
        for name, content in document.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise RefusedError([_unwritten(error)]) from None
    try:
        made: bytes = compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=0)
    except typst.TypstError as error:
        raise ValueError(f"typst cannot lay this document out: {error.message}\n{error.diagnostic}") from None
    found = json.loads(compiler.query("<pages>", field="value", one=True))
    if next(_layouts) % STOCK == 0:
        give_back_memory()
    return made, dict(found)


def warnings() -> tuple[Problem, ...]:
    """A warning if the installed typst is not the version that this program was tested with."""
    try:
        found = version("typst")
    except ImportError:  # reported when a PDF is written
        return ()
    if found == KNOWN:
        return ()
    what = f"typst {found} is installed; pages were tested with {KNOWN}, and may break at other places"
    hint = f"pip install typst=={KNOWN}"
    return (Problem("typst-version", what, hint=hint, level="warning"),)


def _typst() -> Any:
    try:
        return import_module("typst")
    except ImportError:
        what = "typst, the second engine for PDF, is not installed"
        raise RefusedError([Problem("missing-engine", what, hint=CURE)]) from None


@lru_cache(maxsize=2)
def _workplace(_process: int, house: Files, style: str) -> tuple[Path, Any]:
    """A folder with everything but the document, and the compiler of the page in it. Each process has its own."""
    folder = Path(tempfile.mkdtemp(prefix="contracts-"))
    _remove_at_the_end(folder)
    for name in ("page.typ", "blocks.typ", "words.typ"):
        (folder / name).write_bytes((HERE / name).read_bytes())
    fonts, nothing = folder / "fonts", folder / "packages"
    fonts.mkdir()
    for name, content in house:
        ((fonts if name.endswith(".ttf") else folder) / name).write_bytes(content)
    typst = _typst()
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)])
    (folder / STYLE).write_text(_with_families(style, found.families()), "utf-8")
    compiler = typst.Compiler(
        str(folder / PAGE), root=str(folder), font_paths=found, ignore_system_fonts=True,
        package_path=str(nothing), package_cache_path=str(nothing),
    )  # fmt: skip
    return folder, compiler


def _with_families(style: str, found: Sequence[str]) -> str:
    """The style with every family of the house behind each font: a letter that one lacks comes from the next. Raises RefusedError
    for a font that typst does not know: it goes by the name inside the file, WeasyPrint by the one in `page.css`."""
    data = json.loads(style)
    if unknown := [
        Problem(
            "unknown-font",
            f"font-{name}: no file in templates/house/fonts is of a family {shown(first)}",
            Origin("templates/house/style.yaml"),
            f"use the name inside the file, here and in page.css: {', '.join(found)}",
        )
        for name, first in data["fonts"].items()
        if first not in found
    ]:
        raise RefusedError(unknown)
    data["fonts"] = {name: list(dict.fromkeys((first, *found))) for name, first in data["fonts"].items()}
    return json.dumps(data)


def _remove_at_the_end(folder: Path) -> None:
    """Remove a folder when this process ends. One of a pool ends without `atexit`."""
    if pools := sys.modules.get("multiprocessing.util"):
        pools.Finalize(None, shutil.rmtree, (folder, True), exitpriority=1)
    else:
        atexit.register(shutil.rmtree, folder, True)


def _unwritten(error: OSError) -> Problem:
    at = tempfile.gettempdir()
    what = f"could not write the fonts of the PDF to {at}: {error.strerror or error}; no file of the repository was changed"
    hint = "make room there, or name another folder: TMPDIR=/some/folder build.py …"
    return Problem("not-written", what, hint=hint)
