"""The command that lists where agreements differ from the preferred words."""

from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import asdict

from contract_assembly.cli.old_forms import OverAll
from contract_assembly.cli.output import DONE, PROBLEMS, answer, show
from contract_assembly.cli.parameters import CLIENTS, CSV, JSON, one_form
from contract_assembly.core.paths import Target
from contract_assembly.core.problems import RefusedError
from contract_assembly.core.text import with_count

if TYPE_CHECKING:
    from contract_assembly.build.deviations import Deviation


@click.command(cls=OverAll, short_help="List where agreements differ from the preferred clauses, and who approved it.")
@CLIENTS
@CSV
@JSON
@click.pass_context
def deviations(context: click.Context, targets: tuple[Target, ...], as_csv: bool, as_json: bool) -> None:
    """List where agreements differ from the preferred clauses: negotiated clauses, variants of a lower rung, and parameters
    beyond the approved bounds, each with its size in words, who approved it and until when.

    \b
    Examples:
      build.py deviations
      build.py deviations --client acme
      build.py deviations --csv > deviations.csv
    """
    from contract_assembly.build import deviations as departures
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.repository.selection import selected

    one_form(as_csv=as_csv, as_json=as_json)
    repository = Repository(context.obj)
    found: list[Deviation] = []
    pairs, unusable = selected(repository, targets)
    problems: list[Any] = [*unusable]
    for name, agreement in pairs:
        try:
            found += departures.deviations(repository, name, agreement)
        except RefusedError as error:
            problems.extend(error.problems)
    if as_json:
        rows = [{**asdict(each), "until": str(each.until or "")} for each in found]
        answer({"deviations": rows}, problems)
    elif as_csv:
        click.echo(departures.as_csv(found), nl=False)
    else:
        _report(found)
    if not as_json:
        show(problems)
    context.exit(PROBLEMS if problems else DONE)


def _report(found: "list[Deviation]") -> None:
    for each in found:
        by = f" by {each.by} until {each.until}" if each.by else ""
        stale = "; the preferred clause has changed since" if each.stale else ""
        click.echo(
            f"{each.client}/{each.agreement} {each.clause} ({each.slot}, {each.rung}): {each.kind}, {each.approval}{by}{stale}"
        )
        click.echo(f"    {each.path}:{each.line}")
        click.echo(f"    {each.size} words: {each.change}")
    click.echo(
        f"{with_count(len(found), 'deviation')} from what is preferred"
        if found
        else "nothing differs from what is preferred"
    )
