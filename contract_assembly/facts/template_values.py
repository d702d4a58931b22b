"""Facts as a template sees them: read-only records, series and leaves that know their key and where they were written.

Knows only `origin`. Nothing here can be called, indexed by a computed name, or changed; a leaf has no text of its own
until a wording gives it one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from contract_assembly.core.origin import Origin


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """A leaf: a typed value with its dotted key. It compares by value, with another fact or a constant of a template."""

    value: Any
    key: str
    origin: Origin

    def __bool__(self) -> bool:
        return bool(self.value)

    def __eq__(self, other: object) -> bool:
        return bool(self.value == bare(other))

    def __lt__(self, other: object) -> bool:
        return bool(self.value < bare(other))

    def __le__(self, other: object) -> bool:
        return bool(self.value <= bare(other))

    def __gt__(self, other: object) -> bool:
        return bool(self.value > bare(other))

    def __ge__(self, other: object) -> bool:
        return bool(self.value >= bare(other))

    def __hash__(self) -> int:
        return hash(self.value)


@dataclass(frozen=True, slots=True)
class Record:
    """Facts by name."""

    entries: "Mapping[str, View]"
    key: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Series:
    """Facts in a row."""

    items: "tuple[View, ...]"
    key: str
    origin: Origin

    def __bool__(self) -> bool:
        return bool(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> "Iterator[View]":
        return iter(self.items)


View: TypeAlias = Fact | Record | Series


@dataclass(frozen=True, slots=True)
class Wording:
    """What a fact says in words, with the key and origin of the fact."""

    text: str
    key: str
    origin: Origin


def bare(value: object) -> Any:
    """The typed value of a leaf; anything else as it is."""
    return value.value if isinstance(value, Fact) else value


def leaves(view: View) -> Iterator[Fact]:
    """Every leaf below a view."""
    match view:
        case Fact():
            yield view
        case Record(entries=entries):
            for each in entries.values():
                yield from leaves(each)
        case Series(items=items):
            for each in items:
                yield from leaves(each)
