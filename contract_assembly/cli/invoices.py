"""The command `invoices`: what is to be invoiced, and, with --issue, what was handed over."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.lookup import day
from contract_assembly.cli.output import DONE, NAME, PROBLEMS, Progress, holding, show
from contract_assembly.core.problems import errors, in_order
from contract_assembly.core.report import as_data, to_json

if TYPE_CHECKING:
    from contract_assembly.billing.invoices import Asked, Found


@click.command(short_help="List what is to be invoiced, with the working of each amount.")
@click.option(
    "--from", "first", required=True, metavar="DATE", help="The first day: periods and events from this day on."
)
@click.option("--to", "last", required=True, metavar="DATE", help="The last day.")
@click.option("--client", type=NAME, help="Only this client.")
@click.option("--issue", is_flag=True, help="Hand over what was not handed over before, and record it in invoiced.csv.")
@click.option("--on", metavar="DATE", help="The day of the invoices that --issue hands over. Default: today.")
@click.option("--dry-run", is_flag=True, help="With --issue: show what would be handed over, and write nothing.")
@click.option("--csv", "as_csv_", is_flag=True, help="As a table for a spreadsheet.")
@click.option("--json", "as_json_", is_flag=True, help="As JSON.")
@click.pass_context
def invoices(
    context: click.Context,
    /,
    first: str,
    last: str,
    client: str | None,
    on: str | None,
    issue: bool,
    dry_run: bool,
    as_csv_: bool,
    as_json_: bool,
) -> None:
    """List the invoices of every agreement that has gone out: billing periods that begin within these days, changes from their
    day, setup fees, prepaid blocks, hours beyond them, credits and refunds. Value added tax is added as an amount, at the rate in
    provider/taxes.yaml.

    With --issue, whatever was not handed over before is recorded in the invoiced.csv of each client. A second run hands over
    nothing. What turns out otherwise later, by a change or an early end, is handed over as a further row with the difference.
    Only signed agreements are handed over.

    \b
    Examples:
      build.py invoices --from 2027-01-01 --to 2027-01-31
      build.py invoices --from 2027-01-01 --to 2027-03-31 --client acme --csv
      build.py invoices --from 2027-01-01 --to 2027-01-31 --issue --on 2026-12-02
    """
    from datetime import date

    from contract_assembly.billing import invoice_report
    from contract_assembly.billing.invoices import Asked
    from contract_assembly.core.values import DateRange

    if (on or dry_run) and not issue:
        raise click.UsageError("--on and --dry-run go with --issue")
    if as_csv_ and as_json_:
        raise click.UsageError("choose --csv or --json")
    days = DateRange(day(first), day(last))
    if days.last < days.first:
        raise click.UsageError("--to comes before --from")
    today = day(on) if on else date.today()  # noqa: DTZ011  # the user's own clock
    asked = Asked(days, today if issue else None)
    quiet = as_csv_ or as_json_
    writes = issue and not dry_run
    found = (_handed_over if writes else _found)(context.obj, client, asked, quiet)
    if as_json_:
        data: dict[str, Any] = {
            "from": str(days.first),
            "to": str(days.last),
            "invoices": [invoice_report.as_data(each) for each in found.invoices],
            "written": [each.path for each in found.hand_overs] if writes else [],
            "problems": [as_data(each) for each in in_order(found.problems)],
        }
        click.echo(to_json(data))
    elif as_csv_:
        click.echo(invoice_report.as_csv(found.invoices), nl=False)
    else:
        click.echo(invoice_report.as_text(found.invoices))
        if writes:
            for each in found.hand_overs:
                click.echo(f"{each.path}: {each.count} {'row' if each.count == 1 else 'rows'} added")
    if not as_json_:
        show(found.problems)
    context.exit(PROBLEMS if errors(found.problems) else DONE)


def _found(root: Path, client: str | None, asked: "Asked", quiet: bool) -> "Found":
    from contract_assembly.billing.invoices import invoices as made
    from contract_assembly.build.builder import readable_agreements
    from contract_assembly.repository.inputs import Repository

    repository = Repository(root)
    pairs, unusable = readable_agreements(repository, client)
    with Progress(len(pairs), quiet=quiet, label="Counting") as step:
        found = made(repository, pairs, asked, step)
    found.problems += unusable
    return found


def _handed_over(root: Path, client: str | None, asked: "Asked", quiet: bool) -> "Found":
    """Add the rows of each client at the end of its file, under the lock: all of them or none."""
    with holding(root, quiet=quiet) as store:
        found = _found(root, client, asked, quiet)
        for each in found.hand_overs:
            store.append(each.path, each.before, each.added)
    return found
