"""The command that approves clauses: it adds lines to `provider/approvals.yaml`, and nothing else."""

from pathlib import Path

import click

from contract_assembly.cli.lookup import day
from contract_assembly.cli.output import holding


@click.command(short_help="Approve clauses as they are now.")
@click.argument("clauses", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every clause of the library.")
@click.option("--by", required=True, help="Who approves them: a name, and a bar number where there is one.")
@click.option("--on", "on", required=True, metavar="DATE", help="The first day on which the approval holds.")
@click.option("--until", metavar="DATE", help="The last day; by default a year later.")
@click.option("--law", "laws", multiple=True, help="Only for this law, like US-NY or US-*; may be given again.")
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(["support", "time-block"]), help="Only for this kind."
)
@click.pass_obj
def approve(
    root: Path,
    clauses: tuple[str, ...],
    every: bool,
    by: str,
    on: str,
    until: str | None,
    laws: tuple[str, ...],
    kinds: tuple[str, ...],
) -> None:
    """Approve clauses as they are now, by the digest of their files: a change of one character ends the approval.

    A clause is named by its id; one that was negotiated for an agreement may need the path of its file.

    \b
    Examples:
      build.py approve confidentiality --by "J. Moss, NY bar 1234567" --on 2026-09-01
      build.py approve liability-gb --by "A. Reid" --on 2026-09-01 --law GB-EW --until 2027-06-30
    """
    from contract_assembly.actions.reviews import APPROVALS, Consent, approved
    from contract_assembly.core.values import last_day
    from contract_assembly.repository.inputs import Repository

    if bool(clauses) == every:
        raise click.UsageError("name the clauses, or give --all")
    first = day(on)
    last = day(until) if until else last_day(first, 12)
    if last < first:
        raise click.UsageError("--until comes before --on")
    with holding(root) as store:
        data = approved(Repository(root), clauses, Consent(by, first, last, laws, kinds))
        store.put("provider", {APPROVALS: data}, last=APPROVALS)
    click.echo(f"provider/{APPROVALS}: approved {'every clause' if every else ', '.join(clauses)} until {last}")
