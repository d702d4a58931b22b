"""A ledger of a hundred thousand entries: read, summed, and checked for one more entry. Reads a repository, writes nothing."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from bench.clock import Group, compared, here
from contract_assembly.blocks.book import Book
from contract_assembly.blocks.ledger import Ledger, LedgerRow, appended, read
from contract_assembly.blocks.loader import Books
from contract_assembly.blocks.new_entries import entered
from contract_assembly.blocks.plan_comparison import compared as compared_with_plans
from contract_assembly.blocks.statement import period, statement
from contract_assembly.blocks.work import Work
from contract_assembly.core.problems import RefusedError

ENTRIES = 100_000
BASE = "read: digests, cells, order"


def hours(root: Path, rounds: int) -> Iterator[Group]:
    """The stages of one command over a large ledger, if the repository has a block. A statement or forecast costs the first
    row plus its own."""
    books = Books(root)
    for client, agreement in books.blocks()[:1]:
        yield _stages(books, books.book(client, agreement), rounds)


def _stages(books: Books, book: Book, rounds: int) -> Group:
    data = appended(Ledger("ledger.csv"), _rows(book.block.first_day))
    large = replace(book, ledger=read(data, "ledger.csv"))
    plans, days, last = tuple(books.plans()), period("2027-06"), large.ledger.rows[-1].booked
    work = Work(last, "", "tom-ekberg", "One more", "remote", 30)
    stages = {
        BASE: lambda: read(data, "ledger.csv"),
        "statement of a month": lambda: statement(large, days),
        "forecast, and each plan compared with the block": lambda: compared_with_plans(large, plans, last),
        "check of one entry": lambda: _enter(large, work),
    }
    return compared(
        f"Hours: {ENTRIES:,} entries, ratio to reading them", {n: here(w) for n, w in stages.items()}, BASE, rounds
    )


def _rows(first: date) -> Iterator[LedgerRow]:
    """Entries of one year, about three hundred a day, with far more hours than were bought."""
    for n in range(ENTRIES):
        day = first + timedelta(days=n * 360 // ENTRIES)
        yield LedgerRow(
            n + 1, day, "", "tom-ekberg", f"Task {n}", "remote", 20, 30, "1", Decimal(30), "", f"R-{n}", None, "", day
        )


def _enter(large: Book, work: Work) -> None:
    with suppress(RefusedError):  # no hours are left
        entered(large, [work], work.date)
