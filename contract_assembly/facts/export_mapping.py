"""How an export of another program is read: what mappings of tickets and of time entries have in common, and the rows
that follow. Pure; a mapping is `provider/mappings/<name>.yaml`.

Only the mapped columns are looked at. A row is read, passed over for a reason that is counted, or a problem with its
line; nothing is guessed."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

from msgspec import Struct
from pydantic import BeforeValidator, Field, WithJsonSchema

from contract_assembly.core.csv_tables import SEPARATORS, Encoding, Row, Separator, folded, head_of, parts_of, read_rows
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean, joined, nearest, refusal, shown
from contract_assembly.facts.fields import Located, Model, SlugFact, TextFact

_SHOWN = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
MOST = 100  # problems that are listed one by one
LEFT_OUT, OTHERS = "left out", "of other clients"  # why a row is passed over


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


# The head of a column, or those of several whose cells are joined.
HeadsFact = Annotated[tuple[TextFact, ...], BeforeValidator(_listed), WithJsonSchema(_SHOWN)]


class LeftOut(Model):
    """Rows that do not count: those with one of these words in a column, as the whole cell or as one of its values,
    which commas, semicolons or bars separate; `blank` for blanks."""

    column: TextFact
    words: tuple[TextFact, ...]
    separated_by: Literal["comma", "blank"] = "comma"

    def has(self, cell: str) -> bool:
        """Whether one of the words is in a cell, without regard to capitals."""
        values = cell.split() if self.separated_by == "blank" else parts_of(cell)
        return not {folded(each) for each in (cell, *values)}.isdisjoint(map(folded, self.words))


class ExportMapping(Model):
    """What every mapping says. `name` is how a report names the source. `timezone` is that of moments without an offset
    (default: the desk's). `blank` are words that mean an empty cell. `clients` lists the names of each client, by
    folder: rows of the others are passed over; `other_clients` says what becomes of names that are not listed."""

    name: TextFact
    separator: Separator | None = None
    encoding: Encoding | None = None
    timezone: TextFact | None = None
    leave_out: tuple[LeftOut, ...] = ()
    blank: tuple[TextFact, ...] = ()
    clients: dict[SlugFact, tuple[TextFact, ...]] = Field(default={})
    other_clients: Literal["refuse", "pass over"] = "refuse"

    def heads(self) -> dict[str, tuple[str, ...]]:
        """The columns that must be there, by what each is for. A kind of mapping adds its own."""
        return {f"leave_out.{n}.column": (each.column,) for n, each in enumerate(self.leave_out)}

    def optional(self) -> frozenset[str]:
        """Those that a file may lack, by what each is for."""
        return frozenset()


class Record(Struct, frozen=True):
    """One row that counts: its cells by what they are for, "" where they are blank."""

    cells: Mapping[str, str]
    origin: Origin


class Records(Struct, frozen=True):
    """The rows of an export: how many there are below the head, those that count, how many are passed over and why, and
    what is wrong with the rest. `unread` are the heads of columns that the mapping does not name, and `head` their row."""

    rows: int
    found: tuple[Record, ...]
    passed: Mapping[str, int]
    problems: tuple[Problem, ...]
    unread: tuple[str, ...] = ()
    head: Origin | None = None


def records(
    data: bytes,
    path: str,
    mapping: Located[Any],
    client: str,
    names: Collection[str],
    joints: Mapping[str, str] = MappingProxyType({}),
) -> Records:
    """Read an export for one client. `names` are those that the client has in addition to its folder; `joints` join the
    cells of several columns, by default a blank. Raises RefusedError where the file, or its head, cannot be read."""
    return _read(data, path, mapping, _Names(mapping.model, client, names), joints)


def records_of_all(data: bytes, path: str, mapping: Located[Any], known: "EveryName") -> Records:
    """Read an export for all clients at once. Raises RefusedError as `records` does."""
    return _read(data, path, mapping, known, {})


def _read(
    data: bytes, path: str, mapping: Located[Any], known: "_Names | EveryName", joints: Mapping[str, str]
) -> Records:
    model = mapping.model
    rows = read_rows(data, path, model.separator, model.encoding)
    if not rows:
        raise RefusedError([Problem("import-head", "the file is empty", Origin(path, 1), "export it again")])
    at = head_of(rows, [head for heads in model.heads().values() for head in heads])
    head = [each.strip() for each in rows[at].cells]
    positions = _positions(head, rows[at].origin, mapping)
    places = [(name, columns, joints.get(name, " ")) for name, columns in positions.items()]
    found, problems, passed = list[Record](), list[Problem](), dict[str, int]()
    for row in rows[at + 1 :]:
        if len(row.cells) != len(head):
            what = f"{len(row.cells)} cells where the header row has {len(head)}"
            hint = "a separator or a quotation mark is missing, or one is too many: put texts with a comma into quotes"
            problems.append(Problem("import-cells", what, row.origin, hint))
            continue
        record = Record({name: _cell(row, columns, model.blank, joint) for name, columns, joint in places}, row.origin)
        if reason := _passed(record, model, known):
            passed[reason] = passed.get(reason, 0) + 1
        elif wrong := [*_unfit(record, mapping), *known.stranger(record)]:
            problems += wrong
        else:
            found.append(record)
    read = {column for columns in positions.values() for column in columns}
    unread = tuple(each for n, each in enumerate(head) if each and n not in read)
    return Records(
        rows=len(rows) - at - 1,
        found=tuple(found),
        passed=passed,
        problems=tuple(problems),
        unread=unread,
        head=rows[at].origin,
    )


class _Names:
    """Whose a row is, by the name in its column `client`."""

    def __init__(self, model: ExportMapping, client: str, names: Collection[str]) -> None:
        self.own = {folded(each) for each in (client, *names, *model.clients.get(client, ()))}
        self.others = {folded(name) for folder, each in model.clients.items() if folder != client for name in each}
        self.shown, self.pass_over = tuple(names) or (client,), model.other_clients == "pass over"

    def is_other(self, name: str) -> bool:
        return folded(name) not in self.own and (self.pass_over or folded(name) in self.others)

    def stranger(self, record: Record) -> Iterator[Problem]:
        name = record.cells.get("client")
        if name is None or folded(name) in self.own:
            return
        what = (
            f"this row is of {shown(name)}, not of this client"
            if name
            else "this row does not say which client it is of"
        )
        hint = f"this client is {' or '.join(self.shown)}; list the names of each client under clients: in a mapping"
        yield Problem("import-stranger", what, record.origin, hint)


class EveryName:
    """Which client a row is of, by the name in its column `client`, where an export is read for all of them. `names` are those
    of each client, by its folder, which is one, too. A name that a mapping lists under a client is of that client alone."""

    def __init__(self, mapping: Located[Any], names: Mapping[str, Collection[str]]) -> None:
        model: ExportMapping = mapping.model
        found = dict[str, set[str]]()
        for client, own in names.items():
            for name in {folded(each) for each in (client, *own)}:
                found.setdefault(name, set()).add(client)
        listed = {folded(name): client for client, each in model.clients.items() for name in each}
        self._clients: dict[str, set[str]] = found | {name: {client} for name, client in listed.items()}
        self._shown = sorted({name for own in names.values() for name in own})
        self._names, self._pass_over = names, model.other_clients == "pass over"
        self._at = mapping.at("clients")

    def client(self, name: str) -> str:
        """The folder of the client that a row is of, which `stranger` found to be one."""
        return next(iter(self._clients[folded(name)]))

    def is_other(self, name: str) -> bool:
        """Whether a row is passed over as one of another client."""
        return self._pass_over and bool(name) and folded(name) not in self._clients

    def stranger(self, record: Record) -> Iterator[Problem]:
        """The problem of a row that is of no client, or of more than one."""
        name = record.cells["client"]
        found = self._clients.get(folded(name), set())
        if len(found) > 1:
            what = f"{shown(name)} is a name of {joined(sorted(found))}"
            yield Problem(
                "import-stranger", what, record.origin, f"list it below one of them under clients: at {self._at}"
            )
        elif not name:
            what = "this row does not say which client it is of"
            yield Problem("import-stranger", what, record.origin, "correct it in the program that exported it")
        elif not found or not found <= self._names.keys():
            what = f"{shown(name)} is not the name of a client here"
            hint = f"{did_you_mean(name, self._shown)}; list other names of a client under clients: at {self._at}"
            yield Problem("import-stranger", what, record.origin, hint)


def _passed(record: Record, model: ExportMapping, known: _Names | EveryName) -> str | None:
    """Why a row is passed over, or None."""
    if "client" in record.cells and known.is_other(record.cells["client"]):
        return OTHERS
    gone = any(each.has(record.cells[f"leave_out.{n}.column"]) for n, each in enumerate(model.leave_out))
    return LEFT_OUT if gone else None


def _cell(row: Row, columns: tuple[int, ...], blank: Collection[str], joint: str) -> str:
    """The cells of one or more columns. Runs of blanks and line breaks count as one blank."""
    cells = (" ".join(row.cells[at].split()) for at in columns)
    return joint.join(each for each in cells if each and each not in blank)


def _unfit(record: Record, mapping: Located[Any]) -> Iterator[Problem]:
    """Cells that hold characters which no fact may hold."""
    heads = mapping.model.heads()
    for name, text in record.cells.items():
        if reason := refusal(text):
            what = f"{' and '.join(heads[name])} {reason}"
            yield Problem("import-cell", what, record.origin, "correct it in the program that exported it")


def _positions(head: list[str], origin: Origin, mapping: Located[Any]) -> dict[str, tuple[int, ...]]:
    """Where each column is. Raises RefusedError for those that are there twice, and for those that are missing and needed."""
    optional, problems = mapping.model.optional(), list[Problem]()
    heads = {
        name: columns
        for name, columns in mapping.model.heads().items()
        if name not in optional or any(each in head for each in columns)
    }
    far = [each for columns in heads.values() for each in columns if each not in head and not nearest(each, head)]
    if len(far) > 1 and not _other_separator(head, mapping.model):
        what = f"there are no columns {joined(map(shown, far))}"
        hint = f"{did_you_mean(far[0], head)}; 'build.py mapping --guess {origin.path}' begins a mapping for them"
        raise RefusedError([Problem("import-head", what, origin, hint)])
    for name, columns in heads.items():
        for column in columns:
            if (count := head.count(column)) == 1:
                continue
            at, what = mapping.at(f"columns.{name}"), f"there is no column {shown(column)}"
            what = f"there are {count} columns {shown(column)}" if count else what
            where = f"--map {name}=COLUMN" if at.path == origin.path else f"see {at}"
            hint = (
                f"rename one, or choose another for {name}: {where}"
                if count
                else f"{did_you_mean(column, head)}; {where}"
            )
            problems.append(Problem("import-head", what, origin, _other_separator(head, mapping.model) or hint))
    if problems:
        raise RefusedError(problems)
    return {name: tuple(map(head.index, columns)) for name, columns in heads.items()}


def _other_separator(head: list[str], model: ExportMapping) -> str:
    if len(head) == 1:
        for name, mark in SEPARATORS.items():
            if name != model.separator and mark in head[0]:
                return f"the cells are separated by a {name} here: write separator: {name} in the mapping"
    return ""


def shortened(problems: Iterable[Problem], path: str) -> list[Problem]:
    """The first problems, and how many more there are."""
    found = list(problems)
    if len(found) <= MOST:
        return found
    hint = "correct these first; often all have one cause"
    return [*found[:MOST], Problem("import-more", f"and {len(found) - MOST:,} more problems", Origin(path), hint)]
