"""An export of another program as counts of users and devices, for one client or for all of them. Pure.

Every row is counted, passed over for a reason that is counted, or a problem with its line; no name is matched by similarity."""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from msgspec import Struct, field

from contract_assembly.core.csv_tables import folded, parts_of
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean, shown
from contract_assembly.facts.count_mapping import NONE, CountMapping, problems
from contract_assembly.facts.export_mapping import EveryName, Record, records, records_of_all, shortened
from contract_assembly.facts.fields import Located, whole

_NOT_COUNTED = "not counted"


class Counts(Struct, frozen=True):
    """The content of an export: its rows, those that count, how many are passed over and why; for each client of the export,
    by its folder, how many there are; and `known`, what such an export can hold."""

    rows: int
    counted: int
    passed: Mapping[str, int]
    clients: Mapping[str, Mapping[str, int]]
    known: tuple[str, ...]

    def accounted(self) -> list[str]:
        """What happened to the rows; the numbers add up to all of them."""
        return [f"{self.counted} counted", *(f"{count} {reason}" for reason, count in self.passed.items())]


def counts_of(
    data: bytes,
    path: str,
    mapping: Located[CountMapping],
    names: Mapping[str, Collection[str]],
    only: str | None = None,
) -> Counts:
    """Read an export. `names` are those of each client, by its folder; `only` is the folder of the one client that is asked
    about. Raises RefusedError with the problems of the mapping, or with those of every row, each at its line."""
    if wrong := tuple(problems(mapping)):
        raise RefusedError(wrong)
    model = mapping.model
    known = EveryName(mapping, names)
    if only is not None:
        read = records(data, path, mapping, only, names[only])
    elif model.columns.client is None:
        hint = "name the client, as in: build.py change acme --from …; or name the column: columns: {client: …}"
        what = "this mapping has no column for the client, so the rows may be of any"
        raise RefusedError([Problem("import-stranger", what, mapping.at("columns"), hint)])
    else:
        read = records_of_all(data, path, mapping, known)
    reading = _Reading(mapping)
    for record in read.found:
        reading.add(only or known.client(record.cells["client"]), record)
    found = sorted((*read.problems, *reading.problems), key=lambda each: each.origin.line if each.origin else 0)
    if not read.rows:
        found.append(Problem("import-empty", "the export has no rows", Origin(path), "nothing can be counted from it"))
    if found:
        raise RefusedError(shortened(found, path))
    clients = reading.clients if only is None else {only: reading.clients.get(only, {})}
    uncounted = {_NOT_COUNTED: reading.uncounted} if reading.uncounted else {}
    return Counts(read.rows, reading.counted, {**read.passed, **uncounted}, clients, model.counted())


class _Reading(Struct, dict=True):
    """Adds up the rows of one export."""

    mapping: Located[CountMapping]
    clients: dict[str, dict[str, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    counted: int = 0
    uncounted: int = 0
    _seen: dict[tuple[str, ...], int] = field(default_factory=dict)

    @cached_property
    def _words(self) -> dict[str, str]:
        return {folded(word): what for word, what in self.mapping.model.words.items()}

    def add(self, client: str, record: Record) -> None:
        """Add one row, or note what is wrong with it."""
        if wrong := [*self._doubled(client, record)]:
            self.problems += wrong
            return
        found = self.clients.setdefault(client, {})
        before = len(self.problems)
        counts = self._counts(record)
        if len(self.problems) > before:
            return
        for what, count in counts.items():
            found[what] = found.get(what, 0) + count
        if counts:
            self.counted += 1
        else:
            self.uncounted += 1

    def _doubled(self, client: str, record: Record) -> Iterator[Problem]:
        """A row that is there already: by its id or, of totals, by its client and word."""
        columns, cells = self.mapping.model.columns, record.cells
        if columns.id is not None:
            key: tuple[str, ...] = (folded(cells["id"]),)
            named, hint = f"{columns.id} {shown(cells['id'])}", "remove one of them, or export again"
            if not cells["id"]:
                what = f"{columns.id} is empty"
                yield Problem("import-id", what, record.origin, "without it, a row that appears twice is not found")
                return
        elif columns.counts or columns.quantity:
            word = cells.get("what", "")
            key = (client, folded(cells.get("client", "")), folded(word))
            named = f"{cells.get('client') or client}{f', {word}' if word else ''}"
            hint = "remove one of them; or, if both count, name the column that tells them apart: columns: {id: …}"
        else:
            return
        if key in self._seen:
            yield Problem("import-doubled", f"{named} is in line {self._seen[key]} already", record.origin, hint)
        self._seen.setdefault(key, record.origin.line)

    def _counts(self, record: Record) -> dict[str, int]:
        """What a row adds to each count; nothing where it counts as none."""
        columns = self.mapping.model.columns
        if columns.counts:
            return {what: self._total(record, what) for what in columns.counts}
        quantity = self._number(record, "quantity", record.cells["quantity"]) if columns.quantity else 1
        return dict.fromkeys(self._what(record), quantity)

    def _total(self, record: Record, what: str) -> int:
        """The sum of the columns of a class; an empty cell is none."""
        cells = record.cells[f"counts.{what}"].split()
        return sum(self._number(record, f"counts.{what}", cell) for cell in cells)

    def _number(self, record: Record, name: str, text: str) -> int:
        try:
            return whole(text)
        except ValueError as error:
            head = " or ".join(self.mapping.model.heads()[name])
            self.problems.append(Problem("import-number", f"{head}: {error}", record.origin, "correct this line"))
            return 0

    def _what(self, record: Record) -> list[str]:
        """What a row counts as: by its whole cell or, where that is not a known word, by each of its values."""
        cell = record.cells["what"]
        words = [cell] if folded(cell) in self._words else [*parts_of(cell, ",;|+")] or [""]
        found: list[str] = []
        for word in words:
            what = self._words.get(folded(word))
            if what is None and self.mapping.model.other_words == "refuse":
                named = shown(word) if word else f"{self.mapping.model.columns.what} is empty, which"
                at = self.mapping.at("words")
                near = did_you_mean(word, self.mapping.model.words) if word else 'an empty cell is written ""'
                hint = f"{near}; list it under words: at {at}, with what it counts as, or none"
                says = f"{named} does not say what it counts as"
                self.problems.append(Problem("import-word", says, record.origin, hint))
            elif what not in {None, NONE} and what not in found:
                found.append(str(what))
        return found
