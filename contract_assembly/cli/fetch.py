"""The command that fetches the signed file of a request for signature."""

from datetime import date

import click

from contract_assembly.cli.output import DONE, PROBLEMS, answer, holding, written, wrote_as_data
from contract_assembly.cli.parameters import DRY_RUN, JSON, NAME, ONE, agreement_of, on
from contract_assembly.cli.send import esign_key
from contract_assembly.core.paths import Target, folder_of


@click.command(short_help="Fetch the signed contract and its certificate from the e-sign service, and file them.")
@ONE
@click.option("--document", type=NAME, default="contract", show_default=True, help="The contract, or an amendment.")
@on("The day of the last signature. Default: as the service says.")
@click.option("--looked-at-by", type=NAME, default=None, help="Who read a file without readable words.")
@DRY_RUN
@JSON
@click.pass_context
def fetch(
    context: click.Context,
    /,
    target: Target,
    document: str,
    on: date | None,
    looked_at_by: str | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Ask the service for the status of a request of build.py send. When all have signed, fetch the signed PDF and the
    certificate of completion, examine them as status --set signed --signed-file does, and file them in the same way. While
    a signature is missing, nothing is written, and the exit code is 1.

    \b
    Examples:
      build.py fetch acme
      build.py fetch acme/2026-support --document amendment-1
    """
    from contract_assembly.actions.fetch import fetch as work
    from contract_assembly.repository.inputs import Repository

    client, agreement = agreement_of(Repository(context.obj), target)
    key = esign_key()
    with holding(context.obj, quiet=as_json, dry_run=dry_run) as store:
        found = work(store, client, agreement, document, key=key, on=on, looked_at_by=looked_at_by or "")
    folder, wrote = folder_of(client, agreement), found.taken.changed if found.taken else ()
    signed, waiting = list(found.standing.signed), list(found.standing.waiting)
    if as_json:
        notes = list(found.taken.notes) if found.taken else []
        people = {"state": found.standing.state, "signed": signed, "waiting": waiting, "notes": notes}
        answer({**people, **wrote_as_data(folder, wrote, dry_run=dry_run)})
    else:
        by = f"signed by {' and '.join(signed)}" if signed else "not signed yet" if waiting else "signed"
        click.echo(f"{folder}: {written(wrote, dry_run=dry_run)}; {by}")
        if waiting:
            click.echo(f"not signed by {' and '.join(waiting)}")
        for note in found.taken.notes if found.taken else ():
            click.echo(note)
    context.exit(DONE if found.taken else PROBLEMS)
