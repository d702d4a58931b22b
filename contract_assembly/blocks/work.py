"""Work to be entered, and the entries that it is counted and compared with. Pure."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from msgspec import Struct

from contract_assembly.blocks.book import Book
from contract_assembly.blocks.counting import together
from contract_assembly.blocks.ledger import LedgerRow
from contract_assembly.core.origin import Origin

Key = tuple[str, str, date]  # task, person and day: what is counted together
Identity = tuple[date, str, str, str, str, int, str]


class Work(Struct, frozen=True):
    """A request to enter work. `origin` is its line in a file of time entries; `by_id` says that its reference is its
    id in the program that wrote the file."""

    date: date
    time: str
    person: str
    task: str
    channel: str
    worked: int
    asked_by: str = ""
    reference: str = ""
    origin: Origin | None = None
    by_id: bool = False


def identity(each: LedgerRow | Work) -> Identity:
    """What makes two entries the same: day, time, person, task, channel, minutes and reference."""
    task, reference = (unicodedata.normalize("NFC", text) for text in (each.task, each.reference))
    return each.date, each.time, each.person, task, each.channel, each.worked, reference


def key_of(row: LedgerRow | Work) -> Key:
    """Task, person and day of an entry."""
    return row.task, row.person, row.date


class EntryIndex:
    """Entries by task, person and day, and by day; `had` is the sum of the rows of a task, person and day so far."""

    def __init__(self, book: Book) -> None:
        self.groups: dict[Key, list[LedgerRow]] = {}
        self.days: dict[date, list[LedgerRow]] = {}
        self.had: dict[Key, tuple[int, Decimal]] = {}
        for row in book.ledger.in_effect:
            self.groups.setdefault(key_of(row), []).append(row)
            self.days.setdefault(row.date, []).append(row)
        for row in book.ledger.rows:
            self.sum(row)

    def sum(self, row: LedgerRow) -> None:
        """Add a row to the sum of its task, person and day."""
        rounded, deducted = self.had.get(key_of(row), (0, Decimal(0)))
        self.had[key_of(row)] = rounded + row.rounded, deducted + row.deducted

    def add(self, row: LedgerRow) -> None:
        """Take in a new entry."""
        self.groups.setdefault(key_of(row), []).append(row)
        self.days.setdefault(row.date, []).append(row)
        self.sum(row)

    def added(self, book: Book, key: Key, entries: Iterable[LedgerRow]) -> tuple[int, Decimal]:
        """The minutes that rows come to together, less those that the ledger has for their task, person and day."""
        sums, (rounded, deducted) = together(entries, book.desk, book.terms), self.had.get(key, (0, Decimal(0)))
        return sums.rounded - rounded, sums.deducted - deducted
