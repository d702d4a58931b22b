"""The command `change`: a change of a running contract, shown first, then entered with a letter that confirms it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.lookup import day
from contract_assembly.cli.output import NAME, holding
from contract_assembly.core.paths import folder_of
from contract_assembly.core.report import to_json

if TYPE_CHECKING:
    from contract_assembly.billing.new_change import Proposed


@click.command(short_help="Change counts of a running contract from a day on, and confirm it by letter.")
@click.argument("target", type=NAME, metavar="CLIENT[/AGREEMENT]")
@click.argument("values", nargs=-1, required=True, metavar="WHAT=VALUE...")
@click.option("--on", required=True, metavar="DATE", help="The first day of the change.")
@click.option(
    "--asked-by", required=True, type=NAME, help="The client's contact, deputy or signatory who asked for it."
)
@click.option("--asked", metavar="DATE", help="The day of the request, which the letter bears. Default: today.")
@click.option("--approved-by", type=NAME, help="Who approved it, where somebody else did.")
@click.option("--how", type=NAME, default="request", show_default=True, help="request, count, or amendment-1.")
@click.option("--address", help="The address of a new site.")
@click.option("--reverse", is_flag=True, help="Take back the entry of this day that set this value.")
@click.option("--because", help="Why an entry is taken back.")
@click.option("--dry-run", is_flag=True, help="Show the effect, and write nothing.")
@click.option("--json", "as_json_", is_flag=True, help="Report as JSON.")
@click.pass_obj
def change(
    root: Path,
    /,
    target: str,
    values: tuple[str, ...],
    on: str,
    asked: str | None,
    *,
    dry_run: bool,
    as_json_: bool,
    **said: Any,
) -> None:
    """Change what a signed contract covers from a day on: WHAT=VALUE is users=36, server=4 or any other class of devices. The
    effect is shown: the new fee, the rest of the billing period with its working, and what the contract allows without an
    amendment. The change goes into changes.yaml, and a letter for the client confirms it.

    What a request cannot change is refused, with the way that can. What an amendment changes is written with --how:
    price:users=60.00 USD, line:servers=ended, site:Depot=covered. A command that was interrupted may be run again.

    \b
    Examples:
      build.py change acme users=36 --on 2027-01-17 --asked-by lena-fischer --dry-run
      build.py change acme/2026-support users=36 workstation=40 --on 2027-01-17 --asked-by lena-fischer
      build.py change acme users=36 --on 2027-01-17 --asked-by lena-fischer --reverse --because "It was 35"
    """
    from contract_assembly.actions.change import enter, preview
    from contract_assembly.billing.new_change import Asked
    from contract_assembly.build.builder import select_agreements
    from contract_assembly.repository.inputs import Repository

    client, _, agreement = target.partition("/")
    pairs = select_agreements(Repository(root), client, agreement or None)
    name = _running_on(root, pairs)
    wanted = Asked(tuple(map(_value, values)), day(on), day(asked) if asked else _today(), **said)
    if dry_run:
        return _show(preview(Repository(root), client, name, wanted), folder_of(client, name), (), as_json=as_json_)
    with holding(root, quiet=as_json_) as store:
        found, entered = enter(store, client, name, wanted)
    return _show(found, folder_of(client, name), entered.changed, as_json=as_json_)


def _running_on(root: Path, pairs: tuple[tuple[str, str], ...]) -> str:
    """The one agreement of a client that may change: the only one, or the only support contract that was signed."""
    from contract_assembly.repository.inputs import Repository

    repository = Repository(root)
    agreed = [(name, repository.agreed(client, name).model) for client, name in pairs]
    signed = [name for name, each in agreed if each.kind == "support" and each.status == "signed"]
    found = signed if len(pairs) > 1 else [name for name, _ in agreed]
    if len(found) != 1:
        names = " or ".join(f"{client}/{name}" for client, name in pairs)
        raise click.UsageError(f"name one agreement: {names}")
    return found[0]


def _value(text: str) -> Any:
    from contract_assembly.billing.new_change import subject

    try:
        return subject(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def _today() -> Any:
    from datetime import date

    return date.today()  # noqa: DTZ011  # the user's own clock


def _show(found: "Proposed", folder: str, changed: tuple[str, ...], *, as_json: bool) -> None:
    from contract_assembly.billing import change_report

    if as_json:
        click.echo(to_json({**change_report.as_data(found), "agreement": folder, "changed": list(changed)}))
        return
    click.echo(change_report.as_text(found, folder))
    click.echo(f"{folder}: wrote {', '.join(changed)}" if changed else "nothing written")
