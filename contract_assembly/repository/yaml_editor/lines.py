"""Edits of single lines: change the value of a key, insert a comment or a key at another line, append to a list."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from contract_assembly.core.origin import Origin
from contract_assembly.repository.yaml_editor.checking import EditError, checked, data_of
from contract_assembly.repository.yaml_editor.writing import flow

_KEY = re.compile(r"[a-z_]+:")


def set_value(text: str, at: Origin, key: str, value: str) -> str:
    """The text with another plain value of the top-level key at `at`; a comment after it stays.

    Raises EditError if the key is not written on one line."""
    lines = text.split("\n")
    hint = f"write it as one line, {key}: {value}, at the left margin"
    what = f"{key} is written in a way that is not changed here"
    match = re.fullmatch(
        rf"({re.escape(key)}:[ \t]+)(?:[\w-]+|\"[\w-]+\"|'[\w-]+')([ \t]+#.*?)?[ \t]*(\r?)", lines[at.line - 1]
    )
    if match is None:
        raise EditError(what, at, hint)
    lines[at.line - 1] = f"{match[1]}{value}{match[2] or ''}{match[3]}"
    return checked("\n".join(lines), {**data_of(text), key: value}, at, what, hint)


def insert_comment(text: str, at: Origin, comment: str) -> str:
    """The text with a comment on a separate line above the line at `at`. The comment must be one line."""
    what, hint = "a comment cannot be put here", "write the entry as one line at the left margin"
    return checked(_with_line(text, at.line - 1, f"# {comment}"), data_of(text), at, what, hint)


def set_key(text: str, at: Origin, key: str, value: str | Mapping[str, str], comment: str = "") -> str:
    """The text with a new top-level key, a plain value or a mapping on one line, below the line at `at`, or at the end
    if `at` has line 0. A comment goes above it."""
    lines = [*([f"# {comment}"] if comment else []), f"{key}: {value if isinstance(value, str) else flow(value)}"]
    if at.line:
        new = text
        for number, line in enumerate(lines):
            new = _with_line(new, at.line + number, line)
    else:
        new = _ended(text) + "".join(f"{line}\n" for line in lines)
    before = data_of(text)
    what, hint = f"{key} cannot be added here", f"write it by hand: {lines[-1]}"
    if key in before:
        raise EditError(f"{key} already exists", Origin(at.path), "change it by hand")
    return checked(
        new,
        {**before, key: value if isinstance(value, str) else dict(value)},
        Origin(at.path, max(at.line, 1)),
        what,
        hint,
    )


def append(text: str, path: str, key: str, *items: Mapping[str, str | Sequence[str]]) -> str:
    """The text with items appended to a top-level list in block form, each a mapping on one line. If there is no list,
    it is started at the end of the file. Raises EditError if the list is written in another form."""
    before = data_of(text)
    kept: Any = before.get(key) if isinstance(before, dict) else None
    what = f"{key} is written in a form to which nothing can be added here"
    hint = f"write {key} as a list with a line for each entry, beginning with a dash"
    if not isinstance(kept, list | None):
        raise EditError(what, Origin(path), hint)
    added = [{name: each if isinstance(each, str) else [*each] for name, each in item.items()} for item in items]
    expected = {**before, key: [*(kept or []), *added]}
    return checked(_with_items(text, key, list(map(flow, items))), expected, Origin(path), what, hint)


def _with_line(text: str, before: int, line: str) -> str:
    """The text with a line inserted before the line with this number (from 0), with the line ending of its
    neighbours."""
    lines = text.split("\n")
    ending = "\r" if lines[min(before, len(lines) - 1)].endswith("\r") or lines[before - 1].endswith("\r") else ""
    lines.insert(before, line + ending)
    return "\n".join(lines)


def _with_items(text: str, key: str, items: Sequence[str]) -> str:
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if line.startswith(f"{key}:")), None)
    if start is None:
        return "".join((f"{_ended(text)}{key}:\n", *(f"  - {each}\n" for each in items)))
    empty = re.fullmatch(rf"{key}:[ \t]*\[[ \t]*\]([ \t]*(?:#.*)?)", lines[start])
    if empty:
        return "\n".join([*lines[:start], f"{key}:{empty[1]}", *(f"  - {each}" for each in items), *lines[start + 1 :]])
    end = next((n for n in range(start + 1, len(lines)) if _KEY.match(lines[n])), len(lines))
    filled = [n for n in range(start, end) if lines[n].strip() and not lines[n].lstrip().startswith("#")]
    dashes = [re.match(r"[ \t]*(?=- )", lines[n]) for n in filled]
    margin = next((each[0] for each in dashes if each), "  ")
    return "\n".join([*lines[: filled[-1] + 1], *(f"{margin}- {each}" for each in items), *lines[filled[-1] + 1 :]])


def _ended(text: str) -> str:
    """The text with an empty line at its end, ready for something new."""
    return f"{text.rstrip()}\n\n" if text.strip() else ""
