"""`build.py block forecast`: who runs out when, and who would save by converting."""

from datetime import date
from typing import Any

import click

from contract_assembly.cli.block.entering import day_of
from contract_assembly.cli.old_forms import OverAllByArgument
from contract_assembly.cli.output import DONE, PROBLEMS, answer, show
from contract_assembly.cli.parameters import CLIENTS, CSV, JSON, on, one_form
from contract_assembly.core.paths import Target
from contract_assembly.core.problems import RefusedError


@click.command(
    cls=OverAllByArgument, short_help="Show which clients run out of hours, and when, and who would save by converting."
)
@CLIENTS
@on("The day to look at. Default: today.")
@CSV
@JSON
@click.pass_context
def forecast(
    context: click.Context, /, targets: tuple[Target, ...], on: date | None, as_csv: bool, as_json: bool
) -> None:
    """Show which clients run out of hours, and when, and who would save with a support contract: the largest saving first. A
    block that is cheaper shows a saving below zero. A block that ended or was converted is left out.

    \b
    Examples:
      build.py block forecast --on 2026-11-30
      build.py block forecast --csv > forecast.csv
    """
    from contract_assembly.blocks import reports
    from contract_assembly.blocks.balance import state
    from contract_assembly.blocks.book import closed_on
    from contract_assembly.blocks.loader import Books
    from contract_assembly.blocks.plan_comparison import compared

    one_form(as_csv=as_csv, as_json=as_json)
    books, rows = Books(context.obj), list[dict[str, Any]]()
    problems = [*books.unusable(targets)]
    plans = tuple(books.plans())
    for pair in books.blocks(targets):
        try:
            book = books.book(*pair)
            now = day_of(book, on)
        except RefusedError as error:
            problems.extend(error.problems)
            continue
        if (closed := closed_on(book)) and closed <= now:
            continue  # nothing runs out, and nothing is left to convert
        rows.append(reports.forecast_row(*pair, compared(book, plans, now), state(book, now)))
    rows = reports.by_value(rows)
    if as_json:
        answer({"forecast": reports.plain(rows)}, problems)
    else:
        click.echo(reports.spreadsheet(rows) if as_csv else reports.forecast_table(rows), nl=not as_csv)
        show(problems)
    context.exit(PROBLEMS if problems else DONE)
