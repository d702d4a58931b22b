"""Tables whose entries are loaded on first use, for instance by importing a module. Imports nothing from this program."""

from collections.abc import Callable, Collection, Iterator, Mapping
from importlib import import_module
from typing import Any, TypeVar

T = TypeVar("T")


class OnDemand(Mapping[str, T]):
    """A table of these names. Listing the names loads nothing."""

    def __init__(self, names: Collection[str], load: Callable[[str], T]) -> None:
        self._names, self._load = names, load

    def __getitem__(self, name: str) -> T:
        if name not in self._names:
            raise KeyError(name)
        return self._load(name)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def table(homes: Mapping[str, str]) -> OnDemand[Any]:
    """A table of objects that are named as "package.module:NAME"."""

    def load(name: str) -> Any:
        module, _, attribute = homes[name].partition(":")
        return getattr(import_module(module), attribute)

    return OnDemand(homes, load)
