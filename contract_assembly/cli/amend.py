"""The command that amends a signed agreement."""

from pathlib import Path

import click

from contract_assembly.cli.lookup import day
from contract_assembly.cli.output import NAME, holding
from contract_assembly.core.paths import folder_of
from contract_assembly.core.report import to_json


@click.command(short_help="Amend a signed agreement, or consolidate its amendments.")
@click.argument("client", type=NAME)
@click.option("--agreement", type=NAME, help="Which agreement of the client, where there are several.")
@click.option("--on", "on", required=True, metavar="DATE", help="The day that the document bears.")
@click.option("--effective", metavar="DATE", help="The first day of the changes; by default the day it bears.")
@click.option("--from", "base", metavar="REV", help="The commit that holds what is amended. Default: what was signed.")
@click.option(
    "--take",
    "takes",
    multiple=True,
    metavar="PATH",
    help="Also take the library's current version of PATH, such as clauses/money/.",
)
@click.option("--consolidate", is_flag=True, help="Make the text with all signed amendments carried out, for reading.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--json", "as_json_", is_flag=True, help="Report as JSON.")
@click.pass_obj
def amend(
    root: Path,
    client: str,
    agreement: str | None,
    on: str,
    effective: str | None,
    base: str | None,
    takes: tuple[str, ...],
    consolidate: bool,
    dry_run: bool,
    as_json_: bool,
) -> None:
    """Make the next amendment of a signed agreement: what lies between the signed state and the client's files as they
    are now, unit by unit, each with its whole new text.

    Change the client's facts or negotiated clauses first. The firm's library, rates and plans stay as they were signed,
    except for what --take names. While the amendment is a draft, a build follows every further change of the facts.

    \b
    Examples:
      build.py amend acme --on 2027-01-04 --effective 2027-02-01 --dry-run
      build.py amend acme --on 2027-01-04 --effective 2027-02-01
      build.py amend acme --on 2027-01-20 --consolidate
    """
    from contract_assembly.actions import amend as amending
    from contract_assembly.build.builder import select_agreements
    from contract_assembly.letters.amendments.instructions import told
    from contract_assembly.repository.inputs import Repository

    pairs = select_agreements(Repository(root), client, agreement)
    if len(pairs) != 1:
        raise click.UsageError(f"name one agreement: {' or '.join(f'--agreement {name}' for _, name in pairs)}")
    if consolidate and (effective or base or takes or dry_run):
        raise click.UsageError("--consolidate takes --on alone")
    name = pairs[0][1]
    first = day(effective) if effective else day(on)
    with holding(root) as store:
        repository = Repository(root)
        if consolidate:
            made = amending.consolidated(repository, client, name, day(on))
        else:
            made = amending.proposed(repository, client, name, amending.Ask(day(on), first, base, takes))
        changed = () if dry_run else amending.put(store, client, name, made)
    changes = [told(each).replace("\u00a0", " ") for each in made.changes]
    if as_json_:
        click.echo(to_json({"document": made.name, "changes": changes, "changed": list(changed)}))
        return
    for each in changes:
        click.echo(each)
    if changed:
        click.echo(f"{folder_of(client, name)}: wrote {', '.join(changed)}")
    if made.name == f"amendment-{amending.MANY + 1}":
        click.echo(f"this is amendment {amending.MANY + 1}: a restated agreement would be easier to read", err=True)
