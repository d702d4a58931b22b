"""What can be wrong in the inputs, as data. Nothing here prints; `report` renders it and `cli` shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from contract_assembly.core.origin import Origin

Level = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the rule it breaks, what and where it is, and the cure as a hint."""

    rule: str
    what: str
    origin: Origin | None = None
    hint: str = ""
    level: Level = "error"


class RefusedError(Exception):
    """A step cannot go on; carries every problem that it found, never just the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.what} [{p.rule}]" for p in self.problems))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by place, then rule, and drop repeats, so that every run lists them alike."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.origin or Origin("", 0), p.rule, p.what)))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Keep only the problems that stop a build."""
    return tuple(p for p in problems if p.level == "error")
