"""Problems and results as text or JSON, for `cli` to print."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from contract_assembly.core.problems import Problem


def as_text(problems: Iterable[Problem]) -> str:
    """One line for each problem, `path:line: error: what [rule]`, and a line with its hint."""
    return "\n".join(_line(problem) for problem in problems)


def _line(problem: Problem) -> str:
    place = f"{problem.origin}: " if problem.origin else ""
    hint = f"\n    hint: {problem.hint}" if problem.hint else ""
    return f"{place}{problem.level}: {problem.what} [{problem.rule}]{hint}"


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


def to_json(data: Mapping[str, Any]) -> str:
    """JSON in a stable order, with letters of all scripts unescaped."""
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True)
