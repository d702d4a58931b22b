"""`build.py block import`: enter hours from a CSV file."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contract_assembly.cli.block.entering import BOOKED, enter, today_of
from contract_assembly.cli.old_forms import OnOne
from contract_assembly.cli.parameters import DRY_RUN, GIVEN_FILE, JSON, NAME, ONE, given
from contract_assembly.core.paths import Target

if TYPE_CHECKING:
    from contract_assembly.blocks.book import Book
    from contract_assembly.blocks.timesheet import Timesheet


@click.command("import", cls=OnOne, short_help="Enter hours from a CSV file.")
@ONE
@click.argument("file", type=GIVEN_FILE)
@click.option("--mapping", type=NAME, help="A name in provider/mappings, or a .yaml file below the root.")
@click.option("--map", "columns", multiple=True, metavar="FIELD=COLUMN", help="The column of a field; can be repeated.")
@BOOKED
@DRY_RUN
@JSON
@click.pass_obj
def import_hours(
    root: Path,
    /,
    target: Target,
    file: Path,
    mapping: str | None,
    columns: tuple[str, ...],
    booked: date | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Enter hours from a CSV FILE: all of it, or nothing, with every bad line listed. Entries that the ledger already has
    are skipped.

    A mapping says what the columns and words of a time tracker mean (docs/time-blocks.md). Without one, the columns are
    called date, person, task and worked, and optionally time, channel, asked_by and reference. Rows of other clients,
    and rows that are not billable, never count: they are refused, or skipped and counted.

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
    if mapping:
        meanings = timesheet.with_columns(time_mapping(Repository(root), mapping), pairs)
    else:
        meanings = timesheet.plain_mapping(data, path, pairs)

    def sheet(book: "Book") -> "Timesheet":
        return timesheet.timesheet(data, path, meanings, timesheet.names_of(book))

    def first_day(book: "Book") -> date:
        return min((each.date for each in sheet(book).works), default=booked or today_of(book))

    enter(
        root,
        target,
        lambda book: timesheet.imported(book, sheet(book), booked or today_of(book)),
        work_day=first_day,
        dry_run=dry_run,
        as_json=as_json,
    )
