"""`build.py block notify`: write the letters and statements that are due."""

from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import click

from contract_assembly.cli.block import issuing
from contract_assembly.cli.block.entering import today_of
from contract_assembly.cli.block.views import uncountable
from contract_assembly.cli.old_forms import OverAllByArgument
from contract_assembly.cli.output import DONE, PROBLEMS, answer, finish_interrupted, holding, show, written
from contract_assembly.cli.parameters import APPLY, CLIENTS, JSON, PATIENCE, on
from contract_assembly.core.paths import Target
from contract_assembly.core.problems import RefusedError


@click.command(cls=OverAllByArgument, short_help="Write the letters and statements that are due.")
@CLIENTS
@on("The date of the letters. Default: today.")
@APPLY
@click.option(
    "--draft", is_flag=True, help="With --apply: drafts for review; nothing is recorded, and they may be written again."
)
@JSON
@click.pass_context
def notify(
    context: click.Context,
    /,
    targets: tuple[Target, ...],
    on: date | None,
    apply: bool,
    draft: bool,
    as_json: bool,
) -> None:
    """Write the messages that the clauses of a block promise, as letters: few hours left, hours used up, both reminders
    before hours expire, statements. Without --apply they are only listed. A statement can be sent from the day after its
    month; entries that are booked later are in the next one. There is one of each for a Block: it is
    recorded in account.yaml under `messages`, as one set with the letter. Send it on its date.

    \b
    Examples:
      build.py block notify                                list what can be sent today
      build.py block notify --client hudson --on 2026-11-23 --apply
    """
    if draft and not apply:
        raise click.UsageError("--draft needs --apply")
    from contract_assembly.blocks.loader import Books

    if apply:
        finish_interrupted(context.obj, PATIENCE)
    books, data = Books(context.obj), list[dict[str, Any]]()
    problems = [*books.unusable(targets)]
    for pair in books.blocks(targets):
        try:
            data.append(_notified(context.obj, pair, on, apply=apply, sent=not draft, quiet=as_json))
        except RefusedError as error:
            problems.extend(error.problems)
        except (ValueError, OverflowError) as error:
            problems.append(uncountable(books, pair, error))
    if as_json:
        answer({"blocks": data, "dry_run": not apply}, problems)
    else:
        show(problems)
    context.exit(PROBLEMS if problems else DONE)


def _notified(
    root: Path, pair: tuple[str, str], on: date | None, *, apply: bool, sent: bool, quiet: bool
) -> dict[str, Any]:
    """Show what is due for one block and, if asked, make it. Everything is read under the lock, after what an
    interrupted command left has been put right."""
    from contract_assembly.actions import issue_block_documents
    from contract_assembly.blocks import reports
    from contract_assembly.blocks.loader import Books

    landed = None
    with holding(root, PATIENCE, quiet=quiet) if apply else nullcontext() as store:
        books = Books(root)
        book = books.book(*pair)
        day = on or today_of(book)
        found = issue_block_documents.due(book, day)
        if store and found:
            made = [issue_block_documents.of_notice(books.repository, book, each, day, sent=sent) for each in found]
            landed = issue_block_documents.issue(store, root, book.folder, made, issuing.FORMATS)
    wrote = list(landed.changed) if landed else list[str]()
    if not quiet:
        lines = [reports.notice(book.folder, each, day) for each in found]
        click.echo("\n".join(lines) or f"{book.folder}: nothing is due")
        if landed:
            click.echo(f"{book.folder}: {written(wrote, dry_run=False)}")
    return {
        "agreement": book.folder,
        "due": [reports.plain(each) for each in found],
        "wrote": [f"{book.folder}/{each}" for each in wrote],
    }
