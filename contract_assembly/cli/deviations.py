"""The command that lists where agreements differ from the preferred words."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.output import DONE, NAME, PROBLEMS, show
from contract_assembly.core.problems import RefusedError, in_order
from contract_assembly.core.report import as_data, to_json

if TYPE_CHECKING:
    from contract_assembly.build.deviations import Deviation


@click.command(short_help="List where agreements differ from the preferred clauses, and who approved it.")
@click.option("--client", type=NAME, help="Only the agreements of this client.")
@click.option("--csv", "as_csv_", is_flag=True, help="As CSV, for a spreadsheet.")
@click.option("--json", "as_json_", is_flag=True, help="As JSON.")
@click.pass_context
def deviations(context: click.Context, client: str | None, as_csv_: bool, as_json_: bool) -> None:
    """List where agreements differ from the preferred clauses: negotiated clauses, variants of a lower rung, and parameters
    beyond the approved bounds, each with its size in words, who approved it and until when.

    \b
    Examples:
      build.py deviations
      build.py deviations --client acme
      build.py deviations --csv > deviations.csv
    """
    from contract_assembly.build.builder import readable_agreements
    from contract_assembly.build.deviations import as_csv
    from contract_assembly.build.deviations import deviations as departures
    from contract_assembly.repository.inputs import Repository

    if as_csv_ and as_json_:
        raise click.UsageError("--csv and --json do not go together")
    repository = Repository(context.obj)
    found: list[Deviation] = []
    pairs, unusable = readable_agreements(repository, client)
    problems: list[Any] = [*unusable]
    for name, agreement in pairs:
        try:
            found += departures(repository, name, agreement)
        except RefusedError as error:
            problems.extend(error.problems)
    if as_json_:
        rows = [{**asdict(each), "until": str(each.until or "")} for each in found]
        click.echo(to_json({"deviations": rows, "problems": [as_data(each) for each in in_order(problems)]}))
    elif as_csv_:
        click.echo(as_csv(found), nl=False)
    else:
        _tell(found)
    if not as_json_:
        show(problems)
    context.exit(PROBLEMS if problems else DONE)


def _tell(found: "list[Deviation]") -> None:
    for each in found:
        by = f" by {each.by} until {each.until}" if each.by else ""
        stale = "; the preferred clause has changed since" if each.stale else ""
        click.echo(
            f"{each.client}/{each.agreement} {each.clause} ({each.slot}, {each.rung}): {each.kind}, {each.approval}{by}{stale}"
        )
        click.echo(f"    {each.path}:{each.line}")
        click.echo(f"    {each.size} words: {each.change}")
    click.echo(
        f"{len(found)} deviation{'' if len(found) == 1 else 's'} from what is preferred"
        if found
        else "nothing differs from what is preferred"
    )
