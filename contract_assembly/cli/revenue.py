"""The command `revenue`: what recurs, what moved and why, and what comes. It changes nothing."""

from datetime import date
from typing import Any

import click

from contract_assembly.cli.output import DONE, PROBLEMS, Progress, answer, show
from contract_assembly.cli.parameters import CLIENTS, CSV, DATE, JOBS, JSON, on, one_form, today
from contract_assembly.core.paths import Target
from contract_assembly.core.problems import errors


@click.command(short_help="Show recurring revenue, its movements, and what is contracted.")
@on("The day of the figures. Default: today.")
@click.option("--since", type=DATE, help="Also show what moved since this day, and why.")
@click.option("--by", type=click.Choice(["plan", "client", "month"]), help="Also show it by plan, client, or month.")
@CLIENTS
@click.option("--explain", is_flag=True, help="List the lines behind each figure, with their places.")
@JOBS
@CSV
@click.option(
    "--table",
    type=click.Choice(["movements", "renewals"]),
    help="What --csv lists in place of the lines: movements since --since, or renewals ahead.",
)
@JSON
@click.pass_context
def revenue(
    context: click.Context,
    /,
    on: date | None,
    since: date | None,
    by: Any,
    targets: tuple[Target, ...],
    *,
    explain: bool,
    jobs: int,
    as_csv: bool,
    table: str | None,
    as_json: bool,
) -> None:
    """Show what recurs each month and year by currency; what is contracted for the next twelve months; the renewals in them with
    the fee at stake; how much of what was charged recurs; and prepaid blocks that a contract would serve better.

    Figures follow the contracts that were signed, with their dated changes. What was sent and is not signed is shown apart.

    \b
    Examples:
      build.py revenue --on 2027-03-31
      build.py revenue --on 2027-03-31 --since 2026-12-31 --explain
      build.py revenue --on 2027-03-31 --by plan --csv
      build.py revenue --on 2027-03-31 --since 2026-12-31 --csv --table movements
    """
    from contract_assembly.billing import revenue_report
    from contract_assembly.billing.revenue import revenue as made
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.repository.selection import selected

    one_form(as_csv=as_csv, as_json=as_json)
    day = on or today()
    if since and since >= day:
        raise click.UsageError("--since must be before --on")
    if table and (by or not as_csv):
        raise click.UsageError("--table needs --csv, and cannot be combined with --by")
    if table == "movements" and not since:
        raise click.UsageError("--table movements needs --since")
    pairs, unusable = selected(Repository(context.obj), targets)
    with Progress(len(pairs), quiet=as_csv or as_json, label="Counting") as step:
        found = made(context.obj, pairs, day, since, step, jobs=jobs)
    found.problems += unusable
    if as_json:
        answer(revenue_report.as_data(found, by, explain=explain), found.problems)
    elif as_csv:
        click.echo(revenue_report.TABLES[table](found) if table else revenue_report.as_csv(found, by), nl=False)
    else:
        click.echo(revenue_report.as_text(found, by, explain=explain))
    if not as_json:
        show(found.problems)
    context.exit(PROBLEMS if errors(found.problems) else DONE)
