"""The firm's playbook with its clauses, read from the repository and checked. Writes nothing."""

import json
from collections.abc import Iterator
from typing import Any

from contract_assembly.actions.json_schema import schema_of
from contract_assembly.clauses.playbook import Play, Position, Range, plays, problems
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean
from contract_assembly.facts.playbook import PLAYBOOK, Playbook, Point
from contract_assembly.repository.inputs import Repository

__all__ = ["Play", "Point", "Position", "Range", "playbook"]


def playbook(repository: Repository, slot: str = "", law: str = "") -> tuple[Play, ...]:
    """The slots with a fallback or a frequent request of clients, or one slot. Raises RefusedError if the playbook
    names something that does not exist, or has nothing about the slot."""
    library = repository.library()
    located = repository.load(Playbook, PLAYBOOK) if repository.source.has(PLAYBOOK) else None
    if located and (found := tuple(problems(located, library, set(_facts())))):
        raise RefusedError(found)
    every = plays(library, located.model if located else Playbook(), law)
    found_slots = [each for each in every if slot in {"", each.slot}]
    if slot and not found_slots:
        what = f"slot {slot} has no fallback, and no client is known to ask for one"
        raise RefusedError([Problem("playbook", what, None, did_you_mean(slot, {each.slot for each in every}))])
    return tuple(found_slots)


def _facts() -> Iterator[str]:
    """Every fact of a support agreement by its name in the file, from its schema."""
    schema = json.loads(schema_of("agreement"))
    yield from _below(schema, schema["$defs"], "")


def _below(node: dict[str, Any], models: dict[str, Any], path: str) -> Iterator[str]:
    if "$ref" in node:
        node = models[node["$ref"].rpartition("/")[2]]
    for one in node.get("anyOf", ()):
        yield from _below(one, models, path)
    for name, each in node.get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        yield here
        yield from _below(each, models, here)
