"""An export of a ticket system, read strictly by its mapping: a row is a Ticket closed, one still open, or left out. Pure.

Only the mapped columns are looked at. What is not understood is a problem with its line; nothing is guessed.
"""

import csv
import io
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from contract_assembly.core.csv_tables import STARTS
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean, refusal
from contract_assembly.facts.catalogue import PriorityName
from contract_assembly.facts.fields import Located
from contract_assembly.facts.ticket_mapping import TicketMapping, problems
from contract_assembly.service.ticket_cells import RULES, Cells

T = TypeVar("T")
_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
_ENCODINGS = {"utf-8": "utf-8", "utf-8-bom": "utf-8-sig", "windows-1252": "cp1252"}
_BOM = b"\xef\xbb\xbf"
MOST = 100  # problems that are told one by one


@dataclass(frozen=True, slots=True)
class Ticket:
    """A Ticket of a user that was closed. Moments are on the desk's own clock; `met` says for response and resolution whether the
    system itself calls it in time; `waiting` are minutes of Business Hours in a pause."""

    priority: PriorityName
    created: datetime
    closed: datetime
    responded: datetime | None
    resolved: datetime | None
    met: Mapping[str, bool]
    waiting: int
    rating: int | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Export:
    """What an export holds: its rows are the closed Tickets, `open` ones and `excluded` ones. `latest` is the last moment in it,
    if any Ticket counts."""

    rows: int
    closed: tuple[Ticket, ...]
    open: int
    excluded: int
    latest: datetime | None


@dataclass
class _Reading:
    """What reading one export collects."""

    cells: Cells
    names: Collection[str]
    positions: Mapping[str, int]
    closed: list[Ticket] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=lambda: {"open": 0, "excluded": 0})
    latest: list[datetime] = field(default_factory=list)

    @property
    def mapping(self) -> TicketMapping:
        return self.cells.mapping


def read_export(
    data: bytes, path: str, mapping: Located[TicketMapping], timezone: str, names: Collection[str]
) -> Export:
    """Read an export. `timezone` is the desk's, `names` are those under which the client may stand in it.

    Raises RefusedError with the problems of the mapping, or with those of every row, each at its line."""
    if found := tuple(problems(mapping)):
        raise RefusedError(found)
    source = _zone(mapping.model.timezone or timezone, mapping)
    lines = _lines(_decoded(data, path, mapping), path, mapping.model)
    head = next(lines, None)
    if head is None:
        raise RefusedError([Problem("import-head", "the file is empty", Origin(path), "export the Tickets again")])
    cells = Cells(mapping.model, source, _zone(timezone, mapping))
    reading = _Reading(cells, names, _head(head[0], path, mapping))
    told: list[Problem] = []
    rows = 0
    for row, origin in lines:
        rows += 1
        told.extend(_row(reading, row, origin, len(head[0])))
    if not rows:
        told.append(Problem("import-empty", "the export has no rows", Origin(path), "nothing can be counted from it"))
    if told:
        raise RefusedError(_shortened(told, path))
    counted = reading.counted
    return Export(rows, tuple(reading.closed), counted["open"], counted["excluded"], max(reading.latest, default=None))


def _zone(name: str, mapping: Located[TicketMapping]) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        hint = "write it like Europe/Dublin"
        raise RefusedError([Problem("mapping", f"{name} is no time zone", mapping.at("timezone"), hint)]) from None


# ---- from bytes to rows


def _decoded(data: bytes, path: str, mapping: Located[TicketMapping]) -> str:
    encoding = mapping.model.encoding
    if (has := data.startswith(_BOM)) != (encoding == "utf-8-bom"):
        what = "begins with a byte order mark" if has else "has no byte order mark"
        hint = f"write encoding: {'utf-8-bom' if has else 'utf-8'} in {mapping.at().path}, or save the file otherwise"
        raise RefusedError(
            [Problem("import-encoding", f"the file {what}; the mapping says {encoding}", Origin(path), hint)]
        )
    try:
        return data.decode(_ENCODINGS[encoding])
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        hint = f"save it as {encoding}, or say the right encoding in {mapping.at().path}"
        raise RefusedError(
            [Problem("import-encoding", f"this is no {encoding} text", Origin(path, line), hint)]
        ) from None


def _lines(text: str, path: str, mapping: TicketMapping) -> Iterator[tuple[list[str], Origin]]:
    """Rows with the line on which each begins; empty lines are none. Line ends of any system are read alike."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_SEPARATORS[mapping.separator], strict=True)
    before = 0
    try:
        for cells in reader:
            if cells:
                yield cells, Origin(path, before + 1)
            before = reader.line_num
    except csv.Error as error:
        hint = "a quotation mark or a line end is wrong here; export the file again"
        raise RefusedError(
            [Problem("import-csv", f"this is no CSV: {error}", Origin(path, before + 1), hint)]
        ) from None


def _head(head: list[str], path: str, mapping: Located[TicketMapping]) -> dict[str, int]:
    """Where each column stands. Raises RefusedError for those that are missing or there twice."""
    told = []
    for name, column in mapping.model.heads().items():
        if (count := head.count(column)) != 1:
            what = f"there are {count} columns {column!r}" if count else f"there is no column {column!r}"
            hint = _other_separator(head, mapping.model) or (did_you_mean(column, head) if not count else "rename one")
            told.append(
                Problem("import-head", f"{what}, which {mapping.at(f'columns.{name}')} names", Origin(path), hint)
            )
    if told:
        raise RefusedError(told)
    return {name: head.index(column) for name, column in mapping.model.heads().items()}


def _other_separator(head: list[str], mapping: TicketMapping) -> str:
    if len(head) == 1:
        for name, mark in _SEPARATORS.items():
            if name != mapping.separator and mark in head[0]:
                return f"the columns are parted by a {name} here: write separator: {name} in the mapping"
    return ""


# ---- from rows to Tickets


def _row(reading: _Reading, cells: list[str], origin: Origin, width: int) -> list[Problem]:
    """Take one row in, or tell everything that is wrong with it."""
    if len(cells) != width:
        what = f"{len(cells)} cells where the head has {width}"
        return [Problem("import-cells", what, origin, "a separator or a quotation mark is missing or too many")]
    blank = reading.mapping.blank
    found = {name: "" if (cell := cells[at].strip()) in blank else cell for name, at in reading.positions.items()}
    if told := [
        *_unfit(found, cells, reading, origin),
        *_stranger(found, reading, origin),
        *_doubled(found, reading, origin),
    ]:
        return told
    values = _Values(found, origin)
    status = values.read("status", reading.cells.status)
    if status is None:
        return values.told
    if status == "excluded" or _left_out(found, reading.mapping):
        reading.counted["excluded"] += 1
        return []
    return _ticket(reading, values, closed=status == "closed")


@dataclass
class _Values:
    """The cells of one row by their names, and what is wrong with them."""

    found: Mapping[str, str]
    origin: Origin
    told: list[Problem] = field(default_factory=list)

    def read(self, name: str, reader: Callable[[str], T]) -> T | None:
        try:
            return reader(self.found.get(name, ""))
        except ValueError as error:
            rule, hint = RULES[name]
            self.told.append(Problem(rule, str(error), self.origin, hint))
            return None


def _ticket(reading: _Reading, values: _Values, *, closed: bool) -> list[Problem]:
    """Take in a Ticket, closed or open."""
    cells, read = reading.cells, values.read
    priority, created = read("priority", cells.priority), read("created", cells.needed)
    responded, resolved = read("responded", cells.moment), read("resolved", cells.moment)
    ended = read("closed", cells.needed) if closed else None
    met = {name: said for name in ("response", "resolution") if (said := read(name, cells.met)) is not None}
    waiting, rating = read("waiting", cells.waiting), read("rating", cells.rating)
    if values.told or priority is None or created is None:
        return values.told
    moments = {"responded": responded, "resolved": resolved, "closed": ended}
    reading.latest.append(ended or created)
    if early := [name for name, each in moments.items() if each and each < created]:
        hint = "see the Ticket, and export again"
        return [Problem("import-order", f"{' and '.join(early)} before created", values.origin, hint)]
    if ended:
        ticket = Ticket(priority, created, ended, responded, resolved, met, waiting or 0, rating, values.origin)
        reading.closed.append(ticket)
    else:
        reading.counted["open"] += 1
    return []


def _unfit(found: Mapping[str, str], cells: list[str], reading: _Reading, origin: Origin) -> Iterator[Problem]:
    """Cells that a spreadsheet would reckon with, or that hold what no fact may."""
    heads = reading.mapping.heads()
    for name, text in found.items():
        if text and cells[reading.positions[name]].startswith(STARTS):
            hint = "it would be reckoned by a spreadsheet; correct it where it comes from"
            yield Problem("import-formula", f"{heads[name]}: {text!r} begins like a formula", origin, hint)
        elif reason := refusal(text):
            yield Problem("import-cell", f"{heads[name]} {reason}", origin, "correct it where it comes from")


def _stranger(found: Mapping[str, str], reading: _Reading, origin: Origin) -> Iterator[Problem]:
    if "client" in found and found["client"] not in reading.names:
        hint = f"this client is {' or '.join(reading.names)}; export its Tickets alone"
        yield Problem("import-stranger", f"the Ticket is of {found['client']!r}", origin, hint)


def _doubled(found: Mapping[str, str], reading: _Reading, origin: Origin) -> Iterator[Problem]:
    if not found["id"]:
        yield Problem("import-id", "the Ticket has no id", origin, "without it nobody knows whether it is there twice")
    elif found["id"] in reading.seen:
        what = f"Ticket {found['id']} stands in line {reading.seen[found['id']]} already"
        yield Problem("import-doubled", what, origin, "remove one of them, or export again")
    reading.seen.setdefault(found["id"], origin.line)


def _left_out(found: Mapping[str, str], mapping: TicketMapping) -> bool:
    return any(found[f"leave_out.{n}.column"] in each.words for n, each in enumerate(mapping.leave_out))


def _shortened(told: list[Problem], path: str) -> list[Problem]:
    if len(told) <= MOST:
        return told
    hint = "correct these first; often one cause has them all"
    return [*told[:MOST], Problem("import-more", f"and {len(told) - MOST:,} more problems", Origin(path), hint)]
