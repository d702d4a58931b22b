"""The command that writes a mapping for an export that has none."""

from pathlib import Path

import click

from contract_assembly.cli.output import answer, holding, show, written, wrote_as_data
from contract_assembly.cli.parameters import DRY_RUN, GIVEN_FILE, JSON, NAME, given, spare_samples
from contract_assembly.core.origin import Origin
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import slug

_FOLDER = "provider/mappings"


@click.command(short_help="Write a mapping for another program's export, to check by hand.")
@click.option(
    "--guess", "file", type=GIVEN_FILE, required=True, help="An export as CSV: its headings and first rows are read."
)
@click.option("--name", type=NAME, help="The name of the mapping. Default: that of the file.")
@click.option(
    "--kind",
    type=click.Choice(["clients", "tickets", "time-entries", "counts"]),
    default=None,
    help="What the export holds. Default: what its headings look like.",
)
@DRY_RUN
@JSON
@click.pass_obj
def mapping(root: Path, file: Path, name: str | None, kind: str | None, dry_run: bool, as_json: bool) -> None:
    """Write a mapping for an export of another program: clients with their contracts, tickets, time entries, or counts of users
    and devices. What each column is for follows from its head; forms of days, words and separators from the first rows.

    It is a guess: every line that needs a look has a comment, and what could not be guessed is listed. An existing
    mapping is never overwritten.

    \b
    Examples:
      build.py mapping --guess export.csv --dry-run
      build.py mapping --guess export.csv --name our-tickets
      build.py mapping --guess hours.csv --kind time-entries
    """
    from contract_assembly.actions.mapping_guess.guessing import guess, still_open
    from contract_assembly.repository.inputs import Repository

    spare_samples(root)
    called = name or slug(file.stem) or "export"
    path = f"{_FOLDER}/{called}.yaml"
    with holding(root, quiet=as_json, dry_run=dry_run) as store:
        repository = Repository(root)
        repository.check_name("mapping", called, _FOLDER)
        if repository.source.has(path):
            hint = f"give the new one a name of its own: --name our-{called}"
            raise RefusedError([Problem("exists-already", f"{path} already exists", Origin(path), hint)])
        found = guess(given(file), str(file), called, kind or "")
        wrote = store.put(_FOLDER, {f"{called}.yaml": found.text.encode()}, last=f"{called}.yaml")
    problems = still_open(found, path)
    if as_json:
        about = {"kind": found.kind, "columns": dict(found.columns.named), "unread": list(found.columns.unread)}
        answer({**about, **wrote_as_data(_FOLDER, wrote, dry_run=dry_run)}, problems)
        return
    show(problems)
    if dry_run:
        click.echo(found.text, nl=False)
    click.echo(f"{_FOLDER}: {written(wrote, dry_run=dry_run)}; kind: {found.kind}, columns: {len(found.columns.named)}")
    if found.columns.unread:
        click.echo(f"columns that nothing reads: {', '.join(found.columns.unread)}")
    click.echo(f"then: check it; {found.command}")
