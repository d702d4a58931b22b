"""The commands about price indices: figures of a statistical office brought into provider/indices."""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.lookup import day
from contract_assembly.cli.output import GIVEN_FILE, given, holding
from contract_assembly.core.problems import RefusedError, in_order
from contract_assembly.core.report import as_data, to_json

if TYPE_CHECKING:
    from contract_assembly.actions.import_index import ImportedIndex, Row


@click.group(short_help="Price indices: provider/indices.")
def index() -> None:
    """Price indices that an agreement's prices may follow: provider/indices/NAME.yaml and its series, NAME.csv.

    \b
    Example:
      build.py index import cu.data.1.AllItems --series us-cpi --id CUUR0000SA0
    """


@index.command("import", short_help="Add the figures of BLS, ONS, Eurostat or FRED.")
@click.argument("file", type=GIVEN_FILE)
@click.option("--series", required=True, metavar="NAME", help="The index: a name in provider/indices.")
@click.option("--id", "id_", metavar="ID", default="", help="Which series of FILE, if it has several.")
@click.option(
    "--base", metavar="TEXT", default="", help="The base of the figures, like 2025=100, if FILE does not state it."
)
@click.option("--published-on", metavar="DATE", help="The day on which the newest figure was published.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--json", "as_json_", is_flag=True, help="As JSON.")
@click.pass_obj
def import_(
    root: Path, /, file: Path, series: str, id_: str, base: str, published_on: str | None, dry_run: bool, as_json_: bool
) -> None:
    """Add the monthly figures of a FILE that you downloaded from BLS, ONS, Eurostat or FRED to an index.

    New months go to the end of the series. A figure that changed becomes a further row, a revision: the figure first published
    still counts. A month that the office never published gets the value none. A second time changes nothing. The day of
    publication is that of the file or of --published-on for the newest month, else what published_after: of the index says.

    \b
    Examples:
      build.py index import cu.data.1.AllItems --series us-cpi --id CUUR0000SA0 --published-on 2026-11-13
      build.py index import series-181126.csv --series uk-cpi --dry-run
      build.py index import CPIAUCNS.csv --series us-cpi
    """
    from contract_assembly.actions.import_index import import_index
    from contract_assembly.repository.inputs import Repository

    published, data = day(published_on) if published_on else None, given(file)
    try:
        with nullcontext() if dry_run else holding(root, quiet=as_json_) as store:
            found = import_index(Repository(root), series, data, file.name, series=id_, base=base, published=published)
            if store and found.rows:
                folder, _, name = found.path.rpartition("/")
                store.put(folder, {name: found.after.encode()}, last=name)
    except RefusedError as error:
        if not as_json_:
            raise
        click.echo(to_json({"problems": [as_data(each) for each in in_order(error.problems)]}))
        raise click.exceptions.Exit(1) from None
    click.echo(to_json(_data(found, dry_run=dry_run)) if as_json_ else _page(found, dry_run=dry_run))


def _page(found: "ImportedIndex", *, dry_run: bool) -> str:
    months = list(found.download.figures)
    lines = [f"{found.download.office} {found.download.series}: {months[0]:%Y-%m} to {months[-1]:%Y-%m}"]
    lines += [f"  {_line(each)}" for each in found.rows]
    if not found.rows:
        return "\n".join([*lines, f"{found.path}: nothing to do"])
    count = f"{len(found.rows)} row{'' if len(found.rows) == 1 else 's'}"
    return "\n".join([*lines, f"{found.path}: {'would be written' if dry_run else 'wrote it'}, {count} added"])


def _line(row: "Row") -> str:
    value = "never published" if row.value is None else f"{row.value:f}"
    base = f", base {row.base}" if row.base else ""
    was = f", was {row.corrects:f}" if row.corrects is not None else ""
    return f"{row.month:%Y-%m}  {value}{was}, published {row.published}{base}"


def _data(found: "ImportedIndex", *, dry_run: bool) -> dict[str, Any]:
    return {
        "file": found.path,
        "written": bool(found.rows) and not dry_run,
        "office": found.download.office,
        "series": found.download.series,
        "rows": [
            {
                "month": f"{each.month:%Y-%m}",
                "value": None if each.value is None else f"{each.value:f}",
                "published_on": str(each.published),
                "base": each.base,
                "revision": each.corrects is not None,
            }
            for each in found.rows
        ],
        "problems": [],
    }
