"""`build.py change --from`: counts of other programs compared with what is agreed, and the corrections that a person ticked."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from contract_assembly.cli.output import DONE, PROBLEMS, answer, holding, show, written
from contract_assembly.cli.parameters import given, today
from contract_assembly.core.paths import Target
from contract_assembly.core.problems import Problem, errors

if TYPE_CHECKING:
    from contract_assembly.billing.count_loader import CountComparison
    from contract_assembly.billing.count_proposal import Ticked


def correct_counts(
    context: click.Context,
    target: Target | None,
    source: Path,
    values: Any,
    *,
    on: date | None,
    asked: date | None,
    mapping: str | None,
    output: Path | None,
    take: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
    **said: Any,
) -> None:
    """Compare an export, or enter what is ticked in a list or named with --take. Raises click's UsageError for options that
    say something else."""
    from contract_assembly.billing.count_proposal import is_proposal, read

    how = said.pop("how")
    if values or any(said.values()) or how != "request":
        raise click.UsageError(
            "with --from, the file says what changes: leave out WHAT=VALUE and the options of a request"
        )
    if take and output:
        raise click.UsageError("--take and --output cannot be combined: the list is for ticking")
    data, asked = given(source), asked or today()
    if mapping is None and is_proposal(data, source.name):
        if target or on or take or output:
            raise click.UsageError("a list that was ticked says by itself what to enter, and from which day")
        _enter(context, read(data, source.name), asked, {}, dry_run=dry_run, as_json=as_json)
        return
    if mapping is None:
        raise click.UsageError("name the mapping of this export with --mapping, or give a list that --output wrote")
    found = _compared(context, target, source.name, data, mapping, on=on, asked=asked)
    if take:
        _enter(context, _taken(found, take), asked, _data(found), dry_run=dry_run, as_json=as_json)
        return
    _show(context, found, source.name, output, dry_run=dry_run, as_json=as_json)


def _compared(
    context: click.Context, target: Target | None, file: str, data: bytes, mapping: str, *, on: date | None, asked: date
) -> "CountComparison":
    from contract_assembly.billing.count_comparison import first_day_of_corrections
    from contract_assembly.billing.count_loader import CountExport, comparison
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.repository.selection import selected

    if on and (on.day != 1 or on <= asked):
        first = first_day_of_corrections(asked)
        raise click.UsageError(
            f"a correction of counts begins on the first day of a later month: --on {first}, or later"
        )
    repository = Repository(context.obj)
    if target:
        selected(repository, [target])
    export = CountExport(data, file, mapping, target)
    return comparison(repository, export, on=on or first_day_of_corrections(asked), compared_on=asked)


def _taken(found: "CountComparison", take: Iterable[str]) -> "tuple[Ticked, ...]":
    """The differences named on the command line. Raises click's UsageError for one that is not there."""
    from contract_assembly.billing.count_proposal import Ticked
    from contract_assembly.core.text import did_you_mean

    known = {f"{one.running.client}/{each.what}": (one, each) for one in found.contracts for each in one.differences}
    for name in take:
        if name not in known:
            raise click.UsageError(f"--take {name}: there is no such difference; {did_you_mean(name, known)}")
    return tuple(
        Ticked(
            client=one.running.client,
            agreement=one.running.name,
            what=each.what,
            agreed=each.agreed,
            counted=each.counted,
            on=found.on,
            source=found.source,
            origin=one.running.changes.at(),
        )
        for one, each in (known[name] for name in dict.fromkeys(take))
    )


def _enter(
    context: click.Context,
    ticked: "tuple[Ticked, ...]",
    asked: date,
    answered: dict[str, Any],
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    from contract_assembly.actions.correct_counts import correct
    from contract_assembly.billing import change_report

    with holding(context.obj, quiet=as_json, dry_run=dry_run) as store:
        found, problems = correct(store, ticked, asked)
    wrote = [f"{each.folder}/{name}" for each in found for name in each.wrote]
    if as_json:
        changes = {each.folder: change_report.as_data(each.change) for each in found if each.change}
        data = {**answered, "ticked": len(ticked), "changes": changes, "wrote": wrote, "dry_run": dry_run}
        answer(data, (*store.cured, *problems))
    else:
        for each in found:
            if each.change:
                click.echo(change_report.as_text(each.change, each.folder))
            click.echo(f"{each.folder}: {written(each.wrote, dry_run=dry_run)}")
        if not ticked:
            click.echo("nothing is ticked: put yes into the column take of what is to be entered")
        show(problems)
    _leave(context, problems)


def _show(
    context: click.Context, found: "CountComparison", file: str, output: Path | None, *, dry_run: bool, as_json: bool
) -> None:
    from contract_assembly.billing import count_proposal, count_report
    from contract_assembly.repository.store.output import write_named

    listed = any(each.differences for each in found.contracts)
    wrote = (output,) if output and listed else ()
    if wrote and output and not dry_run:
        write_named(output, count_proposal.as_csv(found.contracts, found.source).encode())
    names = [str(each) for each in wrote]
    if as_json:
        answer({**_data(found), "wrote": names, "dry_run": dry_run}, found.problems)
    else:
        click.echo(count_report.as_text(found, file))
        if output:
            click.echo(written(names, dry_run=dry_run))
        elif listed:
            click.echo("Nothing was entered: write the differences with --output proposal.csv, and tick what to enter")
        show(found.problems)
    _leave(context, found.problems)


def _data(found: "CountComparison") -> dict[str, Any]:
    from contract_assembly.billing import count_report

    return count_report.as_data(found)


def _leave(context: click.Context, problems: Iterable[Problem]) -> None:
    context.exit(PROBLEMS if errors(problems) else DONE)
