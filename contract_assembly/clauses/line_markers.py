"""Line numbers inserted into a clause before it is filled, so that an error after any loop still has its line. Pure."""

import re
from collections.abc import Iterable
from typing import TypeAlias

from contract_assembly.core.sentinels import line_mark

_TABLE_RULE = re.compile(r"[\s|:-]+")


Token: TypeAlias = tuple[int, str, str]


def with_line_marks(tokens: Iterable[Token], first: int) -> list[Token]:
    """End each line of words with a mark of its number, before any loop repeats it or any condition drops it.

    `tokens` are (line, kind, text) as Jinja cuts its source; `first` is the line on which the source starts. The mark goes
    before the last bar of a table row and before the id of a heading, because Markdown expects those at the end."""
    out: list[Token] = []
    line, worded_line = first, False
    for lineno, kind, value in tokens:
        if kind == "data":
            ended, *following = value.split("\n")
            lines = []
            for piece in following:
                lines.append(_marked(ended, line) if worded_line or ended.strip() else ended)
                ended, line, worded_line = piece, line + 1, False
            worded_line = worded_line or bool(ended.strip())
            out.append((lineno, kind, "\n".join([*lines, ended])))
        else:
            line = first + lineno - 1 + value.count("\n")
            worded_line = worded_line or kind == "variable_begin"
            out.append((lineno, kind, value))
    lineno, kind, _ = out[-1] if out else (1, "data", "")
    if worded_line and (kind == "data" or kind.endswith("_end")):  # else a tag is left open, and the parser reports it
        value = out.pop()[2] if kind == "data" else ""
        before, broken, last = value.rpartition("\n")
        out.append((lineno, "data", before + broken + _marked(last, line)))
    return out


def _marked(last: str, line: int) -> str:
    """The last piece of a line, with the line's mark inserted."""
    if last.strip() == ">" or (_TABLE_RULE.fullmatch(last) and "-" in last):
        return last
    body = last.rstrip()
    return body[: _cut(body)] + line_mark(line) + last[_cut(body) :]


def _cut(body: str) -> int:
    """The position of the mark in a line."""
    if body.endswith("|"):
        return len(body) - 1
    start = body.rfind(" {#")
    return start if start >= 0 and body.find("}", start) == len(body) - 1 else len(body)
