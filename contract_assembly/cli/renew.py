"""The command `renew`: plan renewals, and carry them out."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.old_forms import OverAll
from contract_assembly.cli.output import DONE, PROBLEMS, Progress, answer, bug, finish_interrupted, show
from contract_assembly.cli.parameters import APPLY, CLIENTS, CSV, DATE, ENGINE, JOBS, JSON, on, one_form, today
from contract_assembly.cli.workers import SCHEDULER, where
from contract_assembly.core.paths import Target
from contract_assembly.core.problems import Problem
from contract_assembly.writers.formats import Engine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contract_assembly.actions.renew.batch import Done
    from contract_assembly.core.parallel import Jobs
    from contract_assembly.core.values import DateRange


@click.command(cls=OverAll, short_help="Plan the renewals that come up, or carry them out.")
@click.option("--by", type=DATE, required=True, help="Renewals that need something until this day.")
@on("Plan as of this day. Default: today.")
@CLIENTS
@APPLY
@ENGINE
@JOBS
@SCHEDULER
@CSV
@JSON
@click.pass_context
def renew(
    context: click.Context,
    /,
    by: date,
    on: date | None,
    targets: tuple[Target, ...],
    apply: bool,
    engine: Engine | None,
    jobs: int,
    scheduler: str | None,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Plan renewals: who renews, by when, at which price and why, which files are written, and what blocks it.

    Without --apply nothing is changed. With it, each renewal that is not blocked is carried out: the next term's agreement.yaml
    as a draft, its contract, a redline against the signed one, and the letters in the folder of the term that ends. A client who
    declined gets an answer. The signed agreement is never changed, and nothing is sent. To finish an interrupted run, run the
    command again: it leaves alone what was carried out before.

    A contract that no one has signed yet has nothing to renew: it is listed at the end, and blocks nothing.

    Exits 1 if a renewal is blocked or an agreement cannot be read; the others are carried out.

    \b
    Examples:
      build.py renew --by 2027-03-31                            the plan
      build.py renew --by 2027-03-31 --client acme
      build.py renew --by 2027-03-31 --csv > plan.csv
      build.py renew --by 2027-03-31 --on 2026-12-01 --apply --jobs 8
      build.py renew --by 2027-03-31 --apply --engine typst
    """
    from contract_assembly.actions.renew import report
    from contract_assembly.core.values import DateRange

    one_form(as_csv=as_csv, as_json=as_json)
    first = on or today()
    if by < first:
        raise click.UsageError("--by is earlier than --on")
    workers, quiet = where(context.obj, jobs, scheduler), as_json or as_csv
    found, problems = _found(
        context.obj, targets, DateRange(first, by), workers, apply=apply, engine=engine, quiet=quiet
    )
    if as_csv:
        click.echo(report.spreadsheet(found), nl=False)
        show(problems)
    elif as_json:
        about = {
            "on": str(first),
            "by": str(by),
            "applied": apply,
            "renewals": [report.as_data(each) for each in found],
        }
        answer({**about, "summary": report.summary(found, applied=apply)}, problems)
    else:
        click.echo(report.text(found, applied=apply))
        show(problems)
    if bugs := [each.bug for each in found if each.bug]:
        context.exit(bug("\n".join(bugs)))
    context.exit(PROBLEMS if problems or any(each.blocked for each in found) else DONE)


def _found(
    root: Path,
    targets: tuple[Target, ...],
    days: "DateRange",
    jobs: "Jobs",
    *,
    apply: bool,
    engine: Engine | None,
    quiet: bool,
) -> "tuple[Sequence[Done], tuple[Problem, ...]]":
    """The renewals, planned or carried out, with a progress bar on a terminal."""
    from contract_assembly.actions.renew.batch import applied, planned
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.repository.lost_files import lost_files
    from contract_assembly.repository.selection import selected

    if apply:
        finish_interrupted(root)
    repository = Repository(root)
    pairs, unusable = selected(repository, targets)
    with Progress(len(pairs), quiet=quiet, label="Planning") as step:

        def progress(count: int) -> None:
            for _ in range(count):
                step()

        found, problems = planned(root, pairs, days, progress, jobs)
    problems = (*problems, *unusable, *lost_files(repository, [each.client for each in targets]))
    if not apply:
        return found, problems
    todo = sum(each.plan.state == "to do" for each in found)
    with Progress(todo, quiet=quiet, label="Renewing") as step:

        def done(_: Any) -> None:
            step()

        return applied(root, [each.plan for each in found], days.first, done, jobs, engine=engine), problems
