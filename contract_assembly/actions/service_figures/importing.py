"""Import the figures of an export of Tickets into `service.yaml`: the figures, the changes, and the new text. Reads
through `repository`; writes nothing.

An export contains all Tickets of a term so far. Its figures replace those of an earlier export. The term and its quarters
count the Tickets that were closed in them, months those that were logged. Comparisons with the
year before, comments and everything that an export cannot contain stay."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.actions.service_figures.logged_months import MonthOfTickets, logged_months
from contract_assembly.actions.service_figures.record_rows import Figures, brought_in
from contract_assembly.actions.service_figures.ticket_export import TicketExport, read_export
from contract_assembly.actions.service_figures.ticket_figures import TicketTargets, closed_in, measured, quarters, rated
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import NBSP
from contract_assembly.core.values import DateRange
from contract_assembly.facts import strict_yaml
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.fields import Located, located
from contract_assembly.facts.formatters import long_date
from contract_assembly.facts.service_record import Service
from contract_assembly.facts.term_dates import terms
from contract_assembly.facts.ticket_mapping import TicketMapping
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.mappings import ticket_mapping
from contract_assembly.repository.yaml_editor import AGREEMENT_DEPTH, schema_line

FILE = "service.yaml"
_HEAD = (
    schema_line("service", AGREEMENT_DEPTH)
    + """# What was delivered to {client} in the term from {first} to {last}.
term: {first}
"""
)


class Imported(Struct, frozen=True):
    """The result of an import: the export, its figures for the term so far, by quarter and by month, and `service.yaml`
    before and after. `changes` are lines for people: the old and the new value of each changed figure."""

    path: str
    export: TicketExport
    term: DateRange
    so_far: Figures
    quarters: Mapping[int, Figures]
    months: tuple[MonthOfTickets, ...]
    before: str | None
    after: str
    changes: tuple[str, ...]


def imported(
    repository: Repository,
    client: str,
    agreement: str,
    mapping: str,
    data: bytes,
    file: str,
    on: date | None,
    users: Callable[[date], int] | None = None,
) -> Imported:
    """Compute the figures of an export. `mapping` is a file in provider/mappings or a path below the root; `on` is the
    last day that the export covers, by default that of its latest Ticket. `users` is how many Users are covered on a day,
    by default as many as agreement.yaml says.

    Raises RefusedError with every problem of the export, or if it does not belong to the agreement."""
    inputs = repository.inputs(client, agreement)
    if not isinstance(inputs, Inputs):
        hint = "the hours of a block are in its ledger: build.py block log"
        raise RefusedError(
            [Problem("time-block", "a time block has no service.yaml", inputs.agreement.at("kind"), hint)]
        )
    party, calendar = inputs.client.model.party, inputs.calendar.model
    read = ticket_mapping(repository, mapping)
    export = read_export(data, file, read, timezone=calendar.timezone, names=(party.short, party.name), client=client)
    until = on or (export.latest.date() if export.latest else None)
    if until is None:
        hint = "give the last day that it covers with --on"
        raise RefusedError([Problem("import-empty", "no row of the export is a Ticket of a user", Origin(file), hint)])
    path = f"{folder_of(client, agreement)}/{FILE}"
    known = repository.load(Service, path) if repository.source.exists(path) else None
    days = _term(inputs, known, until, file)
    closed = tuple(each for each in export.closed if each.closed and each.closed.date() >= days.first)
    export = replace(export, closed=closed, before=len(export.closed) - len(closed))
    if wrong := tuple(_outside(export, days, until)):
        raise RefusedError(wrong)
    levels = inputs.plan.model.service_levels
    ends = datetime.combine(until, time.max)
    desk = TicketTargets(
        calendar, {each.id: each for each in levels.priorities}, ends, shows_answers=export.shows_answers
    )
    so_far = _figures(export, desk, DateRange(days.first, min(until, days.last)))
    by_quarter = {number: _figures(export, desk, part) for number, part in quarters(days, so_far.days)}
    if missing := tuple(_fewer(known, by_quarter, file)):
        raise RefusedError(missing)
    covered = users or (lambda _: inputs.agreement.model.coverage.users)
    months = logged_months(export, desk, so_far.days, lambda day: levels.workload.tickets_per_user * covered(day))
    before = repository.text(path) if known else None
    head = _HEAD.format(client=party.short, first=days.first, last=days.last)
    source = _source(read.model, so_far.days.last, inputs.agreement.model.locale)
    after, changes = brought_in(before if before is not None else head, so_far, by_quarter, source, months)
    located(Service, strict_yaml.load(after, path))  # the result can be read
    return Imported(
        path=path,
        export=export,
        term=days,
        so_far=so_far,
        quarters=by_quarter,
        months=months,
        before=before,
        after=after,
        changes=changes,
    )


def _term(inputs: Inputs, known: Located[Service] | None, until: date, file: str) -> DateRange:
    """The term of the figures: that of service.yaml, otherwise the one in which the export ends."""
    agreed, at = inputs.agreement.model.term, inputs.agreement.at("term.first_day")
    every = terms(agreed)
    number = every.number_on(known.model.term if known else until)
    if number is None:
        hint = f"the agreement begins at {at}; see --on"
        raise RefusedError(
            [Problem("import-term", f"the export ends on {until}, before the agreement", Origin(file), hint)]
        )
    found = every.days(number)
    if known and known.model.term != found.first:
        what = f"term: {known.model.term} is not the first day of a term"
        raise RefusedError([Problem("service-period", what, known.at("term"), f"see the term at {at}")])
    if until < found.first:
        what = f"the export ends on {until}, before the term that begins on {found.first}"
        raise RefusedError([Problem("import-term", what, Origin(file), "see --on, and term: in service.yaml")])
    return found


def _outside(export: TicketExport, days: DateRange, until: date) -> Iterator[Problem]:
    hint = "export only what was closed in the term; see --on"
    for each in export.closed:
        closed = each.closed.date() if each.closed else days.first
        if closed not in days:
            what = f"closed on {closed}, outside the term from {days.first} to {days.last}"
            yield Problem("import-term", what, each.origin, hint)
        elif closed > until:
            what = f"closed on {closed}, after the last day of the export, {until}"
            yield Problem("import-term", what, each.origin, hint)


def _fewer(known: Located[Service] | None, found: Mapping[int, Figures], file: str) -> Iterator[Problem]:
    """Problems with quarters for which an earlier export had more Tickets, so that this one does not cover the whole
    term."""
    for n, quarter in enumerate(known.model.quarters if known else ()):
        for position, each in enumerate(quarter.tickets):
            now = found.get(quarter.number)
            count = next((m.closed for m in now.measured if m.priority == "all"), 0) if now else 0
            if known and each.priority == "all" and count < each.closed:
                at = known.at(f"quarters.{n}.tickets.{position}")
                what = f"quarter {quarter.number} has {count} Tickets here, and {each.closed} at {at}"
                hint = "export the whole term; if there are fewer now, remove the quarter in service.yaml first"
                yield Problem("import-fewer", what, Origin(file), hint)


def _figures(export: TicketExport, desk: TicketTargets, days: DateRange) -> Figures:
    tickets = closed_in(export.closed, days)
    return Figures(days, measured(tickets, desk), rated(tickets))


def _source(mapping: TicketMapping, last: date, locale: str) -> str:
    return f"{mapping.name}, tickets closed up to {long_date(last, locale)}".replace(NBSP, " ")
