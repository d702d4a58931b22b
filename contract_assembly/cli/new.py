"""The command that begins a client or an agreement."""

from pathlib import Path
from typing import Any

import click

from contract_assembly.cli.lookup import day
from contract_assembly.cli.output import NAME, holding
from contract_assembly.core.paths import folder_of
from contract_assembly.core.report import to_json


@click.command(short_help="Begin a client or a further agreement: commented files that build.")
@click.argument("client", type=NAME)
@click.option("--kind", type=click.Choice(["support", "time-block"]), required=True, help="What is sold.")
@click.option(
    "--first-day", required=True, metavar="DATE", help="The first day of the term; its year names the folder."
)
@click.option("--place", metavar="PLACE", help="Where the client is: a code like US-FL, or a name like Ontario.")
@click.option("--law", metavar="PLACE", help="The law of the agreement, if it is not that of the client's place.")
@click.option("--like", metavar="CLIENT/AGREEMENT", help="Take law, plan, prices and term from this agreement.")
@click.option("--json", "as_json_", is_flag=True, help="Report as JSON.")
@click.pass_obj
def new(
    root: Path,
    client: str,
    kind: Any,
    first_day: str,
    place: str | None,
    law: str | None,
    like: str | None,
    as_json_: bool,
) -> None:
    """Begin a client, or a further agreement of one: commented files that are valid and build as a draft, with a list of
    what is still to be found out. Nothing that is there is overwritten.

    The client's place decides the law, the currency, the spelling and the tax; docs/places.md lists what is known of each.

    \b
    Examples:
      build.py new oakridge --kind support --first-day 2027-01-01 --place US-NY
      build.py new oakridge --kind time-block --first-day 2027-01-01 --place Ontario
      build.py new oakridge --kind support --first-day 2027-01-01 --place US-FL --law US-NY
      build.py new oakridge --kind support --first-day 2027-01-01 --like acme/2026-support
    """
    from contract_assembly.actions.new_client import Start, started
    from contract_assembly.build.builder import select_agreements
    from contract_assembly.repository.inputs import Repository

    if like is not None and like.count("/") != 1:
        raise click.UsageError("--like names a client and an agreement: acme/2026-support")
    with holding(root) as store:
        repository = Repository(root)
        other = select_agreements(repository, *like.split("/"))[0] if like else None
        name, files = started(repository, Start(client, kind, day(first_day), place, law, other))
        inside = {path.removeprefix(f"{folder_of(client)}/"): data for path, data in files.items()}
        changed = store.put(folder_of(client), inside, last=f"{name}/agreement.yaml")
    if as_json_:
        click.echo(to_json({"client": client, "agreement": name, "changed": list(changed)}))
        return
    for each in changed:
        click.echo(f"{folder_of(client, each)}: begun; fill it in")
    click.echo(f"then: build.py --client {client} --agreement {name}, and build.py status {client}")
