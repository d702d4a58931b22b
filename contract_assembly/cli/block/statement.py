"""`build.py block statement`: the figures of a statement, shown or issued."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contract_assembly.cli.block.issuing import issue_one
from contract_assembly.cli.old_forms import OnOne
from contract_assembly.cli.output import answer, show
from contract_assembly.cli.parameters import DRY_RUN, JSON, ONE, on, read
from contract_assembly.core.paths import Target

if TYPE_CHECKING:
    from contract_assembly.actions.issue_block_documents import Issue
    from contract_assembly.blocks.book import Book
    from contract_assembly.core.values import DateRange
    from contract_assembly.repository.inputs import Repository


def _period(text: str) -> "DateRange":
    from contract_assembly.blocks.statement import period

    return period(text)


@click.command(cls=OnOne, short_help="Show the figures of a statement, or issue it.")
@ONE
@click.option(
    "--period",
    "days",
    type=read("period", _period),
    required=True,
    help="A month like 2026-11, or days like 2026-11-01..2026-11-15.",
)
@on("Entries booked by this day. Default: the day on which it is due.")
@click.option(
    "--issue", is_flag=True, help="Write the statement as a letter of that day (default: today), and record it as sent."
)
@click.option(
    "--draft", is_flag=True, help="With --issue: a draft for review; nothing is recorded, and it may be issued again."
)
@DRY_RUN
@JSON
@click.pass_obj
def statement(
    root: Path,
    /,
    target: Target,
    days: "DateRange",
    on: date | None,
    issue: bool,
    draft: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Show the figures of a statement: opening balance, entries, closing balance, expiry, pace, forecast, and findings.

    Entries booked after the day on which a statement is due are in the next one, so that each opens with the closing
    balance of the one before. --issue writes documents/statement-….yaml, builds the letter, and records it in
    account.yaml, all or nothing. It pins the rows that it is made from, so that later entries never change it.

    \b
    Examples:
      build.py block statement hudson --period 2026-10
      build.py block statement hudson --period 2026-10 --issue
    """
    from contract_assembly.actions.issue_block_documents import of_statement
    from contract_assembly.blocks import reports
    from contract_assembly.blocks import statement as made
    from contract_assembly.blocks.loader import Books

    if (draft or dry_run) and not issue:
        raise click.UsageError("--draft and --dry-run need --issue")
    if issue:

        def make(repository: "Repository", book: "Book", day: date) -> "Issue":
            return of_statement(repository, book, days, day, sent=not draft)

        issue_one(root, target, on, make, by=days.last, dry_run=dry_run, as_json=as_json)
        return
    book = Books(root).one(target, days.last)
    found = made.statement(book, days, on)
    torn = [each] if (each := book.ledger.torn_problem()) else []
    if as_json:
        answer({"agreement": book.folder, "statement": reports.plain(found)}, torn)
    else:
        click.echo(reports.statement(book, found))
        show(torn)
