"""Facts added to the text of `account.yaml`, and no other byte of it: a message under `told`, the step to a support
contract. Pure.

A library that writes YAML would lay out the user's comments, quotes and blanks anew. So lines are put in, the result is
read again, and it must say exactly what it said before and the new fact."""

import re
from typing import Any

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.account import Account, Conversion, Message
from contract_assembly.facts.fields import located

_KEY = re.compile(r"[a-z_]+:")


def with_told(text: str, path: str, message: Message) -> str:
    """The text with one more message. Raises RefusedError where `told` is written in a form that lines cannot be put
    into."""
    before = _read(text, path)
    if message in before.told:
        return text
    new = _with_item(text, "told", _flow(message))
    return _sure(new, path, before.model_copy(update={"told": (*before.told, message)}), "told")


def with_conversion(text: str, path: str, change: Conversion) -> str:
    """The text with the step to a support contract. Raises RefusedError where another one stands there."""
    before = _read(text, path)
    if before.conversion == change:
        return text
    comment = (
        "# The step to a support contract. `signed` is the day on which both have signed it: put it right if need be."
    )
    new = f"{_ended(text)}{comment}\nconversion: {_flow(change)}\n"
    return _sure(new, path, before.model_copy(update={"conversion": change}), "conversion")


def _flow(fact: Message | Conversion) -> str:
    said = {name: getattr(fact, name) for name in type(fact).model_fields}
    return "{" + ", ".join(f"{name}: {each}" for name, each in said.items() if each is not None) + "}"


def _with_item(text: str, key: str, item: str) -> str:
    """One more line at the end of a list in block form; a list that is not there is begun at the end of the file."""
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if line.startswith(f"{key}:")), None)
    if start is None:
        return f"{_ended(text)}{key}:\n  - {item}\n"
    empty = re.fullmatch(rf"{key}:[ \t]*\[[ \t]*\]([ \t]*(?:#.*)?)", lines[start])
    if empty:
        return "\n".join([*lines[:start], f"{key}:{empty[1]}", f"  - {item}", *lines[start + 1 :]])
    end = next((n for n in range(start + 1, len(lines)) if _KEY.match(lines[n])), len(lines))
    said = [n for n in range(start, end) if lines[n].strip() and not lines[n].lstrip().startswith("#")]
    dashes = [re.match(r"[ \t]*(?=- )", lines[n]) for n in said]
    margin = next((each[0] for each in dashes if each), "  ")
    return "\n".join([*lines[: said[-1] + 1], f"{margin}- {item}", *lines[said[-1] + 1 :]])


def _ended(text: str) -> str:
    """The text up to where something new may begin: after an empty line."""
    return f"{text.rstrip()}\n\n" if text.strip() else ""


def _read(text: str, path: str) -> Account:
    return located(Account, strict_yaml.load(text, path)).model if text.strip() else Account()


def _sure(new: str, path: str, wanted: Account, key: str) -> str:
    found: Any = None
    try:
        found = _read(new, path)
    except RefusedError:
        found = None
    if found == wanted:
        return new
    what = f"{key} is written in a form to which nothing can be added here"
    hint = f"write {key} as a list with a line for each entry, beginning with a dash"
    raise RefusedError([Problem("line-form", what, Origin(path), hint)])
