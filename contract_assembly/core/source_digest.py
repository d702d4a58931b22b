"""Which program this is: a digest of its own text and of the libraries that make bytes. Reads its own files, no input."""

import hashlib
import os
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_HERE = Path(__file__).parent.parent  # the whole program
_KINDS = (".py", ".css", ".conf")
# Whose release may change a word, a date or a byte of what is built.
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
    "weasyprint",
)


@lru_cache(maxsize=1)
def program() -> str:
    """SHA-256 of the program: another one may write other bytes from the same inputs. Line endings count as LF, so that a
    checkout on Windows is the same program."""
    whole = hashlib.sha256()
    for name, data in (*_files(), *_libraries()):
        whole.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
    return whole.hexdigest()


def _files() -> Iterator[tuple[str, bytes]]:
    found = (Path(folder, name) for folder, _, names in os.walk(_HERE) for name in names if name.endswith(_KINDS))
    by_name = {path.relative_to(_HERE).as_posix(): path for path in found}
    for name in sorted(by_name):
        yield name, by_name[name].read_bytes().replace(b"\r\n", b"\n")


def _libraries() -> Iterator[tuple[str, bytes]]:
    for name in _LIBRARIES:
        try:
            yield name, version(name).encode()
        except PackageNotFoundError:  # then a build that needs it will say so
            yield name, b""
