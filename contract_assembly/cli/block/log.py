"""`build.py block log`: enter hours."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contract_assembly.cli.block.entering import BOOKED, enter, today_of
from contract_assembly.cli.old_forms import OnOne
from contract_assembly.cli.parameters import DRY_RUN, JSON, ONE, by, on, read
from contract_assembly.core.paths import Target

if TYPE_CHECKING:
    from contract_assembly.blocks.book import Book
    from contract_assembly.blocks.new_entries import EntriesPreview


def _minutes(text: str) -> int:
    from contract_assembly.blocks.counting import worked

    return worked(text)


def _time(text: str) -> str:
    from contract_assembly.blocks.counting import began

    return began(text)


@click.command(cls=OnOne, short_help="Enter hours.")
@ONE
@click.argument("worked", type=read("worked", _minutes))
@click.option("--task", required=True, help="The work, as the client will read it.")
@by("The person who worked: an id from provider.yaml.")
@on("The day of the work. Default: the day of booking.")
@click.option(
    "--at",
    metavar="TIME",
    type=read("time", _time),
    help="The time when it began, like 9:05 or 14:05, in the service desk's time zone.",
)
@click.option(
    "--channel",
    type=click.Choice(["remote", "on-site"]),
    default="remote",
    show_default=True,
    help="Where the work was done.",
)
@click.option("--asked-by", default="", help="The client's contact who asked for this time, or for a second person.")
@click.option("--reference", default="", help="The ticket or order that it belongs to.")
@click.option("--again", is_flag=True, help="Enter it even if the ledger already has the same entry without a time.")
@BOOKED
@DRY_RUN
@JSON
@click.pass_obj
def log(
    root: Path,
    /,
    target: Target,
    worked: int,
    at: str | None,
    by: str,
    on: date | None,
    booked: date | None,
    again: bool,
    dry_run: bool,
    as_json: bool,
    **about: str,
) -> None:
    """Enter time WORKED, like 35m, 1h30m or 1:30.

    The time is counted as the agreement says: the work of one person on one task on one day counts together, with steps,
    minimum time, and the factor for work outside Business Hours that the client's contact asked for. An entry without a
    time of day that the ledger already has is refused, so an interrupted command may be run again.

    \b
    Examples:
      build.py block log hudson 35m --task "Printer in the studio" --by miguel-santos --at 09:10
      build.py block log hudson 1h --task "Server restart" --by tom-ekberg --at 19:00 --asked-by andre-baptiste --dry-run
    """
    from contract_assembly.blocks.new_entries import entered
    from contract_assembly.blocks.work import Work

    def work_day(book: "Book") -> date:
        return on or booked or today_of(book)

    def make(book: "Book") -> "EntriesPreview":
        task, channel = about["task"], about["channel"]
        work = Work(
            date=work_day(book),
            time=at or "",
            person=by,
            task=task,
            channel=channel,
            worked=worked,
            asked_by=about["asked_by"],
            reference=about["reference"],
        )
        return entered(book, [work], booked or today_of(book), once=not again)

    enter(root, target, make, work_day=work_day, dry_run=dry_run, as_json=as_json)
