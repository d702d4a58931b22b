"""The typed files of `tests/base`, and ways to change a fact of them, for tests of what follows from facts."""

from dataclasses import replace
from pathlib import Path

from contract_assembly.inputs import Inputs
from contract_assembly.repository import Repository

BASE = Path(__file__).parent / "base"
_INPUTS = Repository(BASE).inputs("acme", "2026-support")


def inputs(**changes) -> Inputs:
    """The base with facts changed: `agreement__term__first_day=…` names a file and the path of the fact in it."""
    changed = _INPUTS
    for path, value in changes.items():
        name, *steps = path.split("__")
        file = getattr(changed, name)
        changed = replace(changed, **{name: replace(file, model=_changed(file.model, steps, value))})
    return changed


def _changed(model, steps, value):
    first, *rest = steps
    new = _changed(getattr(model, first), rest, value) if rest else value
    return model.model_copy(update={first: new})
