"""The command that lists clauses without a current approval."""

from datetime import date

import click

from contract_assembly.cli.old_forms import OverAll
from contract_assembly.cli.output import DONE, PROBLEMS, answer, show
from contract_assembly.cli.parameters import CLIENTS, JSON, on
from contract_assembly.core.paths import Target


@click.command(cls=OverAll, short_help="List clauses without a current approval.")
@CLIENTS
@on("Also list what is overdue for review on this day.")
@JSON
@click.pass_context
def approvals(context: click.Context, /, targets: tuple[Target, ...], on: date | None, as_json: bool) -> None:
    """List clauses that agreements use without a current approval: never approved, changed since, or overdue for review.
    Agreements that are signed or ended are left out unless you name their client. The last line says what to do.

    \b
    Examples:
      build.py approvals
      build.py approvals --client acme
      build.py approvals --on 2027-01-01
    """
    from contract_assembly.actions.reviews import listed, open_clauses
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.repository.selection import selected

    repository = Repository(context.obj)
    pairs, unusable = selected(repository, targets)
    rows, problems = open_clauses(repository, pairs, on, signed=bool(targets))
    problems = (*problems, *unusable)
    if as_json:
        found = [
            {"clause": r.clause, "state": r.state, "until": str(r.until or ""), "agreements": list(r.agreements)}
            for r in rows
        ]
        answer({"open": found}, problems)
    else:
        for line in listed(rows):
            click.echo(line)
        show(problems)
    context.exit(PROBLEMS if problems else DONE)
