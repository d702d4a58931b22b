"""The command that receives a contract with the other side's changes."""

from datetime import date
from pathlib import Path

import click

from contract_assembly.cli.comparing import put
from contract_assembly.cli.output import DONE, PROBLEMS, answer, holding, written, wrote_as_data
from contract_assembly.cli.parameters import DRY_RUN, GIVEN_FILE, JSON, ONE, agreement_of, given, on, today
from contract_assembly.core.paths import Target, folder_of


@click.command(short_help="Receive a contract that came back as a Word file: list what was changed in it, by clause.")
@ONE
@click.argument("file", type=GIVEN_FILE)
@click.option("--from", "sender", default="", metavar="NAME", help="Who sent it, for the record.")
@click.option("--sent", type=GIVEN_FILE, help="The Word file that it answers, where it does not say so itself.")
@on("The day on which it came. Default: today.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also write the changes as a web page to FILE.",
)
@DRY_RUN
@JSON
@click.pass_context
def receive(
    context: click.Context,
    /,
    target: Target,
    file: Path,
    sender: str,
    sent: Path | None,
    on: date | None,
    output: Path | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Compare a Word file that came back with the contract that was sent, and list the changes by clause: words
    inserted, deleted, moved and commented, facts that were changed, and whether each change is tracked. Each is
    judged: within what is approved, one of our own clauses, nearest to one, or new.

    The file and an entry for each change are kept in negotiation/ of the agreement. Write a decision at each entry, then run
    negotiate. The exit code is 1 while a change is undecided. A file that came before is shown with its decisions.

    \b
    Examples:
      build.py receive acme back.docx --from "Counsel of Acme"
      build.py receive acme/2026-support back.docx --output changes.html --dry-run
      build.py receive acme pasted.docx --sent agreements/acme/2026-support/contract.docx
    """
    from contract_assembly.actions.negotiation import report
    from contract_assembly.actions.receive import receive as work
    from contract_assembly.repository.inputs import Repository

    client, agreement = agreement_of(Repository(context.obj), target)
    data, named = given(file), given(sent) if sent else None
    with holding(context.obj, quiet=as_json, dry_run=dry_run) as store:
        found, wrote = work(store, client, agreement, data, sender=sender, day=on or today(), named=named)
    if output:
        put(output, report.as_page(found).encode())
    folder = folder_of(client, agreement)
    if as_json:
        answer({**report.as_data(found), **wrote_as_data(folder, wrote, dry_run=dry_run)})
    else:
        click.echo(report.as_text(found))
        click.echo(f"{folder}: {written(wrote, dry_run=dry_run)}")
    context.exit(PROBLEMS if found.open else DONE)
