"""The typed files of `tests/base` and of a sample block, and ways to change a fact, for tests of derived values."""

from functools import cache
from pathlib import Path

from msgspec.structs import replace

from contract_assembly.facts.agreement_files import BlockInputs, Inputs
from contract_assembly.repository.inputs import Repository

BASE = Path(__file__).parents[1] / "base"
ROOT = BASE.parent.parent


def inputs(**changes) -> Inputs:
    """The base with facts changed: `agreement__term__first_day=…` names a file and the path of the fact in it."""
    return _changed_files(_read(BASE, "acme", "2026-support"), changes)


def block_inputs(**changes) -> BlockInputs:
    """The sample time block with facts changed."""
    return _changed_files(_read(ROOT, "hudson", "2026-block"), changes)


@cache
def _read(root, client, agreement):
    return Repository(root).inputs(client, agreement)


def _changed_files(changed, changes):
    for path, value in changes.items():
        name, *steps = path.split("__")
        file = getattr(changed, name)
        changed = replace(changed, **{name: replace(file, model=_changed(file.model, steps, value))})
    return changed


def _changed(model, steps, value):
    first, *rest = steps
    new = _changed(getattr(model, first), rest, value) if rest else value
    return model.model_copy(update={first: new})
