"""Time entries of other programs, as CSV: read, told from those the ledger has already, with every bad line named.
Pure.

Accepted: UTF-8 with or without byte order mark, LF or CRLF, commas or semicolons. The first line names the columns;
those that are not called as in FIELDS are given by a mapping. Times are local ones of the service desk."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping

from contract_assembly.blocks.counting import worked
from contract_assembly.blocks.ledger import Row, unfit
from contract_assembly.blocks.new_entries import Work, identity
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import did_you_mean
from contract_assembly.core.values import parse_date

NEEDED = ("date", "person", "task", "worked")
FIELDS = (*NEEDED, "time", "channel", "asked_by", "reference")


def works(data: bytes, path: str, mapping: Mapping[str, str]) -> tuple[Work, ...]:
    """The entries of a file. `mapping` gives the file's column for a field. Raises RefusedError with every bad line."""
    rows = _rows(data, path)
    columns = _columns(rows[0][1], mapping, path)
    problems: list[Problem] = []
    found = []
    for line, cells in rows[1:]:
        values = {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}
        if len(cells) != len(rows[0][1]):
            what = f"this line has {len(cells)} cells, the first one {len(rows[0][1])}"
            problems.append(Problem("time-entry", what, Origin(path, line), "put texts with a comma into quotes"))
        elif work := _work(values, Origin(path, line), problems):
            found.append(work)
    if problems:
        raise RefusedError(problems)
    return tuple(found)


def fresh(found: Iterable[Work], ledger: Iterable[Row]) -> tuple[tuple[Work, ...], int]:
    """The entries that the ledger does not have, and how many it has. An entry is the same if its day, time, person,
    task, channel, minutes and reference are; one that was reversed is there too, so that it does not come back. Two
    alike in the file are two."""
    there = Counter(identity(row) for row in ledger if not row.reverses)
    new, known = [], 0
    for work in sorted(found, key=lambda work: (work.date, work.time)):
        if there[identity(work)]:
            there[identity(work)] -= 1
            known += 1
        else:
            new.append(work)
    return tuple(new), known


def _rows(data: bytes, path: str) -> list[tuple[int, list[str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _refused("this line is not UTF-8 text", path, line, "export or save the file as UTF-8") from None
    head = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",", strict=True
    )
    rows, line = [], 1
    try:
        for cells in reader:
            rows += [(line, cells)] if any(cells) else []
            line = reader.line_num + 1
    except csv.Error as error:
        raise _refused(f"this is not CSV: {error}", path, line, "close the quotes of this line") from None
    if not rows:
        raise _refused("the file is empty", path, 1, f"its first line names the columns: {', '.join(FIELDS)}")
    return rows


def _columns(head: list[str], mapping: Mapping[str, str], path: str) -> dict[str, int]:
    """Where each field stands. Columns that nothing is mapped to are passed over."""
    names = [each.strip() for each in head]
    problems = [
        Problem("time-entry", f"{name} is no field of an entry", None, did_you_mean(name, FIELDS))
        for name in mapping
        if name not in FIELDS
    ]
    wanted = {name: mapping.get(name, name) for name in FIELDS}
    for name, column in wanted.items():
        if column not in names and (name in NEEDED or name in mapping):
            hint = f"{did_you_mean(column, names)} Say which column it is: --map {name}=COLUMN"
            problems.append(Problem("time-entry", f"there is no column {column}", Origin(path, 1), hint))
        elif names.count(column) > 1:
            problems.append(Problem("time-entry", f"two columns are called {column}", Origin(path, 1), "rename one"))
    if problems:
        raise RefusedError(problems)
    return {name: names.index(column) for name, column in wanted.items() if column in names}


def _work(values: Mapping[str, str], origin: Origin, problems: list[Problem]) -> Work | None:
    before = len(problems)
    for name, value in values.items():
        if reason := unfit(value):
            problems.append(Problem("time-entry", f"{name} {reason}", origin, "write it in plain words"))
    try:
        day, minutes = parse_date(values["date"]), worked(values["worked"])
    except ValueError as error:
        problems.append(Problem("time-entry", str(error), origin, "correct this line"))
        return None
    if len(problems) > before:
        return None
    time, channel = values.get("time", ""), values.get("channel") or "remote"
    return Work(day, time, values["person"], values["task"], channel, minutes, values.get("asked_by", ""),
                values.get("reference", ""), origin)  # fmt: skip


def _refused(what: str, path: str, line: int, hint: str) -> RefusedError:
    return RefusedError([Problem("time-entry", what, Origin(path, line), hint)])
