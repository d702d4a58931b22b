"""The command that sends a document to an e-sign service. With `fetch`, the only one that opens a connection."""

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contract_assembly.cli.output import answer, holding, written, wrote_as_data
from contract_assembly.cli.parameters import DRY_RUN, JSON, NAME, ONE, agreement_of, on, today
from contract_assembly.core.paths import Target, folder_of
from contract_assembly.core.report import to_json

if TYPE_CHECKING:
    from contract_assembly.actions.send import Prepared

KEY = "CONTRACTS_ESIGN_KEY"


def esign_key() -> str:
    """The key of the service's API, from the environment only. Raises click's UsageError."""
    key = os.environ.get(KEY, "").strip()
    if not key or not key.isascii() or not key.isprintable():
        raise click.UsageError(f"put the key of the e-sign service's API into the variable {KEY}")
    return key


@click.command(short_help="Send a contract to an e-sign service, for every signatory to sign.")
@ONE
@click.option("--document", type=NAME, default="contract", show_default=True, help="The contract, or an amendment.")
@on("The day on which it is sent. Default: today.")
@DRY_RUN
@JSON
@click.pass_obj
def send(root: Path, /, target: Target, document: str, on: date | None, *, dry_run: bool, as_json: bool) -> None:
    """Send a request for signature to DocuSeal or Documenso: the PDF that was sent, its signatories in the order of the signature
    block, and a field for each signature and date where the PDF has them. The service sends its messages to them.

    The service is `esign` in provider/provider.yaml and its address `esign_url`; the key is in the variable CONTRACTS_ESIGN_KEY.
    With --dry-run no connection is opened: it shows what would be sent. What was sent is recorded in signing/, and is never
    sent twice, even if the command was interrupted.

    \b
    Examples:
      build.py send acme --dry-run
      build.py send acme
      build.py send acme/2026-support --document amendment-1
    """
    from contract_assembly.actions.send import prepared
    from contract_assembly.actions.send import send as work
    from contract_assembly.repository.inputs import Repository

    repository = Repository(root)
    client, agreement = agreement_of(repository, target)
    key = "" if dry_run else esign_key()
    with holding(root, quiet=as_json, dry_run=dry_run) as store:
        ready = prepared(Repository(root), client, agreement, document)
        done = work(store, ready, key, on or today())
    folder = folder_of(client, agreement)
    if as_json:
        more = {"service": ready.service, "url": ready.url, "request": done.request, "body": ready.body}
        answer({**more, **wrote_as_data(folder, done.wrote, dry_run=dry_run)})
        return
    way = f"{'would go' if dry_run else 'went'} to {ready.service} at {ready.url}"
    click.echo(f"{folder}: {written(done.wrote, dry_run=dry_run)}; {way}")
    _show(ready, done.request, was_there=done.was_there, dry_run=dry_run)


def _show(ready: "Prepared", request: str, *, was_there: bool, dry_run: bool) -> None:
    if was_there:
        click.echo(f"request {request} already existed, from a command that was interrupted")
    for number, each in enumerate(ready.request.signatories, 1):
        click.echo(f"  {number}. {each.role}: {each.name} <{each.email}>, page {each.signature.page}")
    if dry_run:
        click.echo(to_json(ready.body))
