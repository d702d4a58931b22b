"""A date together with how it came about, step by step, for `build.py due --explain`. Data only; knows nobody."""

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to a date: what it gives, the rule it follows, what went in, the day that came out, and where the
    rule or fact is written ("agreements/acme/2026-support/agreement.yaml:18", "clauses/general/notices.md, courier")."""

    name: str
    rule: str
    given: str
    day: date
    source: str


@dataclass(frozen=True, slots=True)
class ExplainedDate:
    """A day with all the steps that led to it; the last step's day is the day."""

    steps: tuple[Step, ...]

    @property
    def day(self) -> date:
        """The day itself."""
        return self.steps[-1].day

    def then(self, name: str, rule: str, given: str, day: date, source: str) -> "ExplainedDate":
        """The same way with one step more."""
        return replace(self, steps=(*self.steps, Step(name, rule, given, day, source)))


def stated(name: str, day: date, source: str) -> ExplainedDate:
    """A day that was written down as it is."""
    return ExplainedDate((Step(name, "as agreed", "", day, source),))
