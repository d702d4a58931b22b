"""The hours ledger as text: `ledger.csv`, one row for each entry, chained by digests. Pure: bytes to rows, and back.

UTF-8, LF, a fixed header, and each row exactly as `encoded` writes it. A row ends with a digest of itself and of the
digest above it (SHA-256, cut to 32 hexadecimal digits), so that a row changed, moved, added or taken out by hand is
found.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date as Day  # noqa: N812  # a row has a date of its own
from decimal import Decimal
from typing import Any, NamedTuple

from msgspec import Struct

from contract_assembly.blocks.ledger_integrity import RESTORE, unreadable
from contract_assembly.core.csv_tables import STARTS, LineError, rows_of
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import refusal, shown
from contract_assembly.core.values import parse_date

LEDGER = "ledger.csv"
CHANNELS = ("remote", "on-site")
OPENING = "opening"  # the channel of the row that says how much was used before the ledger began
FIELDS = (
    "row", "date", "time", "person", "task", "channel", "worked", "rounded", "factor", "deducted", "asked_by", "reference",
    "reverses", "because", "booked",
)  # fmt: skip
HEADER = ",".join((*FIELDS, "digest"))
MAX_TEXT = 200
_WHOLE = re.compile(r"-?(0|[1-9]\d{0,6})", re.ASCII)
_EXACT = re.compile(r"-?(0|[1-9]\d{0,6})(\.\d{0,7}[1-9])?", re.ASCII)
_START = re.compile(r"|([01]\d|2[0-3]):[0-5]\d([+-]\d\d:\d\d)?", re.ASCII)


class LedgerRow(NamedTuple):
    """One entry. `worked` and `rounded` are whole minutes; `deducted` is exact minutes (15 x 1.5 = 22.5), and is what
    counts. The rows of one task, person and day are counted together, so each holds what it added to that sum. A
    reversal cancels an earlier row: `worked` is that row's, negative. `date` is the day of the work, `booked` the day
    of entering it. An opening row is the first of a block that was taken over: the minutes that were used up to the end of
    its day, of which nothing else is recorded here. Where that count was wrong, it is reversed, and another one follows."""

    number: int
    date: Day
    time: str
    person: str
    task: str
    channel: str
    worked: int
    rounded: int
    factor: str
    deducted: Decimal
    asked_by: str
    reference: str
    reverses: int | None
    because: str
    booked: Day


class Ledger(Struct, frozen=True):
    """All rows of a file, in order; the digest of the last; and how many bytes they and the header take.

    `torn` is the text after the last line break: half of a row that was never acknowledged. A whole row without its
    line break counts, and leaves an open end."""

    path: str
    rows: tuple[LedgerRow, ...] = ()
    digest: str = ""
    size: int = 0
    torn: bytes = b""
    open_end: bool = False

    @property
    def opened(self) -> Day | None:
        """The day of the opening row; None where the ledger has all that was ever used."""
        return self.rows[0].date if self.rows and self.rows[0].channel == OPENING else None

    @property
    def in_effect(self) -> tuple[LedgerRow, ...]:
        """The entries that no later row reverses, without the reversals."""
        gone = {row.reverses for row in self.rows if row.reverses}
        return tuple(row for row in self.rows if not row.reverses and row.number not in gone)

    def booked_by(self, day: Day) -> tuple[LedgerRow, ...]:
        """The rows that were in the file at the end of a day. Rows are only ever added, so one that a wrong clock
        booked ahead was there when the next one was booked."""
        return self.rows[: max((row.number for row in self.rows if row.booked <= day), default=0)]

    def last_booked(self, without: int | None = None) -> LedgerRow | None:
        """The entry with the latest day of booking. One that was reversed, or is about to be (`without`), does not
        count."""
        found = (row for row in self.in_effect if row.number != without)
        return max(found, key=lambda row: (row.booked, row.number), default=None)

    def torn_problem(self) -> Problem | None:
        """The half-written last line as a warning, where there is one."""
        if not self.torn:
            return None
        what = "the last line is half written: it was cut off before it was acknowledged, and does not count"
        hint = "the next entry removes it; then log the missing entry again"
        return Problem("ledger-half-row", what, Origin(self.path, len(self.rows) + 2), hint, "warning")


def read(data: bytes, path: str) -> Ledger:
    """Read the bytes of a ledger. Raises RefusedError with every problem, each at its line."""
    if wrong := unreadable(data, path):
        raise RefusedError([wrong])
    whole, _, torn = data.rpartition(b"\n")
    if open_end := _is_whole(whole, torn):
        whole, torn = data, b""
    lines = whole.decode("utf-8").split("\n") if whole else []
    if not lines or lines[0] != HEADER:
        what = f"the first line is not the ledger's header: {HEADER}"
        raise RefusedError([Problem("ledger-header", what, Origin(path, 1), RESTORE)])
    problems: list[Problem] = []
    rows: list[LedgerRow] = []
    digest, reversed_, latest = "", set[int](), Day.min
    for number, line in enumerate(lines[1:], 1):
        text, _, stated = line.rpartition(",")
        row = None
        for rule, what, hint in _wrong_line(line, text, digest, stated):
            problems.append(Problem(rule, what, Origin(path, number + 1), hint))
            break
        else:
            row = _row(text, path, number, problems)
        if row:
            found = list(_misplaced(row, number, rows, reversed_))
            reversed_ |= {row.reverses} if row.reverses else set()
            if row.booked < latest:
                latest = _latest(rows, reversed_)
                found += (
                    [("ledger-order", f"booked on {row.booked}, before a row above it")] if row.booked < latest else []
                )
            problems += [Problem(rule, what, Origin(path, number + 1), RESTORE) for rule, what in found]
            latest = max(latest, row.booked)
            rows.append(row)
        digest = stated
    if problems:
        raise RefusedError(problems)
    return Ledger(path=path, rows=tuple(rows), digest=digest, size=len(whole) + 1, torn=torn, open_end=open_end)


def _is_whole(above: bytes, last: bytes) -> bool:
    """Whether the text after the last line break is a whole row that only lacks the break: its digest fits the one
    above."""
    text, _, stated = last.rpartition(b",")
    lines = above.rpartition(b"\n")
    digest = lines[2].rpartition(b",")[2] if lines[1] else b""
    return bool(text) and hashlib.sha256(digest + b"\n" + text).hexdigest()[:32].encode() == stated


def encoded(row: LedgerRow) -> str:
    """A row as text, without its digest."""
    cells = (
        str(row.number), row.date.isoformat(), row.time, row.person, row.task, row.channel, str(row.worked), str(row.rounded),
        row.factor, exact(row.deducted), row.asked_by, row.reference, str(row.reverses or ""), row.because,
        row.booked.isoformat(),
    )  # fmt: skip
    return ",".join(map(cell, cells))


def cell(text: str) -> str:
    """A cell of CSV, in quotes only where it needs them."""
    return '"' + text.replace('"', '""') + '"' if any(char in text for char in '",\n') else text


def exact(minutes: Decimal) -> str:
    """Minutes without trailing zeros: "45", "22.5"."""
    return f"{minutes.normalize():f}" if minutes else "0"


def appended(ledger: Ledger, rows: Iterable[LedgerRow]) -> bytes:
    """The bytes that these rows add at the end of a ledger; a new one begins with its header."""
    lines, digest = ([] if ledger.size else [HEADER]), ledger.digest
    for row in rows:
        text = encoded(row)
        digest = chained(digest, text)
        lines.append(f"{text},{digest}")
    return (("\n" if ledger.open_end else "") + "".join(f"{line}\n" for line in lines)).encode()


def chained(digest: str, text: str) -> str:
    """The digest of a row, from that of the row above it and the row's text."""
    return hashlib.sha256(f"{digest}\n{text}".encode()).hexdigest()[:32]


def unfit(text: str) -> str | None:
    """The reason why a text cannot be in a cell, as the end of a sentence, or None if it can."""
    if text.startswith(STARTS):
        return "begins like a formula of a spreadsheet"
    if text != text.strip():
        return "begins or ends with a blank"
    if len(text) > MAX_TEXT:
        return f"is over {MAX_TEXT} characters"
    return None if text.isascii() and text.isprintable() and "{{" not in text and "}}" not in text else refusal(text)


def _wrong_line(line: str, text: str, digest: str, stated: str) -> Iterator[tuple[str, str, str]]:
    if chained(digest, text) == stated:
        return
    if not line.strip():
        yield "ledger-row", "this line is empty", RESTORE
    elif line.count(",") < len(FIELDS):
        yield "ledger-row", f"a row has {len(FIELDS) + 1} cells separated by commas; this line has fewer", RESTORE
    else:
        what = "the digest does not fit: this row, or the one above it, was changed, moved or removed by hand"
        yield "ledger-chain", what, RESTORE


def _row(text: str, path: str, number: int, problems: list[Problem]) -> LedgerRow | None:
    """The cells as a row. A right digest does not make a row right: someone may have computed it again."""
    cells = text.split(",") if '"' not in text else _quoted(text, path)
    if len(cells) != len(FIELDS) or ('"' in text and ",".join(map(cell, cells)) != text):
        what = f"these are not the {len(FIELDS) + 1} cells of a row as the program writes them"
        problems.append(Problem("ledger-row", what, Origin(path, number + 1), RESTORE))
        return None
    found: dict[str, Any] = {}
    for name, value in zip(FIELDS, cells, strict=True):
        try:
            found[name] = _READERS.get(name, _text)(value)
        except ValueError as error:
            problems.append(Problem("ledger-cell", f"{name}: {error}", Origin(path, number + 1), RESTORE))
    return LedgerRow(*found.values()) if len(found) == len(FIELDS) else None


def _quoted(text: str, path: str) -> list[str]:
    """The cells of a row of which some are in quotes; none where it is not one row of CSV."""
    try:
        rows = tuple(rows_of(text, path))
    except LineError:
        return []
    return rows[0].cells if len(rows) == 1 else []


def _latest(rows: Iterable[LedgerRow], reversed_: set[int]) -> Day:
    """The latest day of booking among entries that stand: a row that a wrong clock booked ahead stops counting once
    it is reversed."""
    return max((row.booked for row in rows if not row.reverses and row.number not in reversed_), default=Day.min)


def _misplaced(row: LedgerRow, number: int, rows: list[LedgerRow], gone: set[int]) -> Iterator[tuple[str, str]]:
    """Problems of a row with its neighbours, as rule and sentence."""
    if row.number != number:
        yield "ledger-order", f"row {row.number} is in the place of row {number}"
    if row.date > row.booked and not row.reverses:  # a reversal has the day of its row
        yield "ledger-future", f"the work is of {row.date}, after {row.booked}, the day of booking"
    opening = row.channel == OPENING
    if opening and number > 1 and not row.reverses and not _counts_again(row, rows, gone):
        yield "ledger-order", "an opening row is the first one, or follows the reversal of the one before"
    if (row.worked > 0) == bool(row.reverses) and not (opening and not row.worked):
        yield "ledger-cell", "an entry has minutes above zero, a reversal minutes below zero"
    if row.reverses:
        target = rows[row.reverses - 1] if 0 < row.reverses <= len(rows) else None
        same = target and (target.date, target.person, target.task, -target.worked) == (
            row.date, row.person, row.task, row.worked,
        )  # fmt: skip
        if not same or not target or target.reverses or row.reverses in gone:
            yield "ledger-cell", f"row {row.reverses} is not an entry above that this row could reverse"


def _counts_again(row: LedgerRow, rows: Iterable[LedgerRow], gone: set[int]) -> bool:
    """Whether an opening row takes the place of earlier ones, which are all reversed, and is of their day."""
    earlier = [each for each in rows if each.channel == OPENING and not each.reverses]
    return bool(earlier) and all(each.number in gone and each.date == row.date for each in earlier)


def _text(value: str) -> str:
    if reason := unfit(value):
        raise ValueError(f"the text {reason}")
    return value


def _needed(value: str) -> str:
    if not value:
        raise ValueError("a text is missing")
    return _text(value)


def _whole(value: str) -> int:
    if not _WHOLE.fullmatch(value) or value == "-0":
        raise ValueError(f"{shown(value)} is not a whole number of minutes")
    return int(value)


def _exact(value: str) -> Decimal:
    if not _EXACT.fullmatch(value) or value == "-0":
        raise ValueError(f"{shown(value)} is not a number of minutes")
    return Decimal(value)


def _matching(pattern: re.Pattern[str], what: str) -> Any:
    def check(value: str) -> str:
        if not pattern.fullmatch(value):
            raise ValueError(f"{shown(value)} is {what}")
        return value

    return check


_READERS: dict[str, Any] = {
    "row": _whole,
    "date": parse_date,
    "time": _matching(_START, "not a time of day like 08:30"),
    "person": _needed,
    "task": _needed,
    "channel": _matching(re.compile("|".join((*CHANNELS, OPENING))), "neither remote nor on-site"),
    "worked": _whole,
    "rounded": _whole,
    "deducted": _exact,
    "reverses": lambda value: _whole(value) if value else None,
    "booked": parse_date,
}
