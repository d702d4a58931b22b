"""The command that compares the folders with what a build would write. It writes nothing."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from contract_assembly.cli.old_forms import OverAll
from contract_assembly.cli.output import DONE, PROBLEMS, Progress, answer, show
from contract_assembly.cli.parameters import CLIENTS, JOBS, JSON
from contract_assembly.cli.workers import SCHEDULER, where
from contract_assembly.core.paths import Target
from contract_assembly.core.problems import Problem, RefusedError, errors, in_order
from contract_assembly.core.text import with_count

if TYPE_CHECKING:
    from contract_assembly.core.parallel import Jobs


@click.command(cls=OverAll, short_help="Check that every file is what a build would write now; write nothing.")
@CLIENTS
@click.option("--thorough", is_flag=True, help="Trust no record: build everything in memory and compare the bytes.")
@JOBS
@SCHEDULER
@JSON
@click.pass_context
def check(
    context: click.Context, targets: tuple[Target, ...], thorough: bool, jobs: int, scheduler: str | None, as_json: bool
) -> None:
    """Check that every built file is what a build would write now, and that everything sent or signed is as it was.

    Exits 1 with a list when something is stale, missing, edited by hand, lost or unrecorded. Deviations from preferred clauses
    are shown with who approved them, as warnings. What the contract does not allow in changes.yaml and usage.yaml is listed, too.
    Only documents that could have changed, by the digests in record.json, are built, in memory. docs/review.md explains each
    rule and its fix.

    \b
    Examples:
      build.py check
      build.py check --client acme
      build.py check --thorough --jobs 4      once a night
    """
    try:
        count, found = _looked(
            context.obj, targets, where(context.obj, jobs, scheduler), thorough=thorough, quiet=as_json
        )
    except RefusedError as error:
        count, found = 0, error.problems
    found = in_order(found)
    if as_json:
        answer({"checked": count}, found)
    else:
        show(found)
        click.echo(_summary(count, len(errors(found))))
    context.exit(PROBLEMS if errors(found) else DONE)


def _looked(
    root: Path, targets: tuple[Target, ...], jobs: "Jobs", *, thorough: bool, quiet: bool
) -> tuple[int, tuple[Problem, ...]]:
    from contract_assembly.billing.loader import entry_problems
    from contract_assembly.build.audit import audited, lost_outputs
    from contract_assembly.core.paths import folder_of
    from contract_assembly.repository.inputs import Repository
    from contract_assembly.repository.lost_files import lost_files
    from contract_assembly.repository.selection import selected
    from contract_assembly.repository.store import interrupted

    repository = Repository(root)
    lost = lost_files(repository, [each.client for each in targets])
    found = [*lost, *lost_outputs(repository, lost)]
    pairs, unusable = selected(repository, targets)
    unfinished = interrupted(root)
    found += [*unusable, *unfinished.values()]
    if not pairs and not found:
        hint = "name the folder that holds agreements/ with --root"
        raise RefusedError([Problem("nothing-to-build", f"there is no agreement to check below {root}", None, hint)])
    whole = [pair for pair in pairs if not {folder_of(*pair), folder_of(pair[0])} & unfinished.keys()]
    with Progress(len(whole), quiet=quiet, label="Checking") as step:
        for problems in audited(root, whole, jobs, thorough=thorough):
            found.extend(problems)
            step()
    found += entry_problems(repository, whole)
    return len(pairs), tuple(found)


def _summary(count: int, problems: int) -> str:
    of = f"{with_count(count, 'agreement')} checked"
    return f"{of}: {with_count(problems, 'problem')}" if problems else f"{of}: all is as recorded"
