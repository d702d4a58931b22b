"""What was handed over to be invoiced: `invoiced.csv` in a client's folder, a row for each charge. Pure: bytes to rows and back.

Rows are only added. Each ends with a digest of itself and of the digest above it, as in a ledger of hours, so that a row that was
changed, moved or taken out by hand is found. A charge that turns out otherwise gets a further row with the difference."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from msgspec import Struct

from contract_assembly.billing.charge import Charge, Key, Sort
from contract_assembly.blocks.ledger import cell, chained
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import shown
from contract_assembly.core.values import Money, parse_date

INVOICED = "invoiced.csv"
FIELDS = (
    "row", "number", "agreement", "sort", "line", "period_first", "period_last", "first_day", "last_day", "listed",
    "amount", "currency", "correction", "issued",
)  # fmt: skip
_DAYS = ("period_first", "period_last", "first_day", "last_day", "listed", "issued")
HEADER = ",".join((*FIELDS, "digest"))
RESTORE = "restore the file with 'git checkout'; a wrong amount is put right by the next 'build.py invoices --issue'"
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*", re.ASCII)
_WHOLE = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_AMOUNT = re.compile(r"-?(0|[1-9]\d{0,11})(\.\d{1,4})?", re.ASCII)


class InvoicedRow(Struct, frozen=True):
    """One charge that was handed over, with the number of its invoice and the day."""

    row: int
    number: str
    key: Key
    first_day: date
    last_day: date
    listed: date
    amount: Money
    correction: bool
    issued: date


class Issued(Struct, frozen=True):
    """The rows of a client, in order, the digest of the last, and the bytes of the file."""

    path: str
    rows: tuple[InvoicedRow, ...] = ()
    digest: str = ""
    data: bytes = b""

    def of(self, agreement: str) -> tuple[InvoicedRow, ...]:
        """The rows of an agreement."""
        return tuple(each for each in self.rows if each.key.agreement == agreement)

    def by(self, day: date) -> "Issued":
        """What had been handed over by a day: the rows above the first that is later. What is added after it changes nothing."""
        count = next((n for n, each in enumerate(self.rows) if each.issued > day), len(self.rows))
        lines = self.data.split(b"\n")[: count + 1]
        digest = lines[-1].rpartition(b",")[2].decode() if count else ""
        return Issued(self.path, self.rows[:count], digest, b"\n".join(lines) + b"\n" if count else b"")


def read(data: bytes, path: str, client: str) -> Issued:
    """Read the file of a client. Raises RefusedError with every problem, each at its line."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise RefusedError(
            [Problem("invoiced-row", "this line is not UTF-8 text", Origin(path, line), RESTORE)]
        ) from None
    lines = text.split("\n")
    if lines[0] != HEADER:
        what = f"the first line is not the header: {HEADER}"
        raise RefusedError([Problem("invoiced-row", what, Origin(path, 1), RESTORE)])
    if lines[-1]:
        what = "the last line is half written"
        raise RefusedError([Problem("invoiced-row", what, Origin(path, len(lines)), RESTORE)])
    problems, rows, digest = list[Problem](), list[InvoicedRow](), ""
    for number, each in enumerate(lines[1:-1], 1):
        cells, _, stated = each.rpartition(",")
        if chained(digest, cells) != stated:
            what = "the digest does not fit: this row, or the one above it, was changed, moved or removed by hand"
            problems.append(Problem("invoiced-chain", what, Origin(path, number + 1), RESTORE))
        else:
            try:
                rows.append(_row(cells, client))
            except ValueError as error:
                problems.append(Problem("invoiced-cell", str(error), Origin(path, number + 1), RESTORE))
        digest = stated
    problems = problems or list(_misplaced(rows, path))
    if problems:
        raise RefusedError(problems)
    return Issued(path, tuple(rows), digest, data)


def _misplaced(rows: Iterable[InvoicedRow], path: str) -> Iterator[Problem]:
    for number, each in enumerate(rows, 1):
        if each.row != number:
            what = f"row {each.row} is in the place of row {number}"
            yield Problem("invoiced-cell", what, Origin(path, number + 1), RESTORE)


def appended(issued: Issued, charges: Iterable[tuple[str, Charge]], on: date) -> bytes:
    """The bytes that these charges, each with the number of its invoice, add at the end; a new file begins with its header."""
    lines, digest = ([] if issued.data else [HEADER]), issued.digest
    for number, (invoice, each) in enumerate(charges, len(issued.rows) + 1):
        text = ",".join(map(cell, _cells(number, invoice, each, on)))
        digest = chained(digest, text)
        lines.append(f"{text},{digest}")
    return "".join(f"{line}\n" for line in lines).encode()


def _cells(number: int, invoice: str, each: Charge, on: date) -> tuple[str, ...]:
    key = each.key
    return (
        str(number), invoice, key.agreement, key.sort, key.line, str(key.first), str(key.last), str(each.days.first),
        str(each.days.last), str(each.listed), f"{each.amount.amount:f}", each.amount.currency,
        "yes" if each.correction else "", str(on),
    )  # fmt: skip


def _row(text: str, client: str) -> InvoicedRow:
    """The cells as a row. Raises ValueError with a sentence."""
    cells = next(csv.reader([text], strict=True))
    if len(cells) != len(FIELDS):
        raise ValueError(f"a row has {len(FIELDS) + 1} cells; this one has {len(cells) + 1}")
    said: dict[str, Any] = dict(zip(FIELDS, cells, strict=True))
    for name in ("row", "number", "agreement", "line", "currency"):
        if not (_WHOLE if name == "row" else _WORD).fullmatch(said[name]):
            raise ValueError(f"{name}: {shown(said[name])} is not what the program writes")
    if said["sort"] not in get_args(Sort) or said["correction"] not in {"", "yes"}:
        raise ValueError("sort or correction holds a word that the program does not write")
    days = {name: parse_date(said[name]) for name in _DAYS}
    key = Key(
        client=client,
        agreement=said["agreement"],
        sort=said["sort"],
        line=said["line"],
        first=days["period_first"],
        last=days["period_last"],
    )
    return InvoicedRow(
        row=int(said["row"]),
        number=said["number"],
        key=key,
        first_day=days["first_day"],
        last_day=days["last_day"],
        listed=days["listed"],
        amount=Money(_amount(said["amount"]), said["currency"]),
        correction=said["correction"] == "yes",
        issued=days["issued"],
    )


def _amount(text: str) -> Decimal:
    if not _AMOUNT.fullmatch(text):
        raise ValueError(f"amount: {shown(text)} is not a number")
    return Decimal(text)


def sums(rows: Iterable[InvoicedRow]) -> dict[Key, Decimal]:
    """What was handed over for each line and period, added up."""
    found: dict[Key, Decimal] = {}
    for each in rows:
        found[each.key] = found.get(each.key, Decimal(0)) + each.amount.amount
    return found


def numbers(rows: Iterable[InvoicedRow], name: str) -> Iterator[str]:
    """The next numbers of invoices under an agreement: NL-2026-0042-001 and so on."""
    count = len({each.number for each in rows})
    while True:
        count += 1
        yield f"{name}-{count:03}"


def is_name(text: str) -> bool:
    """Whether a text can be a name in a row as it is."""
    return bool(_WORD.fullmatch(text))
