"""The command that lists what comes up: notices, decision days, reviews, tests, expiries. It changes nothing."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.lookup import day
from contract_assembly.cli.output import DONE, NAME, PROBLEMS, Progress, show
from contract_assembly.core.problems import in_order
from contract_assembly.core.report import as_data, to_json

if TYPE_CHECKING:
    from contract_assembly.renewals.duties.upcoming import Upcoming


@click.command(short_help="Every notice, deadline, review and expiry that comes up.")
@click.option("--by", metavar="DATE", help="Up to this day; by default 90 days from --on.")
@click.option("--on", metavar="DATE", help="As it stands on this day; by default today.")
@click.option("--client", type=NAME, help="Only this client, without what is due for the firm.")
@click.option("--explain", type=NAME, metavar="CLIENT", help="How each date of this client came about, step by step.")
@click.option("--ics", type=click.Path(dir_okay=False, path_type=Path), help="Also write a calendar file.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="How many to look at side by side."
)
@click.option("--json", "as_json_", is_flag=True, help="As JSON.")
@click.pass_context
def due(
    context: click.Context,
    by: str | None,
    on: str | None,
    client: str | None,
    explain: str | None,
    ics: Path | None,
    jobs: int,
    as_json_: bool,
) -> None:
    """Everything that comes up: price notices, statutory notices, decision days, renewals, reviews, restore tests, ends of
    licences and blocks, approvals that end. What is overdue comes first.

    \b
    Examples:
      build.py due                                    the next 90 days
      build.py due --by 2027-12-31 --client acme
      build.py due --by 2027-12-31 --ics duties.ics   for any calendar
      build.py due --explain acme                     why each date is what it is
    """
    from contract_assembly.core.values import DateRange
    from contract_assembly.renewals.duties import report

    if explain and (client or ics):
        raise click.UsageError("--explain names its client itself, and goes neither with --client nor with --ics")
    today = day(on) if on else date.today()  # noqa: DTZ011  # the day of whoever asks, on their own clock
    last = day(by) if by else today + timedelta(days=365 if explain else 90)
    if last < today:
        raise click.UsageError("--by comes before --on")
    found = _found(context.obj, client or explain, DateRange(today, last), jobs, quiet=as_json_)
    if ics:
        from contract_assembly.renewals.duties.calendar_file import calendar_file
        from contract_assembly.repository.store.output import write_named

        write_named(ics, calendar_file(found.duties, today))
    if as_json_:
        listed = [report.as_data(each, today) for each in found.duties]
        click.echo(
            to_json(
                {
                    "on": str(today),
                    "by": str(last),
                    "due": listed,
                    "problems": [as_data(p) for p in in_order(found.problems)],
                }
            )
        )
    else:
        click.echo(report.explained(found.duties) if explain else report.table(found.duties, today))
        show(found.problems)
    context.exit(PROBLEMS if found.problems else DONE)


def _found(root: Path, client: str | None, days: Any, jobs: int, *, quiet: bool) -> "Upcoming":
    from contract_assembly.build.builder import readable_agreements
    from contract_assembly.renewals.duties.upcoming import upcoming
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.repository.lost_files import lost_files

    repository = Repository(root)
    pairs, unusable = readable_agreements(repository, client)
    with Progress(len(pairs), quiet=quiet, label="Looking") as step:

        def tell(count: int) -> None:
            for _ in range(count):
                step()

        found = upcoming(repository, pairs, days, tell, firm=client is None, jobs=jobs)
    return replace(found, problems=(*found.problems, *unusable, *lost_files(repository, client)))
