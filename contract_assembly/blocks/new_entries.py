"""New entries and reversals, checked before they are written: the rows that they make, and the balance before and
after. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct, field
from msgspec.structs import replace

from contract_assembly.blocks.balance import state
from contract_assembly.blocks.block_state import BookState
from contract_assembly.blocks.book import HOUR, Book
from contract_assembly.blocks.counting import together
from contract_assembly.blocks.entry_checks import against, beyond_the_hours, booked_too_early, needs_estimate, repeated
from contract_assembly.blocks.ledger import OPENING, LedgerRow, unfit
from contract_assembly.blocks.work import EntryIndex, Work, key_of
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError


class EntriesPreview(Struct, frozen=True):
    """The result of new entries: their rows, the book with them, its state before and after, and warnings."""

    rows: tuple[LedgerRow, ...]
    book: Book
    before: BookState
    after: BookState
    warnings: tuple[Problem, ...]
    account: Mapping[str, int] = field(default_factory=dict)  # of a file: its rows, and what became of them

    def blocks(self) -> tuple[tuple[str, Decimal], ...]:
        """The Blocks that the minutes come from, and how many."""
        used = {each.id: each.used for each in self.before.blocks}
        moved = ((each.id, each.used - used[each.id]) for each in self.after.blocks)
        return tuple(each for each in moved if each[1])


def entered(book: Book, works: Iterable[Work], booked: date, *, once: bool = False) -> EntriesPreview:
    """The rows of new work; `once` refuses work that the ledger has already. Raises RefusedError with every problem
    of any of it; then nothing is entered."""
    problems: list[Problem] = []
    warnings: list[Problem] = []
    now, rows = book, list[LedgerRow]()
    index = EntryIndex(book)
    for work in works:
        found = [*against(book, work, booked, index), *(repeated(work, index) if once else ())]
        problems += [each for each in found if each.level == "error"]
        warnings += [each for each in found if each.level != "error"]
        if not any(each.level == "error" for each in found):
            row = _row(book, work, booked, len(book.ledger.rows) + len(rows) + 1, index)
            index.add(row)
            rows.append(row)
    now = _with(book, rows)
    before, after = state(book, booked), state(now, booked)
    problems += beyond_the_hours(book, before, after)
    if problems:
        raise RefusedError(problems)
    return EntriesPreview(tuple(rows), now, before, after, (*warnings, *needs_estimate(book, rows)))


def reversed_(book: Book, number: int, because: str, booked: date) -> EntriesPreview:
    """The row that reverses an entry. The rest of its task, person and day is counted again. Raises RefusedError with
    every problem."""
    entries = {row.number: row for row in book.ledger.in_effect}
    origin = Origin(book.ledger.path, number + 1)
    if number not in entries:
        known = (
            "it is reversed already, or is a reversal"
            if 0 < number <= len(book.ledger.rows)
            else "there is no such row"
        )
        raise RefusedError(
            [
                Problem(
                    "entry", f"row {number} cannot be reversed: {known}", origin, "name an entry that is not reversed"
                )
            ]
        )
    if reason := unfit(because) or (None if because else "is empty"):
        raise RefusedError([Problem("entry", f"the reason {reason}", None, "write it in plain words")])
    if problem := booked_too_early(book, booked, number):
        raise RefusedError([problem])
    old = entries[number]
    if old.channel == OPENING:
        what = f"row {number} is the count of the hours used by the end of {old.date}, without which the balance is not known"
        hint = f"give the hours that were left at the end of that day: build.py block reverse … {number} --left 6h30m"
        raise RefusedError([Problem("entry", what, origin, hint)])
    rest = [row for row in entries.values() if key_of(row) == key_of(old) and row.number != number]
    rounded, deducted = EntryIndex(book).added(book, key_of(old), rest)
    row = old._replace(
        number=len(book.ledger.rows) + 1,
        worked=-old.worked,
        rounded=rounded,
        deducted=deducted,
        reverses=number,
        because=because,
        booked=booked,
    )
    now = _with(book, [row])
    return EntriesPreview((row,), now, state(book, booked), state(now, booked), ())


def counted_again(book: Book, number: int, left: int, because: str, booked: date) -> EntriesPreview:
    """The rows that put right the opening row of a block that was taken over: its reversal, and the minutes used by the end of
    the same day if `left` minutes were left. Raises RefusedError with every problem."""
    origin = Origin(book.ledger.path, number + 1)
    old = next((row for row in book.ledger.in_effect if row.number == number and row.channel == OPENING), None)
    if old is None:
        what = f"row {number} is not the count of the hours that were used before this ledger began"
        hint = "--left is for that row alone; reverse another one without it, and enter the right one"
        raise RefusedError([Problem("entry", what, origin, hint)])
    used = book.block.hours * HOUR - left
    if reason := unfit(because) or (None if because else "is empty"):
        raise RefusedError([Problem("entry", f"the reason {reason}", None, "write it in plain words")])
    if used < 0:
        what = f"more is left than the {book.block.hours} hours that were bought"
        raise RefusedError([Problem("entry", what, None, "count what was left of this block alone")])
    if used == old.worked:
        what = f"row {number} says that already"
        raise RefusedError([Problem("entry", what, origin, "nothing needs to be put right")])
    if problem := booked_too_early(book, booked, number):
        raise RefusedError([problem])
    last = len(book.ledger.rows)
    gone = old._replace(
        number=last + 1,
        worked=-old.worked,
        rounded=-old.rounded,
        deducted=-old.deducted,
        reverses=number,
        because=because,
        booked=booked,
    )
    right = old._replace(number=last + 2, worked=used, rounded=used, deducted=Decimal(used), booked=booked)
    now = _with(book, (gone, right))
    before, after = state(book, booked), state(now, booked)
    if problems := list(beyond_the_hours(book, before, after)):
        raise RefusedError(problems)
    return EntriesPreview((gone, right), now, before, after, ())


def _with(book: Book, rows: Sequence[LedgerRow]) -> Book:
    return replace(book, ledger=replace(book.ledger, rows=(*book.ledger.rows, *rows)))


def _row(book: Book, work: Work, booked: date, number: int, index: EntryIndex) -> LedgerRow:
    bare = LedgerRow(
        number=number,
        date=work.date,
        time=work.time,
        person=work.person,
        task=work.task,
        channel=work.channel,
        worked=work.worked,
        rounded=0,
        factor="1",
        deducted=Decimal(0),
        asked_by=work.asked_by,
        reference=work.reference,
        reverses=None,
        because="",
        booked=booked,
    )
    rounded, deducted = index.added(book, key_of(bare), (*index.groups.get(key_of(bare), ()), bare))
    factors = together([bare], book.desk, book.terms).factors
    return bare._replace(
        rounded=rounded, deducted=deducted, factor="/".join(f"{each.normalize():f}" for each in factors)
    )
