"""What a form asks for, read from the JSON Schema of the facts: labels, help, choices and kinds of values. Pure."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from msgspec import Struct

from contract_assembly.actions.json_schema import schema_of

Kind = Literal["group", "rows", "text", "choice", "elsewhere", "money", "percentage", "length-of-time", "date", "month",
               "clock", "whole-number", "number", "yes-no", "telephone"]  # fmt: skip
LEAVES: dict[str, Kind] = {
    "money": "money", "percentage": "percentage", "length-of-time": "length-of-time", "date": "date", "month": "month",
    "clock": "clock", "whole-number": "whole-number", "number": "number", "yes-no": "yes-no", "telephone": "telephone",
}  # fmt: skip


class Shape(Struct, frozen=True):
    """What belongs at one place of a file. `example` is a value as it is written, `usual` what counts if nothing is written, and
    `most` the number of characters allowed (0: no limit known).

    A `group` has the shapes of its keys `inside`, `rows` the one shape of each row. A mapping with names of the user's own is
    `elsewhere`: it is edited in the file."""

    name: str
    label: str
    kind: Kind
    help: str = ""
    is_required: bool = False
    example: str = ""
    usual: str = ""
    choices: tuple[str, ...] = ()
    most: int = 0
    inside: "tuple[Shape, ...]" = ()

    def of(self, name: str) -> "Shape":
        """The shape at a key of a group. Raises KeyError."""
        return {each.name: each for each in self.inside}[name]

    @property
    def row(self) -> "Shape":
        """The shape of each row."""
        return self.inside[0]


@cache
def shape_of(schema: str) -> Shape:
    """The shape of a kind of file, by the name of its schema ("agreement", "client")."""
    read = json.loads(schema_of(schema))
    return _shape(schema, read, read["$defs"], is_required=True)


def _shape(name: str, schema: Mapping[str, Any], defs: Mapping[str, Any], *, is_required: bool) -> Shape:
    own = _resolved(schema, defs)
    kind = _kind(own)
    usual = schema.get("default")
    return Shape(
        name=name,
        label=_label(
            name, schema.get("title") or ("" if "$ref" in schema or "anyOf" in schema else own.get("title", ""))
        ),
        kind=kind,
        # the description of a model is for programmers, that of a field for everyone
        help=schema.get("description", "") if schema is not own or kind != "group" else "",
        is_required=is_required,
        example=str(next(iter(own.get("examples", ())), "")),
        usual="" if usual is None or isinstance(usual, list | dict) else _written(usual),
        choices=tuple(map(str, own.get("enum", ()))) if kind == "choice" else (),
        most=own.get("maxLength", 0),
        inside=_inside(own, kind, defs),
    )


def _resolved(schema: Mapping[str, Any], defs: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a schema says of a value that is there: behind its reference, without the choice to leave it out."""
    for each in schema.get("anyOf", ()):
        if each.get("type") != "null":
            return _resolved(each, defs)
    if "$ref" in schema:
        return _resolved(defs[schema["$ref"].rpartition("/")[2]], defs)
    return schema


def _kind(own: Mapping[str, Any]) -> Kind:
    if "enum" in own:
        return "choice"
    if own.get("type") == "array":
        return "rows"
    if own.get("type") == "object":
        return "group" if "properties" in own else "elsewhere"
    return LEAVES.get(own.get("format", ""), "text") if "const" not in own else "elsewhere"


def _inside(own: Mapping[str, Any], kind: Kind, defs: Mapping[str, Any]) -> tuple[Shape, ...]:
    if kind == "rows":
        return (_shape("", own.get("items", {}), defs, is_required=True),)
    if kind == "group":
        needed = own.get("required", ())
        found = own["properties"].items()
        return tuple(_shape(name, each, defs, is_required=name in needed) for name, each in found)
    return ()


def _label(name: str, title: str) -> str:
    """The title that a model gives; otherwise the name, as a person would write it."""
    words = name.replace("_", " ")
    return title if title and title.lower() != words.lower() else words[:1].upper() + words[1:]


def _written(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
