"""The command that lists every fact that a clause can name."""

from pathlib import Path

import click

from contract_assembly.cli.old_forms import OnOne
from contract_assembly.cli.output import answer
from contract_assembly.cli.parameters import JSON, ONE, agreement_of
from contract_assembly.core.paths import Target


@click.command(cls=OnOne, short_help="List every fact that a clause can name, with its kind and place.")
@ONE
@JSON
@click.pass_obj
def facts(root: Path, /, target: Target, as_json: bool) -> None:
    """List every fact that a clause of an agreement can name: its name, its kind, and where it was written.

    \b
    Examples:
      build.py facts acme/2026-support
      build.py facts acme | grep fees
    """
    from contract_assembly.actions.reviews import facts_of
    from contract_assembly.repository.inputs import Repository

    repository = Repository(root)
    found = list(facts_of(repository, *agreement_of(repository, target)))
    if as_json:
        answer({"facts": [{"name": name, "kind": kind, "where": where} for name, kind, where in found]})
        return
    width = max(len(name) for name, _, _ in found)
    for name, kind, where in found:
        click.echo(f"{name:{width}}  {kind:22} {where}")
