"""The commands that make documents about prepaid time blocks: what is due as letters, statements."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.block import JSON, PATIENCE, block, optional, today
from contract_assembly.cli.screen import DONE, PROBLEMS, show
from contract_assembly.problems import Problem, RefusedError
from contract_assembly.report import as_data, to_json

if TYPE_CHECKING:
    from datetime import date

    from contract_assembly.hours.book import Book
    from contract_assembly.hours.notices import Notice
    from contract_assembly.issuing import Issue, Landed
    from contract_assembly.values import DateRange

FORMATS = ("md", "docx", "pdf")


@block.command("notify", short_help="Make the letters and statements that are due.")
@click.argument("client", required=False)
@click.option("--all", "everybody", is_flag=True, help="Every client.")
@click.option("--on", metavar="DATE", help="The day that they bear. Default: today.")
@click.option("--apply", is_flag=True, help="Make them, and note them as sent; otherwise only say what is due.")
@click.option("--draft", is_flag=True, help="With --apply: for a look; nothing is noted, and they may be made again.")
@JSON
@click.pass_context
def notify(
    context: click.Context,
    client: str | None,
    everybody: bool,
    on: str | None,
    apply: bool,
    draft: bool,
    as_json_: bool,
) -> None:
    """What the clauses of a block promise to tell, as letters: few hours left, hours used up, both reminders before hours
    expire, statements. Each is told once for a Block: making it notes it in account.yaml under told, in one set with the
    letter. Send it on that day.

    \b
    Examples:
      build.py block notify --all                          what is due today
      build.py block notify hudson --on 2026-11-23 --apply
    """
    if everybody == (client is not None):
        raise click.UsageError("name a client, or give --all")
    if draft and not apply:
        raise click.UsageError("--draft goes with --apply")
    from contract_assembly.books import Books

    books, problems, data = Books(context.obj), list[Problem](), list[dict[str, Any]]()
    for pair in books.blocks(client):
        try:
            data.append(_notified(context.obj, pair, on, apply=apply, sent=not draft, quiet=as_json_))
        except RefusedError as error:
            problems.extend(error.problems)
    if as_json_:
        click.echo(to_json({"blocks": data, "problems": [as_data(each) for each in problems]}))
    else:
        show(problems)
    context.exit(PROBLEMS if problems else DONE)


def _notified(
    root: Path, pair: tuple[str, str], on: str | None, *, apply: bool, sent: bool, quiet: bool
) -> dict[str, Any]:
    """What is due for one block, told and, if asked, made."""
    from contract_assembly import issuing
    from contract_assembly.books import Books
    from contract_assembly.hours import telling

    books = Books(root)
    book = books.book(*pair)
    day: date = optional(on) or today(book)
    found = issuing.due(book, day)
    if not quiet:
        click.echo(
            "\n".join(telling.notice(book.folder, each, day) for each in found) or f"{book.folder}: nothing is due"
        )
    said = {"agreement": book.folder, "due": [telling.plain(each) for each in found], "wrote": list[str]()}
    if apply and found:
        landed = _landed(root, book, lambda: _issues(root, pair, found, day, sent=sent))
        said["wrote"] = list(landed.changed)
        if not quiet:
            _tell(landed)
    return said


def _issues(
    root: Path, pair: tuple[str, str], found: "tuple[Notice, ...]", day: "date", *, sent: bool
) -> "list[Issue]":
    """The documents, one after the other as of the book that is read under the lock."""
    from contract_assembly import issuing
    from contract_assembly.books import Books

    books = Books(root)
    book = books.book(*pair)
    return [issuing.of_notice(books.repository, book, each, day, sent=sent) for each in found]


def issue_statement(
    root: Path, book: "Book", days: "DateRange", on: "date | None", *, sent: bool, as_json: bool
) -> None:
    """Make the statement of a block for a period."""
    from contract_assembly import issuing
    from contract_assembly.repository import Repository

    day = on or today(book)
    landed = _landed(root, book, lambda: [issuing.of_statement(Repository(root), book, days, day, sent=sent)])
    if as_json:
        click.echo(to_json({"agreement": landed.folder, "wrote": list(landed.changed)}))
    else:
        _tell(landed)


def _landed(root: Path, book: "Book", make: Any) -> "Landed":
    from contract_assembly.issuing import issue
    from contract_assembly.store import held

    with held(root, patience=PATIENCE) as store:
        return issue(store, root, book.folder, make(), FORMATS)


def _tell(landed: "Landed") -> None:
    what = f"wrote {', '.join(landed.changed)}" if landed.changed else "nothing to do"
    click.echo(f"{landed.folder}: {what}")
