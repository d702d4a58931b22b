"""The command that shows the rules of law that apply to an agreement."""

from pathlib import Path

import click

from contract_assembly.cli.old_forms import OnOne
from contract_assembly.cli.output import answer
from contract_assembly.cli.parameters import JSON, ONE, agreement_of
from contract_assembly.core.paths import Target


@click.command(cls=OnOne, short_help="Show the rules of law that apply to an agreement, and the state of each.")
@ONE
@JSON
@click.pass_obj
def laws(root: Path, /, target: Target, as_json: bool) -> None:
    """Show the rules of law that apply to an agreement, the state of each, and when its requirement is due.

    This is not legal advice: each rule says whether counsel has verified it.

    \b
    Examples:
      build.py laws acme
      build.py laws acme/2026-support --json
    """
    from contract_assembly.actions.reviews import rules_of_law
    from contract_assembly.repository.inputs import Repository

    repository = Repository(root)
    found = list(rules_of_law(repository, *agreement_of(repository, target)))
    if as_json:
        answer({"rules": found})
        return
    for rule in found:
        click.echo(f"{rule['rule']}: {rule['title']} - {rule['state']} ({rule['severity']})")
        click.echo(f"    {rule['requires']}")
        if rule["window"]:
            click.echo(
                f"    from {rule['window'][0]} to {rule['window'][1]}, by {' or '.join(rule['channels']) or 'any means'}"
            )
        click.echo(
            f"    otherwise: {rule['consequence']} {rule['authority']}; verified by: {rule['verified_by']}; {rule['where']}"
        )
    if not found:
        click.echo("no rule of law in clauses/law applies")
