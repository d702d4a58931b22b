"""The hours of a block as facts for letters: exact minutes, hours, and entries with the working. Pure.

Figures of one column have the same decimals; minutes are never rounded, hours have at most four decimals."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from contract_assembly.blocks.block_state import BookState
from contract_assembly.blocks.book import HOUR, Book
from contract_assembly.blocks.forecast import Pace
from contract_assembly.blocks.ledger import OPENING, LedgerRow
from contract_assembly.core.origin import Origin
from contract_assembly.facts.template_values import View, leaf

_CHANNELS = {"remote": "remote", "on-site": "visit", OPENING: "opening balance"}


def even(values: Iterable[Decimal], most: int = 8) -> Decimal:
    """The number of decimals that all these figures need, as a quantum: 0.001 for 11.375 and 20; limited to a
    maximum."""
    needed = max((-int(each.normalize().as_tuple().exponent) for each in values if each), default=0)
    return Decimal(1).scaleb(-min(max(needed, 0), most))


def in_hours(minutes: Decimal) -> Decimal:
    """Minutes as hours, to four decimals, without trailing zeros."""
    found = (minutes / HOUR).quantize(Decimal("0.0001"), ROUND_HALF_UP).normalize()
    return found if int(found.as_tuple().exponent) <= 0 else found.quantize(Decimal(1))


def figures(named: Mapping[str, Decimal]) -> dict[str, dict[str, Decimal]]:
    """Amounts of time by name, each in minutes and in hours, as the two columns of a table."""
    minutes, hours = even(named.values()), even(map(in_hours, named.values()), 4)
    return {
        name: {"minutes": each.quantize(minutes), "hours": in_hours(each).quantize(hours)}
        for name, each in named.items()
    }


def entries_view(book: Book, rows: Iterable[LedgerRow], key: str) -> tuple[View, ...]:
    """Entries with their calculation, each at its line of the ledger."""
    found = tuple(rows)
    quantum = even(row.deducted for row in found)
    names = {each.id: each.name for each in book.inputs.provider.model.people}
    return tuple(_entry(row, names, quantum, book.ledger.path, f"{key}.{n}") for n, row in enumerate(found))


def _entry(row: LedgerRow, names: Mapping[str, str], quantum: Decimal, path: str, key: str) -> View:
    about = ", ".join(each for each in (_CHANNELS[row.channel], row.reference) if each)
    values: dict[str, Any] = {
        "number": row.number,
        "date": row.date,
        "booked": row.booked,
        "person": names.get(row.person, row.person),
        "task": row.task,
        "about": about,
        "worked": Decimal(row.worked),
        "rounded": Decimal(row.rounded),
        "factor": " and ".join(row.factor.split("/")),
        "minutes": row.deducted.quantize(quantum),
        "reverses": row.reverses,
        "because": row.because,
    }
    return leaf(values, key, Origin(path, row.number + 1))


def total_of(rows: Iterable[LedgerRow]) -> dict[str, Decimal]:
    """The sum of entries, in minutes with the decimals of their column, and in hours."""
    found = tuple(row.deducted for row in rows)
    minutes = sum(found, Decimal(0))
    return {"minutes": minutes.quantize(even(found)), "hours": in_hours(minutes)}


def tasks_view(tasks: Iterable[tuple[str, Decimal]], most: int = 8) -> dict[str, Any]:
    """Use by task, the largest first; tasks after the first `most` as one sum."""
    used = [each for each in tasks if each[1]]
    shown, rest = used[:most], used[most:]
    if len(rest) == 1:
        shown, rest = used, []
    other = sum((minutes for _, minutes in rest), Decimal(0))
    minutes = even([each for _, each in used])
    whole = sum((each for _, each in used), Decimal(0))
    return {
        "rows": tuple({"task": task, "minutes": each.quantize(minutes)} for task, each in shown),
        "others": len(rest),
        "other_minutes": other.quantize(minutes),
        "total": {"minutes": whole.quantize(minutes), "hours": in_hours(whole)},
    }


def pace_view(rhythm: Pace, found: BookState) -> dict[str, Any]:
    """The pace at which hours are used, and the day on which they run out. `lasts` is whether they last until their
    Expiry Day."""
    month = (rhythm.month / HOUR).quantize(Decimal("0.1"), ROUND_HALF_UP)
    end: date | None = found.expiry
    lasts = (
        bool(found.balance) and rhythm.weeks > 0 and (rhythm.runs_out is None or bool(end and rhythm.runs_out > end))
    )
    return {
        "weeks": rhythm.weeks,
        "month": month,
        "runs_out": rhythm.runs_out,
        "earliest": rhythm.earliest,
        "latest": rhythm.latest,
        "early": rhythm.early,
        "lasts": lasts,
        "left_at_expiry": (rhythm.left_at_expiry / HOUR).quantize(Decimal("0.1"), ROUND_HALF_UP),
    }


def noticed_view(book: Book, found: Iterable[Any], key: str) -> tuple[View, ...]:
    """Findings, each at its line of account.yaml."""
    every = book.account.model.noticed
    return tuple(
        leaf(
            {"on": each.on, "finding": each.finding, "importance": each.importance, "hours": each.hours},
            f"{key}.{n}",
            book.account.at(f"noticed.{_place(every, each)}"),
        )
        for n, each in enumerate(found)
    )


def _place(every: Iterable[Any], wanted: Any) -> int:
    return next((n for n, each in enumerate(every) if each is wanted), 0)
