"""The fields of a form: a shape with the values of a file, their lines, and what is wrong with each; and back again, what a
person entered. Pure.

Each field is named by its path in the file, "coverage.sites.0.name". A row keeps its number while others come and go, so a change
of one row is never taken for a change of its neighbours. `has` lists the rows and the optional groups that are there.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from contract_assembly.actions.edit.shapes import Shape

Form: TypeAlias = Mapping[str, tuple[str, ...]]
Entered: TypeAlias = Any  # texts, dictionaries of entered values by key, and by row number
Options: TypeAlias = Sequence[tuple[str, str]]  # values with their labels
HAS = "has"
MOST_ROWS = 500


class Field(Struct, frozen=True):
    """One field, or a group or list of them. `line` is where its value is written, 0 if it is not. `options` are the values to
    choose from; `number` is the place of a row in its list, from 1."""

    path: str
    shape: Shape
    label: str
    value: str = ""
    line: int = 0
    is_there: bool = True
    number: int = 0
    inside: "tuple[Field, ...]" = ()
    problems: tuple[str, ...] = ()
    options: Options = ()

    @property
    def id(self) -> str:
        """Its id in a page."""
        return "f-" + self.path.replace(".", "-")

    def all(self) -> "Iterable[Field]":
        """Itself and every field inside it, in order."""
        yield self
        for each in self.inside:
            yield from each.all()


class About(Struct, frozen=True):
    """What is known about the fields of a form, by path: the line of each value, what is wrong with it, and, by pattern
    ("contacts.client.*"), what to choose from."""

    lines: Mapping[str, int] = field(default_factory=dict)
    problems: Mapping[str, Sequence[str]] = field(default_factory=dict)
    options: Mapping[str, Options] = field(default_factory=dict)


def fields(shape: Shape, data: Any, about: About, path: str = "", number: int = 0) -> Field:
    """The field of a shape with its value: data of a file, or what was entered."""
    made = Field(
        path=path,
        shape=shape,
        label=shape.label or (str(number) if number else ""),
        line=about.lines.get(path, 0),
        is_there=data is not None or shape.is_required,
        number=number,
        problems=tuple(about.problems.get(path, ())),
    )
    if shape.kind == "group":
        within = data if isinstance(data, Mapping) else {}
        inside = [fields(each, within.get(each.name), about, _below(path, each.name)) for each in shape.inside]
        return replace(made, inside=tuple(inside) if made.is_there else ())
    if shape.kind == "rows":
        rows = enumerate(rows_of(data).items(), 1)
        return replace(made, inside=tuple(fields(shape.row, v, about, _below(path, n), at) for at, (n, v) in rows))
    value = data if isinstance(data, str) else ""
    return replace(made, value=value, options=_options(shape, value, about.options, path))


def rows_of(data: Any) -> Mapping[int, Any]:
    """The rows of a list by number: of a file, or as entered."""
    if isinstance(data, Mapping):
        return {n: each for n, each in data.items() if isinstance(n, int)}
    return dict(enumerate(data)) if isinstance(data, list | tuple) else {}


def _options(shape: Shape, value: str, known: Mapping[str, Options], path: str) -> Options:
    """What to choose from; a value that is not among it stays a choice, so that a form never changes it unasked."""
    found = next((each for pattern, each in known.items() if _fits(pattern, path)), ())
    options = found or tuple((each, "") for each in shape.choices)
    return (*options, (value, "")) if options and value and value not in {each for each, _ in options} else options


def _fits(pattern: str, path: str) -> bool:
    steps, wanted = path.split("."), pattern.split(".")
    return len(steps) == len(wanted) and all(each in ("*", step) for each, step in zip(wanted, steps, strict=True))


def _below(path: str, name: str | int) -> str:
    return f"{path}.{name}" if path else str(name)


# ---- what was entered


def entered(shape: Shape, form: Form, before: Any, path: str = "", *, blanks: bool = False) -> Entered | None:
    """What a person entered at a shape; None for nothing. What a form does not show is as `before`. With `blanks`, rows without
    a text stay, for a form that is shown again."""
    present = frozenset(form.get(HAS, ()))
    return _entered(shape, form, before, path, present, blanks=blanks)


def _entered(
    shape: Shape, form: Form, before: Any, path: str, present: frozenset[str], *, blanks: bool
) -> Entered | None:
    if shape.kind == "elsewhere":
        return before
    if shape.kind == "group":
        if path and not shape.is_required and path not in present:
            return None
        old = before if isinstance(before, Mapping) else {}
        found = {
            each.name: _entered(each, form, old.get(each.name), _below(path, each.name), present, blanks=blanks)
            for each in shape.inside
        }
        return {name: value for name, value in found.items() if value is not None}
    if shape.kind == "rows":
        old = rows_of(before)
        rows = {
            n: _entered(shape.row, form, old.get(n), _below(path, n), present, blanks=blanks)
            for n in _numbers(path, present)
        }
        kept = {n: value if value is not None else "" for n, value in rows.items() if value is not None or blanks}
        return kept or ([] if shape.is_required else None)
    return " ".join(form.get(path, ("",))[-1].split("\r\n")).strip() or None


def _numbers(path: str, present: Iterable[str]) -> list[int]:
    start = f"{path}."
    rest = (each.removeprefix(start) for each in present if each.startswith(start))
    return sorted(int(each) for each in rest if each.isascii() and each.isdecimal() and len(each) <= 6)[:MOST_ROWS]


_AMOUNT, _SHARE = re.compile(r"[\d,]+(\.\d+)?", re.ASCII), re.compile(r"\d+(\.\d+)?", re.ASCII)


def with_units(shape: Shape, value: Entered, currency: str) -> Entered:
    """Entered values with the units that people leave out: "62" is an amount in the currency of the agreement, "5" is 5 %."""
    if shape.kind == "group" and isinstance(value, Mapping):
        return {name: with_units(shape.of(name), each, currency) for name, each in value.items()}
    if shape.kind == "rows" and isinstance(value, Mapping):
        return {n: with_units(shape.row, each, currency) for n, each in value.items()}
    if shape.kind == "money" and currency and isinstance(value, str) and _AMOUNT.fullmatch(value):
        return f"{value} {currency}"
    if shape.kind == "percentage" and isinstance(value, str) and _SHARE.fullmatch(value):
        return f"{value} %"
    return value


def whole(data: Any, part: Entered, keys: Iterable[str]) -> Entered:
    """The file as entered: these keys as a form has them, every other one as it is."""
    shown, kept = set(keys), data if isinstance(data, Mapping) else {}
    both = {**{name: each for name, each in kept.items() if name not in shown}, **part}
    return {name: both[name] for name in dict.fromkeys([*kept, *part]) if name in both}


def settled(value: Entered) -> Any:
    """What was entered as data of a file: rows as lists."""
    if isinstance(value, Mapping):
        if any(isinstance(each, int) for each in value):
            return [settled(value[n]) for n in sorted(value)]
        return {name: settled(each) for name, each in value.items()}
    return value


def with_row(form: Form, path: str, shape: Shape) -> Form:
    """The form with a new last row in a list, or with an optional group."""
    present = list(form.get(HAS, ()))
    new = path
    if shape_at(shape, path).kind == "rows":
        new = _below(path, max(_numbers(path, present), default=-1) + 1)
    return {**form, HAS: (*present, new)}


def without(form: Form, path: str) -> Form:
    """The form without a row or an optional group."""
    kept = (each for each in form.get(HAS, ()) if each != path and not each.startswith(f"{path}."))
    return {**form, HAS: tuple(kept)}


def shape_at(shape: Shape, path: str) -> Shape:
    """The shape at a path of a form. Raises KeyError if it has no such field."""
    for step in path.split(".") if path else ():
        if shape.kind == "rows" and step.isdecimal():
            shape = shape.row
        elif shape.kind == "group":
            shape = shape.of(step)
        else:
            raise KeyError(path)
    return shape
