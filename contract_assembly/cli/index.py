"""The commands about price indices: figures of a statistical office brought into provider/indices."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.output import answer, holding, written, wrote_as_data
from contract_assembly.cli.parameters import DATE, DRY_RUN, GIVEN_FILE, JSON, given
from contract_assembly.core.text import with_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contract_assembly.actions.import_index import ImportedIndex, IndexRow


@click.group(short_help="Import figures of price indices.")
def index() -> None:
    """Import figures of the price indices that prices may follow: provider/indices/NAME.yaml, and the series, NAME.csv.

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
@click.option("--published-on", type=DATE, help="The day on which the newest figure was published.")
@DRY_RUN
@JSON
@click.pass_obj
def import_(
    root: Path,
    /,
    file: Path,
    series: str,
    id_: str,
    base: str,
    published_on: date | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Add the monthly figures of a FILE that you downloaded from BLS, ONS, Eurostat or FRED to an index.

    New months go to the end of the series. A figure that changed becomes a further row, a revision: the figure first published
    still counts. A month that the office never published gets the value none. Importing it again changes nothing. The day of
    publication is that of the file or of --published-on for the newest month, else what published_after: of the index says.

    \b
    Examples:
      build.py index import cu.data.1.AllItems --series us-cpi --id CUUR0000SA0 --published-on 2026-11-13
      build.py index import series-181126.csv --series uk-cpi --dry-run
      build.py index import CPIAUCNS.csv --series us-cpi
    """
    from contract_assembly.actions.import_index import import_index
    from contract_assembly.repository.inputs import Repository

    data = given(file)
    with holding(root, quiet=as_json, dry_run=dry_run) as store:
        found = import_index(Repository(root), series, data, file.name, series=id_, base=base, published=published_on)
        folder, _, name = found.path.rpartition("/")
        wrote = store.put(folder, {name: found.after.encode()}, last=name) if found.rows else ()
    if as_json:
        answer({**_data(found), **wrote_as_data(folder, wrote, dry_run=dry_run)}, store.cured)
        return
    click.echo("\n".join(_report(found)))
    count = f"; {with_count(len(found.rows), 'row')} added" if wrote else ""
    click.echo(f"{folder}: {written(wrote, dry_run=dry_run)}{count}")


def _report(found: "ImportedIndex") -> "Iterator[str]":
    months = list(found.download.figures)
    yield f"{found.download.office} {found.download.series}: {months[0]:%Y-%m} to {months[-1]:%Y-%m}"
    yield from (f"  {_line(each)}" for each in found.rows)


def _line(row: "IndexRow") -> str:
    value = "never published" if row.value is None else f"{row.value:f}"
    base = f", base {row.base}" if row.base else ""
    was = f", was {row.corrects:f}" if row.corrects is not None else ""
    return f"{row.month:%Y-%m}  {value}{was}, published {row.published}{base}"


def _data(found: "ImportedIndex") -> dict[str, Any]:
    return {
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
    }
