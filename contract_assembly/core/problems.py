"""Problems in the inputs, as data. `report` renders them and `cli` prints them."""

from collections.abc import Iterable
from itertools import chain, groupby
from typing import Literal

from msgspec import Struct
from msgspec.structs import force_setattr

from contract_assembly.core.origin import Origin
from contract_assembly.core.text import shortened

Level = Literal["error", "warning", "info"]
LEVELS: tuple[Level, ...] = ("error", "warning", "info")
MAX_PER_FILE = 100
MAX_WHAT = 600  # characters: room for a fact of any length and a sentence
_FIRST = "fix the problems above first, then run the command again"


class Problem(Struct, frozen=True):
    """One problem: the rule it breaks, what is wrong, where, and the fix as a hint."""

    rule: str
    what: str
    origin: Origin | None = None
    hint: str = ""
    level: Level = "error"

    def __post_init__(self) -> None:
        """Shorten a message that repeats more of a value than anyone reads, wherever it was made."""
        if len(self.what) > MAX_WHAT:
            force_setattr(self, "what", shortened(self.what, MAX_WHAT))


class RefusedError(Exception):
    """A step cannot go on. Carries every problem that was found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.what} [{p.rule}]" for p in self.problems))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by place, then rule, and drop repeats, so that every run lists them in the same order. If a file has more than
    MAX_PER_FILE problems, the rest are counted in one last line."""
    found = sorted(dict.fromkeys(problems), key=lambda p: (p.origin or Origin("", 0), p.rule, p.what))
    by_file = groupby(found, key=lambda p: p.origin.path if p.origin else "")
    return tuple(chain.from_iterable(_first_of(tuple(group)) for _, group in by_file))


def _first_of(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    if len(problems) <= MAX_PER_FILE + 1:  # a list that was cut before stays as it is
        return problems
    kept, rest = problems[:MAX_PER_FILE], problems[MAX_PER_FILE:]
    level = min((each.level for each in rest), key=LEVELS.index)
    return (*kept, Problem("more-problems", f"{len(rest)} more problems in this file", rest[0].origin, _FIRST, level))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Keep only the problems that stop a build."""
    return tuple(p for p in problems if p.level == "error")


class HeldError(Exception):
    """Another process is building or writing in this repository."""
