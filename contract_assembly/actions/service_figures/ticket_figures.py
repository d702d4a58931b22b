"""Figures from Tickets: the number closed, the number in time, median times, ratings. Pure.

Source: the plan's promises (`service_levels.priorities`), the clock of the clause "levels-clock", the catalogue of
figures in docs/service-figures.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Literal

from msgspec import Struct

from contract_assembly.actions.service_figures.ticket_export import Ticket
from contract_assembly.core.values import DateRange
from contract_assembly.facts.business_days import business_minutes, due_after
from contract_assembly.facts.catalogue import Calendar, Priority, PriorityName
from contract_assembly.facts.quarter import PRIORITIES, PriorityOrAll
from contract_assembly.facts.term_dates import periods

Target = Literal["response", "resolution"]
TARGETS: tuple[Target, ...] = ("response", "resolution")


class Timed(Struct, frozen=True):
    """The result of one Ticket for one target: in time or not (None: unknown), and the minutes it took (None:
    unknown)."""

    met: bool | None
    minutes: int | None


class Measured(Struct, frozen=True):
    """Tickets of one priority or all: the number closed; for each target the number in time and its total, and the
    median in minutes and the number it is based on."""

    priority: PriorityOrAll
    closed: int
    met: Mapping[Target, int]
    of: Mapping[Target, int]
    median: Mapping[Target, int]
    timed: Mapping[Target, int]


class Rating(Struct, frozen=True):
    """The mean rating to one decimal, which is 5.0 only if all ratings are 5; the count of ratings; the count of
    Tickets."""

    mean: Decimal
    answers: int
    asked: int


class TicketTargets(Struct, frozen=True):
    """The targets for Tickets: the calendar, and the promise for each priority. `ends` is the moment up to which an
    export shows what happened: what is still open then, and was due before, is late. `shows_answers` is whether an open
    Ticket without an answer is known to have none."""

    calendar: Calendar
    promises: Mapping[PriorityName, Priority]
    ends: datetime | None = None
    shows_answers: bool = False

    def timed(self, ticket: Ticket, target: Target) -> Timed:
        """Judge one Ticket. The system's own verdict comes first, because it knows the pauses; then the minutes that it
        measured; then the moments. A Resolution without a moment is the closing of the Ticket; a Response without one
        is unknown."""
        in_time, took = ticket.met.get(target), ticket.took.get(target)
        if took is not None:
            return Timed(took <= self._allowed(ticket, target) if in_time is None else in_time, took)
        moment = ticket.responded if target == "response" else (ticket.resolved or ticket.closed)
        if moment is None:
            return Timed(False if in_time is None and self._overdue(ticket, target) else in_time, None)
        minutes = max(0, business_minutes(ticket.created, moment, self.calendar) - ticket.waiting)
        return Timed(self._in_time(ticket, target, moment) if in_time is None else in_time, minutes)

    def _overdue(self, ticket: Ticket, target: Target) -> bool:
        """Whether an open Ticket had to be answered, or solved, before the export ends."""
        known = ticket.closed is None and (target == "resolution" or self.shows_answers)
        return known and self.ends is not None and not self._in_time(ticket, target, self.ends)

    def _due(self, ticket: Ticket, target: Target) -> datetime:
        promise = self.promises[ticket.priority]
        return due_after(ticket.created, promise.response if target == "response" else promise.target, self.calendar)

    def _allowed(self, ticket: Ticket, target: Target) -> int:
        """The minutes of Business Hours from the logging of a Ticket until its promise falls due."""
        return business_minutes(ticket.created, self._due(ticket, target), self.calendar)

    def _in_time(self, ticket: Ticket, target: Target, moment: datetime) -> bool:
        due = self._due(ticket, target)
        if moment <= due or not ticket.waiting:
            return moment <= due
        return business_minutes(due, moment, self.calendar) <= ticket.waiting


def measured(tickets: Iterable[Ticket], desk: TicketTargets) -> tuple[Measured, ...]:
    """The figures of these Tickets, for each priority and for all. A priority without Tickets is zero, because an
    export is complete."""
    judged = [(each, {target: desk.timed(each, target) for target in TARGETS}) for each in tickets]
    return tuple(
        _measured(name, [timed for each, timed in judged if name in {each.priority, "all"}]) for name in PRIORITIES
    )


def _measured(priority: PriorityOrAll, judged: list[dict[Target, Timed]]) -> Measured:
    known = {target: [each[target].met for each in judged if each[target].met is not None] for target in TARGETS}
    took = {target: [m for each in judged if (m := each[target].minutes) is not None] for target in TARGETS}
    return Measured(
        priority=priority,
        closed=len(judged),
        met={target: sum(map(bool, found)) for target, found in known.items()},
        of={target: len(found) for target, found in known.items()},
        median={target: median(found) for target, found in took.items() if found},
        timed={target: len(found) for target, found in took.items()},
    )


def median(minutes: Iterable[int]) -> int:
    """The median; of an even count, the mean of the two in the middle, rounded half up. There must be at least one."""
    found = sorted(minutes)
    return (found[(len(found) - 1) // 2] + found[len(found) // 2] + 1) // 2


def rated(tickets: Iterable[Ticket]) -> Rating | None:
    """The ratings of users, if there are any; a rating is asked for each closed Ticket."""
    found = tuple(tickets)
    given = [each.rating for each in found if each.rating is not None]
    if not given:
        return None
    exact, unit = Decimal(sum(given)) / len(given), Decimal("0.1")
    mean = exact.quantize(unit, ROUND_HALF_UP)
    return Rating(exact.quantize(unit, ROUND_DOWN) if mean > exact and mean == 5 else mean, len(given), len(found))


def quarters(term: DateRange, until: DateRange) -> Iterator[tuple[int, DateRange]]:
    """The quarters of a term that began by the last day of `until`, by number from 1; the last one cut at that day."""
    for number, days in enumerate(periods(term.first, 3, term), 1):
        if days.first <= until.last:
            yield number, DateRange(days.first, min(days.last, until.last))


def closed_in(tickets: Iterable[Ticket], days: DateRange) -> tuple[Ticket, ...]:
    """The Tickets closed within these days, first and last inclusive."""
    return tuple(each for each in tickets if each.closed and each.closed.date() in days)
