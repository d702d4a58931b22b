"""What a person changed in a form, as edits, and the file with them; everything else in it keeps its bytes. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from contract_assembly.actions.edit.fields import Entered, rows_of, settled, shape_at
from contract_assembly.actions.edit.shapes import Shape
from contract_assembly.core.origin import Origin
from contract_assembly.repository import yaml_editor

Step = str | int


class Edit(Struct, frozen=True):
    """A value that changes, at its path in the file as it was: `old` and `new` are texts, rows or groups, None for nothing."""

    path: tuple[Step, ...]
    old: Any
    new: Any

    @property
    def name(self) -> str:
        """Its path as a form names it."""
        return ".".join(map(str, self.path))


def edits(old: Any, new: Entered, path: tuple[Step, ...] = ()) -> tuple[Edit, ...]:
    """The edits from data of a file to what was entered, in the order of the file."""
    if isinstance(new, Mapping) and isinstance(old, Mapping):
        names = dict.fromkeys([*old, *new])
        return tuple(each for name in names for each in edits(old.get(name), new.get(name), (*path, name)))
    if isinstance(old, list) and isinstance(new, Mapping):
        before, after = rows_of(old), rows_of(new)
        numbers = [*before, *(n for n in sorted(after) if n not in before)]
        return tuple(each for n in numbers for each in edits(before.get(n), after.get(n), (*path, n)))
    made = settled(new)
    return () if old == made else (Edit(path, old, made),)


def with_edits(text: str, found: Iterable[Edit], path: str) -> str:
    """The text of a file after these edits; comments, quotes and order stay. Raises EditError if it is written in a form that
    cannot be edited here."""
    values: dict[tuple[Step, ...], str] = {}
    dropped: list[tuple[Step, ...]] = []
    rows: dict[tuple[Step, ...], list[Any]] = {}
    keys: dict[tuple[Step, ...], dict[str, Any]] = {}
    for each in found:
        if isinstance(each.old, str) and isinstance(each.new, str):
            values[each.path] = each.new
            continue
        if each.old is not None:
            dropped.append(each.path)
        if each.new is not None and isinstance(each.path[-1], int):
            rows.setdefault(each.path[:-1], []).append(each.new)
        elif each.new is not None:
            keys.setdefault(each.path[:-1], {})[str(each.path[-1])] = each.new
    changes = yaml_editor.Changes(values=values, dropped=dropped, added={**rows, **keys})
    return yaml_editor.apply(text, changes, Origin(path))


def carried_over(found: Iterable[Edit], data: Any) -> tuple[tuple[Edit, ...], tuple[Edit, ...]]:
    """Edits made from an older state of a file, for its data now: those that still fit, and those whose value is another now."""
    fitting, clashing = list[Edit](), list[Edit]()
    for each in found:
        (fitting if value_at(data, each.path) == each.old else clashing).append(each)
    return tuple(fitting), tuple(clashing)


def applied(data: Any, found: Iterable[Edit]) -> Entered:
    """Data of a file as entered values, with edits of it."""
    made = _as_rows(data)
    for each in found:
        above = made
        for step in each.path[:-1]:
            above = above.setdefault(step, {})
        if each.new is None:
            above.pop(each.path[-1], None)
        else:
            above[each.path[-1]] = _as_rows(each.new)
    return made


def _as_rows(data: Any) -> Any:
    if isinstance(data, Mapping):
        return {name: _as_rows(each) for name, each in data.items()}
    return {n: _as_rows(each) for n, each in enumerate(data)} if isinstance(data, list) else data


def value_at(data: Any, path: Sequence[Step]) -> Any:
    """The value at a path, None if there is none."""
    for step in path:
        if isinstance(data, Mapping):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def in_words(edit: Edit, shape: Shape) -> tuple[str, str, str]:
    """An edit for people: what it is about, the value before, and the value after."""
    labels = []
    for depth in range(1, len(edit.path) + 1):
        step = edit.path[depth - 1]
        try:
            found = shape_at(shape, ".".join(map(str, edit.path[:depth]))).label
        except KeyError:
            found = str(step)
        labels.append(f"no. {step + 1}" if isinstance(step, int) else found)
    return ", ".join(labels), _value_in_words(edit.old), _value_in_words(edit.new)


def _value_in_words(value: Any) -> str:
    if value is None or value == []:
        return "nothing"
    if isinstance(value, Mapping):
        return "; ".join(_value_in_words(each) for each in value.values())
    return "; ".join(map(_value_in_words, value)) if isinstance(value, list) else str(value)
