"""A date with the steps that led to it, for `build.py due --explain`. Data only."""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace


class Step(Struct, frozen=True):
    """One step towards a date: its name, the rule, the input, the resulting day, and the source of the rule or fact
    ("agreements/acme/2026-support/agreement.yaml:18", "clauses/general/notices.md, courier")."""

    name: str
    rule: str
    given: str
    day: date
    source: str


class ExplainedDate(Struct, frozen=True):
    """A day with all the steps that led to it; it is the day of the last step."""

    steps: tuple[Step, ...]

    @property
    def day(self) -> date:
        """The day itself."""
        return self.steps[-1].day

    def then(self, name: str, rule: str, given: str, day: date, source: str) -> "ExplainedDate":
        """The same steps with one more."""
        return replace(self, steps=(*self.steps, Step(name, rule, given, day, source)))


def stated(name: str, day: date, source: str) -> ExplainedDate:
    """A day that is written down, not computed."""
    return ExplainedDate((Step(name, "as agreed", "", day, source),))
