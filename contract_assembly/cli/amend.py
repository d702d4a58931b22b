"""The command that amends a signed agreement."""

from datetime import date
from pathlib import Path

import click

from contract_assembly.cli.old_forms import OnOne
from contract_assembly.cli.output import answer, holding, written, wrote_as_data
from contract_assembly.cli.parameters import DATE, DRY_RUN, JSON, ONE, agreement_of, on
from contract_assembly.core.paths import Target, folder_of


@click.command(cls=OnOne, short_help="Amend a signed agreement, or consolidate its amendments.")
@ONE
@on("The date of the document.", required=True)
@click.option("--effective", type=DATE, help="The first day of the changes. Default: the day of --on.")
@click.option("--from", "base", metavar="REV", help="The commit that holds what is amended. Default: what was signed.")
@click.option(
    "--take",
    "takes",
    multiple=True,
    metavar="PATH",
    help="Also take the library's current version of PATH, such as clauses/money/; can be repeated.",
)
@click.option("--consolidate", is_flag=True, help="Write the text with all signed amendments carried out, for reading.")
@DRY_RUN
@JSON
@click.pass_obj
def amend(
    root: Path,
    /,
    target: Target,
    on: date,
    effective: date | None,
    base: str | None,
    takes: tuple[str, ...],
    consolidate: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Write the next amendment of a signed agreement: everything that differs between the signed state and the client's
    files as they are now, each changed unit with its whole new text.

    Change the client's facts or negotiated clauses first. The firm's library, rates and plans stay as they were signed,
    except for what --take names. While the amendment is a draft, a build follows every further change of the facts.

    \b
    Examples:
      build.py amend acme --on 2027-01-04 --effective 2027-02-01 --dry-run
      build.py amend acme/2026-support --on 2027-01-04 --effective 2027-02-01
      build.py amend acme --on 2027-01-20 --consolidate
    """
    from contract_assembly.actions import amend as amending
    from contract_assembly.letters.amendments.instructions import in_short
    from contract_assembly.repository.inputs import Repository

    if consolidate and (effective or base or takes):
        raise click.UsageError("--consolidate cannot be combined with --effective, --from or --take")
    client, agreement = agreement_of(Repository(root), target)
    with holding(root, quiet=as_json, dry_run=dry_run) as store:
        repository = Repository(root)
        if consolidate:
            made = amending.consolidated(repository, client, agreement, on)
        else:
            made = amending.proposed(repository, client, agreement, amending.Ask(on, effective or on, base, takes))
        wrote = amending.put(store, client, agreement, made)
    folder, changes = folder_of(client, agreement), [in_short(each) for each in made.changes]
    if as_json:
        found = {"document": made.name, "changes": changes, **wrote_as_data(folder, wrote, dry_run=dry_run)}
        answer(found, store.cured)
        return
    for each in changes:
        click.echo(each)
    click.echo(f"{folder}: {written(wrote, dry_run=dry_run)}")
    if made.name == f"amendment-{amending.MANY + 1}":
        click.echo(f"this is amendment {amending.MANY + 1}: a restated agreement would be easier to read", err=True)
