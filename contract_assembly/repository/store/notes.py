"""The notes that builds keep in `.build/`: what was built, by folder. A cache, never an input of a build."""

from pathlib import Path
from typing import Any

from contract_assembly.core.problems import RefusedError
from contract_assembly.repository.store.disk import OWN, read_json

NOTES = "built.json"
_PROBLEM = frozenset({"rule", "what", "origin", "hint", "level"})


def remembered(root: Path) -> dict[str, Any]:
    """The notes of the last `Store.remember`, by folder; empty if there are none or the file is damaged. Never an input
    of a build."""
    try:
        found = read_json(root / OWN / NOTES)
    except (RefusedError, ValueError):
        return {}
    return found if _is_memory(found) else {}


def _is_memory(found: Any) -> bool:
    """Whether a cache has the shape that `remember` writes: folder, document, and what was built of it."""
    return isinstance(found, dict) and all(
        isinstance(documents, dict) and all(map(_is_note, documents.values())) for documents in found.values()
    )


def _is_note(note: Any) -> bool:
    if not isinstance(note, dict):
        return False
    outputs, warnings = note.get("outputs", {}), note.get("warnings", [])
    return (
        isinstance(note.get("key", ""), str)
        and isinstance(outputs, dict)
        and all(isinstance(each, str) for each in outputs.values())
        and isinstance(warnings, list)
        and all(isinstance(each, dict) and _PROBLEM >= each.keys() >= {"rule", "what", "origin"} for each in warnings)
        and all(each["origin"] is None or set(each["origin"]) == {"path", "line"} for each in warnings)
    )


def is_empty(path: Path) -> bool:
    """Whether a file holds notes about nothing, as after a build of no agreement."""
    try:
        return bool(read_json(path) == {})
    except (RefusedError, ValueError):
        return False
