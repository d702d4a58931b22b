"""The command that shows how agreements stand, and takes the steps from draft to sent, signed and ended."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.lookup import day
from contract_assembly.cli.output import DONE, NAME, PROBLEMS, holding, show
from contract_assembly.core.paths import folder_of
from contract_assembly.core.report import as_data, to_json

if TYPE_CHECKING:
    from contract_assembly.actions.lifecycle import Standing


@click.command(short_help="How agreements stand, and the step to sent, signed or ended.")
@click.argument("client", type=NAME)
@click.option("--agreement", type=NAME, help="Only this agreement of the client.")
@click.option("--document", type=NAME, help="Only this document of it; by default the contract, for a step.")
@click.option("--set", "to", type=click.Choice(["draft", "sent", "signed", "ended"]), help="Take this step.")
@click.option("--on", metavar="DATE", help="The day of the last signature, or the last day of what ended early.")
@click.option("--signed-file", type=click.Path(path_type=Path), help="The countersigned PDF, to file beside ours.")
@click.option("--reason", default="", help="Why what was sent is taken back, or on which ground it ended early.")
@click.option("--by", type=click.Choice(["client", "provider", "both"]), help="Who ended what ended early.")
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
    as_json_: bool,
) -> None:
    """How each document of a client stands and what stands between it and the next step; with --set, take the step.

    A draft becomes sent (the final version is built), sent becomes signed (its files are frozen), signed becomes
    ended. What was sent can go back to draft, for a reason; what is signed never does. A step is taken whole or not at all.

    \b
    Examples:
      build.py status acme
      build.py status acme --agreement 2026-support --set sent
      build.py status acme --agreement 2026-support --set signed --on 2026-09-21 --signed-file back.pdf
      build.py status acme --agreement 2026-support --set ended --on 2027-03-31 --by client --reason "Section 20.1"
    """
    from contract_assembly.actions.lifecycle import Wish, read_pdf, take
    from contract_assembly.build.builder import select_agreements
    from contract_assembly.repository.inputs import Repository

    pairs = select_agreements(Repository(context.obj), client, agreement)
    changed: tuple[str, ...] = ()
    if to is None and (on or signed_file or reason or by):
        raise click.UsageError("--on, --signed-file, --reason and --by go with --set")
    if to:
        if len(pairs) != 1:
            raise click.UsageError(f"name one agreement: {' or '.join(f'--agreement {name}' for _, name in pairs)}")
        document = document or "contract"
        wish = Wish(to, day(on) if on else None, read_pdf(signed_file) if signed_file else None, reason, by or "")
        with holding(context.obj) as store:
            changed = take(store, *pairs[0], document, wish)
    found = _standings(Repository(context.obj), pairs, document)
    if as_json_:
        click.echo(to_json({"changed": list(changed), "documents": [_as_data(each) for each in found]}))
    else:
        if changed:
            click.echo(f"{folder_of(*pairs[0])}: {document} is {to}; wrote {', '.join(changed)}")
        for each in found:
            _tell(each)
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


def _tell(found: "Standing") -> None:
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
