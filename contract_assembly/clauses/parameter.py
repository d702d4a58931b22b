"""A clause's typed parameters, as its front matter declares them. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.core.text import shortened, shown
from contract_assembly.core.values import Duration, Money, Percent, parse_date
from contract_assembly.facts.fields import (
    Model,
    TextFact,
    truth,
    whole,
)

_NAME = re.compile(r"[a-z][a-z0-9_]*")


class ParamType(Struct, frozen=True):
    """How a parameter of one type is read, and the key by which two of them are compared (None: they have no order)."""

    read: Callable[[str], Any]
    order: Callable[[Any], tuple[str, Any]] | None = None


PARAM_TYPES: dict[str, ParamType] = {
    "integer": ParamType(whole, lambda v: ("", v)),
    "duration": ParamType(Duration.parse, lambda v: (v.unit, v.count)),
    "money": ParamType(Money.parse, lambda v: (v.currency, v.amount)),
    "percent": ParamType(Percent.parse, lambda v: ("", v.value)),
    "date": ParamType(parse_date, lambda v: ("", v)),
    "text": ParamType(str),
    "choice": ParamType(str),
    "boolean": ParamType(truth),
}


class Param(Model):
    """A typed parameter of a clause. `approved` are the bounds within which no deviation is recorded."""

    type: Literal["integer", "duration", "money", "percent", "date", "text", "choice", "boolean"]
    default: TextFact | None = None
    min: TextFact | None = None
    max: TextFact | None = None
    choices: tuple[TextFact, ...] = ()
    approved: tuple[TextFact, ...] = ()


def unfit(text: str, param: Param) -> str | None:
    """Why a text is not a value of this parameter, or None if it is one."""
    kind = PARAM_TYPES[param.type]
    try:
        value = kind.read(text)
        bounds = [(kind.read(bound), sign) for bound, sign in ((param.min, -1), (param.max, 1)) if bound is not None]
    except ValueError as error:
        return str(error)
    if param.choices and text not in param.choices:
        return f"{shortened(text)} is not one of {', '.join(param.choices)}"
    for bound, sign in bounds:
        if kind.order is None or kind.order(value)[0] != kind.order(bound)[0]:
            return f"{shortened(text)} cannot be compared with its bounds, {param.min} to {param.max}"
        if (kind.order(value)[1] > kind.order(bound)[1]) == (sign > 0) and value != bound:
            return f"{shortened(text)} is outside {param.min} to {param.max}"
    return None


def ill_declared(params: Mapping[str, Param], at: Callable[[str], Origin]) -> Iterator[Problem]:
    """Problems with the parameters that a front matter declares; `at` returns where a key was written."""
    for name, param in params.items():
        origin = at(f"params.{name}")
        if not _NAME.fullmatch(name):
            yield Problem(
                "ill-typed",
                f"{shown(name)} cannot be the name of a parameter",
                origin,
                "use small letters and underscores",
            )
        if param.type == "choice" and not param.choices:
            yield Problem(
                "ill-typed", f"{name} is of type choice, but has no choices", origin, "add choices: [one, two]"
            )
        for text in filter(None, (param.default, param.min, param.max, *param.approved)):
            if wrong := unfit(text, param):
                yield Problem("ill-typed", f"{name}: {wrong}", origin, f"it is of type {param.type}")
                break
