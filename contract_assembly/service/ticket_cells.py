"""Cells of an export as values: moments, priorities, words for met and missed, minutes, ratings. Pure.

Each reader raises ValueError with a sentence; RULES has, by column, the rule and the cure that go with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from contract_assembly.facts.catalogue import PriorityName
from contract_assembly.facts.ticket_mapping import ISO, TicketMapping

_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_MINUTES = re.compile(r"\d{1,6}", re.ASCII)

_MOMENT = ("import-moment", "correct the cell, or add its form to moments: in the mapping")
_TARGET = ("import-target", "add the word to met: or missed: in the mapping")
RULES: Mapping[str, tuple[str, str]] = {
    "priority": ("import-priority", "add it to priorities: in the mapping, as P1 to P4"),
    "status": ("import-status", "add it to statuses: in the mapping, as open, closed or excluded"),
    **dict.fromkeys(("created", "closed", "responded", "resolved"), _MOMENT),
    **dict.fromkeys(("response", "resolution"), _TARGET),
    "waiting": ("import-waiting", "write whole minutes of Business Hours"),
    "rating": ("import-rating", "add it to ratings: in the mapping, as 1 to 5"),
}


@dataclass(frozen=True)
class Cells:
    """The readers of one mapping. `source` is the zone of moments without an offset, `desk` the one they are given in."""

    mapping: TicketMapping
    source: ZoneInfo
    desk: ZoneInfo

    def status(self, text: str) -> str:
        """What a status counts as: open, closed or excluded."""
        return _known(text, self.mapping.statuses, "status")

    def priority(self, text: str) -> PriorityName:
        """One of ours, P1 to P4."""
        return _known(text, self.mapping.priorities, "priority")  # type: ignore[return-value]  # the model makes it so

    def needed(self, text: str) -> datetime:
        """A moment that must be there."""
        if found := self.moment(text):
            return found
        raise ValueError("a moment is missing")

    def moment(self, text: str) -> datetime | None:
        """A moment on the desk's clock, or None. Of an hour that the clocks have twice, it is the first."""
        if not text:
            return None
        found = {each for form in self.mapping.moments if (each := _parsed(text, form))}
        if not found:
            raise ValueError(f"{text!r} is no moment of the form {' or '.join(self.mapping.moments)}")
        if len(found) > 1:
            raise ValueError(f"{text!r} can be read in two ways; leave one form in the mapping")
        moment = found.pop()
        local = moment if moment.tzinfo else moment.replace(tzinfo=self.source)
        if not moment.tzinfo and local.astimezone(UTC).astimezone(self.source).replace(tzinfo=None) != moment:
            raise ValueError(f"{text!r} did not exist: the clocks of {self.source.key} went forward")
        return local.astimezone(self.desk).replace(tzinfo=None, fold=0)

    def met(self, text: str) -> bool | None:
        """Whether the system says in time; None where it says nothing."""
        met, missed = self.mapping.met, self.mapping.missed
        if text and text not in {*met, *missed}:
            raise ValueError(f"{text!r} is no word for met ({', '.join(met)}) or missed ({', '.join(missed)})")
        return text in met if text else None

    def waiting(self, text: str) -> int:
        """Minutes of a pause; none where nothing is said."""
        if text and not _MINUTES.fullmatch(text):
            raise ValueError(f"{text!r} is no number of minutes")
        return int(text or 0)

    def rating(self, text: str) -> int | None:
        """1 to 5, or None."""
        return int(_known(text, self.mapping.ratings, "rating")) if text else None


def _known(text: str, known: Mapping[str, object], what: str) -> str:
    if text not in known:
        raise ValueError(f"{text!r} is no known {what}; known: {', '.join(known)}")
    return str(known[text])


def _parsed(text: str, form: str) -> datetime | None:
    try:
        if form == ISO:
            return datetime.fromisoformat(text) if _ISO.fullmatch(text) else None
        return datetime.strptime(text, form)  # noqa: DTZ007  # the zone is that of the mapping
    except ValueError:
        return None
