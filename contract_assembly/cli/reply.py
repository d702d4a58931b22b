"""The command that writes our answer to a round of a negotiation."""

from datetime import date
from pathlib import Path

import click

from contract_assembly.cli.output import answer, holding, written, wrote_as_data
from contract_assembly.cli.parameters import DRY_RUN, JSON, NAME, ONE, agreement_of, on, today
from contract_assembly.core.paths import Target, folder_of


@click.command(short_help="Write our answer to what came back: tracked changes over their words, and a mail draft.")
@ONE
@click.option("--round", "number", type=click.IntRange(1), default=None, help="This round. Default: the last one.")
@click.option("--to", type=NAME, default=None, help="The address of the reader. Default: the client's contact.")
@on("The day of the answer. Default: today.")
@DRY_RUN
@JSON
@click.pass_obj
def reply(
    root: Path,
    /,
    target: Target,
    number: int | None,
    to: str | None,
    on: date | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Write the answer to a round, once its decisions are carried out: a Word file in which our new state is tracked over their
    words, with a comment of ours at each point that we refuse or counter and an answer to each comment of theirs; and a mail
    draft that lists the points that are open and those that are settled.

    \b
    Examples:
      build.py reply acme
      build.py reply acme/2026-support --to counsel@client.example --on 2026-12-01
    """
    from contract_assembly.actions.reply import reply as work
    from contract_assembly.repository.inputs import Repository

    client, agreement = agreement_of(Repository(root), target)
    with holding(root, quiet=as_json, dry_run=dry_run) as store:
        found, wrote = work(store, client, agreement, day=on or today(), number=number or 0, to=to or "")
    folder = folder_of(client, agreement)
    if as_json:
        answer({"round": found.number, **wrote_as_data(folder, wrote, dry_run=dry_run)})
    else:
        click.echo(f"{folder}: {written(wrote, dry_run=dry_run)}")
