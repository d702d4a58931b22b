"""`build.py block reverse`: reverse an entry."""

from datetime import date
from pathlib import Path

import click

from contract_assembly.cli.block.entering import BOOKED, enter, today_of
from contract_assembly.cli.old_forms import OnOne
from contract_assembly.cli.parameters import DRY_RUN, JSON, ONE
from contract_assembly.core.paths import Target


@click.command(cls=OnOne, short_help="Reverse an entry.")
@ONE
@click.argument("row", type=click.IntRange(1))
@click.option("--because", required=True, help="The reason, as the client will read it.")
@BOOKED
@DRY_RUN
@JSON
@click.pass_obj
def reverse(
    root: Path, /, target: Target, row: int, because: str, booked: date | None, dry_run: bool, as_json: bool
) -> None:
    """Reverse the entry in a ROW of the ledger. Nothing is erased: a new row cancels it. Then enter the right one, if
    there is one.

    \b
    Examples:
      build.py block reverse hudson 7 --because "It was our own fault"
      build.py block reverse hudson/2026-block 7 --because "It was our own fault" --dry-run
    """
    from contract_assembly.blocks.new_entries import reversed_

    enter(
        root,
        target,
        lambda book: reversed_(book, row, because, booked or today_of(book)),
        dry_run=dry_run,
        as_json=as_json,
    )
