"""Duties that a clause makes: what its head says of them, and a clause file without them. Models; pure.

A duty repeats a promise of the clause's words, so that `build.py due` can list it. It prints nothing in a document, so the digest
of an approval leaves it out."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field

from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem
from contract_assembly.facts.fields import Model, SlugFact, TextFact

DutyKind = Literal[
    "review", "access review", "restore test", "count comparison", "true-up", "report", "check", "task", "licence notice",
    "onboarding", "exit",
]  # fmt: skip
DUTY_KINDS: tuple[DutyKind, ...] = get_args(DutyKind)
Event = Literal["start", "end", "expiry", "exit", "licence end"]
Listed = Literal["maintenance", "planning", "upgrades", "restore tests"]
CALENDAR = {"calendar month": 1, "calendar quarter": 3, "calendar year": 12}  # months


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Periods = Annotated[tuple[TextFact, ...], BeforeValidator(_several)]


class ClauseDuty(Model):
    """One duty. It has a day in one of three ways:

    - `every`: by the end of each period from the Start Date, or of each `calendar month`, `calendar quarter` or `calendar year`;
      `within` counts on from there.
    - `after` or `before` an event: `start`, `end`, `expiry` (the end where nothing renews automatically), `exit` (when the exit
      begins), or each `licence end`. `within` counts from it.
    - `listed`: as often as the plan says of each of its tasks, or of each restore test.

    A period is written out (`3 months`), or is the name of a parameter of the clause or of a fact (`levels.report`); several
    periods follow each other. `if` is a condition, as in an outline. `evidence` is what shows that the duty was done."""

    id: SlugFact
    kind: DutyKind
    what: TextFact
    who: Literal["provider", "client", "both"] = "provider"
    every: TextFact | None = None
    after: Event | None = None
    before: Event | None = None
    listed: Listed | None = None
    within: Periods = ()
    condition: TextFact | None = Field(default=None, alias="if")
    evidence: TextFact = ""


def duty_problems(duties: Sequence[ClauseDuty], at: Callable[[str], Origin]) -> Iterator[Problem]:
    """What is wrong with the duties of a clause: each has one day or one rhythm, and an id of its own."""
    for n, each in enumerate(duties):
        if wrong := _ill_timed(each):
            hint = "write one of every:, after:, before: and listed:, and within: for the time that counts from it"
            yield Problem("duty", f"duty {each.id}: {wrong}", at(f"duties.{n}"), hint)
        if each.id in {other.id for other in duties[:n]}:
            yield Problem("duty", f"two duties are named {each.id}", at(f"duties.{n}.id"), "give each an id of its own")


def _ill_timed(duty: ClauseDuty) -> str | None:
    given = [name for name in ("every", "after", "before", "listed") if getattr(duty, name)]
    if len(given) != 1:
        return f"it says {' and '.join(given)}" if given else "it does not say when"
    if given == ["before"] and not duty.within:
        return "it does not say how long before"
    return "a list has the times itself" if given == ["listed"] and duty.within else None


_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
_DUTIES = re.compile(r"^duties:.*\n(?:[ \-#].*\n|\n)*", re.MULTILINE)


def without_duties(text: str) -> str:
    """A clause file without the entry `duties` of its front matter: what an approval is of."""
    front = _FRONT.match(text)
    if not front or "duties:" not in front[1]:
        return text
    return f"---\n{_DUTIES.sub('', front[1], count=1)}---\n{text[front.end() :]}"
