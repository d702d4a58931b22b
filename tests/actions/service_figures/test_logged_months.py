"""Tickets by the month in which they were logged, whenever they were closed."""

from datetime import date, datetime, time
from decimal import Decimal

from contract_assembly.actions.service_figures.logged_months import logged_months
from contract_assembly.actions.service_figures.ticket_export import Ticket, TicketExport
from contract_assembly.actions.service_figures.ticket_figures import TicketTargets
from contract_assembly.core.origin import Origin
from contract_assembly.core.values import DateRange
from tests.helpers.inputs_base import inputs

DAYS = DateRange(date(2026, 10, 16), date(2026, 12, 10))
PROMISES = {each.id: each for each in inputs().plan.model.service_levels.priorities}
DESK = TicketTargets(inputs().calendar.model, PROMISES, datetime.combine(DAYS.last, time.max), shows_answers=True)


def at(text):
    return datetime.fromisoformat(f"2026-{text}") if text else None


def ticket(created, responded=None, closed=None, priority="P3", **more):
    given = {"resolved": None, "met": {}, "took": {}, "waiting": 0, "rating": None, "origin": Origin("t.csv", 2)}
    return Ticket(priority, at(created), at(closed), at(responded), **{**given, **more})


def months(*tickets, workload=0, desk=DESK):
    closed, unsolved = ([each for each in tickets if bool(each.closed) is done] for done in (True, False))
    export = TicketExport(
        len(tickets), tuple(closed), len(unsolved), 0, None, unsolved=tuple(unsolved), shows_answers=True
    )
    return logged_months(export, desk, DAYS, lambda _: Decimal(workload))


def counts(month, priority="P3", target="response"):
    row = next(each for each in month.measured if each.priority == priority)
    return row.closed, row.met[target], row.of[target]


def test_months_are_those_of_the_calendar_cut_at_the_term_and_at_the_end_of_the_export():
    assert [each.days for each in months()] == [
        DateRange(date(2026, 10, 16), date(2026, 10, 31)),
        DateRange(date(2026, 11, 1), date(2026, 11, 30)),
        DateRange(date(2026, 12, 1), date(2026, 12, 10)),
    ]


def test_a_ticket_counts_in_the_month_in_which_it_was_logged():
    october, november, _ = months(ticket("10-30 09:00", "10-30 10:00", "11-12 09:00"))
    assert (counts(october), counts(november)) == ((1, 1, 1), (0, 0, 0))


def test_an_open_ticket_counts_with_its_answer():
    october, *_ = months(ticket("10-20 09:00", "10-20 10:00"), ticket("10-20 09:00", "10-28 10:00"))
    assert counts(october) == (2, 1, 2)


def test_an_open_ticket_that_should_have_been_answered_is_late_and_one_with_time_left_is_unknown():
    october, _, december = months(ticket("10-20 09:00"), ticket("12-10 17:00"))
    assert counts(october) == (1, 0, 1)
    assert counts(october, target="resolution") == (1, 0, 1)
    assert counts(december) == (1, 0, 0)


def test_time_that_an_open_ticket_waits_for_the_client_is_not_counted():
    october, *_ = months(ticket("10-20 09:00", waiting=60 * 10 * 40))
    assert counts(october) == (1, 0, 0)


def test_where_the_export_has_no_column_for_answers_an_open_ticket_without_one_is_unknown():
    desk = TicketTargets(inputs().calendar.model, PROMISES, datetime.combine(DAYS.last, time.max))
    october, *_ = months(ticket("10-20 09:00"), desk=desk)
    assert counts(october) == (1, 0, 0)


def test_tickets_above_the_workload_are_counted_apart_and_still_measured():
    october, *_ = months(*[ticket(f"10-2{n} 09:00", f"10-2{n} 10:00") for n in range(3)], workload="2.5")
    assert (october.over, counts(october)) == (1, (3, 3, 3))
