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


@lru_cache(maxsize=1)
def program_here() -> str:
    """A SHA-256 that changes with the program on this machine, for notes that stay here: of the names, sizes and times of its
    files, which takes a tenth of the time that reading them takes."""
    files = ((name, f"{each.st_size} {each.st_mtime_ns}".encode()) for name, each in _stated())
    return hashlib.sha256(
        b"\0".join(b"%s %s" % (name.encode(), data) for name, data in (*files, *_libraries()))
    ).hexdigest()


def _files() -> Iterator[tuple[str, bytes]]:
    for name, _ in _stated():
        yield name, Path(_HERE, name).read_bytes().replace(b"\r\n", b"\n")


def _stated() -> list[tuple[str, os.stat_result]]:
    """The program's own files, in order. The library inside an installed package is an input, as clauses and templates are."""
    found: list[tuple[str, os.stat_result]] = []
    folders = [""]
    while folders:
        folder = folders.pop()
        with os.scandir(_HERE / folder) as entries:
            for each in entries:
                if each.name.endswith(_KINDS):
                    found.append((f"{folder}{each.name}", each.stat()))
                elif each.name != "__pycache__" and f"{folder}{each.name}" != "library" and each.is_dir():
                    folders.append(f"{folder}{each.name}/")
    return sorted(found, key=lambda each: each[0])


def _libraries() -> Iterator[tuple[str, bytes]]:
    for name in _LIBRARIES:
        try:
            yield name, version(name).encode()
        except PackageNotFoundError:  # a build that needs it reports this
            yield name, b""
