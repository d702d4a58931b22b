"""`build.py block order`: write the order of a further block."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.block.issuing import issue_one
from contract_assembly.cli.old_forms import OnOne
from contract_assembly.cli.parameters import DATE, DRY_RUN, JSON, MONEY, ONE, on
from contract_assembly.core.paths import Target

if TYPE_CHECKING:
    from contract_assembly.actions.issue_block_documents import Issue
    from contract_assembly.blocks.book import Book
    from contract_assembly.repository.inputs import Repository


@click.command(cls=OnOne, short_help="Write the order of a further block.")
@ONE
@click.option("--hours", required=True, type=click.IntRange(1), help="The number of hours.")
@click.option("--first-day", type=DATE, required=True, help="The first day on which they may be used.")
@click.option(
    "--rate",
    type=MONEY,
    help='Like "87.00 USD". Default: the agreed rate for the same size, or the one in provider/blocks.yaml.',
)
@on("The date of the document. Default: today.")
@DRY_RUN
@JSON
@click.pass_obj
def order(
    root: Path,
    /,
    target: Target,
    hours: int,
    first_day: date,
    rate: Any,
    on: date | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Write the order of a further Block: hours, rate, price, first day, Expiry Day, and both signatures. Once both
    parties have approved it, enter it under orders in account.yaml; until then its hours do not count.

    \b
    Examples:
      build.py block order hudson --hours 20 --first-day 2026-12-07
      build.py block order hudson --hours 20 --first-day 2026-12-07 --rate "87.00 USD" --dry-run
    """
    from contract_assembly.actions.issue_block_documents import of_order

    def make(repository: "Repository", book: "Book", day: date) -> "Issue":
        return of_order(repository, book, hours, first_day, on=day, rate=rate)

    issue_one(root, target, on, make, dry_run=dry_run, as_json=as_json)
