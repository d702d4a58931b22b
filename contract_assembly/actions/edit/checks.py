"""What is wrong with what was entered, field by field, before the file is written: in the words of the models. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contract_assembly.actions.edit.fields import Entered
from contract_assembly.actions.edit.shapes import Shape
from contract_assembly.actions.json_schema import SCHEMAS
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import refusal
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.fields import located

Wrong = Mapping[str, tuple[str, ...]]


def wrong(schema: str, shape: Shape, found: Entered) -> Wrong:
    """What is wrong with entered values, by the path of the field: what is missing, characters that no fact may hold, and what
    the model refuses. `shape` is that of the form; the model sees the whole file."""
    told: dict[str, list[str]] = defaultdict(list)
    for path, what in _at_once(shape, found, ""):
        told[path].append(what)
    try:
        located(SCHEMAS[schema], _node(found, ""))
    except RefusedError as error:
        for each in error.problems:
            path = each.origin.path if each.origin else ""
            if each.rule == "missing-key":
                path = _missing(path, each)
            if not told.get(path) and not any(known.startswith(f"{path}.") for known in told):
                told[path].append(in_form(each, path))
    return {path: tuple(each) for path, each in told.items()}


def _at_once(shape: Shape, value: Entered, path: str) -> Iterator[tuple[str, str]]:
    if shape.kind == "group" and (value is not None or shape.is_required):
        within = value if isinstance(value, Mapping) else {}
        for each in shape.inside:
            yield from _at_once(each, within.get(each.name), f"{path}.{each.name}".lstrip("."))
    elif shape.kind == "rows":
        for n, each in (value or {}).items() if isinstance(value, Mapping) else ():
            yield from _at_once(shape.row, each, f"{path}.{n}")
    elif shape.kind not in ("group", "elsewhere"):
        if not value and shape.is_required:
            what = shape.label or "This line"
            yield path, f"{what} cannot be empty."
        elif isinstance(value, str) and (why := refusal(value)):
            yield path, f"This value {why}. Retype it on one line; pasted text often carries such characters along."


def _node(value: Entered, path: str) -> strict_yaml.Node:
    """Entered values as a file would hold them, each with its path in the form for a place."""
    at = Origin(path)
    if isinstance(value, str):
        return strict_yaml.Scalar(value, at)
    if isinstance(value, list) or any(isinstance(each, int) for each in value):
        rows = sorted(value.items()) if isinstance(value, Mapping) else list(enumerate(value))
        return strict_yaml.Sequence(tuple(_node(each, f"{path}.{n}") for n, each in rows), at)
    entries = {name: _node(each, f"{path}.{name}".lstrip(".")) for name, each in value.items()}
    return strict_yaml.Mapping(entries, {name: each.origin for name, each in entries.items()}, at)


def _missing(above: str, problem: Problem) -> str:
    """The path of what is missing, below the entry that it is missing from."""
    key = problem.what.removesuffix(" is missing").rpartition(".")[2]
    return f"{above}.{key}".lstrip(".")


def in_form(problem: Problem, path: str) -> str:
    """A problem beside its field: without the path, which is where it is shown."""
    what = problem.what
    for start in (f"{path}: ", f"{path.rpartition('.')[2]}: "):
        what = what.removeprefix(start)
    head, mark, rest = what.partition(": ")
    if mark and " " not in head and "." in head:  # the path in the file, whose rows may be numbered otherwise
        what = rest
    hint = "" if problem.hint.startswith("docs/schema") else problem.hint
    return _ended(what) + (f" {_ended(hint[:1].upper() + hint[1:])}" if hint else "")


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


# ---- problems that were found in the file


def by_field(problems: Iterable[Problem], path: str, text: str, found: Entered) -> tuple[Wrong, tuple[Problem, ...]]:
    """Problems of a file with these contents, by the field of the form that made each line; and those of other places."""
    places = _places(text, found)
    told: dict[str, list[str]] = defaultdict(list)
    others = []
    for each in problems:
        at = places.get(each.origin.line, ()) if each.origin and each.origin.path == path else ()
        name = next((form for file, form in at if each.what.startswith((f"{file}: ", f"{file} "))), "")
        name = name or (at[0][1] if at else "")
        if name:
            told[name].append(in_form(each, name))
        else:
            others.append(each)
    return {name: tuple(each) for name, each in told.items()}, tuple(others)


def _places(text: str, found: Entered) -> dict[int, list[tuple[str, str]]]:
    """The paths in the file and in the form of what is written on each line."""
    try:
        node = strict_yaml.load(text, "")
    except RefusedError:
        return {}
    lines: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for file, form in _pairs(found, "", ""):
        steps = tuple(int(each) if each.isdecimal() else each for each in file.split("."))
        lines[strict_yaml.where(node, steps).line].append((file, form))
    return lines


def _pairs(value: Any, file: str, form: str) -> Iterator[tuple[str, str]]:
    """Each entry's path in the settled file and in the form."""
    if file:
        yield file, form
    if isinstance(value, Mapping):
        in_rows = any(isinstance(each, int) for each in value)
        for at, name in enumerate(sorted(value) if in_rows else value):
            here = str(at) if in_rows else name
            yield from _pairs(value[name], f"{file}.{here}".lstrip("."), f"{form}.{name}".lstrip("."))
    elif isinstance(value, list):
        for n, each in enumerate(value):
            yield from _pairs(each, f"{file}.{n}", f"{form}.{n}")
