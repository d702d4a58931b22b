"""The command that approves clauses: it adds lines to `provider/approvals.yaml`, and nothing else."""

import sys
import textwrap
from datetime import date
from pathlib import Path

import click

from contract_assembly.cli.output import answer, holding, written, wrote_as_data
from contract_assembly.cli.parameters import DATE, DRY_RUN, JSON, by, on, today


@click.command(short_help="Approve clauses as they are now.")
@click.argument("clauses", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Approve every clause of the library that has no such approval yet.")
@by("Who approves them: a name, and a bar number where there is one.")
@on("The first day on which the approval holds. Default: today.")
@click.option("--until", type=DATE, help="The last day. Default: a year later.")
@click.option("--reason", default="", help="Why, or what was reviewed; kept with the approval.")
@click.option("--law", "laws", multiple=True, help="Only for this law, like US-NY or US-*; can be repeated.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(["support", "time-block"]),
    help="Only for this kind of agreement; can be repeated.",
)
@DRY_RUN
@JSON
@click.pass_obj
def approve(
    root: Path,
    clauses: tuple[str, ...],
    every: bool,
    by: str,
    on: date | None,
    until: date | None,
    reason: str,
    laws: tuple[str, ...],
    kinds: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Approve clauses as they are now. An approval names the digest of a clause's file, so a change of one character ends it.
    Only the duties in its front matter do not count.

    Name each clause by its id. A clause that was negotiated for an agreement may need the path of its file. With --all, the
    clauses are listed first and, on a terminal, you are asked; clauses negotiated for an agreement are not among them.

    \b
    Examples:
      build.py approve confidentiality --by "J. Moss, NY bar 1234567"
      build.py approve liability-gb --by "A. Reid" --on 2026-09-01 --law GB-EW --until 2027-06-30
      build.py approve --all --by "J. Moss" --on 2026-09-01 --reason "Yearly review" --dry-run
    """
    from contract_assembly.actions.reviews import APPROVALS, Consent, approved, to_approve
    from contract_assembly.core.values import last_day
    from contract_assembly.repository.inputs import Repository

    if bool(clauses) == every:
        raise click.UsageError("name the clauses, or give --all")
    first = on or today()
    last = until or last_day(first, 12)
    if last < first:
        raise click.UsageError(
            "--until is earlier than --on" if on else "--until is earlier than today, the first day: give --on"
        )
    consent = Consent(by=by, on=first, until=last, laws=laws, kinds=kinds, reason=reason)
    if every:
        clauses = to_approve(Repository(root), consent)
        _list(clauses, quiet=as_json, ask=not dry_run)
    with holding(root, quiet=as_json, dry_run=dry_run) as store:
        files = {APPROVALS: approved(Repository(root), clauses, consent)} if clauses else {}
        wrote = store.put("provider", files, last=APPROVALS) if files else ()
    if as_json:
        found = {"clauses": list(clauses), "every": every, "until": str(last)}
        answer({**found, **wrote_as_data("provider", wrote, dry_run=dry_run)}, store.cured)
    elif clauses:
        of = "every clause" if every else ", ".join(clauses)
        click.echo(f"provider: {written(wrote, dry_run=dry_run)}; approval of {of} until {last}")


def _list(clauses: tuple[str, ...], *, quiet: bool, ask: bool) -> None:
    """Show which clauses would be approved and, on a terminal, ask. Raises click's Abort."""
    if quiet:
        return
    if not clauses:
        click.echo("every clause of the library has such an approval")
        return
    click.echo(textwrap.fill(", ".join(clauses), 100, break_on_hyphens=False))
    if ask and sys.stdin.isatty():
        click.confirm(f"Have these {len(clauses)} clauses been reviewed, and do you approve them", abort=True, err=True)
