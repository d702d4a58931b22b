"""Facts as templates see them: read-only records, series and leaves that know their key and the line they were written on. Pure.

A template cannot call, change, or index any of them by a computed name. A leaf has no text until a formatter gives it one.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from msgspec import Struct

from contract_assembly.core.origin import Origin
from contract_assembly.facts.fields import Located, Model
from contract_assembly.facts.parties import Person


class Fact(Struct, frozen=True, eq=False):
    """A leaf: a typed value with its dotted key. It compares by value with another fact or a constant of a template."""

    value: Any
    key: str
    origin: Origin

    def __bool__(self) -> bool:
        return bool(self.value)

    def __eq__(self, other: object) -> bool:
        return bool(self.value == bare(other))

    def __ne__(self, other: object) -> bool:
        return not self == other

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


class Record(Struct, frozen=True):
    """Facts by name."""

    entries: "Mapping[str, View]"
    key: str
    origin: Origin


class Series(Struct, frozen=True):
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


class Wording(Struct, frozen=True):
    """The words of a fact, with its key and origin."""

    text: str
    key: str
    origin: Origin


def bare(value: object) -> Any:
    """The typed value of a leaf; any other value unchanged."""
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


def view(value: Any, key: str, at: Callable[[str], Origin], path: str) -> View:
    """A model, list or leaf as facts: `key` is its name in templates, `path` its path in the file that `at` knows."""
    if isinstance(value, Model):
        return Record(
            {
                n: view(getattr(value, n), f"{key}.{n}", at, f"{path}.{n}" if path else n)
                for n in type(value).model_fields
            },
            key,
            at(path),
        )
    if isinstance(value, tuple):
        return Series(tuple(view(each, f"{key}.{n}", at, f"{path}.{n}") for n, each in enumerate(value)), key, at(path))
    return Fact(value, key, at(path))


def extended(view: View, **more: Any) -> Record:
    """A record with further facts; values that are not views get the origin of the record."""
    assert isinstance(view, Record)  # noqa: S101  # only models are extended
    return Record(
        {**view.entries, **{n: leaf(value, f"{view.key}.{n}", view.origin) for n, value in more.items()}},
        view.key,
        view.origin,
    )


def leaf(value: Any, key: str, origin: Origin) -> View:
    """Derived values as facts with one origin; a view is returned unchanged."""
    if isinstance(value, Fact | Record | Series):
        return value
    if isinstance(value, dict):
        return Record({n: leaf(each, f"{key}.{n}", origin) for n, each in value.items()}, key, origin)
    if isinstance(value, tuple):
        return Series(tuple(leaf(each, f"{key}.{n}", origin) for n, each in enumerate(value)), key, origin)
    return Fact(value, key, origin)


def whole(file: Located[Any], key: str, path: str = "") -> View:
    """A file, or the entry at a path in it, as facts under another key."""
    value = file.model
    for step in path.split(".") if path else ():
        value = getattr(value, step)
    return view(value, key, file.at, path)


def person(file: Located[Any], name: str, key: str) -> View:
    """A person of a file, by id."""
    people: tuple[Person, ...] = file.model.people
    position = next(n for n, each in enumerate(people) if each.id == name)
    return view(people[position], key, file.at, f"people.{position}")
