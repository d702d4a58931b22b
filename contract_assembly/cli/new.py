"""The command that begins a client or an agreement."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from contract_assembly.cli.output import answer, holding, written, wrote_as_data
from contract_assembly.cli.parameters import DATE, DRY_RUN, JSON, NAME, TARGET, agreement_of, spare_samples
from contract_assembly.core.paths import Target, folder_of


@click.command(short_help="Begin a client or a further agreement: commented files that build.")
@click.argument("client", type=NAME)
@click.option("--kind", type=click.Choice(["support", "time-block"]), required=True, help="The kind of agreement.")
@click.option("--first-day", type=DATE, required=True, help="The first day of the term; its year names the folder.")
@click.option("--place", metavar="PLACE", help="Where the client is: a code like US-FL, or a name like Ontario.")
@click.option("--law", metavar="PLACE", help="The law of the agreement, if it is not that of the client's place.")
@click.option(
    "--like",
    type=TARGET,
    metavar="CLIENT[/AGREEMENT]",
    help="Take law, plan, prices and term from this agreement.",
)
@DRY_RUN
@JSON
@click.pass_obj
def new(
    root: Path,
    client: str,
    kind: Any,
    first_day: date,
    place: str | None,
    law: str | None,
    like: Target | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Begin a client, or a further agreement of one: commented files that are valid and build as a draft, with a list of
    what is still to be found out. Existing files are never overwritten.

    The client's place decides the law, the currency, the spelling and the tax; docs/places.md lists what is known of each.

    \b
    Examples:
      build.py new oakridge --kind support --first-day 2027-01-01 --place US-NY
      build.py new oakridge --kind time-block --first-day 2027-01-01 --place Ontario --dry-run
      build.py new oakridge --kind support --first-day 2027-01-01 --place US-FL --law US-NY
      build.py new oakridge --kind support --first-day 2027-01-01 --like acme/2026-support
    """
    from contract_assembly.actions.new_client import Start, started
    from contract_assembly.repository.inputs import Repository

    spare_samples(root)
    folder = folder_of(client)
    with holding(root, quiet=as_json, dry_run=dry_run) as store:
        repository = Repository(root)
        other = agreement_of(repository, like) if like else None
        name, files = started(
            repository, Start(client=client, kind=kind, first_day=first_day, place=place, law=law, like=other)
        )
        inside = {path.removeprefix(f"{folder}/"): data for path, data in files.items()}
        wrote = store.put(folder, inside, last=f"{name}/agreement.yaml")
    if as_json:
        found = {"client": client, "agreement": name, **wrote_as_data(folder, wrote, dry_run=dry_run)}
        answer(found, store.cured)
        return
    click.echo(f"{folder}: {written(wrote, dry_run=dry_run)}")
    if not dry_run:
        click.echo(f"then: fill them in; build.py --client {client}/{name}; build.py status {client}/{name}")
