"""`build.py block notify`, `propose` and `order`, and `build.py convert`: documents about prepaid time blocks."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from contract_assembly.cli.block_hours import AGREEMENT, CLIENT, JSON, PATIENCE, block, optional, read, today
from contract_assembly.cli.output import DONE, NAME, PROBLEMS, finish_interrupted, holding, show
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.report import as_data, to_json

if TYPE_CHECKING:
    from datetime import date

    from contract_assembly.actions.issue_block_documents import Issue, IssueResult
    from contract_assembly.blocks.book import Book
    from contract_assembly.core.values import DateRange
    from contract_assembly.repository.inputs import Repository

FORMATS = ("md", "docx", "pdf")


class Which(NamedTuple):
    """Which block a document is about, the day that it bears (None: today), and the day by which one of several blocks
    is chosen where that is another."""

    client: str
    agreement: str | None
    on: "date | None"
    by: "date | None" = None


@block.command("notify", short_help="Write the letters and statements that are due.")
@click.argument("client", type=NAME, required=False)
@click.option("--all", "everybody", is_flag=True, help="Every client.")
@click.option("--on", metavar="DATE", help="The date of the letters. Default: today.")
@click.option("--apply", is_flag=True, help="Write them, and record them as sent; otherwise only list them.")
@click.option(
    "--draft", is_flag=True, help="With --apply: drafts for review; nothing is recorded, and they may be written again."
)
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
    """Write the messages that the clauses of a block promise, as letters: few hours left, hours used up, both reminders
    before hours expire, statements. There is one of each for a Block: it is recorded in account.yaml under `told`, as one
    set with the letter. Send it on its date.

    \b
    Examples:
      build.py block notify --all                          list what is due today
      build.py block notify hudson --on 2026-11-23 --apply
    """
    if everybody == (client is not None):
        raise click.UsageError("name a client, or give --all")
    if draft and not apply:
        raise click.UsageError("--draft goes with --apply")
    from contract_assembly.blocks.loader import Books

    if apply:
        finish_interrupted(context.obj, PATIENCE)
    books, data = Books(context.obj), list[dict[str, Any]]()
    problems = [*books.unusable(client)]
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
    """Show what is due for one block and, if asked, make it. Everything is read under the lock, after what an
    interrupted command left has been put right."""
    from contract_assembly.actions import issue_block_documents
    from contract_assembly.blocks import reports
    from contract_assembly.blocks.loader import Books

    landed = None
    with holding(root, PATIENCE, quiet=quiet) if apply else nullcontext() as store:
        books = Books(root)
        book = books.book(*pair)
        day: date = optional(on) or today(book)
        found = issue_block_documents.due(book, day)
        if store and found:
            made = [issue_block_documents.of_notice(books.repository, book, each, day, sent=sent) for each in found]
            landed = issue_block_documents.issue(store, root, book.folder, made, FORMATS)
    if not quiet:
        lines = [reports.notice(book.folder, each, day) for each in found]
        click.echo("\n".join(lines) or f"{book.folder}: nothing is due")
    if landed and not quiet:
        _show_result(landed)
    wrote = list(landed.changed) if landed else list[str]()
    return {"agreement": book.folder, "due": [reports.plain(each) for each in found], "wrote": wrote}


def issue_statement(root: Path, which: "Which", days: "DateRange", *, sent: bool, as_json: bool) -> None:
    """Make the statement of a block for a period, as a letter."""
    from contract_assembly.actions.issue_block_documents import of_statement

    def make(repository: "Repository", book: "Book", day: "date") -> "Issue":
        return of_statement(repository, book, days, day, sent=sent)

    _issue(root, which, make, as_json=as_json)


def _issue(root: Path, which: "Which", make: "Callable[[Repository, Book, date], Issue]", *, as_json: bool) -> None:
    """Make one document of a block and put it down. The block is chosen and read under the lock, so that the document
    is of what is there when it is written."""
    from contract_assembly.actions.issue_block_documents import issue
    from contract_assembly.blocks.loader import Books

    with holding(root, PATIENCE, quiet=as_json) as store:
        books = Books(root)
        book = books.one(which.client, which.agreement, which.by or which.on)
        day = which.on or today(book)
        landed = issue(store, root, book.folder, [make(books.repository, book, day)], FORMATS)
    if as_json:
        click.echo(to_json({"agreement": landed.folder, "wrote": list(landed.changed)}))
    else:
        _show_result(landed)


@block.command("propose", short_help="Propose a support contract from the client's own figures.")
@CLIENT
@click.option("--plan", "plans", multiple=True, required=True, help="A plan to offer; the recommended one first.")
@click.option("--first-day", required=True, metavar="DATE", help="The first day of the contract.")
@click.option("--valid-until", required=True, metavar="DATE", help="The last day of the offer.")
@click.option("--on", metavar="DATE", help="The date of the document. Default: today.")
@click.option("--draft", is_flag=True, help="A draft for review, or to change its terms; it may be issued again.")
@AGREEMENT
@JSON
@click.pass_obj
def propose(
    root: Path,
    /,
    client: str,
    plans: tuple[str, ...],
    first_day: str,
    valid_until: str,
    on: str | None,
    agreement: str | None,
    draft: bool,
    as_json_: bool,
) -> None:
    """Propose a support contract: the use of hours, the cost of an average month compared with each plan, with the
    working, and the credit for unused hours. Where hours cost less, it says so. The prices are pinned: the contract
    made from it (build.py convert) has the same.

    \b
    Example:
      build.py block propose hudson --plan business --plan essential --first-day 2027-01-01 --valid-until 2026-12-18
    """
    from contract_assembly.actions.issue_block_documents import Asked, of_proposal

    asked = Asked(plans, optional(first_day), optional(valid_until))

    def make(repository: "Repository", book: "Book", day: "date") -> "Issue":
        return of_proposal(repository, book, asked, day, sent=not draft)

    _issue(root, Which(client, agreement, optional(on)), make, as_json=as_json_)


@block.command("order", short_help="Write the order of a further block.")
@CLIENT
@click.option("--hours", required=True, type=click.IntRange(1), help="The number of hours.")
@click.option("--first-day", required=True, metavar="DATE", help="The first day on which they may be used.")
@click.option(
    "--rate",
    metavar="MONEY",
    help='Like "87.00 USD". Default: the agreed rate for the same size, or the one in provider/blocks.yaml.',
)
@click.option("--on", metavar="DATE", help="The date of the document. Default: today.")
@AGREEMENT
@JSON
@click.pass_obj
def order(
    root: Path,
    /,
    client: str,
    hours: int,
    first_day: str,
    rate: str | None,
    on: str | None,
    agreement: str | None,
    as_json_: bool,
) -> None:
    """Write the order of a further Block: hours, rate, price, first day, Expiry Day, and both signatures. Once both
    parties have approved it, write it under orders in account.yaml; until then its hours do not count.

    \b
    Example:
      build.py block order hudson --hours 20 --first-day 2026-12-07
    """
    from contract_assembly.actions.issue_block_documents import of_order
    from contract_assembly.core.values import Money

    first, price = optional(first_day), read(Money.parse, rate) if rate else None

    def make(repository: "Repository", book: "Book", day: "date") -> "Issue":
        return of_order(repository, book, hours, first, on=day, rate=price)

    _issue(root, Which(client, agreement, optional(on)), make, as_json=as_json_)


@click.command(short_help="Turn a prepaid block into a support contract.")
@CLIENT
@click.option("--plan", required=True, help="The plan that the client accepted, from a proposal that was sent.")
@click.option("--start", required=True, metavar="DATE", help="The contract's first day.")
@click.option("--signed", metavar="DATE", help="The day on which both parties sign it. Default: today.")
@AGREEMENT
@click.option("--apply", is_flag=True, help="Write the files; otherwise only list them.")
@JSON
@click.pass_obj
def convert(
    root: Path,
    /,
    client: str,
    plan: str,
    start: str,
    signed: str | None,
    agreement: str | None,
    apply: bool,
    as_json_: bool,
) -> None:
    """Turn a prepaid block into a support contract, with the proposal's figures: a draft agreement.yaml that names the
    block, with a credit for its unused hours; and the step in the block's account.yaml, so that its hours leave the
    balance on that day.

    \b
    Examples:
      build.py convert hudson --plan business --start 2027-01-01 --signed 2026-12-10
      build.py convert hudson --plan business --start 2027-01-01 --signed 2026-12-10 --apply
    """
    from contract_assembly.actions.convert import Step, converted
    from contract_assembly.blocks.loader import Books

    wrote, first = tuple[str, ...](), optional(start)
    with holding(root, PATIENCE, quiet=as_json_) if apply else nullcontext() as store:
        books = Books(root)
        book = books.one(client, agreement, optional(signed))
        made = converted(books.repository, book, Step(plan, first, optional(signed) or today(book)))
        if store and made.files:
            wrote = store.put(folder_of(client), made.files, last=f"{book.folder.rpartition('/')[2]}/account.yaml")
    if as_json_:
        money = {
            "fee": f"{made.fee.amount} {made.fee.currency}",
            "credit": f"{made.credit.amount} {made.credit.currency}",
        }
        click.echo(to_json({"agreement": made.agreement, "files": list(made.files), "wrote": list(wrote), **money}))
        return
    click.echo(f"{client}/{made.agreement}: {made.fee.amount} {made.fee.currency} a month, credit {made.credit.amount}")
    click.echo(_outcome(made.files, wrote))


def _outcome(files: Any, wrote: tuple[str, ...]) -> str:
    if not files:
        return "nothing to do"
    return f"wrote {', '.join(wrote)}" if wrote else f"would write {', '.join(files)}; add --apply"


def _show_result(landed: "IssueResult") -> None:
    what = f"wrote {', '.join(landed.changed)}" if landed.changed else "nothing to do"
    click.echo(f"{landed.folder}: {what}")
