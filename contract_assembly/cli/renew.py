"""The command that plans renewals and carries them out."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.lookup import day
from contract_assembly.cli.output import DONE, NAME, PROBLEMS, Progress, bug, finish_interrupted, show
from contract_assembly.core.problems import Problem, in_order
from contract_assembly.core.report import as_data, to_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contract_assembly.actions.renew.batch import Done
    from contract_assembly.core.values import DateRange


@click.command(short_help="Plan the renewals that come up, or carry them out.")
@click.option("--by", metavar="DATE", required=True, help="Renewals for which something is to be done until this day.")
@click.option("--on", metavar="DATE", help="As it stands on this day; by default today.")
@click.option("--client", type=NAME, help="Only this client.")
@click.option("--apply", "apply_", is_flag=True, help="Write what is planned, each client whole or not at all.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="How many to work on side by side."
)
@click.option("--json", "as_json_", is_flag=True, help="As JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="As CSV, for a spreadsheet.")
@click.pass_context
def renew(
    context: click.Context,
    by: str,
    on: str | None,
    client: str | None,
    apply_: bool,
    jobs: int,
    as_json_: bool,
    as_csv: bool,
) -> None:
    """Who renews, by when, at which price and why, what will be written, and what stands in the way. Nothing is changed.

    With --apply, for each client in whose way nothing stands: the next term's agreement.yaml as a draft, its contract, a redline
    against the signed one, and the letters in the folder of the term that ends. The signed agreement itself is never touched.
    What was carried out before is left alone, so an interrupted run is simply run again. Nothing is sent.

    Exit code 1 if a renewal is blocked or an agreement cannot be read; the rest is carried out.

    \b
    Examples:
      build.py renew --by 2027-03-31                            the plan
      build.py renew --by 2027-03-31 --client acme
      build.py renew --by 2027-03-31 --csv > plan.csv
      build.py renew --by 2027-03-31 --on 2026-12-01 --apply --jobs 8
    """
    from contract_assembly.actions.renew import report
    from contract_assembly.core.values import DateRange

    if as_json_ and as_csv:
        raise click.UsageError("--csv and --json do not go together")
    today = day(on) if on else date.today()  # noqa: DTZ011  # the day of whoever asks, on their own clock
    last = day(by)
    if last < today:
        raise click.UsageError("--by comes before --on")
    found, problems = _found(context.obj, client, DateRange(today, last), jobs, apply=apply_, quiet=as_json_ or as_csv)
    if as_csv:
        click.echo(report.spreadsheet(found), nl=False)
        show(problems)
    elif as_json_:
        listed = [report.as_data(each) for each in found]
        told = [as_data(each) for each in in_order(problems)]
        about = {"on": str(today), "by": str(last), "applied": apply_, "renewals": listed, "problems": told}
        click.echo(to_json({**about, "summary": report.summary(found, applied=apply_)}))
    else:
        click.echo(report.text(found, applied=apply_))
        show(problems)
    if bugs := [each.bug for each in found if each.bug]:
        context.exit(bug("\n".join(bugs)))
    context.exit(PROBLEMS if problems or any(each.blocked for each in found) else DONE)


def _found(
    root: Path, client: str | None, days: "DateRange", jobs: int, *, apply: bool, quiet: bool
) -> "tuple[Sequence[Done], tuple[Problem, ...]]":
    """The renewals, planned or carried out, with a bar and the time left on a terminal."""
    from contract_assembly.actions.renew.batch import applied, planned
    from contract_assembly.build.builder import readable_agreements
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.repository.lost_files import lost_files

    if apply:
        finish_interrupted(root)
    repository = Repository(root)
    pairs, unusable = readable_agreements(repository, client)
    with Progress(len(pairs), quiet=quiet, label="Planning") as step:

        def tell(count: int) -> None:
            for _ in range(count):
                step()

        found, problems = planned(root, pairs, days, tell, jobs)
    problems = (*problems, *unusable, *lost_files(repository, client))
    if not apply:
        return found, problems
    todo = sum(each.plan.state == "to do" for each in found)
    with Progress(todo, quiet=quiet, label="Renewing") as step:

        def done(_: Any) -> None:
            step()

        return applied(root, [each.plan for each in found], days.first, done, jobs), problems
