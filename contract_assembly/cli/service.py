"""`build.py service`: figures of a ticket system imported into service.yaml."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from contract_assembly.cli.old_forms import OnOne
from contract_assembly.cli.output import answer, holding, show, written, wrote_as_data
from contract_assembly.cli.parameters import DRY_RUN, GIVEN_FILE, JSON, NAME, ONE, agreement_of, given, on
from contract_assembly.core.paths import Target, folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.text import with_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from contract_assembly.actions.service_figures.importing import Imported
    from contract_assembly.actions.service_figures.record_rows import Figures
    from contract_assembly.billing.service_credits import MonthCredit
    from contract_assembly.repository.inputs import Repository


@click.group(short_help="Import figures of the service.")
def service() -> None:
    """Import figures of the service to a client into service.yaml, next to agreement.yaml. Letters, reviews and reports
    take their figures from there.

    \b
    Example:
      build.py service import acme tickets.csv --mapping generic-tickets
    """


@service.command("import", cls=OnOne, short_help="Import figures from a CSV export of Tickets.")
@ONE
@click.argument("file", type=GIVEN_FILE)
@click.option(
    "--mapping", type=NAME, required=True, help="A name in provider/mappings, or a .yaml file below the root."
)
@on("The last day that the export covers. Default: that of its latest Ticket.")
@DRY_RUN
@JSON
@click.pass_obj
def import_(
    root: Path, /, target: Target, file: Path, mapping: str, on: date | None, dry_run: bool, as_json: bool
) -> None:
    """Import the figures of an export FILE into service.yaml: Tickets closed, Responses and Resolutions in time,
    medians and ratings, for the term so far and for each of its quarters; and the Tickets logged in each month, with the
    Service Credits that are due for them.

    The export holds all Tickets of the term so far. The mapping gives the meaning of its columns and words; an unknown
    one is a problem with its line, and then nothing is written. Rows of other clients are passed over if the mapping
    lists them. Comments and values written by hand stay. A second run changes nothing.

    \b
    Examples:
      build.py service import acme tickets.csv --mapping generic-tickets --on 2027-04-30
      build.py service import acme/2026-support t.csv --mapping helpdesk-en --dry-run
    """
    from contract_assembly.actions.service_figures.importing import FILE, imported
    from contract_assembly.repository.inputs import Repository

    data = given(file)
    with holding(root, quiet=as_json, dry_run=dry_run) as store:
        repository = Repository(root)
        client, agreement = agreement_of(repository, target)
        covered = _users(repository, client, agreement)
        found = imported(
            repository,
            client,
            agreement,
            mapping=mapping,
            data=data,
            file=file.name,
            on=on,
            users=covered,
        )
        folder = folder_of(client, agreement)
        credited, doubts = _credits(repository, client, agreement, found)
        wrote = store.put(folder, {FILE: found.after.encode()}, last=FILE) if found.changes else ()
    if as_json:
        data_ = {**_data(found), "service_credits": [_credit(each) for each in credited]}
        answer({**data_, **wrote_as_data(folder, wrote, dry_run=dry_run)}, (*store.cured, *doubts))
        return
    click.echo("\n".join((*_report(found), *_credited(credited))))
    show(doubts)
    changes = f"; {with_count(len(found.changes), 'change')}" if wrote else ""
    click.echo(f"{folder}: {written(wrote, dry_run=dry_run)}{changes}")


def _users(repository: "Repository", client: str, agreement: str) -> "Callable[[date], int] | None":
    """How many Users are covered on a day, by what was signed and changed since; None where that cannot be read."""
    from contract_assembly.billing.loader import Accounts
    from contract_assembly.billing.running import Running
    from contract_assembly.billing.states import facts_on

    try:
        running = Accounts(repository).one(client, agreement)
    except RefusedError:
        return None
    return (
        (lambda day: int(facts_on(running, day).agreement.model.coverage.users))
        if isinstance(running, Running)
        else None
    )


def _credits(
    repository: "Repository", client: str, agreement: str, found: "Imported"
) -> "tuple[tuple[MonthCredit, ...], tuple[Problem, ...]]":
    """The Service Credits that are due by the new figures; or why none can be worked out, as warnings."""
    from contract_assembly.billing.charges import service_credits
    from contract_assembly.billing.loader import Accounts
    from contract_assembly.billing.running import Running
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.repository.source import Edited

    accounts = Accounts(Repository(Edited(repository.source, {found.path: found.after.encode()})))
    try:
        running = accounts.one(client, agreement)
    except RefusedError as error:
        return (), tuple(replace(each, level="warning") for each in error.problems)
    return (service_credits(running) if isinstance(running, Running) else ()), accounts.warnings


def _credited(found: "Iterable[MonthCredit]") -> "Iterator[str]":
    for each in found:
        yield f"Service Credit for {each.days.first:%B %Y}: {each.amount.amount:,} {each.amount.currency}"
        yield f"  {each.working}"


def _credit(each: "MonthCredit") -> dict[str, Any]:
    return {
        "first": str(each.days.first),
        "last": str(each.days.last),
        "amount": f"{each.amount.amount:f}",
        "currency": each.amount.currency,
        "working": each.working,
    }


def _report(found: "Imported") -> "Iterator[str]":
    export = found.export
    yield f"{with_count(export.rows, 'row')} = {' + '.join(export.accounted())}"
    yield f"{found.so_far.days.first} to {found.so_far.days.last}, of the term to {found.term.last}:"
    yield from (f"  {line}" for line in _lines(found.so_far))
    yield from (f"  {change}" for change in found.changes)


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


def _data(found: "Imported") -> dict[str, Any]:
    export = found.export
    return {
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
