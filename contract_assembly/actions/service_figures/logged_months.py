"""Tickets by the calendar month in which they were logged: what the contract measures Service Levels by. Pure.

Source: clauses levels-measurement (Tickets logged in a calendar month) and levels-clock. Open Tickets count, too: one that had
to be answered before the export ends, and was not, is late. Tickets above the workload that the fees cover (levels-workload) are
counted like all others, because an export does not show whether faults of the Services caused them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from msgspec import Struct

from contract_assembly.actions.service_figures.ticket_export import Ticket, TicketExport
from contract_assembly.actions.service_figures.ticket_figures import Measured, TicketTargets, measured
from contract_assembly.core.values import DateRange
from contract_assembly.facts.proration import calendar_months


class MonthOfTickets(Struct, frozen=True):
    """The Tickets logged in a month, or in the part of it that the export covers: by priority, where `closed` is how many were
    logged. `over` of them are above the workload that the fees cover."""

    days: DateRange
    measured: tuple[Measured, ...]
    over: int


def logged_months(
    export: TicketExport, desk: TicketTargets, days: DateRange, workload: Callable[[date], Decimal]
) -> tuple[MonthOfTickets, ...]:
    """The months of these days. `workload` is how many Tickets the fees cover in a month that begins on a day; it is zero
    for a contract without Users, which has no limit."""
    tickets = sorted((*export.closed, *export.unsolved), key=lambda each: each.created)
    return tuple(_month(tickets, desk, each, workload(each.first)) for each in calendar_months(days))


def _month(tickets: list[Ticket], desk: TicketTargets, days: DateRange, workload: Decimal) -> MonthOfTickets:
    logged = [each for each in tickets if each.created.date() in days]
    rows = tuple(each for each in measured(logged, desk) if each.priority != "all")
    return MonthOfTickets(days, rows, max(0, len(logged) - int(workload)) if workload else 0)
