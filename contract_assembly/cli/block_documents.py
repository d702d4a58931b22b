"""The commands that make documents about prepaid time blocks: what is due as letters, statements."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.block_hours import AGREEMENT, CLIENT, JSON, PATIENCE, block, optional, read, today
from contract_assembly.cli.output import DONE, NAME, PROBLEMS, finish_interrupted, holding, show
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.report import as_data, to_json

if TYPE_CHECKING:
    from datetime import date

    from contract_assembly.actions.issue_block_documents import Issue, Landed
    from contract_assembly.blocks.book import Book
    from contract_assembly.blocks.notices import Notice
    from contract_assembly.core.values import DateRange

FORMATS = ("md", "docx", "pdf")


@block.command("notify", short_help="Make the letters and statements that are due.")
@click.argument("client", type=NAME, required=False)
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
    """What is due for one block, told and, if asked, made."""
    from contract_assembly.actions import issue_block_documents
    from contract_assembly.blocks import reports
    from contract_assembly.blocks.loader import Books

    books = Books(root)
    book = books.book(*pair)
    day: date = optional(on) or today(book)
    found = issue_block_documents.due(book, day)
    if not quiet:
        click.echo(
            "\n".join(reports.notice(book.folder, each, day) for each in found) or f"{book.folder}: nothing is due"
        )
    said = {"agreement": book.folder, "due": [reports.plain(each) for each in found], "wrote": list[str]()}
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
    from contract_assembly.actions import issue_block_documents
    from contract_assembly.blocks.loader import Books

    books = Books(root)
    book = books.book(*pair)
    return [issue_block_documents.of_notice(books.repository, book, each, day, sent=sent) for each in found]


def issue_statement(
    root: Path, book: "Book", days: "DateRange", on: "date | None", *, sent: bool, as_json: bool
) -> None:
    """Make the statement of a block for a period."""
    from contract_assembly.actions import issue_block_documents
    from contract_assembly.repository.inputs import Repository

    day = on or today(book)
    landed = _landed(
        root, book, lambda: [issue_block_documents.of_statement(Repository(root), book, days, day, sent=sent)]
    )
    _report(landed, as_json=as_json)


def _report(landed: "Landed", *, as_json: bool) -> None:
    if as_json:
        click.echo(to_json({"agreement": landed.folder, "wrote": list(landed.changed)}))
    else:
        _tell(landed)


@block.command("propose", short_help="Propose a support contract, from the client's own figures.")
@CLIENT
@click.option("--plan", "plans", multiple=True, required=True, help="A plan to offer; the recommended one first.")
@click.option("--first-day", required=True, metavar="DATE", help="On which the contract would begin.")
@click.option("--valid-until", required=True, metavar="DATE", help="Until when the offer is open.")
@click.option("--on", metavar="DATE", help="The day that it bears. Default: today.")
@click.option("--draft", is_flag=True, help="For a look, or to change its terms; it may be issued again.")
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
    """Propose a support contract: how the hours were used, what an average month costs beside each plan, with the working, and
    what unused hours are worth. Where hours cost less, it says so. The prices are pinned: the contract that is made of it
    (build.py convert) has the same.

    \b
    Example:
      build.py block propose hudson --plan business --plan essential --first-day 2027-01-01 --valid-until 2026-12-18
    """
    from contract_assembly.actions import issue_block_documents
    from contract_assembly.blocks.loader import Books
    from contract_assembly.repository.inputs import Repository

    asked = issue_block_documents.Asked(plans, optional(first_day), optional(valid_until))
    finish_interrupted(root, PATIENCE)
    book = Books(root).one(client, agreement, optional(on))
    day = optional(on) or today(book)
    landed = _landed(
        root, book, lambda: [issue_block_documents.of_proposal(Repository(root), book, asked, day, sent=not draft)]
    )
    _report(landed, as_json=as_json_)


@block.command("order", short_help="Make the order of a further block, for both to approve.")
@CLIENT
@click.option("--hours", required=True, type=click.IntRange(1), help="How many.")
@click.option("--first-day", required=True, metavar="DATE", help="From which day on they may be used.")
@click.option(
    "--rate",
    metavar="MONEY",
    help='Like "87.00 USD". Default: as agreed for the same size, or as provider/blocks.yaml has it.',
)
@click.option("--on", metavar="DATE", help="The day that it bears. Default: today.")
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
    """Make the order of a further Block: hours, rate, price, first day, Expiry Day, and both signatures. Once both have
    approved it, write it in account.yaml under orders; until then no hour of it counts.

    \b
    Example:
      build.py block order hudson --hours 20 --first-day 2026-12-07
    """
    from contract_assembly.actions import issue_block_documents
    from contract_assembly.blocks.loader import Books
    from contract_assembly.core.values import Money
    from contract_assembly.repository.inputs import Repository

    finish_interrupted(root, PATIENCE)
    book = Books(root).one(client, agreement, optional(on))
    day, price = optional(on) or today(book), read(Money.parse, rate) if rate else None
    first = optional(first_day)
    landed = _landed(
        root, book, lambda: [issue_block_documents.of_order(Repository(root), book, hours, first, day, price)]
    )
    _report(landed, as_json=as_json_)


@click.command(short_help="Make the support contract that a prepaid block turns into.")
@CLIENT
@click.option("--plan", required=True, help="The plan that the client accepted, of a proposal that was sent.")
@click.option("--start", required=True, metavar="DATE", help="The contract's first day.")
@click.option("--signed", metavar="DATE", help="The day on which both sign it. Default: today.")
@AGREEMENT
@click.option("--apply", is_flag=True, help="Write it; otherwise only say what would be written.")
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
    """Turn a prepaid block into a support contract, with the proposal's figures: a draft agreement.yaml that names the block,
    with a credit for its unused hours; and the step in the block's account.yaml, so that its hours leave the balance on that day.

    \b
    Examples:
      build.py convert hudson --plan business --start 2027-01-01 --signed 2026-12-10
      build.py convert hudson --plan business --start 2027-01-01 --signed 2026-12-10 --apply
    """
    from contract_assembly.actions.convert import Step, converted
    from contract_assembly.blocks.loader import Books

    def looked() -> tuple["Book", Any]:
        books = Books(root)
        book = books.one(client, agreement, optional(signed))
        return book, converted(books.repository, book, Step(plan, optional(start), optional(signed) or today(book)))

    wrote: tuple[str, ...] = ()
    if apply:
        with holding(
            root, PATIENCE
        ) as store:  # first, so that a step that was interrupted is whole before it is judged
            book, made = looked()
            if made.files:
                wrote = store.put(folder_of(client), made.files, last=f"{book.folder.rpartition('/')[2]}/account.yaml")
    else:
        _, made = looked()
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


def _landed(root: Path, book: "Book", make: Any) -> "Landed":
    from contract_assembly.actions.issue_block_documents import issue

    with holding(root, PATIENCE) as store:
        return issue(store, root, book.folder, make(), FORMATS)


def _tell(landed: "Landed") -> None:
    what = f"wrote {', '.join(landed.changed)}" if landed.changed else "nothing to do"
    click.echo(f"{landed.folder}: {what}")
