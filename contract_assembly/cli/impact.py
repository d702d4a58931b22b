"""The command that shows which agreements a change reaches. It writes only the output."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from contract_assembly.cli.comparing import answered, put
from contract_assembly.cli.old_forms import OverAll
from contract_assembly.cli.output import DONE, PROBLEMS, Progress, show
from contract_assembly.cli.parameters import CLIENTS, JOBS
from contract_assembly.cli.workers import SCHEDULER, where
from contract_assembly.core.paths import Target
from contract_assembly.core.problems import in_order
from contract_assembly.core.report import as_data, to_json


@click.command(cls=OverAll, short_help="Show which agreements a change of clauses, plans, templates or rates reaches.")
@click.option(
    "--base", default="HEAD", show_default=True, metavar="REVISION", help="What the working tree is compared with."
)
@CLIENTS
@JOBS
@SCHEDULER
@answered(("text", "html", "json", "comment"))
@click.pass_context
def impact(
    context: click.Context,
    base: str,
    targets: tuple[Target, ...],
    jobs: int,
    scheduler: str | None,
    form: str,
    output: Path | None,
    as_json: bool,
) -> None:
    """Show which agreements a change of clauses, plans, templates or rates reaches: those that were sent first, then those
    that are decided soonest. A change that is the same in several agreements is shown once. Signed and ended agreements are
    listed as not touched.

    \b
    Examples:
      build.py impact
      build.py impact --client acme
      build.py impact --base main --format html --output reach.html
      build.py impact --base main --jobs 4
      build.py impact --base main --format comment --output comment.md    for a pull request
    """
    from contract_assembly.build import impact_report
    from contract_assembly.build.impact import impact as measured
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.repository.selection import selected

    form = "json" if as_json else form
    length = len(selected(Repository(context.obj), targets)[0])
    with Progress(length, quiet=form == "json" or not sys.stdout.isatty(), label="Comparing") as step:
        found = measured(context.obj, base, step, where(context.obj, jobs, scheduler), targets)
    problems = in_order(found.problems)
    shown: dict[str, Callable[[], str]] = {
        "text": lambda: impact_report.text(found) + "\n",
        "html": lambda: impact_report.page(found),
        "comment": lambda: impact_report.comment(found),
        "json": lambda: to_json({**impact_report.data(found), "problems": [as_data(each) for each in problems]}) + "\n",
    }
    put(output, shown[form]().encode())
    if form != "json":
        show(problems)
    context.exit(PROBLEMS if problems else DONE)
