"""What a support contract consists of, day by day: signatures and dated changes folded into facts and fee lines. Pure."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from contract_assembly.billing.running import Running
from contract_assembly.billing.signed_facts import SignedVersion
from contract_assembly.core.values import DateRange, Money, total
from contract_assembly.facts.agreement_files import Inputs
from contract_assembly.facts.changes import Change
from contract_assembly.facts.fees import FeeLine, Stage, stages
from contract_assembly.facts.in_force import read_value, value_of, with_value

_DAY = timedelta(days=1)


class Step(Struct, frozen=True):
    """A day on which something changes: the facts before and after it, and the cause. `altered` are the subjects that a signature
    set. `wrong` is why a change could not be carried out; then the facts are as before."""

    on: date
    before: Inputs
    after: Inputs
    change: Change | None = None
    version: SignedVersion | None = None
    altered: frozenset[tuple[str, str]] = frozenset()
    wrong: ValueError | None = None


class State(Struct, frozen=True):
    """Days on which nothing changes: the facts, the lines of a month's fee, and those that are charged by the year."""

    days: DateRange
    inputs: Inputs
    lines: tuple[FeeLine, ...]
    yearly: tuple[FeeLine, ...] = ()

    @property
    def monthly(self) -> Money:
        """The Recurring Fee of a month: its lines, added up."""
        return total((each.amount for each in self.lines), self.inputs.agreement.model.currency)

    @property
    def recurring(self) -> Money:
        """What recurs, for a month: the Recurring Fee and a twelfth of what is charged by the year, not rounded."""
        yearly = sum((each.amount.amount for each in self.yearly), Decimal(0))
        return Money(self.monthly.amount + yearly / 12, self.monthly.currency)


class Run(Struct, frozen=True):
    """Days on which the facts are the same, and the stages that these facts have from its first day to the end of what is asked
    for: beyond its last day they are what would have been charged without the next change."""

    days: DateRange
    inputs: Inputs
    stages: tuple[Stage, ...]


def steps(versions: tuple[SignedVersion, ...], changes: Iterable[Change]) -> Iterator[Step]:
    """Each change and each later signature by their days. A signature sets what it altered; every other change goes on."""
    base = now = versions[0].inputs
    carried: dict[tuple[str, str], Change] = {}
    events: list[tuple[date, Change | SignedVersion]] = [(each.on, each) for each in changes]
    events += [(each.first, each) for each in versions[1:]]  # after the changes of the same day
    for on, event in sorted(events, key=lambda each: each[0]):
        before = now
        if isinstance(event, SignedVersion):
            now, altered = _signed(base, event.inputs, now, carried)
            base = event.inputs
            yield Step(on, before, now, version=event, altered=altered)
            continue
        try:
            value_of(now, event)
            now = with_value(now, event, read_value(event, event.to))
            carried[event.subject] = event
            yield Step(on, before, now, event)
        except ValueError as error:
            yield Step(on, before, before, event, wrong=error)


def _signed(
    old: Inputs, new: Inputs, now: Inputs, carried: dict[tuple[str, str], Change]
) -> tuple[Inputs, frozenset[tuple[str, str]]]:
    """The facts of a signature with the earlier changes that it did not touch, and the subjects of those that it did."""
    found, altered = new, set()
    for subject, each in carried.items():
        if _same(old, new, each):
            found = with_value(found, each, value_of(now, each))
        else:
            altered.add(subject)
    return found, frozenset(altered)


def _same(old: Inputs, new: Inputs, change: Change) -> bool:
    """Whether a signature leaves the subject of a change alone."""
    try:
        return bool(value_of(old, change) == value_of(new, change))
    except ValueError:  # a line of a plan that no longer applies
        return False


def runs(running: Running, until: date) -> tuple[Run, ...]:
    """The runs of a contract from its first day to a day, or to its last day if that is earlier; none if it begins later."""
    last = min(until, running.last) if running.last else until
    starts: dict[date, Inputs] = {running.first: running.versions[0].inputs}
    for step in steps(running.versions, running.standing):
        starts[max(step.on, running.first)] = step.after
    days = sorted(day for day in starts if day <= last)
    ends = [*(day - _DAY for day in days[1:]), last]
    return tuple(
        Run(DateRange(first, end), starts[first], stages(starts[first], DateRange(first, last)))
        for first, end in zip(days, ends, strict=False)
    )


def states(running: Running, until: date) -> tuple[State, ...]:
    """The states of a contract from its first day to a day, or to its last day if that is earlier; none if it begins later."""
    return tuple(state for run in runs(running, until) for state in states_of(run))


def states_of(run: Run) -> Iterator[State]:
    """The states of a run, within its days."""
    for each in run.stages:
        if each.days.first <= run.days.last:
            days = DateRange(each.days.first, min(each.days.last, run.days.last))
            yield State(days, run.inputs, each.monthly, each.yearly)


def state_on(running: Running, day: date) -> State | None:
    """The state of a contract on a day; None where it does not run then."""
    found = states(running, day)
    return found[-1] if found and day in found[-1].days else None


def facts_on(running: Running, day: date) -> Inputs:
    """The facts of a contract on a day; before it begins, those it begins with."""
    now = running.versions[0].inputs
    for step in steps(running.versions, running.standing):
        if step.on <= day:
            now = step.after
    return now
