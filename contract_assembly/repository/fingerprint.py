"""Whether files of facts changed, from their names, sizes and times alone, so that thousands of folders are examined in a second.
Reads no contents: for a cache, never for a record."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

KINDS = (".yaml", ".csv", ".md", ".json")  # what figures can follow from


def fingerprint(root: Path, *folders: str) -> str:
    """A digest that changes when a file of facts or words below these folders changes, appears or goes. A folder that is not
    there is one with nothing in it."""
    whole = hashlib.sha256()
    for folder in folders:
        for line in sorted(_lines(os.path.join(root, folder))):  # noqa: PTH118  # twice as fast over thousands of folders
            whole.update(f"{folder}\0{line}\0".encode(errors="surrogateescape"))
    return whole.hexdigest()


def _lines(folder: str, above: str = "") -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for each in entries:
                if each.is_dir(follow_symlinks=False):
                    yield f"{above}{each.name}/"
                    yield from _lines(each.path, f"{above}{each.name}/")
                elif each.name.endswith(KINDS):
                    found = each.stat()
                    yield f"{above}{each.name} {found.st_size} {found.st_mtime_ns} {found.st_ino}"
    except OSError as error:
        yield f"{above} {error.errno}"
