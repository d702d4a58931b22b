"""Problems and results as text or JSON, for `cli` to print."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contract_assembly.core.problems import Problem

_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")  # as a JSON escape they survive; as UTF-8 they cannot be written


def as_text(problems: Iterable[Problem]) -> str:
    """One line for each problem, `path:line: error: what [rule]`, and a line with its hint."""
    return "\n".join(_line(problem) for problem in problems)


def escaped(text: str) -> str:
    """Text with control characters and lone surrogates as escapes, like \\x1b, so that it can be printed anywhere."""
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def _line(problem: Problem) -> str:
    place = f"{problem.origin}: " if problem.origin else ""
    hint = f"\n    hint: {problem.hint}" if problem.hint else ""
    return escaped(f"{place}{problem.level}: {problem.what} [{problem.rule}]{hint}")


def as_data(problem: Problem) -> dict[str, Any]:
    """A problem for JSON."""
    return {
        "rule": problem.rule,
        "level": problem.level,
        "what": problem.what,
        "path": problem.origin.path if problem.origin else None,
        "line": problem.origin.line if problem.origin else None,
        "hint": problem.hint or None,
    }


def to_json(data: Any) -> str:
    """JSON with a stable order and any script readable."""
    text = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True)
    return _SURROGATES.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def json_in_pieces(data: Mapping[str, Any], lists: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """What `to_json` gives for an object with these values and these lists, piece by piece. The items of the lists are JSON
    already, each by `to_json`: tens of thousands of them take far less memory as text than as data."""
    begin = "{"
    for key in sorted({*data, *lists}):
        yield f"{begin}\n  {to_json(key)}: "
        if key in lists:
            yield from _list_in_pieces(lists[key])
        else:
            yield to_json(data[key]).replace("\n", "\n  ")
        begin = ","
    yield "\n}" if begin == "," else "{}"


def _list_in_pieces(items: Iterable[str]) -> Iterator[str]:
    begin = "["
    for each in items:
        text = each.replace("\n", "\n    ")
        yield f"{begin}\n    {text}"
        begin = ","
    yield "\n  ]" if begin == "," else "[]"
