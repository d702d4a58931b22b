"""The command `change`: a change of a running contract, shown first, then entered with a letter that confirms it."""

from pathlib import Path
from typing import Any

import click

from contract_assembly.cli.output import answer, holding, written, wrote_as_data
from contract_assembly.cli.parameters import DATE, DRY_RUN, GIVEN_FILE, JSON, NAME, TARGET, on, one_of, today
from contract_assembly.core.paths import Target, folder_of


def _value(_context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> Any:
    from contract_assembly.billing.new_change import subjects

    try:
        return subjects(texts)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.command(short_help="Change counts of a running contract from a day on, and confirm it by letter.")
@click.argument("target", metavar="[CLIENT[/AGREEMENT]]", type=TARGET, required=False)
@click.argument("values", nargs=-1, metavar="[WHAT=VALUE]...", callback=_value)
@on("The first day of the change. With --from, the first day of a later month; default: of the next one.")
@click.option("--asked-by", type=NAME, help="The client's contact, deputy or signatory who asked for it.")
@click.option("--asked", type=DATE, help="The day of the request, which is the date of the letter. Default: today.")
@click.option("--approved-by", type=NAME, help="Who approved it, where somebody else did.")
@click.option("--how", type=NAME, default="request", show_default=True, help="request, count, or amendment-1.")
@click.option("--address", help="The address of a new site.")
@click.option("--reverse", is_flag=True, help="Take back the entry of this day that set this value.")
@click.option("--because", help="Why an entry is taken back.")
@click.option(
    "--from", "source", type=GIVEN_FILE, help="An export with counts, or the list of --output with its ticks."
)
@click.option("--mapping", type=NAME, help="How to read the export: a name in provider/mappings, or a .yaml file.")
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the differences as a list to tick."
)
@click.option("--take", multiple=True, metavar="CLIENT/WHAT", help="Enter this difference at once; can be repeated.")
@DRY_RUN
@JSON
@click.pass_context
def change(
    context: click.Context,
    /,
    target: Target | None,
    values: Any,
    source: Path | None,
    *,
    dry_run: bool,
    as_json: bool,
    **said: Any,
) -> None:
    """Change what a signed contract covers from a day on: WHAT=VALUE is users=36, server=4 or any other class of devices. The
    effect is shown: the new fee, the rest of the billing period with its working, and what the contract allows without an
    amendment. The change goes into changes.yaml, and a letter for the client confirms it.

    What a request cannot change is refused, with the way that can. What an amendment changes is written with --how:
    price:users=60.00 USD, line:servers=ended, site:Depot=covered. A command that was interrupted may be run again.

    With --from, the counts of an export from a directory, a licence list or a tool that manages devices are compared with what is
    agreed, for every client in it. The differences are shown with their money, and nothing is entered. --output writes them as a
    list: put yes into its column take, and give the list to --from. A correction changes the fee from the first day of a later
    month.

    \b
    Examples:
      build.py change acme users=36 --on 2027-01-17 --asked-by lena-fischer --dry-run
      build.py change acme/2026-support users=36 workstation=40 --on 2027-01-17 --asked-by lena-fischer
      build.py change acme users=36 --on 2027-01-17 --asked-by lena-fischer --reverse --because "It was 35"
      build.py change --from devices.csv --mapping rmm-devices --output proposal.csv
      build.py change --from proposal.csv
    """
    if source is not None:
        from contract_assembly.cli.correct_counts import correct_counts

        correct_counts(context, target, source, values, **said, dry_run=dry_run, as_json=as_json)
        return
    _one(context.obj, target, values, dry_run=dry_run, as_json=as_json, **said)


def _one(root: Path, target: Target | None, values: Any, *, dry_run: bool, as_json: bool, **said: Any) -> None:
    """Enter what was asked for under one contract."""
    from contract_assembly.actions.change import enter
    from contract_assembly.billing import change_report
    from contract_assembly.billing.new_change import ChangeRequest

    if target is None or not values:
        raise click.UsageError("name the client and the change, like acme users=36; or give an export with --from")
    for name, value in (("--on", said["on"]), ("--asked-by", said["asked_by"])):
        if value is None:
            raise click.UsageError(f"Missing option '{name}'.")
    if said.pop("mapping") or said.pop("output") or said.pop("take"):
        raise click.UsageError("--mapping, --output and --take need --from")
    on_, asked = said.pop("on"), said.pop("asked")
    client, name = _running(root, target)
    with holding(root, quiet=as_json, dry_run=dry_run) as store:
        found, wrote = enter(store, client, name, ChangeRequest(values, on_, asked or today(), **said))
    folder = folder_of(client, name)
    if as_json:
        answer({**change_report.as_data(found), **wrote_as_data(folder, wrote, dry_run=dry_run)}, store.cured)
        return
    click.echo(change_report.as_text(found, folder))
    click.echo(f"{folder}: {written(wrote, dry_run=dry_run)}")


def _running(root: Path, target: Target) -> tuple[str, str]:
    """The agreement that changes: the one that was named, or the only support contract of the client that is signed."""
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.repository.selection import selected

    repository = Repository(root)
    pairs, _ = selected(repository, [target])
    agreed = [(pair, repository.agreed(*pair).model) for pair in pairs] if len(pairs) > 1 else []
    signed = tuple(pair for pair, each in agreed if each.kind == "support" and each.status == "signed")
    return one_of(signed if len(signed) == 1 else pairs)
