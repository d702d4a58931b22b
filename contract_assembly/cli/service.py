"""`build.py service`: figures of a ticket system imported into service.yaml."""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.lookup import day
from contract_assembly.cli.output import GIVEN_FILE, NAME, given, holding
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import RefusedError, in_order
from contract_assembly.core.report import as_data, to_json

if TYPE_CHECKING:
    from contract_assembly.service.importing import Imported
    from contract_assembly.service.record_rows import Figures


@click.group(short_help="Import figures of the service.")
def service() -> None:
    """Figures of the service to a client, in service.yaml next to agreement.yaml: the source of letters, reviews and
    reports.

    \b
    Example:
      build.py service import tickets.csv --client acme --agreement 2026-support --mapping generic-tickets
    """


@service.command("import", short_help="Import figures from a CSV export of Tickets.")
@click.argument("file", type=GIVEN_FILE)
@click.option("--client", type=NAME, required=True, help="The client: a folder below agreements/.")
@click.option("--agreement", type=NAME, required=True, help="The support contract: a folder below the client's.")
@click.option("--mapping", required=True, help="A name in provider/mappings, or a .yaml file below the root.")
@click.option("--on", metavar="DATE", help="The last day that the export covers. Default: that of its latest Ticket.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--json", "as_json_", is_flag=True, help="As JSON.")
@click.pass_obj
def import_(
    root: Path, /, file: Path, client: str, agreement: str, mapping: str, on: str | None, dry_run: bool, as_json_: bool
) -> None:
    """Import the figures of an export FILE into service.yaml: Tickets closed, Responses and Resolutions in time,
    medians and ratings, for the term so far and for each of its quarters.

    The export holds all Tickets of the term so far. The mapping gives the meaning of its columns and words; an unknown
    one is a problem with its line, and then nothing is written. Rows of other clients are passed over if the mapping
    lists them. Comments and values written by hand stay. A second run changes nothing.

    \b
    Examples:
      build.py service import tickets.csv --client acme --agreement 2026-support --mapping generic-tickets --on 2027-04-30
      build.py service import t.csv --client acme --agreement 2026-support --mapping helpdesk-en --dry-run
    """
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.service.importing import FILE, imported

    until, data = day(on) if on else None, given(file)
    try:
        with nullcontext() if dry_run else holding(root, quiet=as_json_) as store:
            found = imported(Repository(root), client, agreement, mapping=mapping, data=data, file=file.name, on=until)
            if store and found.changes:
                store.put(folder_of(client, agreement), {FILE: found.after.encode()}, last=FILE)
    except RefusedError as error:
        if not as_json_:
            raise
        click.echo(to_json({"problems": [as_data(each) for each in in_order(error.problems)]}))
        raise click.exceptions.Exit(1) from None
    click.echo(to_json(_data(found, dry_run=dry_run)) if as_json_ else _page(found, dry_run=dry_run))


def _page(found: "Imported", *, dry_run: bool) -> str:
    export = found.export
    lines = [
        f"{export.rows} {'row' if export.rows == 1 else 'rows'} = {' + '.join(export.accounted())}",
        f"{found.so_far.days.first} to {found.so_far.days.last}, of the term to {found.term.last}:",
        *(f"  {line}" for line in _lines(found.so_far)),
        *(f"  {change}" for change in found.changes),
    ]
    if not found.changes:
        lines.append(f"{found.path}: nothing to do")
    else:
        lines.append(f"{found.path}: {'would be written' if dry_run else 'wrote it'}, {len(found.changes)} changes")
    return "\n".join(lines)


def _lines(figures: "Figures") -> list[str]:
    found = []
    for each in figures.measured:
        parts = [f"{each.closed} closed"]
        for target, word in (("response", "answered"), ("resolution", "solved")):
            known = each.of[target]  # type: ignore[index]
            if known:
                parts.append(f"{word} in time {each.met[target]} of {known}")  # type: ignore[index]
            if missing := each.closed - known:
                parts.append(f"{missing} without a known {target}")
        found.append(f"{each.priority:3}  {', '.join(parts)}")
    if rating := figures.rating:
        found.append(f"users rated {rating.mean} of 5, {rating.answers} of {rating.asked}")
    return found


def _data(found: "Imported", *, dry_run: bool) -> dict[str, Any]:
    export = found.export
    return {
        "file": found.path,
        "written": bool(found.changes) and not dry_run,
        "rows": export.rows,
        "closed": len(export.closed),
        "open": export.open,
        "left_out": export.excluded,
        "other_clients": export.others,
        "before_term": export.before,
        "term": {"first": str(found.term.first), "last": str(found.term.last)},
        "so_far": _figures(found.so_far),
        "quarters": {str(number): _figures(each) for number, each in found.quarters.items()},
        "changes": list(found.changes),
        "problems": [],
    }


def _figures(figures: "Figures") -> dict[str, Any]:
    rating = figures.rating
    return {
        "first": str(figures.days.first),
        "last": str(figures.days.last),
        "tickets": [
            {
                "priority": each.priority,
                "closed": each.closed,
                "met": dict(each.met),
                "of": dict(each.of),
                "median_minutes": dict(each.median),
            }
            for each in figures.measured
        ],
        "satisfaction": {"mean": str(rating.mean), "answers": rating.answers, "asked": rating.asked}
        if rating
        else None,
    }
