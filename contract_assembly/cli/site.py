"""The command `site`: the pages of the repository as files."""

from datetime import date
from pathlib import Path

import click

from contract_assembly.cli.output import DONE, PROBLEMS, answer, show
from contract_assembly.cli.parameters import DRY_RUN, JSON, on, today
from contract_assembly.core.paths import ALL
from contract_assembly.core.problems import errors
from contract_assembly.core.program_files import FOLDERS

LISTING = "site.json"


@click.command(short_help="Write the portfolio and every agreement as web pages into a folder.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@on("The day that the pages are about. Default: today.")
@DRY_RUN
@JSON
@click.pass_context
def site(context: click.Context, /, folder: Path, on: date | None, *, dry_run: bool, as_json: bool) -> None:
    """Write the pages that `serve` shows as files into DIR: the portfolio, every agreement, what comes up, revenue and invoices.
    They refer to nothing outside and need no script; forms are left out. The same repository and day give the same bytes.

    The pages hold clients' data: names, fees and deadlines. Put them only where your own people can read them.

    DIR must be new, empty, or the output of an earlier run, which is replaced.

    \b
    Examples:
      build.py site ../portfolio
      build.py site ../portfolio --on 2026-11-30
    """
    from contract_assembly.repository.store import made_folder
    from contract_assembly.web.site import Site
    from contract_assembly.web.snapshot import Snapshot

    target = folder.absolute()
    if any(target.is_relative_to(context.obj / each) for each in (*FOLDERS, ALL)) or context.obj.is_relative_to(target):
        raise click.UsageError("DIR must lie outside the folders of the repository, such as ../portfolio")
    pages = Site(Snapshot(context.obj, on or today()))
    if dry_run:
        made_folder.refuse_others(target, LISTING)
        count = sum(1 for _ in pages.files())
    else:
        count = made_folder.make(target, pages.files(), LISTING)
    if as_json:
        answer({"folder": str(target), "files": count, "dry_run": dry_run}, pages.problems)
    else:
        did = "would write" if dry_run else "wrote"
        click.echo(f"{folder}: {did} {count} files. They hold clients' data: keep them among your own people")
        show(pages.problems)
    context.exit(PROBLEMS if errors(pages.problems) else DONE)
