"""How an agreement ends: by an early end, or by a notice to decline that was sent in time. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from contract_assembly.core.origin import Origin
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.catalogue import Calendar
from contract_assembly.facts.fields import Located
from contract_assembly.facts.renewal_terms import SentNotice
from contract_assembly.facts.term_dates import number_following
from contract_assembly.renewals.term import compute_term, declines

EXIT = timedelta(days=365)  # how long the steps of an exit are still listed: longer than any that the clauses describe


class End(Struct, frozen=True):
    """The last day, the number of the term that contains it, and its origin. `by` is who ended or declined; `notice` is
    the notice to decline."""

    kind: Literal["ended", "declined"]
    last_day: date
    number: int
    by: Literal["client", "provider", "both"]
    origin: Origin
    notice: SentNotice | None = None

    def prevents(self, first_day: date) -> bool:
        """Whether a renewal from this day needs a signature to take place. A contract that begins on the day after an
        early end replaces the one that ended, and is not prevented."""
        days = (first_day - self.last_day).days
        return days > 1 if self.kind == "ended" else days > 0


def end_of(agreement: Located[Agreement], calendar: Calendar) -> End | None:
    """How an agreement ends, by the earliest of its ends; None if it continues."""
    return min(_ends(agreement, calendar), key=lambda each: each.last_day, default=None)


def _ends(agreement: Located[Agreement], calendar: Calendar) -> Iterator[End]:
    model, at = agreement.model, agreement.at
    if model.ended:
        last = model.ended.last_day
        yield End("ended", last, number_following(model.term, last), model.ended.by, at("ended"))
    for n, notice in enumerate(model.notices):
        if notice.says != "decline":
            continue
        term = compute_term(agreement, calendar, number_following(model.term, notice.term - timedelta(days=1)))
        if declines(notice, term):
            by: Literal["client", "provider"] = "client" if notice.to == "provider" else "provider"
            yield End(
                kind="declined",
                last_day=term.days.last,
                number=term.number,
                by=by,
                origin=at(f"notices.{n}"),
                notice=notice,
            )
