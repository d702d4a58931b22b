"""The command that shows the points of a negotiation, and carries the decisions out."""

import click

from contract_assembly.cli.output import DONE, PROBLEMS, answer, finish_interrupted, holding, written, wrote_as_data
from contract_assembly.cli.parameters import APPLY, JSON, ONE, agreement_of
from contract_assembly.core.paths import Target, folder_of


@click.command(short_help="Show the open and settled points of a negotiation; with --apply, carry the decisions out.")
@ONE
@click.option("--round", "number", type=click.IntRange(1), default=None, help="This round. Default: the last one.")
@APPLY
@JSON
@click.pass_context
def negotiate(context: click.Context, /, target: Target, number: int | None, *, apply: bool, as_json: bool) -> None:
    """Show each change that came back with the decision about it. With --apply, the decisions are carried out as one set: facts
    and parameters go into agreement.yaml, a clause of ours is chosen by its id, and new words become a negotiated clause below
    the agreement, with its facts still in braces. A contract that was sent gets its next version.

    Nothing is written while a change is undecided, and a second run changes nothing. The exit code is 1 while one is undecided.

    \b
    Examples:
      build.py negotiate acme
      build.py negotiate acme --apply
      build.py negotiate acme/2026-support --round 1 --json
    """
    from contract_assembly.actions.negotiate import carry_out, points
    from contract_assembly.actions.negotiation import report
    from contract_assembly.repository.inputs import Repository

    if apply:
        finish_interrupted(context.obj)
    client, agreement = agreement_of(Repository(context.obj), target)
    found = points(context.obj, client, agreement, number or 0)
    if not as_json:
        click.echo(report.as_text(found))
    wrote: tuple[str, ...] = ()
    if apply or not found.open:
        with holding(context.obj, quiet=as_json, dry_run=not apply) as store:
            wrote = carry_out(store, client, agreement, number or 0)
    folder = folder_of(client)
    if as_json:
        answer({**report.as_data(found), **wrote_as_data(folder, wrote, dry_run=not apply)})
    elif apply or not found.open:
        click.echo(f"{folder}: {written(wrote, dry_run=not apply)}")
    context.exit(PROBLEMS if found.open else DONE)
