"""The command `revenue`: what recurs, what moved and why, and what comes. It changes nothing."""

from typing import Any

import click

from contract_assembly.cli.lookup import day
from contract_assembly.cli.output import DONE, NAME, PROBLEMS, Progress, show
from contract_assembly.core.problems import errors, in_order
from contract_assembly.core.report import as_data, to_json


@click.command(short_help="Show recurring revenue, its movements, and what is contracted.")
@click.option("--on", metavar="DATE", help="The day of the figures. Default: today.")
@click.option("--since", metavar="DATE", help="Also show what moved since this day, and why.")
@click.option("--by", type=click.Choice(["plan", "client", "month"]), help="Also show it by plan, client, or month.")
@click.option("--client", type=NAME, help="Only this client.")
@click.option("--explain", is_flag=True, help="List the lines behind each figure, with their places.")
@click.option("--csv", "as_csv_", is_flag=True, help="As a table for a spreadsheet.")
@click.option("--json", "as_json_", is_flag=True, help="As JSON.")
@click.pass_context
def revenue(
    context: click.Context,
    /,
    on: str | None,
    since: str | None,
    by: Any,
    client: str | None,
    *,
    explain: bool,
    as_csv_: bool,
    as_json_: bool,
) -> None:
    """Show what recurs each month and year by currency; what is contracted for the next twelve months; the renewals in them with
    the fee at stake; how much of what was charged recurs; and prepaid blocks that a contract would serve better.

    Figures follow the contracts that were signed, with their dated changes. What was sent and is not signed is shown apart.

    \b
    Examples:
      build.py revenue --on 2027-03-31
      build.py revenue --on 2027-03-31 --since 2026-12-31 --explain
      build.py revenue --on 2027-03-31 --by plan --csv
    """
    from datetime import date

    from contract_assembly.billing import revenue_report
    from contract_assembly.billing.revenue import revenue as made
    from contract_assembly.build.builder import readable_agreements
    from contract_assembly.repository.inputs import Repository

    if as_csv_ and as_json_:
        raise click.UsageError("choose --csv or --json")
    today = day(on) if on else date.today()  # noqa: DTZ011  # the user's own clock
    earlier = day(since) if since else None
    if earlier and earlier >= today:
        raise click.UsageError("--since must be before --on")
    repository = Repository(context.obj)
    pairs, unusable = readable_agreements(repository, client)
    with Progress(len(pairs), quiet=as_csv_ or as_json_, label="Counting") as step:
        found = made(repository, pairs, today, earlier, step)
    found.problems += unusable
    if as_json_:
        data = revenue_report.as_data(found, by, explain=explain)
        click.echo(to_json({**data, "problems": [as_data(each) for each in in_order(found.problems)]}))
    elif as_csv_:
        click.echo(revenue_report.as_csv(found, by), nl=False)
    else:
        click.echo(revenue_report.as_text(found, by, explain=explain))
    if not as_json_:
        show(found.problems)
    context.exit(PROBLEMS if errors(found.problems) else DONE)
