"""`build.py block balance`, `statement`, `notices`, `compare` and `forecast`: views of prepaid time blocks. Only
`statement --issue` writes."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.block_documents import Which, issue_statement
from contract_assembly.cli.block_hours import AGREEMENT, CLIENT, JSON, block, optional, read, today
from contract_assembly.cli.output import DONE, NAME, PROBLEMS, show
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.report import as_data, to_json

if TYPE_CHECKING:
    from contract_assembly.blocks.book import Book

ON = click.option("--on", metavar="DATE", help="The day to look at. Default: today.")


@block.command("balance", short_help="Show the balance, its Expiry Day, and how long it lasts.")
@click.argument("client", type=NAME, required=False)
@ON
@JSON
@click.pass_context
def balance(context: click.Context, client: str | None, on: str | None, as_json_: bool) -> None:
    """Show the balance of each block, its Expiry Day, and the day on which it runs out at the present pace.

    \b
    Examples:
      build.py block balance
      build.py block balance hudson --on 2026-11-30 --json
    """
    from contract_assembly.blocks import reports
    from contract_assembly.blocks.balance import state
    from contract_assembly.blocks.forecast import pace
    from contract_assembly.blocks.settlement import credit, refund, refund_day

    def one(book: "Book") -> tuple[dict[str, Any], str]:
        now = optional(on) or today(book)
        found = state(book, now)
        rhythm = pace(book, now, found)
        money = {"refund": refund(book, found), "refund_by": refund_day(book), "credit": credit(book, found)}
        figures = {"balance": found.balance, "expiry": found.expiry, "state": found, "pace": rhythm}
        data = reports.plain({**figures, **money})
        return {"agreement": book.folder, **data}, reports.balance(book, found, rhythm)

    context.exit(_over_all(context.obj, client, one, "balances", as_json=as_json_))


@block.command("statement", short_help="Show the figures of a statement, or issue it.")
@CLIENT
@click.option("--period", required=True, help="A month like 2026-11, or days like 2026-11-01..2026-11-15.")
@click.option("--on", metavar="DATE", help="Entries booked by this day. Default: the day on which it is due.")
@click.option(
    "--issue", is_flag=True, help="Write the statement as a letter of that day (default: today), and record it as sent."
)
@click.option(
    "--draft", is_flag=True, help="With --issue: a draft for review; nothing is recorded, and it may be issued again."
)
@AGREEMENT
@JSON
@click.pass_obj
def statement(
    root: Path,
    /,
    client: str,
    period: str,
    on: str | None,
    agreement: str | None,
    issue: bool,
    draft: bool,
    as_json_: bool,
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
    from contract_assembly.blocks import reports
    from contract_assembly.blocks import statement as made
    from contract_assembly.blocks.loader import Books

    days = read(made.period, period)
    if draft and not issue:
        raise click.UsageError("--draft goes with --issue")
    if issue:
        issue_statement(root, Which(client, agreement, optional(on), days.last), days, sent=not draft, as_json=as_json_)
        return
    book = Books(root).one(client, agreement, days.last)
    found = made.statement(book, days, optional(on))
    if as_json_:
        click.echo(to_json({"agreement": book.folder, "statement": reports.plain(found)}))
    else:
        click.echo(reports.statement(book, found))
    _show_torn(book)


@block.command("notices", short_help="List messages that a block's clauses promise.")
@click.argument("client", type=NAME, required=False)
@ON
@click.option("--by", metavar="DATE", help="Include messages that fall due by then.")
@click.option("--all", "every", is_flag=True, help="Include messages that were sent.")
@JSON
@click.pass_context
def notices(
    context: click.Context, client: str | None, on: str | None, by: str | None, every: bool, as_json_: bool
) -> None:
    """List the messages that the clauses of a block promise, with reason and due day: few hours left, hours used up,
    both reminders before the Expiry Day, and statements. A message counts as sent when account.yaml lists it under
    `told`.

    \b
    Examples:
      build.py block notices hudson
      build.py block notices --on 2026-12-01 --by 2026-12-31
    """
    from contract_assembly.blocks import notices as made
    from contract_assembly.blocks import reports

    def one(book: "Book") -> tuple[dict[str, Any], str]:
        now = optional(on) or today(book)
        found = (made.notices if every else made.open_notices)(book, now, optional(by))
        data = [{**reports.plain(each), "late": each.late(now)} for each in found]
        text = "\n".join(reports.notice(book.folder, each, now) for each in found)
        return {"agreement": book.folder, "notices": data}, text or f"{book.folder}: nothing is due"

    context.exit(_over_all(context.obj, client, one, "blocks", as_json=as_json_))


@block.command("compare", short_help="Compare a block with each plan.")
@CLIENT
@ON
@AGREEMENT
@JSON
@click.pass_obj
def compare(root: Path, client: str, on: str | None, agreement: str | None, as_json_: bool) -> None:
    """Compare a block with each plan: the cost of the hours in an average month, each plan's fee, the difference with
    its sign, and the hours from which the plan costs less. The scope of a plan is under environment in account.yaml.

    \b
    Example:
      build.py block compare hudson --on 2026-11-30
    """
    from contract_assembly.blocks import reports
    from contract_assembly.blocks.loader import Books
    from contract_assembly.blocks.plan_comparison import compared

    books = Books(root)
    book = books.one(client, agreement, optional(on))
    found = compared(book, books.plans(), optional(on) or today(book))
    if as_json_:
        plans = [{**reports.plain(each), "cheaper": each.cheaper} for each in found.plans]
        click.echo(to_json({"agreement": book.folder, "comparison": {**reports.plain(found), "plans": plans}}))
    else:
        click.echo("\n".join(reports.comparison(found)))


@block.command("forecast", short_help="Show who runs out when, and who would save by converting.")
@click.argument("client", type=NAME, required=False)
@click.option("--all", "everybody", is_flag=True, help="Every client.")
@ON
@click.option("--csv", "as_csv", is_flag=True, help="As CSV, for a spreadsheet.")
@JSON
@click.pass_context
def forecast(
    context: click.Context, client: str | None, everybody: bool, on: str | None, as_csv: bool, as_json_: bool
) -> None:
    """Show who runs out when, and who would save with a support contract: the largest saving first. A block that is
    cheaper shows a saving below zero. A block that ended or was converted is left out.

    \b
    Examples:
      build.py block forecast --all --on 2026-11-30
      build.py block forecast --all --csv > forecast.csv
    """
    if everybody == (client is not None):
        raise click.UsageError("name a client, or give --all")
    if as_csv and as_json_:
        raise click.UsageError("--csv and --json do not go together")
    from contract_assembly.blocks import reports
    from contract_assembly.blocks.balance import state
    from contract_assembly.blocks.book import closed_on
    from contract_assembly.blocks.loader import Books
    from contract_assembly.blocks.plan_comparison import compared

    books, rows = Books(context.obj), list[dict[str, Any]]()
    problems = [*books.unusable(client)]
    plans = tuple(books.plans())
    for pair in books.blocks(client):
        try:
            book = books.book(*pair)
        except RefusedError as error:
            problems.extend(error.problems)
            continue
        now = optional(on) or today(book)
        if (closed := closed_on(book)) and closed <= now:
            continue  # nothing runs out, and nothing is left to convert
        rows.append(reports.forecast_row(*pair, compared(book, plans, now), state(book, now)))
    rows = reports.by_value(rows)
    if as_json_:
        click.echo(to_json({"forecast": reports.plain(rows), "problems": [as_data(each) for each in problems]}))
    else:
        click.echo(reports.spreadsheet(rows) if as_csv else reports.forecast_table(rows), nl=not as_csv)
        show(problems)
    context.exit(PROBLEMS if problems else DONE)


def _over_all(
    root: Path, client: str | None, one: "Callable[[Book], tuple[dict[str, Any], str]]", name: str, *, as_json: bool
) -> int:
    """Show the answer for each block of a client, or of all; one that cannot be read does not hide the others."""
    from contract_assembly.blocks.loader import Books

    books, data = Books(root), list[dict[str, Any]]()
    problems = [*books.unusable(client)]
    for pair in books.blocks(client):
        try:
            book = books.book(*pair)
            found, text = one(book)
        except RefusedError as error:
            problems.extend(error.problems)
            continue
        data.append(found)
        problems += [torn] if (torn := book.ledger.torn_problem()) else []
        if not as_json:
            click.echo(text)
    if as_json:
        click.echo(to_json({name: data, "problems": [as_data(each) for each in problems]}))
    else:
        show(problems)
        if not data and not problems:
            click.echo("there is no prepaid block that was sent or signed")
    return PROBLEMS if any(each.level == "error" for each in problems) else DONE


def _show_torn(book: "Book") -> None:
    if torn := book.ledger.torn_problem():
        show([torn])
