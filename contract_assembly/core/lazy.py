"""Tables and functions that are loaded on first use, for instance by importing a module. Imports nothing from this program."""

from collections.abc import Callable, Collection, Iterator, Mapping
from importlib import import_module
from typing import Any, TypeVar

from msgspec import Struct

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
    return OnDemand(homes, lambda name: _found(homes[name]))


class Later(Struct, frozen=True):
    """A function that is named as "package.module:name"; its module is imported when it is first called, or loaded."""

    home: str

    def load(self) -> Callable[..., Any]:
        """The function itself."""
        found: Callable[..., Any] = _found(self.home)
        return found

    def __call__(self, *values: Any, **named: Any) -> Any:
        """What the function returns."""
        return self.load()(*values, **named)


def _found(home: str) -> Any:
    module, _, attribute = home.partition(":")
    return getattr(import_module(module), attribute)
