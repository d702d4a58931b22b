"""`build.py block reverse`: reverse an entry."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contract_assembly.cli.block.entering import BOOKED, enter, today_of
from contract_assembly.cli.old_forms import OnOne
from contract_assembly.cli.parameters import DRY_RUN, JSON, ONE, read
from contract_assembly.core.paths import Target

if TYPE_CHECKING:
    from contract_assembly.blocks.book import Book


def _time_left(text: str) -> int:
    from contract_assembly.blocks.counting import time_left

    return time_left(text)


@click.command(cls=OnOne, short_help="Reverse an entry.")
@ONE
@click.argument("row", type=click.IntRange(1))
@click.option("--because", required=True, help="The reason, as the client will read it.")
@click.option(
    "--left",
    type=read("time", _time_left),
    help="For the first row of a block that was taken over: the hours that were actually left, like 6h30m.",
)
@BOOKED
@DRY_RUN
@JSON
@click.pass_obj
def reverse(
    root: Path,
    /,
    target: Target,
    row: int,
    because: str,
    left: int | None,
    booked: date | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Reverse the entry in a ROW of the ledger. Nothing is erased: a new row cancels it. Then enter the right one, if
    there is one.

    The first row of a block that was taken over is the count of the hours used before. Where that count was wrong, --left
    enters the right one with the reversal.

    \b
    Examples:
      build.py block reverse hudson 7 --because "It was our own fault"
      build.py block reverse hudson/2026-block 7 --because "It was our own fault" --dry-run
      build.py block reverse oak-law 1 --left 6h30m --because "Counted again"
    """
    from contract_assembly.blocks.new_entries import EntriesPreview, counted_again, reversed_

    def made(book: "Book") -> EntriesPreview:
        day = booked or today_of(book)
        return reversed_(book, row, because, day) if left is None else counted_again(book, row, left, because, day)

    enter(
        root,
        target,
        made,
        dry_run=dry_run,
        as_json=as_json,
    )
