"""Cells of an export of Tickets as values: moments, priorities, words for met and missed, minutes, ratings. Pure.

Each reader raises ValueError with a message for people; RULES has the rule and the hint for each column."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from msgspec import Struct

from contract_assembly.core.csv_tables import folded
from contract_assembly.core.text import shown
from contract_assembly.facts.catalogue import PriorityName
from contract_assembly.facts.export_cells import moment
from contract_assembly.facts.ticket_mapping import TicketMapping

_MINUTES = re.compile(r"\d{1,6}(\.\d{1,6})?", re.ASCII)

_MOMENT = ("import-moment", "correct the cell, or add its form to moments: in the mapping")
_MINUTES_WANTED = ("import-waiting", "write minutes of Business Hours")
_TARGET = ("import-target", "add the word to met: or missed: in the mapping")
RULES: Mapping[str, tuple[str, str]] = {
    "priority": ("import-priority", "add it to priorities: in the mapping, as P1 to P4"),
    "status": ("import-status", "add it to statuses: in the mapping, as open, closed or excluded"),
    **dict.fromkeys(("created", "closed", "responded", "resolved"), _MOMENT),
    **dict.fromkeys(("response", "resolution"), _TARGET),
    **dict.fromkeys(("waiting", "response_minutes", "resolution_minutes"), _MINUTES_WANTED),
    "rating": ("import-rating", "add it to ratings: in the mapping, as 1 to 5"),
}


class Cells(Struct, frozen=True):
    """The readers of one mapping. `source` is the zone of moments without an offset."""

    mapping: TicketMapping
    source: ZoneInfo

    def status(self, text: str) -> str:
        """The meaning of a status: open, closed or excluded."""
        return _known(text, self.mapping.statuses, "status")

    def priority(self, text: str) -> PriorityName:
        """The priority of the plan, P1 to P4."""
        return _known(text, self.mapping.priorities, "priority")  # type: ignore[return-value]  # the model allows no other

    def needed(self, text: str) -> datetime:
        """A required moment."""
        if found := self.moment(text):
            return found
        raise ValueError("a moment is missing")

    def moment(self, text: str) -> datetime | None:
        """A moment with its offset, or None."""
        return moment(text, self.mapping.moments, self.source) if text else None

    def met(self, text: str) -> bool | None:
        """Whether the system reports it as in time; None if it does not say."""
        met, missed = (set(map(folded, each)) for each in (self.mapping.met, self.mapping.missed))
        if text and folded(text) not in met | missed:
            known = f"met ({', '.join(self.mapping.met)}) or missed ({', '.join(self.mapping.missed)})"
            raise ValueError(f"{shown(text)} is not a word for {known}")
        return folded(text) in met if text else None

    def minutes(self, text: str) -> int | None:
        """Minutes, or None; a part of a minute is rounded half up."""
        if text and not _MINUTES.fullmatch(text):
            raise ValueError(f"{shown(text)} is not a number of minutes")
        return int(Decimal(text).quantize(Decimal(1), ROUND_HALF_UP)) if text else None

    def rating(self, text: str) -> int | None:
        """1 to 5, or None."""
        return int(_known(text, self.mapping.ratings, "rating")) if text else None


def _known(text: str, known: Mapping[str, object], what: str) -> str:
    found = {folded(word): value for word, value in known.items()}
    if folded(text) not in found:
        raise ValueError(f"{shown(text)} is an unknown {what}; known: {', '.join(known)}")
    return str(found[folded(text)])
