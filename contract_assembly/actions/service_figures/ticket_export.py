"""An export of a ticket system, read with its mapping: a row is a closed Ticket, an open one, or skipped. Pure."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct, field

from contract_assembly.actions.service_figures.ticket_cells import RULES, Cells
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.facts.catalogue import PriorityName
from contract_assembly.facts.export_mapping import LEFT_OUT, MOST, OTHERS, Record, records, shortened
from contract_assembly.facts.fields import Located
from contract_assembly.facts.ticket_mapping import TicketMapping, problems

__all__ = ["MOST", "Ticket", "TicketExport", "read_export"]
T = TypeVar("T")


class Ticket(Struct, frozen=True):
    """A Ticket of a user; `closed` is None while it is open. Moments are in the desk's own time zone. `met` is, for
    response and resolution, whether the system itself reports it as in time; `took` has the minutes of Business Hours
    that the system measured, and `waiting` those of pauses."""

    priority: PriorityName
    created: datetime
    closed: datetime | None
    responded: datetime | None
    resolved: datetime | None
    met: Mapping[str, bool]
    took: Mapping[str, int]
    waiting: int
    rating: int | None
    origin: Origin


class TicketExport(Struct, frozen=True):
    """The content of an export: its rows are the closed Tickets, `open` ones, `excluded` ones, those of other clients,
    and those that were closed `before` the term. `latest` is the last moment in it, if any Ticket counts; `unsolved` are
    the open Tickets, and `shows_answers` is whether it has a column for when they were answered."""

    rows: int
    closed: tuple[Ticket, ...]
    open: int
    excluded: int
    latest: datetime | None
    others: int = 0
    before: int = 0
    unsolved: tuple[Ticket, ...] = ()
    shows_answers: bool = False

    def accounted(self) -> list[str]:
        """What happened to the rows; the counts add up to all of them."""
        found = [f"{len(self.closed)} closed", f"{self.open} open", f"{self.excluded} left out"]
        found += [f"{self.others} of other clients"] if self.others else []
        return found + ([f"{self.before} closed before the term"] if self.before else [])


class _Reading(Struct):
    """Collects the contents of one export. `desk` is the time zone of the Tickets."""

    cells: Cells
    desk: ZoneInfo
    closed: list[Ticket] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    open: list[Ticket] = field(default_factory=list)
    excluded: int = 0
    latest: list[datetime] = field(default_factory=list)


def read_export(
    data: bytes, path: str, mapping: Located[TicketMapping], timezone: str, names: Collection[str], client: str = ""
) -> TicketExport:
    """Read an export. `timezone` is the desk's, `names` are those of the client, whose folder is `client`.

    Raises RefusedError with the problems of the mapping, or with those of every row, each at its line."""
    if found := tuple(problems(mapping)):
        raise RefusedError(found)
    source = _zone(mapping.model.timezone or timezone, mapping)
    read = records(data, path, mapping, client, names)
    reading, wrong = _Reading(Cells(mapping.model, source), _zone(timezone, mapping)), list(read.problems)
    for record in read.found:
        wrong += _row(reading, record)
    if not read.rows:
        wrong.append(Problem("import-empty", "the export has no rows", Origin(path), "nothing can be counted from it"))
    if wrong:
        raise RefusedError(shortened(sorted(wrong, key=lambda each: each.origin.line if each.origin else 0), path))
    return TicketExport(
        rows=read.rows,
        closed=tuple(reading.closed),
        open=len(reading.open),
        excluded=reading.excluded + read.passed.get(LEFT_OUT, 0),
        latest=max(reading.latest, default=None),
        others=read.passed.get(OTHERS, 0),
        unsolved=tuple(reading.open),
        shows_answers=bool(mapping.model.columns.responded or mapping.model.columns.response_minutes),
    )


def _zone(name: str, mapping: Located[TicketMapping]) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        hint = "write it like Europe/Dublin"
        raise RefusedError([Problem("mapping", f"{name} is not a time zone", mapping.at("timezone"), hint)]) from None


def _row(reading: _Reading, record: Record) -> list[Problem]:
    """Add one row, or return everything that is wrong with it."""
    if doubled := list(_doubled(record, reading)):
        return doubled
    values = _Values(record)
    status = values.read("status", reading.cells.status)
    if status is None:
        return values.problems
    if status == "excluded":
        reading.excluded += 1
        return []
    return _ticket(reading, values, closed=status == "closed")


class _Values(Struct):
    """The cells of one row by their names, and what is wrong with them."""

    record: Record
    problems: list[Problem] = field(default_factory=list)

    def read(self, name: str, reader: Callable[[str], T]) -> T | None:
        try:
            return reader(self.record.cells.get(name, ""))
        except ValueError as error:
            rule, hint = RULES[name]
            self.problems.append(Problem(rule, str(error), self.record.origin, hint))
            return None


def _ticket(reading: _Reading, values: _Values, *, closed: bool) -> list[Problem]:
    """Add a Ticket, closed or open."""
    cells, read = reading.cells, values.read
    priority, created = read("priority", cells.priority), read("created", cells.needed)
    responded, resolved = read("responded", cells.moment), read("resolved", cells.moment)
    ended = read("closed", cells.needed) if closed else None
    met = {name: word for name in ("response", "resolution") if (word := read(name, cells.met)) is not None}
    took = {
        name: minutes
        for name in ("response", "resolution")
        if (minutes := read(f"{name}_minutes", cells.minutes)) is not None
    }
    waiting, rating = read("waiting", cells.minutes), read("rating", cells.rating)
    if values.problems or priority is None or created is None:
        return values.problems
    moments = {"responded": responded, "resolved": resolved, "closed": ended}
    # Instants are compared, not clock times: when an hour occurs twice, the clock goes back.
    if early := [name for name, each in moments.items() if each and each.astimezone(UTC) < created.astimezone(UTC)]:
        hint = "see the Ticket, and export again"
        return [Problem("import-order", f"{' and '.join(early)} before created", values.record.origin, hint)]

    def local(at: datetime) -> datetime:
        return at.astimezone(reading.desk).replace(tzinfo=None, fold=0)

    reading.latest.append(local(ended or created))
    ticket = Ticket(
        priority=priority,
        created=local(created),
        closed=local(ended) if ended else None,
        responded=local(responded) if responded else None,
        resolved=local(resolved) if resolved else None,
        met=met,
        took=took,
        waiting=waiting or 0,
        rating=rating,
        origin=values.record.origin,
    )
    (reading.closed if ended else reading.open).append(ticket)
    return []


def _doubled(record: Record, reading: _Reading) -> Iterator[Problem]:
    id_, origin = record.cells["id"], record.origin
    if not id_:
        yield Problem(
            "import-id", "the Ticket has no id", origin, "without one, a Ticket that appears twice is not found"
        )
    elif id_ in reading.seen:
        what = f"Ticket {id_} is in line {reading.seen[id_]} already"
        yield Problem("import-doubled", what, origin, "remove one of them, or export again")
    reading.seen.setdefault(id_, origin.line)
