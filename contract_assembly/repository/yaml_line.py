"""One line of a YAML file changed, and no other byte of it. Pure; knows `problems`.

A library that writes YAML would lay the user's quotes, blanks and long lines out anew, and the reviewer would have to read all of
it. What stands in another form than one line is left to a person.
"""

import re

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError


def with_value(text: str, at: Origin, key: str, value: str) -> str:
    """The text with another plain value of a key that stands on a line of its own, at the left edge; a comment after it stays.

    Raises RefusedError where the key is written in another way."""
    lines = text.split("\n")
    match = re.fullmatch(
        rf"({re.escape(key)}:[ \t]+)(?:[\w-]+|\"[\w-]+\"|'[\w-]+')([ \t]+#.*?)?[ \t]*(\r?)", lines[at.line - 1]
    )
    if match is None:
        hint = f"write it as one line, {key}: {value}, at the left edge"
        raise RefusedError([Problem("line-form", f"{key} is written in a way that is not changed here", at, hint)])
    lines[at.line - 1] = f"{match[1]}{value}{match[2] or ''}{match[3]}"
    return "\n".join(lines)


def with_line(text: str, at: Origin, line: str, *, after: bool = True) -> str:
    """The text with one more line after (or before) another, ended as that one is."""
    lines = text.split("\n")
    ending = "\r" if lines[at.line - 1].endswith("\r") else ""
    lines.insert(at.line - (not after), line + ending)
    return "\n".join(lines)
