"""Line numbers set into a clause before it is filled, so that an error after any loop can still name its line. Pure."""

import re
from collections.abc import Iterable

from contract_assembly.seal import line_mark

_TABLE_RULE = re.compile(r"[\s|:-]+")
_ID = re.compile(r" \{#[^}]*\}$")


def with_line_marks(tokens: Iterable[tuple[int, str, str]], first: int) -> str:
    """End each line that has words with a mark of its number, before any loop repeats it or any condition drops it.

    `tokens` are (line, kind, text) as the template language cuts its source; `first` is the line that the source starts on.
    The mark goes before a table row's last bar and before a heading's id, where Markdown would trip over it."""
    out: list[str] = []
    line, worded_line = first, False
    for lineno, kind, value in tokens:
        if kind == "data":
            for number, piece in enumerate(value.split("\n")):
                if number:
                    _mark(out, line, worded_line)
                    out.append("\n")
                    line, worded_line = line + 1, False
                out.append(piece)
                worded_line = worded_line or bool(piece.strip())
        else:
            line = first + lineno - 1 + value.count("\n")
            worded_line = worded_line or kind == "variable_begin"
            out.append(value)
    _mark(out, line, worded_line)
    return "".join(out)


def _mark(out: list[str], line: int, worded_line: bool) -> None:
    if not worded_line:
        return
    last = out.pop() if out else ""
    if last.strip() == ">" or (_TABLE_RULE.fullmatch(last) and "-" in last):
        out.append(last)
        return
    body = last.rstrip()
    out.extend([body[: _cut(body)], line_mark(line), last[_cut(body) :]])


def _cut(body: str) -> int:
    """Where in a line the mark goes."""
    if body.endswith("|"):
        return len(body) - 1
    found = _ID.search(body)
    return found.start() if found else len(body)
