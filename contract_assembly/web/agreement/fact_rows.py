"""A file of facts as rows for people: a name, a value in words, and the line where it is written. Pure."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from msgspec import Struct

from contract_assembly.compare.figures import is_named, label, worded
from contract_assembly.core.origin import Origin
from contract_assembly.facts.fields import Located, Model
from contract_assembly.facts.labels import ASSET_LABELS

GENERAL = "General"
_NAMES = (
    "name",
    "product",
    "label",
    "title",
    "kind",
    "line",
    "role",
    "what",
    "gate",
    "says",
    "id",
)  # what an entry is called by
_PLAIN = {"party": "Client", "data": "Personal data"}


class FactRow(Struct, frozen=True):
    """One fact, or one entry of a list. `key` is its path in the file."""

    key: str
    name: str
    value: str
    origin: Origin


class FactGroup(Struct, frozen=True):
    """Facts that belong together."""

    name: str
    rows: tuple[FactRow, ...]


def fact_groups(file: Located[Any], people: Mapping[str, str]) -> tuple[FactGroup, ...]:
    """The facts that a file states, by its headings. `people` are names by id: a contact is shown by name."""
    rows = fact_rows(file, people)
    return tuple(FactGroup(name, tuple(found)) for name, found in groupby(rows, key=_group))


def fact_rows(file: Located[Any], people: Mapping[str, str]) -> tuple[FactRow, ...]:
    """The facts that a file states, in its order, those without a heading first; what it leaves out has no row."""
    found = _Rows(file, people).of_model(file.model, "")
    return tuple(sorted(found, key=lambda each: ("." in each.key, each.origin.line)))


def people_of(*files: Located[Any]) -> dict[str, str]:
    """The names of the people in these files, by id."""
    return {each.id: each.name for file in files for each in file.model.people}


def words(name: str) -> str:
    """The name of a field as words: "first_day" is "First day"."""
    return _PLAIN.get(name) or name.replace("_", " ").replace("-", " ").capitalize()


def _group(row: FactRow) -> str:
    return words(row.key.partition(".")[0]) if "." in row.key else GENERAL


class _Rows(Struct, frozen=True):
    """The rows of one file."""

    file: Located[Any]
    people: Mapping[str, str]

    def of_model(self, model: Model, path: str, above: tuple[str, ...] = ()) -> Iterator[FactRow]:
        """The rows of a model at a path; `above` are the names of the groups that it is in."""
        for name, field in type(model).model_fields.items():
            key = f"{path}.{field.alias or name}".lstrip(".")
            if key in self.file.origins:
                yield from self._of_value(getattr(model, name), key, (*above, titled(model, name)))

    def _of_value(self, value: Any, key: str, names: tuple[str, ...]) -> Iterator[FactRow]:
        match value:
            case Model():
                yield from self.of_model(value, key, names)
            case tuple() if value and isinstance(value[0], Model):
                yield from (self._of_entry(each, f"{key}.{n}") for n, each in enumerate(value))
            case tuple():
                yield self._row(key, "; ".join(map(self._shown, value)) or "none", names)
            case dict():
                for name, each in value.items():
                    yield from self._of_value(each, f"{key}.{name}", (*names, words(name)))
            case None:
                return
            case _:
                yield self._row(key, self._shown(value), names)

    def _of_entry(self, entry: Model, key: str) -> FactRow:
        """An entry of a list in one row, called by what distinguishes it."""
        given = {n: getattr(entry, n) for n in type(entry).model_fields if f"{key}.{n}" in self.file.origins}
        called = next((n for n in _NAMES if isinstance(given.get(n), str)), "")
        name = self._shown(given.pop(called)) if called else ""
        if called == "id":
            name = self.people.get(name, name)
        name = name if " " in name or name[:1].isupper() else words(name)
        more = "; ".join(self._named(titled(entry, n), n, each) for n, each in given.items() if n != "id")
        heading = words(key.rpartition(".")[0].rpartition(".")[2])
        return FactRow(key, name or heading, more, self.file.at(key))

    def _named(self, title: str, name: str, value: Any) -> str:
        inside = self._shown(value)
        return inside if name in {"count", "address"} else f"{_within(title)} {inside}"

    def _shown(self, value: Any) -> str:
        match value:
            case Model():
                given = (getattr(value, each) for each in type(value).model_fields)
                return ", ".join(self._shown(each) for each in given if each is not None)
            case tuple():
                return ", ".join(map(self._shown, value))
            case str():
                return self.people.get(value) or ASSET_LABELS.get(value, value)
        return worded(value, str(value))

    def _row(self, key: str, value: str, names: tuple[str, ...]) -> FactRow:
        return FactRow(key, label(key) if is_named(key) else _joined(names), value, self.file.at(key))


def titled(model: Model, name: str) -> str:
    """The name of a field for people: its title, as the form has it, or else its own as words."""
    return type(model).model_fields[name].title or words(name)


def _joined(names: tuple[str, ...]) -> str:
    """A name under those of the groups that it is in, without the one that it is listed under."""
    first, *rest = names[1:] or names
    return ", ".join((first, *map(_within, rest)))


def _within(name: str) -> str:
    """A name that does not begin a line: in small letters, unless it begins with capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
