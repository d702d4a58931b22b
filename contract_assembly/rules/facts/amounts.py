"""Every amount of money in a model, for checks of their currency and sign. Pure."""

from collections.abc import Iterator
from typing import Any

from contract_assembly.core.values import Money
from contract_assembly.facts.fields import Model


def amounts_of(model: Model, path: str) -> Iterator[tuple[str, Money]]:
    """Every amount of money in a model, with its path in the file."""
    for name in type(model).model_fields:
        yield from _amounts(getattr(model, name), f"{path}.{name}")


def _amounts(value: Any, path: str) -> Iterator[tuple[str, Money]]:
    if isinstance(value, Money):
        yield path, value
    elif isinstance(value, Model):
        yield from amounts_of(value, path)
    elif isinstance(value, tuple):
        for n, each in enumerate(value):
            yield from _amounts(each, f"{path}.{n}")
