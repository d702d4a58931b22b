"""Differences of counts as a list on which a person ticks what to enter: written for a spreadsheet, and read back. Pure.

A spreadsheet writes a day in a form of its own when it saves the file; so a word comes before the day."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from contract_assembly.billing.count_comparison import ContractCounts, CountDifference
from contract_assembly.core.csv_tables import Row, folded, read_rows, table
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import target
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import shown
from contract_assembly.core.values import parse_date
from contract_assembly.facts.changes import COUNTED
from contract_assembly.facts.export_mapping import shortened
from contract_assembly.facts.fields import whole

READ = ("take", "client", "agreement", "what", "agreed", "counted", "first_day", "source")
HEAD = (
    *READ,
    "difference",
    "monthly_before",
    "monthly_after",
    "monthly_difference",
    "rest_of_period",
    "currency",
    "note",
)
_YES, _NO = {"yes", "y", "x", "1", "true", "take"}, {"", "no", "n", "0", "false"}


class Ticked(Struct, frozen=True):
    """One change that a person ticked: a count as it was agreed when the list was made, and as it was counted."""

    client: str
    agreement: str
    what: str
    agreed: int
    counted: int
    on: date
    source: str
    origin: Origin


def as_csv(found: Iterable[ContractCounts], source: str) -> str:
    """A row for each difference, none of them ticked. `source` is how the export is named in the entries."""
    return table(HEAD, (_cells(one, each, source) for one in found for each in one.differences))


def _cells(one: ContractCounts, each: CountDifference, source: str) -> tuple[Any, ...]:
    running, effect = one.running, each.change.effect if each.change else None
    return (
        "", running.client, running.name, each.what, each.agreed, each.counted, f"from {one.on}", source,
        each.counted - each.agreed, effect and effect.before.amount, effect and effect.after.amount,
        effect and effect.difference.amount, effect and effect.for_the_rest.amount, running.currency, note(each),
    )  # fmt: skip


def note(each: CountDifference) -> str:
    """Why a difference cannot be put right by a correction of counts, and what can; "" where it can."""
    return "; ".join(f"{problem.what}: {problem.hint}" if problem.hint else problem.what for problem in each.problems)


def is_proposal(data: bytes, path: str) -> bool:
    """Whether a file is such a list, by its head. Raises RefusedError where it cannot be read."""
    rows = read_rows(data, path)
    return bool(rows) and {each.strip() for each in rows[0].cells} >= set(READ)


def read(data: bytes, path: str) -> tuple[Ticked, ...]:
    """The rows that are ticked. Raises RefusedError with every problem, each at its line."""
    rows = read_rows(data, path)
    head = [each.strip() for each in rows[0].cells]
    positions = {name: head.index(name) for name in READ}
    found, problems = list[Ticked](), list[Problem]()
    for row in rows[1:]:
        if len(row.cells) != len(head):
            what = f"{len(row.cells)} cells where the header row has {len(head)}"
            problems.append(Problem("import-cells", what, row.origin, "make the list again, or correct this line"))
            continue
        try:
            each = _ticked(row, {name: row.cells[at].strip() for name, at in positions.items()})
        except ValueError as error:
            hint = "change nothing but the column take; or make the list again with --output"
            problems.append(Problem("import-cell", str(error), row.origin, hint))
            continue
        found += [each] if each else []
    problems = problems or [*_doubled(found)]
    if problems:
        raise RefusedError(shortened(problems, path))
    return tuple(found)


def _ticked(row: Row, cells: dict[str, str]) -> Ticked | None:
    """A row, or None where it is not ticked. Raises ValueError with a sentence."""
    take = folded(cells["take"])
    if take in _NO:
        return None
    if take not in _YES:
        raise ValueError(f"take: {shown(cells['take'])} is neither yes nor no")
    client, agreement = target(f"{cells['client']}/{cells['agreement']}")
    if cells["what"] not in COUNTED:
        raise ValueError(f"what: {shown(cells['what'])} is not something that is counted")
    return Ticked(
        client=client,
        agreement=str(agreement),
        what=cells["what"],
        agreed=whole(cells["agreed"]),
        counted=whole(cells["counted"]),
        on=parse_date(cells["first_day"].removeprefix("from ")),
        source=cells["source"],
        origin=row.origin,
    )


def _doubled(found: Iterable[Ticked]) -> Iterator[Problem]:
    seen = dict[tuple[str, str, str], Origin]()
    for each in found:
        key = (each.client, each.agreement, each.what)
        if key in seen:
            what = f"{each.what} of {each.client}/{each.agreement} is ticked at {seen[key]} already"
            yield Problem("import-doubled", what, each.origin, "keep one of the two lines")
        seen.setdefault(key, each.origin)
