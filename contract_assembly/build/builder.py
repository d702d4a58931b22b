"""Builds any number of agreements into their folders, side by side, and writes each set whole or not at all.

The repository is locked for the whole build, so two builds never overlap. `.build/` keeps what was built with which
version of the program, so that a build with nothing to do loads no writer.
"""

import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from msgspec.structs import replace

from contract_assembly.build.freshness import Freshness
from contract_assembly.build.one_agreement import BuildOrder, BuildOutcome, Made, make
from contract_assembly.core import parallel
from contract_assembly.core.parallel import Jobs
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record_file import RECORD
from contract_assembly.repository.store import Store, locked, rehearsed

_Task: TypeAlias = tuple[str, str, Mapping[str, Any]]


def build(
    root: Path,
    pairs: Sequence[tuple[str, str]],
    order: BuildOrder,
    report: Callable[[BuildOutcome], None],
    jobs: Jobs = 1,
    note: Callable[[Sequence[Problem]], None] = lambda _: None,
    *,
    dry_run: bool = False,
) -> None:
    """Build these agreements with `jobs` processes, and pass the outcome of each to `report` in the order given.

    An agreement that cannot be built does not stop the others. `note` is called with what an interrupted command left
    behind. A `dry_run` writes nothing and reports what would change. Raises HeldError if another command is writing.
    """
    with rehearsed(root) if dry_run else locked(root) as store:
        memory = store.memory()
        note(store.cured)
        tasks = [(client, agreement, memory.get(folder_of(client, agreement), {})) for client, agreement in pairs]
        try:
            for made in parallel.map_tasks(partial(_start, root, order), tasks, jobs, _lost):
                report(_landed(store, made))
                if made.memory:
                    memory[made.outcome.folder] = made.memory
        finally:
            store.remember(memory)


def _start(root: Path, order: BuildOrder) -> Callable[[_Task], Made]:
    return partial(_made, Freshness(Repository(root)), order)


def _lost(task: _Task, problem: Problem) -> Made:
    return Made(BuildOutcome(folder_of(*task[:2]), problems=(problem,)))


def _landed(store: Store, made: Made) -> BuildOutcome:
    if not made.files:
        return made.outcome
    try:
        return replace(made.outcome, changed=store.put(made.outcome.folder, made.files, last=RECORD))
    except RefusedError as error:
        return replace(made.outcome, problems=error.problems)


def _made(known: Freshness, order: BuildOrder, task: _Task) -> Made:
    client, agreement, memory = task
    try:
        return make(known, client, agreement, order, memory)
    except RefusedError as error:
        return Made(BuildOutcome(folder_of(client, agreement), problems=error.problems))
    except Exception:  # a fault in one agreement must not stop the others
        return Made(BuildOutcome(folder_of(client, agreement), bug=traceback.format_exc()))
