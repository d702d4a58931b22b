"""The words and kinds of input that templates of forms need for a field. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from contract_assembly.actions.edit.choice_words import row_words, words
from contract_assembly.actions.edit.fields import Field
from contract_assembly.actions.edit.shapes import Kind
from contract_assembly.compare.figures import worded
from contract_assembly.compare.trees import PartChange, title
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import Money, parse_date

_HINTS: Mapping[Kind, str] = {
    "money": "An amount and its currency, like 62.00 USD.",
    "percentage": "Like 5 %.",
    "length-of-time": "Like 30 days, 2 business hours, or 12 months.",
    "date": "Year, month, and day, like 2027-01-31.",
    "whole-number": "",
    "telephone": "With the country code, like +1 518 555 0140.",
}
_FORMS = re.compile(r"agreements/([^/]+)/(?:client|([^/]+)/agreement)\.yaml")
_DIGITS: frozenset[Kind] = frozenset({"whole-number", "number"})


def hint_of(field: Field) -> str:
    """What to write in a field whose model gives no help."""
    usual = f" If it is empty: {words(field.shape.usual)}." if field.shape.usual and not field.options else ""
    return _HINTS.get(field.shape.kind, "") + usual


def unchosen(field: Field) -> str:
    """The choice of nothing."""
    if field.shape.is_required:
        return "Choose one"
    return f"Usual: {words(field.shape.usual)}" if field.shape.usual else "Not chosen"


def is_day(field: Field) -> bool:
    """Whether a field can show a calendar: what is not a day has to be shown as it is written."""
    if field.shape.kind != "date":
        return False
    try:
        return not field.value or bool(parse_date(field.value))
    except ValueError:
        return False


def is_in_digits(field: Field) -> bool:
    """Whether a telephone should show its digits."""
    return field.shape.kind in _DIGITS


def money(amount: Money) -> str:
    """An amount, as a difference shows it."""
    return worded(amount, "")


def clause(change: PartChange) -> str:
    """A clause that changes: its part, number and caption."""
    name = title(change)
    return name if not change.part or name == change.part else f"{change.part}, {name}"


def form_at(origin: Origin) -> str:
    """The address of the form with a place in it, "" for a file without a form."""
    if not (found := _FORMS.fullmatch(origin.path)):
        return ""
    client, agreement = found.groups()
    return (
        f"/agreements/{client}/{agreement}/edit?line={origin.line}"
        if agreement
        else f"/clients/{client}/edit?line={origin.line}"
    )


HELPERS: Mapping[str, Callable[..., Any]] = {
    each.__name__: each for each in (words, row_words, hint_of, unchosen, is_day, is_in_digits, money, clause, form_at)
}
