"""Time entries of other programs as work for a block: read by a mapping, and compared with the rows that the ledger
has. Pure.

Every row of an export is entered, in the ledger already, passed over for a reason that is counted, or a problem with
its line. Without a mapping, the columns are named as in FIELDS; a column for the client, and one for whether an entry
is billable, are heeded wherever they are."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.blocks.book import Book
from contract_assembly.blocks.ledger import LedgerRow, unfit
from contract_assembly.blocks.new_entries import EntriesPreview, entered
from contract_assembly.blocks.work import Work, identity
from contract_assembly.core.csv_tables import folded, head_of, read_rows
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean, shown
from contract_assembly.facts.export_cells import clock, day, duration, local_clock, moment
from contract_assembly.facts.export_mapping import Record, records, shortened
from contract_assembly.facts.fields import Located
from contract_assembly.facts.parties import Person
from contract_assembly.facts.time_mapping import NEEDED, TimeColumns, TimeMapping, problems

FIELDS = (*NEEDED, "time", "channel", "asked_by", "reference")
# Heads that are heeded where no mapping says otherwise, so that hours of another client are never taken.
_HEEDED = {"client": ("client", "customer"), "billable": ("billable", "billable?")}
_NOT_BILLABLE, _SHORT, _EARLY = "not billable", "shorter than a minute", "before the first day of the block"
T = TypeVar("T")


class Timesheet(Struct, frozen=True):
    """The content of an export: its rows below the head, the work in them, how many are passed over and why, and what
    is wrong."""

    rows: int
    works: tuple[Work, ...]
    passed: Mapping[str, int]
    problems: tuple[Problem, ...] = ()


class Names(Struct, frozen=True):
    """Who may be named in an export: the client by its folder and names; people of the provider, and contacts of the
    client, by their ids. `zone` is that of the desk's clock."""

    client: str
    known: tuple[str, ...]
    people: tuple[Person, ...]
    contacts: tuple[Person, ...]
    zone: ZoneInfo


def names_of(book: Book) -> Names:
    """The names that count for a block."""
    client, provider = book.inputs.client.model, book.inputs.provider.model
    folder = book.folder.split("/")[1]
    return Names(folder, (client.party.short, client.party.name), provider.people, client.people, book.desk.zone)


def imported(book: Book, sheet: Timesheet, booked: date) -> EntriesPreview:
    """Enter what a timesheet has and the ledger has not. Raises RefusedError with every problem of every row, at
    once."""
    first = book.block.first_day
    works = [each for each in sheet.works if each.date >= first]
    new, known = fresh(works, book.ledger.rows)
    wrong = [*sheet.problems, *_corrected(new, book.ledger.in_effect)]
    try:
        made = entered(book, new, booked)
    except RefusedError as error:
        wrong += error.problems
    if wrong:
        raise RefusedError(shortened(sorted(wrong, key=_line), book.ledger.path))
    early = {_EARLY: len(sheet.works) - len(works)} if len(works) < len(sheet.works) else {}
    there = {"in the ledger already": known} if known else {}
    return replace(made, account={"rows": sheet.rows, "entered": len(new), **there, **sheet.passed, **early})


def _line(problem: Problem) -> int:
    return problem.origin.line if problem.origin else 0


def plain_mapping(data: bytes, path: str, columns: Mapping[str, str]) -> Located[TimeMapping]:
    """The mapping of a file whose columns are named as the fields are, but for those in `columns`: the column of a
    field. Raises RefusedError for a field that is unknown, and for a file that cannot be read."""
    rows = read_rows(data, path)
    head = [each.strip() for each in rows[head_of(rows, [*FIELDS, *columns.values()])].cells] if rows else []
    there = {name: (name,) for name in FIELDS if name in head or name in NEEDED}
    there |= {name: (column,) for name, column in columns.items()}
    made = TimeMapping(kind="time-entries", name=path, columns=TimeColumns(**there))
    return Located(made, {"": Origin(path, 1)})


def with_columns(mapping: Located[TimeMapping], columns: Mapping[str, str]) -> Located[TimeMapping]:
    """A mapping with other columns for some fields."""
    changed = mapping.model.columns.model_copy(update={name: (column,) for name, column in columns.items()})
    return Located(mapping.model.model_copy(update={"columns": changed}), mapping.origins)


def checked_columns(pairs: Iterable[str]) -> dict[str, str]:
    """FIELD=COLUMN as a mapping. Raises RefusedError for a field that is unknown."""
    found = dict(each.partition("=")[::2] for each in pairs)
    known = tuple(TimeColumns.model_fields)
    if wrong := [
        Problem("time-entry", f"{name} is not a field of an entry", None, did_you_mean(name, known))
        for name in found
        if name not in known
    ]:
        raise RefusedError(wrong)
    return found


def timesheet(data: bytes, path: str, mapping: Located[TimeMapping], names: Names) -> Timesheet:
    """Read an export. Problems of rows are in the result, to be reported with those of the ledger. Raises RefusedError
    where the mapping is wrong, or the file or its head cannot be read."""
    if wrong := tuple(problems(mapping)):
        raise RefusedError(wrong)
    mapping = _heeding(mapping, data, path)
    read = records(data, path, mapping, client=names.client, names=names.known, joints={"task": ": "})
    reading = _Reading(mapping.model, names)
    works = [work for record in read.found if (work := reading.work(record))]
    return Timesheet(read.rows, tuple(works), {**read.passed, **reading.passed}, (*read.problems, *reading.problems))


def _heeding(mapping: Located[TimeMapping], data: bytes, path: str) -> Located[TimeMapping]:
    """A mapping with the columns for the client and for billable work, where the file has them and the mapping names
    none."""
    model = mapping.model
    rows = read_rows(data, path, model.separator, model.encoding)
    at = head_of(rows, [head for heads in model.heads().values() for head in heads])
    head = [each.strip() for each in rows[at].cells] if rows else []
    there = {
        name: next((each for each in head if folded(each) in words), None)
        for name, words in _HEEDED.items()
        if getattr(model.columns, name) is None
    }
    return with_columns(mapping, {name: column for name, column in there.items() if column})


class _Reading:
    """Reads the rows of one export."""

    def __init__(self, mapping: TimeMapping, names: Names) -> None:
        self.mapping, self.names = mapping, names
        self.problems: list[Problem] = []
        self.passed: dict[str, int] = {}
        self.people = _ids(names.people) | {folded(name): id_ for name, id_ in mapping.people.items()}
        self.contacts = _ids(names.contacts) | {folded(name): id_ for name, id_ in mapping.people.items()}
        self.zone = ZoneInfo(mapping.timezone) if mapping.timezone else names.zone

    def work(self, record: Record) -> Work | None:
        cells, before = record.cells, len(self.problems)
        if self._read(record, "billable", self._billable) is False:
            return self._skip(_NOT_BILLABLE)
        day_, time = self._when(record)
        minutes = self._read(record, "worked", lambda text: duration(text, self.mapping.unit))
        if minutes == 0:
            return self._skip(_SHORT)
        channel = self._read(record, "channel", self._channel)
        work = Work(
            date=day_ or date.min,
            time=time,
            person=self.people.get(folded(cells["person"]), cells["person"]),
            task=" ".join(cells["task"].split()),
            channel=channel or "remote",
            worked=minutes or 0,
            asked_by=self.contacts.get(folded(cells.get("asked_by", "")), cells.get("asked_by", "")),
            reference=cells.get("id") or cells.get("reference", ""),
            origin=record.origin,
            by_id=bool(cells.get("id")),
        )
        for name in ("task", "person", "asked_by", "reference"):
            if reason := unfit(getattr(work, name)):
                hint = "the ledger opens in spreadsheets: correct it in the program that exported it"
                self.problems.append(Problem("time-entry", f"{name} {reason}", record.origin, hint))
        return work if len(self.problems) == before else None

    def _when(self, record: Record) -> tuple[date | None, str]:
        forms = self.mapping.dates
        if "start" in record.cells:
            at = self._read(record, "start", lambda text: moment(text, self.mapping.moments, self.zone))
            return local_clock(at, self.names.zone) if at else (None, "")
        return self._read(record, "date", lambda text: day(text, forms)), self._read(record, "time", _time) or ""

    def _billable(self, text: str) -> bool:
        if folded(text) in map(folded, self.mapping.billable):
            return True
        if not text or folded(text) in map(folded, self.mapping.not_billable):
            return False
        raise ValueError(f"{shown(text)} says neither that the entry is billable nor that it is not")

    def _channel(self, text: str) -> str:
        known = {folded(word): channel for word, channel in self.mapping.channels.items()}
        return known.get(folded(text), text)

    def _skip(self, reason: str) -> Work | None:
        self.passed[reason] = self.passed.get(reason, 0) + 1
        return None

    def _read(self, record: Record, name: str, reader: Callable[[str], T]) -> T | None:
        """A cell by its reader; None where there is no such column, or with a problem."""
        if name not in record.cells:
            return None
        try:
            return reader(record.cells[name])
        except ValueError as error:
            hint = _HINTS.get(name, "correct this line")
            self.problems.append(Problem("time-entry", str(error), record.origin, hint))
            return None


_HINTS = {
    "date": "correct this line, or add its form to dates: in a mapping",
    "start": "correct this line, or add its form to moments: in a mapping",
    "billable": "add the word to billable: or not_billable: in a mapping",
}


def _time(text: str) -> str:
    return clock(text) if text else ""


def _ids(people: Iterable[Person]) -> dict[str, str]:
    """Ids by id, by name and by email address; a name that two people share counts for neither."""
    pairs = [(folded(text), each.id) for each in people for text in {each.id, each.name, each.email}]
    counts = Counter(text for text, _ in pairs)
    return {text: id_ for text, id_ in pairs if counts[text] == 1}


def fresh(found: Iterable[Work], ledger: Iterable[LedgerRow]) -> tuple[tuple[Work, ...], int]:
    """The entries that the ledger does not have, and how many it has. An entry that was reversed is there, too, so that
    it does not come back. Two alike in the file are two."""
    there = Counter(identity(row) for row in ledger if not row.reverses)
    new, known = [], 0
    for work in sorted(found, key=lambda work: (work.date, work.time)):
        if there[identity(work)]:
            there[identity(work)] -= 1
            known += 1
        else:
            new.append(work)
    return tuple(new), known


def _corrected(new: Iterable[Work], entries: Iterable[LedgerRow]) -> Iterator[Problem]:
    """Entries that the ledger has with the same id and other figures: they were corrected where they come from."""
    there = {row.reference: row for row in entries if row.reference}
    for work in new:
        row = there.get(work.reference) if work.by_id else None
        if row:
            had, has = (f"{each.worked} minutes on {each.date}" for each in (row, work))
            what = (
                f"entry {work.reference} is in the ledger already, as row {row.number}, with {had}; here it has {has}"
            )
            hint = f"if it was corrected there: build.py block reverse … {row.number} --because …, then import again"
            yield Problem("import-corrected", what, work.origin, hint)
