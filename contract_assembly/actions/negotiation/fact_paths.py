"""Where a fact is written: the file and the path in it that give a fact of a contract its value. Pure."""

from collections.abc import Mapping
from typing import Any

from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.facts.fields import Located
from contract_assembly.facts.template_values import Fact


def written_at(
    fact: Fact, inputs: AnyInputs[Any], parameters: Mapping[str, Any]
) -> tuple[str, tuple[str | int, ...]] | None:
    """The path of the file and the path in it; None if the fact follows from others, or is not the client's.
    `parameters` are those that the clauses of the contract have, by "slot.name"."""
    agreement: Located[Any] = inputs.agreement
    if fact.key in parameters:
        slot, _, name = fact.key.rpartition(".")
        return agreement.at().path, ("parameters", slot, name)
    for located, prefix in ((agreement, "agreement."), (inputs.client, "client.")):
        key = fact.key.removeprefix(prefix)
        if prefix == "client." and key == fact.key:
            continue
        if key in located.origins and _is_leaf(located, key):
            return located.at().path, _steps(key)
    own = next((each for each in (agreement, inputs.client) if each.at().path == fact.origin.path), None)
    if own is None:
        return None
    last = fact.key.rpartition(".")[2]
    near = [
        path
        for path, origin in own.origins.items()
        if origin.line == fact.origin.line and path.rpartition(".")[2] == last and _value(own.model, path) == fact.value
    ]
    return (own.at().path, _steps(near[0])) if len(near) == 1 else None


def _is_leaf(located: Located[Any], key: str) -> bool:
    return not any(each.startswith(f"{key}.") for each in located.origins)


def _steps(path: str) -> tuple[str | int, ...]:
    return tuple(int(each) if each.isdigit() else each for each in path.split("."))


def _value(model: Any, path: str) -> Any:
    for step in path.split("."):
        try:
            model = (
                model[int(step)]
                if step.isdigit()
                else model[step]
                if isinstance(model, Mapping)
                else getattr(model, step)
            )
        except (AttributeError, KeyError, IndexError, TypeError):
            return None
    return model
