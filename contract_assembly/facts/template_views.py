"""Models and derived values as the facts that templates see, each with its key and the line it was written on. Pure."""

from collections.abc import Callable
from typing import Any

from contract_assembly.core.origin import Origin
from contract_assembly.facts.fields import Located, Model
from contract_assembly.facts.parties import Person
from contract_assembly.facts.template_values import Fact, Record, Series, View


def view(value: Any, key: str, at: Callable[[str], Origin], path: str) -> View:
    """A model, list or leaf as facts: `key` is its name for templates, `path` its place in the file that `at` knows."""
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
    """A record with further facts, which stand where the record stands unless they are views already."""
    assert isinstance(view, Record)  # noqa: S101  # only models are extended
    return Record(
        {**view.entries, **{n: leaf(value, f"{view.key}.{n}", view.origin) for n, value in more.items()}},
        view.key,
        view.origin,
    )


def leaf(value: Any, key: str, origin: Origin) -> View:
    """Derived values as facts, all from the same place; what is a view already stays as it is."""
    if isinstance(value, Fact | Record | Series):
        return value
    if isinstance(value, dict):
        return Record({n: leaf(each, f"{key}.{n}", origin) for n, each in value.items()}, key, origin)
    if isinstance(value, tuple):
        return Series(tuple(leaf(each, f"{key}.{n}", origin) for n, each in enumerate(value)), key, origin)
    return Fact(value, key, origin)


def whole(file: Located[Any], key: str, path: str = "") -> View:
    """A file, or what stands at a path in it, as facts under another key."""
    value = file.model
    for step in path.split(".") if path else ():
        value = getattr(value, step)
    return view(value, key, file.at, path)


def person(file: Located[Any], name: str, key: str) -> View:
    """Somebody of a file's people, by id."""
    people: tuple[Person, ...] = file.model.people
    position = next(n for n, each in enumerate(people) if each.id == name)
    return view(people[position], key, file.at, f"people.{position}")
