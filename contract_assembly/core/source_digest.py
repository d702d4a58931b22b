"""A digest of the program: its own source and the versions of the libraries that affect output. Reads no input."""

import hashlib
import os
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_HERE = Path(__file__).parent.parent  # the whole program
_KINDS = (".py", ".css", ".conf", ".typ")
# Libraries whose next release may change a word, a date or a byte of the output.
_LIBRARIES = (
    "babel",
    "holidays",
    "jinja2",
    "lxml",
    "markdown",
    "pydyf",
    "python-docx",
    "tinycss2",
    "tinyhtml5",
    "typst",
    "weasyprint",
)


@lru_cache(maxsize=1)
def program() -> str:
    """SHA-256 of the program. A different program may write different bytes from the same inputs. Line endings count as LF, so
    that a checkout on Windows has the same digest."""
    whole = hashlib.sha256()
    for name, data in (*_files(), *_libraries()):
        whole.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
    return whole.hexdigest()


def _files() -> Iterator[tuple[str, bytes]]:
    """The program's own files. The library inside an installed package is an input, as clauses and templates are."""
    found = (
        Path(folder, name)
        for folder, _, names in os.walk(_HERE)
        if Path(folder).relative_to(_HERE).parts[:1] != ("library",)
        for name in names
        if name.endswith(_KINDS)
    )
    by_name = {path.relative_to(_HERE).as_posix(): path for path in found}
    for name in sorted(by_name):
        yield name, by_name[name].read_bytes().replace(b"\r\n", b"\n")


def _libraries() -> Iterator[tuple[str, bytes]]:
    for name in _LIBRARIES:
        try:
            yield name, version(name).encode()
        except PackageNotFoundError:  # a build that needs it reports this
            yield name, b""
