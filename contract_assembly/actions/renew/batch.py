"""Plan and carry out renewals of all agreements in parallel; each client's set is written whole through `store`."""

import traceback
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from msgspec import Struct

from contract_assembly.actions.renew.one import Set, Workshop, made
from contract_assembly.build.one_agreement import BuildOrder
from contract_assembly.core import parallel
from contract_assembly.core.parallel import Jobs
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError, errors
from contract_assembly.core.values import DateRange
from contract_assembly.renewals.duties.upcoming import renewals
from contract_assembly.renewals.plan import RenewalPlan
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.record_file import RECORD
from contract_assembly.repository.store import Store, locked
from contract_assembly.writers.formats import FORMATS, Engine

Pairs = Sequence[tuple[str, str]]


class Done(Struct, frozen=True):
    """The result of one renewal: its plan, the files that changed, its problems; `bug` is the traceback of an internal
    error."""

    plan: RenewalPlan
    changed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    bug: str = ""

    @property
    def blocked(self) -> bool:
        """Whether it should have been carried out but could not be."""
        if self.plan.state == "not signed yet":
            return bool(self.bug)
        return bool(self.bug) or self.plan.state == "blocked" or bool(errors(self.problems))


def planned(
    root: Path, pairs: Pairs, days: DateRange, progress: Callable[[int], None] = lambda _: None, jobs: Jobs = 1
) -> tuple[tuple[Done, ...], tuple[Problem, ...]]:
    """The renewals with something due by the last of these days, as of the first; and why others cannot be planned."""
    found, problems = renewals(Repository(root), pairs, days, progress, jobs=jobs)
    return tuple(Done(each, problems=each.problems) for each in found), problems


def applied(
    root: Path,
    plans: Sequence[RenewalPlan],
    on: date,
    report: Callable[[Done], None] = lambda _: None,
    jobs: Jobs = 1,
    formats: tuple[str, ...] = tuple(FORMATS),
    engine: Engine | None = None,
) -> tuple[Done, ...]:
    """Carry out these plans, in these formats and with PDFs by this engine or, without one, by that of the house. A failure does
    not stop the others; a plan that was carried out before is skipped. Raises HeldError if another build is running.

    Contracts that share most of their words follow each other, because what was laid out for one is soon forgotten. The
    results are in the order of the plans."""
    todo = sorted((each for each in plans if each.to_write), key=lambda plan: plan.alike)
    kinds = {(each.client, each.name): each.alike for each in todo}
    order = BuildOrder(formats, engine=engine)
    done: dict[tuple[str, str], Done] = {}
    with locked(root) as store:
        results = parallel.map_tasks(
            partial(_start, root, on, order),
            [(each.client, each.name) for each in todo],
            jobs,
            lambda _, problem: (problem,),
            kinds.__getitem__,
        )
        for plan, result in zip(todo, results, strict=True):
            done[plan.client, plan.name] = _landed(store, plan, result)
            report(done[plan.client, plan.name])
    return tuple(done.get((each.client, each.name), Done(each, problems=each.problems)) for each in plans)


def _start(root: Path, on: date, order: BuildOrder) -> Callable[[tuple[str, str]], "Set | tuple[Problem, ...] | str"]:
    return partial(_made, Workshop(root), on, order)


def _made(shop: Workshop, on: date, order: BuildOrder, which: tuple[str, str]) -> "Set | tuple[Problem, ...] | str":
    try:
        return made(shop, *which, on, order)
    except RefusedError as error:
        return error.problems
    except (ValueError, OverflowError) as error:
        where = shop.repository.agreed(*which).at()
        return (Problem("period", str(error), where, "the days of its terms must be countable in its calendar"),)
    except Exception:  # a fault in one renewal must not stop the others
        return traceback.format_exc()


def _landed(store: Store, plan: RenewalPlan, result: "Set | tuple[Problem, ...] | str") -> Done:
    if isinstance(result, str):
        return Done(plan, problems=plan.problems, bug=result)
    if isinstance(result, tuple):
        return Done(plan, problems=(*plan.problems, *result))
    notes = tuple(dict.fromkeys((*result.plan.problems, *result.notes)))
    if not result.files:  # it was carried out, or its facts changed, since it was planned
        return Done(result.plan, problems=notes)
    try:
        last = f"{plan.next_name or plan.name}/{RECORD}"
        changed = store.put(folder_of(plan.client), result.files, last=last)
    except RefusedError as error:
        return Done(plan, problems=(*notes, *error.problems))
    return Done(result.plan, tuple(f"{folder_of(plan.client)}/{each}" for each in changed), notes)
