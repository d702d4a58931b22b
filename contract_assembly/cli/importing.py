"""The command that imports clients and their contracts from a table."""

from pathlib import Path

import click

from contract_assembly.cli.output import answer, holding, show, written
from contract_assembly.cli.parameters import DRY_RUN, GIVEN_FILE, JSON, NAME, given, spare_samples
from contract_assembly.core.paths import ALL, folder_of
from contract_assembly.core.problems import RefusedError, errors


@click.command(
    "import", short_help="Import clients, with their contracts on other paper, from a spreadsheet or an export."
)
@click.argument("file", type=GIVEN_FILE)
@click.option(
    "--mapping", type=NAME, default="clients", show_default=True, help="A name in provider/mappings, or a path."
)
@DRY_RUN
@JSON
@click.pass_obj
@click.pass_context
def import_clients(context: click.Context, root: Path, file: Path, mapping: str, dry_run: bool, as_json: bool) -> None:
    """Import clients, with the contracts that they signed on other paper, from a CSV file. Each client is imported whole, or
    not at all; what is wrong with a row is listed with its line and column, all at once.

    The contract keeps its own words: its PDF is filed and guarded, and no clause of ours is claimed for it. Renewals, what
    comes up, invoices and letters follow its facts; its first renewal moves it to a plan of ours. See docs/importing.md.

    \b
    Examples:
      build.py import clients.csv --dry-run
      build.py import clients.csv
      build.py import agreements.csv --mapping connectwise-agreements
    """
    from contract_assembly.actions.client_import.importing import taken_over
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.repository.mappings import client_mapping
    from contract_assembly.repository.source import read_named

    spare_samples(root)

    def pdf(path: str) -> bytes:
        return read_named(file.parent / path)

    with holding(root, quiet=as_json, dry_run=dry_run) as store:
        repository = Repository(root)
        found = taken_over(repository, given(file), str(file), client_mapping(repository, mapping), pdf)
        problems, wrote, brought = list(found.problems), list[str](), list[str]()
        if found.clients:
            wrote += store.put("", found.shared)
        for each in found.clients:
            folder = folder_of(each.client)
            try:
                names = store.put(folder, each.files, last=f"{each.agreements[-1]}/record.json")
            except RefusedError as error:
                problems += error.problems
                continue
            wrote += [f"{folder}/{name}" for name in names]
            brought.append(each.client)
    if as_json:
        answer({"clients": brought, "rows": found.rows, "wrote": wrote, "dry_run": dry_run}, problems)
    else:
        show(problems)
        click.echo(f"{ALL}: {written(brought, dry_run=dry_run)}; rows: {found.rows:,}, new clients: {len(brought):,}")
    context.exit(1 if errors(problems) else 0)
