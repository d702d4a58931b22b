"""The command that shows the status of agreements, and takes the steps from draft to sent, signed and ended."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.lookup import day
from contract_assembly.cli.output import DONE, NAME, PROBLEMS, finish_interrupted, given, holding, show
from contract_assembly.core.paths import folder_of
from contract_assembly.core.report import as_data, to_json

if TYPE_CHECKING:
    from contract_assembly.actions.lifecycle import Standing


@click.command(short_help="Show the status of agreements, and take the step to sent, signed or ended.")
@click.argument("client", type=NAME)
@click.option("--agreement", type=NAME, help="Only this agreement of the client.")
@click.option("--document", type=NAME, help="Only this document of it. Default with --set: the contract.")
@click.option("--set", "to", type=click.Choice(["draft", "sent", "signed", "ended"]), help="Take this step.")
@click.option("--on", metavar="DATE", help="The day of the last signature, or the last day of the agreement.")
@click.option("--signed-file", type=click.Path(path_type=Path), help="The countersigned PDF, to file next to ours.")
@click.option("--reason", default="", help="Reason for taking a step back, for an early end or for a correction.")
@click.option("--by", type=click.Choice(["client", "provider", "both"]), help="Who ended the agreement.")
@click.option("--dry-run", is_flag=True, help="Show what the step would write, and write nothing.")
@click.option("--json", "as_json_", is_flag=True, help="Report as JSON.")
@click.pass_context
def status(
    context: click.Context,
    client: str,
    agreement: str | None,
    document: str | None,
    to: str | None,
    on: str | None,
    signed_file: Path | None,
    reason: str,
    by: str | None,
    dry_run: bool,
    as_json_: bool,
) -> None:
    """Show the status of each document of a client and what is in the way of its next step; with --set, take the step.

    A draft becomes sent (the final version is built), sent becomes signed (a signed document is frozen for good), signed becomes
    ended on its last day. With --reason, a sent document goes back to draft, and an end is taken back while nothing depends on
    it. A contract that changed after it was sent is sent again as a new version. A step is taken whole or not at all.

    \b
    Examples:
      build.py status acme
      build.py status acme --agreement 2026-support --set sent
      build.py status acme --agreement 2026-support --set signed --on 2026-09-21 --signed-file back.pdf
      build.py status acme --agreement 2026-support --set ended --on 2027-03-31 --by client --reason "Section 20.1"
    """
    from contract_assembly.actions.lifecycle import Taken, take
    from contract_assembly.actions.steps import Wish
    from contract_assembly.build.builder import select_agreements
    from contract_assembly.repository.inputs import Repository

    if to is None and (on or signed_file or reason or by or dry_run):
        raise click.UsageError("--on, --signed-file, --reason, --by and --dry-run go with --set")
    if to:
        finish_interrupted(context.obj)
    pairs = select_agreements(Repository(context.obj), client, agreement)
    taken = Taken(())
    if to:
        if len(pairs) != 1:
            raise click.UsageError(f"name one agreement: {' or '.join(f'--agreement {name}' for _, name in pairs)}")
        document = document or "contract"
        copy = given(signed_file) if signed_file else None
        wish = Wish(to, day(on) if on else None, copy, reason, by or "")
        with holding(context.obj) as store:
            taken = take(store, *pairs[0], document, wish, dry_run=dry_run)
    found = _standings(Repository(context.obj), pairs, document)
    if as_json_:
        documents = [_as_data(each) for each in found]
        click.echo(to_json({"changed": list(taken.changed), "notes": list(taken.notes), "documents": documents}))
    else:
        if taken.changed:
            done = f"{document} would be {to}; would write" if dry_run else f"{document} is {to}; wrote"
            click.echo(f"{folder_of(*pairs[0])}: {done} {', '.join(taken.changed)}")
        for note in taken.notes:
            click.echo(note)
        for each in found:
            _show(each)
    broken = [each for each in found if each.open and each.status not in {"draft", "sent"}]
    context.exit(PROBLEMS if broken else DONE)


def _standings(repository: Any, pairs: Any, document: str | None) -> "list[Standing]":
    from contract_assembly.actions.lifecycle import standing

    return [
        standing(repository, client, agreement, name)
        for client, agreement in pairs
        for name in ("contract", *repository.documents(client, agreement))
        if document in {None, name}
    ]


def _show(found: "Standing") -> None:
    steps = f", next: {' or '.join(found.next)}" if found.next else ""
    click.echo(f"{found.client}/{found.agreement} {found.document}: {found.status}{steps}; {len(found.open)} open")
    show(found.open)


def _as_data(found: "Standing") -> dict[str, Any]:
    return {
        "client": found.client,
        "agreement": found.agreement,
        "document": found.document,
        "status": found.status,
        "next": list(found.next),
        "open": [as_data(each) for each in found.open],
    }
