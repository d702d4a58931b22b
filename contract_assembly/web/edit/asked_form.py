"""Small forms that ask for a few things and are not a file: the same fields, errors and buttons as the forms of facts. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from contract_assembly.actions.edit.checks import in_form
from contract_assembly.actions.edit.fields import About, Entered, Field, Options, entered, fields
from contract_assembly.actions.edit.shapes import Kind, Shape
from contract_assembly.core.problems import Problem
from contract_assembly.core.text import refusal
from contract_assembly.core.values import parse_date
from contract_assembly.facts.fields import whole
from contract_assembly.web.edit.words import HELPERS
from contract_assembly.web.page import Form, Page

NO_WORDS: Mapping[str, str] = {}


def ask(name: str, label: str, kind: Kind = "text", *, help: str = "", needed: bool = True) -> Shape:  # noqa: A002
    """One thing that is asked for."""
    return Shape(name, label, kind, help=help, is_required=needed)


def together(name: str, label: str, *inside: Shape, help: str = "", needed: bool = True) -> Shape:  # noqa: A002
    """Things that are asked for together."""
    return Shape(name, label, "group", help=help, is_required=needed, inside=inside)


def sent(shape: Shape, form: Form) -> Entered:
    """What was sent."""
    return entered(shape, form, {}) or {}


def wrong(shape: Shape, found: Entered, path: str = "") -> dict[str, tuple[str, ...]]:
    """What is wrong with each entry by itself: missing, not a day or a number, or with characters that no fact may have."""
    told: dict[str, tuple[str, ...]] = {}
    for each in shape.inside:
        at = f"{path}.{each.name}".lstrip(".")
        value = found.get(each.name) if isinstance(found, Mapping) else None
        if each.kind == "group":
            if value is not None:
                told |= wrong(each, value, at)
        elif what := _wrong(each, value or ""):
            told[at] = (what,)
    return told


def _wrong(shape: Shape, value: str) -> str:
    if not value:
        return f"{shape.label} cannot be empty." if shape.is_required else ""
    if why := refusal(value):
        return f"This value {why}. Retype it on one line."
    reader = {"date": parse_date, "whole-number": whole}.get(shape.kind)
    try:
        if reader:
            reader(value)
    except ValueError as error:
        return f"{error}."
    return ""


def form_page(
    template: str, title: str, shape: Shape, data: Entered, *, options: Mapping[str, Options], values: Mapping[str, Any],
    told: Mapping[str, Sequence[str]] | None = None, others: Sequence[Problem] = (), status: int = 200,
) -> Page:  # fmt: skip
    """A page with the form of a shape."""
    form = fields(shape, data, About(problems=told or {}, options=options))
    return Page(template, title, {**HELPERS, **_around(form, others), **values}, status=status, holds=True)


def _around(form: Field, others: Sequence[Problem]) -> dict[str, Any]:
    wrong_fields = [(each, what) for each in form.all() for what in each.problems]
    return {"form": form, "wrong": wrong_fields, "others": tuple(others), "focus": "", "kept": (), "looked": None}


def by_word(
    problems: Sequence[Problem], fields_of: Mapping[str, str], words: Mapping[str, str] = NO_WORDS
) -> tuple[dict[str, tuple[str, ...]], tuple[Problem, ...]]:
    """Problems beside the fields that they refer to, by their rule or by how they begin; and the others. `words` are what a form
    says in place of a command, by rule."""
    told: dict[str, tuple[str, ...]] = {}
    others = []
    for each in problems:
        starts = each.what.partition(": ")[0]
        name = fields_of.get(each.rule) or fields_of.get(starts, "")
        if name:
            told[name] = (*told.get(name, ()), words.get(each.rule) or in_form(each, starts))
        else:
            others.append(each)
    return told, tuple(others)


def day(text: str) -> date:
    """A day that was checked before."""
    return parse_date(text)
