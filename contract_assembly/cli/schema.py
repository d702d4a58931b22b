"""The command that prints the JSON Schema of the YAML files."""

import json

import click

from contract_assembly.cli.output import answer
from contract_assembly.cli.parameters import JSON


@click.command(short_help="Print the JSON Schema of the YAML files, for editors.")
@click.argument("name", required=False)
@JSON
def schema(name: str | None, as_json: bool) -> None:
    """Print the JSON Schema of a kind of YAML file, for editors, or list the kinds. The sample files name their schema in
    the first line.

    \b
    Examples:
      build.py schema                list the kinds
      build.py schema agreement      print one schema
    """
    from contract_assembly.actions.json_schema import SCHEMAS, schema_of
    from contract_assembly.core.text import did_you_mean

    if name is not None and name not in SCHEMAS:
        raise click.UsageError(f"there is no schema {name}: {did_you_mean(name, SCHEMAS)}")
    if as_json:
        answer({"schemas": list(SCHEMAS)} if name is None else {"schema": json.loads(schema_of(name))})
    else:
        click.echo("\n".join(SCHEMAS) + "\n" if name is None else schema_of(name), nl=False)
