"""Upcoming duties of all agreements and of the firm, and plans of renewals: collected through `portfolio`, in parallel
processes. Writes nothing."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from contract_assembly.core.parallel import Jobs, map_tasks
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, RefusedError
from contract_assembly.core.values import DateRange
from contract_assembly.facts.agreement_files import AnyInputs
from contract_assembly.renewals.context import BlockContext, RenewalContext
from contract_assembly.renewals.duties.duty import Duty
from contract_assembly.renewals.duties.of_agreement import duties
from contract_assembly.renewals.duties.of_firm import firm_duties
from contract_assembly.renewals.plan import RenewalPlan, by_day, renewal
from contract_assembly.renewals.portfolio import COUNTABLE, Portfolio, contexts
from contract_assembly.renewals.prefilter import earliest
from contract_assembly.repository.inputs import Repository
from contract_assembly.repository.source import Source

T = TypeVar("T")
Pairs = Sequence[tuple[str, str]]
Work = Callable[[RenewalContext | BlockContext, DateRange], tuple[T, ...]]
_BATCH = 50  # agreements per batch for a worker


class Upcoming(Struct, frozen=True):
    """Duties sorted by day, those that are overdue first; and why agreements could not be examined."""

    duties: tuple[Duty, ...]
    problems: tuple[Problem, ...]


def upcoming(
    repository: Repository,
    pairs: Pairs,
    days: DateRange,
    progress: Callable[[int], None] = lambda _: None,
    *,
    firm: bool = True,
    jobs: Jobs = 1,
) -> Upcoming:
    """Everything due until the last of these days, as of the first of them. `progress` is called with the number of
    agreements examined."""
    found, problems = _over(repository, pairs, _duties, days=days, progress=progress, jobs=jobs)
    if firm:
        try:
            of_firm = firm_duties(repository.approvals(), Portfolio(repository).laws())
            found += [each for each in of_firm if each.last <= days.last]
        except RefusedError as error:
            problems += error.problems
    found.sort(key=lambda e: (e.last >= days.first, e.last, e.client, e.agreement, e.kind, e.key))
    return Upcoming(tuple(found), tuple(problems))


def renewals(
    repository: Repository,
    pairs: Pairs,
    days: DateRange,
    progress: Callable[[int], None] = lambda _: None,
    *,
    jobs: Jobs = 1,
) -> tuple[tuple[RenewalPlan, ...], tuple[Problem, ...]]:
    """The renewals with something to do until the last of these days, in the order of `plan.by_day`; and why others could not
    be planned."""
    found, problems = _over(repository, pairs, _renewal, days=days, progress=progress, jobs=jobs, prefiltered=True)
    found.sort(key=by_day)
    return tuple(found), tuple(problems)


def _duties(context: RenewalContext | BlockContext, days: DateRange) -> tuple[Duty, ...]:
    return tuple(duties(context, days.first, days.last))


def _renewal(context: RenewalContext | BlockContext, days: DateRange) -> tuple[RenewalPlan, ...]:
    found = renewal(context, days.first)
    return (found,) if found.falls(days) else ()


# ---- one after the other, or in parallel


def _over(
    repository: Repository,
    pairs: Pairs,
    work: Work[T],
    days: DateRange,
    progress: Callable[[int], None],
    jobs: Jobs,
    *,
    prefiltered: bool = False,
) -> tuple[list[T], list[Problem]]:
    """The results of the work for every pair. With `prefiltered`, agreements whose renewal is far off are not read in full."""
    found: list[T] = []
    problems: list[Problem] = []
    batches = [pairs[n : n + _BATCH] for n in range(0, len(pairs), _BATCH)]
    for batch, (results, wrong) in zip(
        batches, _each(repository, batches, work, days=days, jobs=jobs, prefiltered=prefiltered), strict=True
    ):
        found += results
        problems += wrong
        progress(len(batch))
    return found, problems


def _each(
    repository: Repository,
    batches: Sequence[Pairs],
    work: Work[T],
    days: DateRange,
    jobs: Jobs,
    prefiltered: bool,
) -> Iterator[tuple[list[T], list[Problem]]]:
    """The results of each batch, in order; with more than one job, in processes that each read the library once."""
    here = jobs == 1 or len(batches) <= 1
    start = partial(_begin, repository if here else repository.root, work, days, prefiltered)
    yield from map_tasks(start, batches, 1 if here else jobs, lambda _, problem: ([], [problem]))


def _begin(
    root: Repository | Path | Source, work: Work[T], days: DateRange, prefiltered: bool
) -> Callable[[Pairs], tuple[list[T], list[Problem]]]:
    portfolio = Portfolio(root if isinstance(root, Repository) else Repository(root))
    return partial(_batch, portfolio, work, days, prefiltered)


def _batch(
    portfolio: Portfolio, work: Work[T], days: DateRange, prefiltered: bool, pairs: Pairs
) -> tuple[list[T], list[Problem]]:
    found: list[T] = []
    problems: list[Problem] = []
    pairs = [each for each in pairs if not (prefiltered and _is_far_off(portfolio, each, days))]
    for _, context in contexts(portfolio, pairs, days.first):
        try:
            if isinstance(context, RefusedError):
                raise context
            found += work(context, days)
        except RefusedError as error:
            problems += error.problems
        except (ValueError, OverflowError) as error:
            problems.append(_uncountable(context, error))
    return found, problems


def _is_far_off(portfolio: Portfolio, pair: tuple[str, str], days: DateRange) -> bool:
    """Whether nothing is to be done for a renewal within these days, as far as the prefilter shows."""
    try:
        text = portfolio.repository.text(f"{folder_of(*pair)}/agreement.yaml")
        found = earliest(text, days.first, portfolio.reach())
    except RefusedError:  # reported when it is read in full
        return False
    return found is not None and found > days.last


def _uncountable(context: Any, error: Exception) -> Problem:
    """The problem of days that cannot be computed, such as those of a year without known holidays."""
    inputs: AnyInputs[Any] = context.inputs
    return Problem("period", str(error), inputs.agreement.at(), COUNTABLE)
