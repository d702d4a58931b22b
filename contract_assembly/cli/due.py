"""The command `due`: list notices, decision days, reviews, tests and expiries. It changes nothing."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from contract_assembly.cli.old_forms import OverAllByArgument
from contract_assembly.cli.output import DONE, PROBLEMS, Progress, answer, show
from contract_assembly.cli.parameters import CLIENTS, DATE, JOBS, JSON, on, today
from contract_assembly.core.paths import Target

if TYPE_CHECKING:
    from contract_assembly.renewals.duties.upcoming import Upcoming


def _kinds(_context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds that were asked for, with spaces as in the data."""
    from contract_assembly.renewals.duties.duty import KINDS

    found = tuple(each.replace("-", " ") if each not in KINDS else each for each in given)
    if wrong := [each for each in found if each not in KINDS]:
        named = ", ".join(sorted(each.replace(" ", "-") for each in KINDS))
        raise click.BadParameter(f"{wrong[0]} is not a kind of duty. The kinds are: {named}.")
    return found


@click.command(cls=OverAllByArgument, short_help="List every upcoming notice, deadline, review and expiry.")
@click.option("--by", type=DATE, help="List up to this day. Default: 90 days from --on, or a year with --explain.")
@on("List as of this day. Default: today.")
@CLIENTS
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    callback=_kinds,
    metavar="KIND",
    help="Only duties of this kind, like review or restore-test; can be repeated.",
)
@click.option("--all-dates", is_flag=True, help="List each date of a recurring duty, not one row for all.")
@click.option("--explain", is_flag=True, help="Explain each date, step by step.")
@click.option("--ics", type=click.Path(dir_okay=False, path_type=Path), help="Also write a calendar file.")
@JOBS
@JSON
@click.pass_context
def due(
    context: click.Context,
    /,
    by: date | None,
    on: date | None,
    targets: tuple[Target, ...],
    kinds: tuple[str, ...],
    all_dates: bool,
    explain: bool,
    ics: Path | None,
    jobs: int,
    as_json: bool,
) -> None:
    """List everything that comes up: price notices, statutory notices, decision days, answers to clients who decline, renewals,
    what the clauses of each contract promise (reviews, reports, restore tests, counts, the steps of an exit), ends of licences
    and blocks, approvals that end. Overdue duties come first. With --client, the duties of the firm itself are left out.

    A recurring duty takes one row, with its next date and how many more follow; --json, --ics and --all-dates have every date.

    A contract that no one has signed yet has what comes up, and nothing overdue.

    A notice that can go several ways has a last day for each way. It is listed under the first of these days that is still
    ahead, and is overdue once the last one has passed.

    \b
    Examples:
      build.py due                                    the next 90 days
      build.py due --by 2027-12-31 --client acme
      build.py due --kind review --kind restore-test
      build.py due --by 2027-12-31 --ics duties.ics   for any calendar
      build.py due --client acme --explain            why each date is what it is
    """
    from contract_assembly.core.values import DateRange
    from contract_assembly.renewals.duties import report

    if explain and ics:
        raise click.UsageError("--explain and --ics cannot be combined")
    first = on or today()
    last = by or first + timedelta(days=365 if explain else 90)
    if last < first:
        raise click.UsageError("--by is earlier than --on")
    found = _found(context.obj, targets, DateRange(first, last), jobs, quiet=as_json)
    if kinds:
        found = replace(found, duties=tuple(each for each in found.duties if each.kind in kinds))
    if ics:
        from contract_assembly.renewals.duties.calendar_file import calendar_file
        from contract_assembly.repository.store.output import write_named

        write_named(ics, calendar_file(found.duties, first))
    if as_json:
        listed = [report.as_data(each, first) for each in found.duties]
        answer({"on": str(first), "by": str(last), "due": listed}, found.problems)
    else:
        click.echo(
            report.explained(found.duties) if explain else report.table(found.duties, first, all_dates=all_dates)
        )
        show(found.problems)
    context.exit(PROBLEMS if found.problems else DONE)


def _found(root: Path, targets: tuple[Target, ...], days: Any, jobs: int, *, quiet: bool) -> "Upcoming":
    from contract_assembly.renewals.duties.upcoming import upcoming
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.repository.lost_files import lost_files
    from contract_assembly.repository.selection import selected

    repository = Repository(root)
    pairs, unusable = selected(repository, targets)
    lost = lost_files(repository, [each.client for each in targets])
    with Progress(len(pairs), quiet=quiet, label="Looking") as step:

        def progress(count: int) -> None:
            for _ in range(count):
                step()

        found = upcoming(repository, pairs, days, progress, firm=not targets, jobs=jobs)
    return replace(found, problems=(*found.problems, *unusable, *lost))
