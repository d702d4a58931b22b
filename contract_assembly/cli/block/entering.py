"""What `block log`, `block reverse` and `block import` share: they add rows to ledger.csv, and change nothing else."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contract_assembly.cli.output import answer, holding, show, written, wrote_as_data
from contract_assembly.cli.parameters import DATE, PATIENCE, today
from contract_assembly.core.origin import Origin
from contract_assembly.core.paths import Target
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import with_count

if TYPE_CHECKING:
    from contract_assembly.blocks.book import Book
    from contract_assembly.blocks.loader import Books
    from contract_assembly.blocks.new_entries import EntriesPreview

BOOKED = click.option("--booked", type=DATE, help="The day of booking. Default: today.")


def enter(
    root: Path,
    target: Target,
    make: "Callable[[Book], EntriesPreview]",
    *,
    work_day: "Callable[[Book], date] | None" = None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make rows and add them to the ledger, under the lock; or only show them. Among several blocks of a client, new
    entries choose by the day of the work."""
    from contract_assembly.blocks.ledger import appended
    from contract_assembly.blocks.loader import Books

    with holding(root, PATIENCE, quiet=as_json, dry_run=dry_run) as store:
        books = Books(root)
        book = _book(books, target, work_day)
        preview = make(book)
        if torn := book.ledger.torn_problem():
            what = "the last line is half written, and not by an interrupted command of this machine"
            hint = "complete or remove that line by hand; 'git diff' shows it"
            raise RefusedError([Problem("ledger-half-row", what, torn.origin, hint)])
        if preview.rows:
            store.append(book.ledger.path, books.bytes(book.folder), appended(book.ledger, preview.rows))
    _show_preview(book, preview, store.cured, as_json=as_json, dry_run=dry_run)


def _book(books: "Books", target: Target, work_day: "Callable[[Book], date] | None") -> "Book":
    pairs = books.blocks([target])
    return books.one(target, work_day(books.book(*pairs[0])) if work_day and len(pairs) > 1 else None)


def _show_preview(
    book: "Book", preview: "EntriesPreview", cured: Iterable[Problem], *, as_json: bool, dry_run: bool
) -> None:
    from contract_assembly.blocks import reports

    folder, _, name = book.ledger.path.rpartition("/")
    wrote = [name] if preview.rows else []
    if as_json:
        data = {
            "agreement": book.folder,
            "rows": reports.plain(preview.rows),
            "blocks": [{"block": name, "minutes": reports.plain(minutes)} for name, minutes in preview.blocks()],
            "before": reports.plain(preview.before.balance),
            "after": reports.plain(preview.after.balance),
            **({"account": dict(preview.account)} if preview.account else {}),
        }
        answer({**data, **wrote_as_data(folder, wrote, dry_run=dry_run)}, (*cured, *preview.warnings))
        return
    click.echo(reports.preview(preview))
    if preview.account:
        rows, *rest = preview.account.items()
        click.echo(f"{with_count(rows[1], 'row')} = {' + '.join(f'{count} {what}' for what, count in rest)}")
    count = f"; {with_count(len(preview.rows), 'row')} added" if wrote else ""
    click.echo(f"{folder}: {written(wrote, dry_run=dry_run)}{count}")
    show(preview.warnings)


def day_of(book: "Book", on: date | None) -> date:
    """The day to look at: `on`, or else today. Raises RefusedError for a day before the hours of a block that was taken over were
    counted."""
    day, counted = on or today_of(book), book.ledger.opened
    if counted and day < counted:
        what = f"nothing is known of the hours before {counted}, the day on which they were counted"
        raise RefusedError([Problem("period", what, Origin(book.ledger.path, 2), "ask for that day or a later one")])
    return day


def today_of(book: "Book") -> date:
    """Today in the service desk's time zone, the default day of booking."""
    return today(book.desk.zone)
