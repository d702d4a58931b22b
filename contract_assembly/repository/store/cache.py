"""Caches in `.build/` that are not of builds: what a later run can use instead of computing it again. Never an input."""

from pathlib import Path
from typing import Any

from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.source import read_plain
from contract_assembly.repository.store.disk import MOST_JSON, OWN, disk_errors_as_problems, write_json


def kept(root: Path, name: str) -> bytes:
    """The bytes of a cache; none if there is no such file, or it cannot be read."""
    try:
        return read_plain(root / OWN / name, f"{OWN}/{name}", MOST_JSON)
    except RefusedError:
        return b""


def keep(root: Path, name: str, data: Any) -> None:
    """Write a cache as JSON, whole or not at all. Raises RefusedError `not-written` if the disk refuses."""
    with disk_errors_as_problems(OWN, "nothing is lost: it is a cache"):
        (root / OWN).mkdir(exist_ok=True)
        write_json(root / OWN / name, data)
