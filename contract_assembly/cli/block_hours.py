"""`build.py block log`, `reverse` and `import`: they add rows to ledger.csv, and change nothing else."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.lookup import day
from contract_assembly.cli.output import GIVEN_FILE, NAME, given, holding, show
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.report import as_data, to_json

if TYPE_CHECKING:
    from datetime import date

    from contract_assembly.blocks.book import Book
    from contract_assembly.blocks.loader import Books
    from contract_assembly.blocks.new_entries import Preview

_Which = tuple[str, str | None, "Callable[[Book], date] | None"]
PATIENCE = 20  # seconds to wait for another command that writes
CLIENT = click.argument("client", type=NAME)
AGREEMENT = click.option(
    "--agreement", type=NAME, help="Which block, where the client has several: a folder below the client's."
)
_BOOKED = click.option("--booked", metavar="DATE", help="The day of booking. Default: today.")
_DRY = click.option("--dry-run", is_flag=True, help="Show the result, and write nothing.")
JSON = click.option("--json", "as_json_", is_flag=True, help="As JSON.")


@click.group(short_help="Hours of prepaid time blocks.")
def block() -> None:
    """The hours of prepaid time blocks: enter and reverse them, and see the balance, the forecast and the messages that
    are due.

    Hours are in ledger.csv, next to agreement.yaml; orders of further Blocks, payments and messages are in
    account.yaml. Days are those of the service desk's time zone.

    \b
    Examples:
      build.py block log hudson 35m --task "Printer in the studio" --by miguel-santos --at 09:10
      build.py block balance
    """


@block.command("log", short_help="Enter hours.")
@CLIENT
@click.argument("worked")
@click.option("--task", required=True, help="The work, as the client will read it.")
@click.option("--by", "person", required=True, help="The person who worked: an id from provider.yaml.")
@click.option("--on", metavar="DATE", help="The day of the work. Default: the day of booking.")
@click.option(
    "--at", metavar="TIME", default="", help="The time when it began, like 14:05, in the service desk's time zone."
)
@click.option("--channel", type=click.Choice(["remote", "on-site"]), default="remote", show_default=True)
@click.option("--asked-by", default="", help="The client's contact who asked for this time, or for a second person.")
@click.option("--reference", default="", help="The ticket or order that it belongs to.")
@click.option("--again", is_flag=True, help="Enter it although the ledger has the same entry, without a time, already.")
@AGREEMENT
@_BOOKED
@_DRY
@JSON
@click.pass_obj
def log(
    root: Path,
    /,
    client: str,
    worked: str,
    agreement: str | None,
    on: str | None,
    booked: str | None,
    again: bool,
    dry_run: bool,
    as_json_: bool,
    **said: str,
) -> None:
    """Enter time WORKED, like 35m, 1h30m or 1:30.

    It is counted as the agreement says: the work of one person on one task on one day counts together, with steps,
    minimum time, and the factor of work outside Business Hours that the client's contact asked for. An entry that the
    ledger has already, without a time of day, is refused: a command that was interrupted may be run again.

    \b
    Examples:
      build.py block log hudson 35m --task "Printer in the studio" --by miguel-santos --at 09:10
      build.py block log hudson 1h --task "Server restart" --by tom-ekberg --at 19:00 --asked-by andre-baptiste --dry-run
    """
    from contract_assembly.blocks.counting import worked as minutes
    from contract_assembly.blocks.new_entries import entered
    from contract_assembly.blocks.work import Work

    count = read(minutes, worked)

    def of_work(book: "Book") -> "date":
        found: date = optional(on) or optional(booked) or today(book)
        return found

    def make(book: "Book") -> "Preview":
        now = optional(booked) or today(book)
        task, channel = said["task"], said["channel"]
        work = Work(
            date=optional(on) or now,
            time=said["at"],
            person=said["person"],
            task=task,
            channel=channel,
            worked=count,
            asked_by=said["asked_by"],
            reference=said["reference"],
        )
        return entered(book, [work], now, once=not again)

    _enter(root, (client, agreement, of_work), make, dry_run=dry_run, as_json=as_json_)


@block.command("reverse", short_help="Reverse an entry.")
@CLIENT
@click.argument("row", type=click.IntRange(1))
@click.option("--because", required=True, help="The reason, as the client will read it.")
@AGREEMENT
@_BOOKED
@_DRY
@JSON
@click.pass_obj
def reverse(
    root: Path,
    client: str,
    row: int,
    because: str,
    agreement: str | None,
    booked: str | None,
    dry_run: bool,
    as_json_: bool,
) -> None:
    """Reverse the entry in a ROW. Nothing is erased: a new row cancels it. Then enter the right one, if there is one.

    \b
    Example:
      build.py block reverse hudson 7 --because "It was our own fault"
    """
    from contract_assembly.blocks.new_entries import reversed_

    _enter(
        root,
        (client, agreement, None),
        lambda book: reversed_(book, row, because, optional(booked) or today(book)),
        dry_run=dry_run,
        as_json=as_json_,
    )


@block.command("import", short_help="Enter hours from a CSV file.")
@CLIENT
@click.argument("file", type=GIVEN_FILE)
@click.option("--mapping", "name", help="A name in provider/mappings, or a .yaml file below the root.")
@click.option("--map", "columns", multiple=True, metavar="FIELD=COLUMN", help="The column of a field.")
@AGREEMENT
@_BOOKED
@_DRY
@JSON
@click.pass_obj
def import_(
    root: Path,
    client: str,
    file: Path,
    name: str | None,
    columns: tuple[str, ...],
    agreement: str | None,
    booked: str | None,
    dry_run: bool,
    as_json_: bool,
) -> None:
    """Enter hours from a CSV FILE: all of it, or nothing, with every bad line listed. Entries that the ledger has are
    passed over.

    A mapping says what the columns and words of a time tracker mean (docs/time-blocks.md). Without one, the columns are
    called date, person, task and worked, and optionally time, channel, asked_by and reference. Rows of other clients,
    and rows that are not billable, never count: they are refused, or passed over and counted.

    \b
    Examples:
      build.py block import hudson november.csv --dry-run
      build.py block import hudson export.csv --mapping toggl
      build.py block import hudson export.csv --map worked=Minutes --map person=Technician
    """
    from contract_assembly.blocks import timesheet
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.repository.mappings import time_mapping

    data, path, pairs = given(file), file.name, timesheet.checked_columns(columns)
    if name:
        mapping = timesheet.with_columns(time_mapping(Repository(root), name), pairs)
    else:
        mapping = timesheet.plain_mapping(data, path, pairs)

    def sheet(book: "Book") -> "timesheet.Timesheet":
        return timesheet.timesheet(data, path, mapping, timesheet.names_of(book))

    def first_day(book: "Book") -> "date":
        return min((each.date for each in sheet(book).works), default=optional(booked) or today(book))

    _enter(
        root,
        (client, agreement, first_day),
        lambda book: timesheet.imported(book, sheet(book), optional(booked) or today(book)),
        dry_run=dry_run,
        as_json=as_json_,
    )


def _enter(
    root: Path,
    which: _Which,
    make: "Callable[[Book], Preview]",
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make rows and add them to the ledger, under the lock; or only show them."""
    from contract_assembly.blocks.ledger import appended
    from contract_assembly.blocks.loader import Books

    if dry_run:
        book, preview = _made(Books(root), which, make)
        return _show_preview(book, preview, (), as_json=as_json, written=False)
    with holding(root, PATIENCE, quiet=as_json) as store:
        books = Books(root)
        book, preview = _made(books, which, make)
        if book.ledger.torn:
            what = "the last line is half written, and not by an interrupted command of this machine"
            hint = "complete or remove that line by hand; 'git diff' shows it"
            raise RefusedError([Problem("ledger-half-row", what, book.ledger.torn_problem().origin, hint)])  # type: ignore[union-attr]
        if preview.rows:
            store.append(book.ledger.path, books.bytes(book.folder), appended(book.ledger, preview.rows))
    return _show_preview(book, preview, store.cured, as_json=as_json, written=bool(preview.rows))


def _made(books: "Books", which: _Which, make: "Callable[[Book], Preview]") -> "tuple[Book, Preview]":
    """The book to enter into, and the preview. Only new entries choose among several blocks, by the day of the work."""
    client, agreement, day_of = which
    pairs = books.blocks(client)
    on = day_of(books.book(*pairs[0])) if day_of and agreement is None and len(pairs) > 1 else None
    book = books.one(client, agreement, on)
    return book, make(book)


def _show_preview(book: "Book", preview: "Preview", cured: Iterable[Problem], *, as_json: bool, written: bool) -> None:
    from contract_assembly.blocks import reports

    if as_json:
        data = {
            "agreement": book.folder,
            "written": written,
            "rows": reports.plain(preview.rows),
            "blocks": [{"block": name, "minutes": reports.plain(minutes)} for name, minutes in preview.blocks()],
            "before": reports.plain(preview.before.balance),
            "after": reports.plain(preview.after.balance),
            **({"account": dict(preview.account)} if preview.account else {}),
            "problems": [as_data(each) for each in (*cured, *preview.warnings)],
        }
        click.echo(to_json(data))
        return
    click.echo(reports.preview(preview))
    if preview.account:
        rows, *rest = preview.account.items()
        click.echo(
            f"{rows[1]} {'row' if rows[1] == 1 else 'rows'} = {' + '.join(f'{count} {what}' for what, count in rest)}"
        )
    click.echo(f"{book.ledger.path}: {f'{len(preview.rows)} added' if written else 'nothing written'}")
    show(preview.warnings)


def today(book: "Book") -> Any:
    """Today in the service desk's time zone, the default day of booking."""
    from datetime import datetime

    return datetime.now(book.desk.zone).date()


def optional(text: str | None) -> Any:
    """A day given as an option, or None. Raises click's BadParameter."""
    return day(text) if text else None


def read(reader: Callable[[str], Any], text: str) -> Any:
    """An argument by its reader, whose ValueError becomes click's BadParameter."""
    try:
        return reader(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
