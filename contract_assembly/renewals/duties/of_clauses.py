"""The duties in the heads of an agreement's clauses, each with its day. Pure; a way to find a day is an entry of DATED."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.core.explained_date import ExplainedDate, stated
from contract_assembly.core.values import DateRange, Duration, corresponding
from contract_assembly.facts.account import Account
from contract_assembly.facts.agreement import Agreement
from contract_assembly.facts.business_days import business_day_before, business_day_from, business_days_later
from contract_assembly.facts.catalogue import Calendar
from contract_assembly.facts.frequency import days_ahead, is_restore_test, restore_tests, times_a_year
from contract_assembly.facts.service_record import Service
from contract_assembly.facts.term_dates import back, periods
from contract_assembly.renewals.context import BlockContext, RenewalContext
from contract_assembly.renewals.duties.duty import Duty, duty_of
from contract_assembly.renewals.promised import Promised

Context = RenewalContext | BlockContext
_DAY = timedelta(days=1)
# Tasks of a plan that are more than a task: the kind of duty, and a shorter name.
_TASK_KINDS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"business review", re.IGNORECASE), "review", "Business review"),
    (re.compile(r"review of .*\brights\b", re.IGNORECASE), "access review", ""),
)
_RHYTHMS: Mapping[tuple[int, int], str] = {
    (1, 1): "monthly",
    (1, 2): "twice a month",
    (3, 1): "quarterly",
    (6, 1): "twice a year",
    (12, 1): "yearly",
}


class PromiseDays(Struct, frozen=True):
    """The days that promises count from: those on which the agreement runs, within one term; the last day of interest; its first
    day, unless it continues another; and, where it is certain to end, its last day, the same day if nothing renews automatically,
    and the day on which the exit began."""

    running: DateRange
    by: date
    start: date | None = None
    end: date | None = None
    expiry: date | None = None
    exit: date | None = None


class _Series(Struct, frozen=True):
    """A recurring task: `needed` times in each period of `months`, from a day on; `ahead` is how long before the
    end of a period it must be done."""

    what: str
    kind: str
    anchor: date
    months: int
    needed: int = 1
    ahead: Duration | None = None
    evidence: str = ""

    @property
    def rhythm(self) -> str:
        return _RHYTHMS.get((self.months, self.needed), f"every {self.months} months")


def of_clauses(context: Context, promises: Iterable[Promised], days: PromiseDays) -> Iterator[Duty]:
    """The duties of these promises, done or not. Raises ValueError if a day cannot be computed."""
    for each in promises:
        way = next(way for name, way in DATED.items() if getattr(each.duty, name))
        yield from way(context, each, days)


def is_of_the_end(promise: Promised) -> bool:
    """Whether a promise counts from the end of the agreement."""
    return bool({promise.duty.after, promise.duty.before} & {"end", "expiry", "exit"})


# ---- with a rhythm


def _every(context: Context, promise: Promised, days: PromiseDays) -> Iterator[Duty]:
    assert promise.every is not None  # noqa: S101  # it was read with the duty
    months, first = promise.every.months, days.running.first
    if promise.by_calendar:
        anchor = date(first.year, (first.month - 1) // months * months + 1, 1)
        days = replace(days, running=DateRange(anchor, days.running.last))
    else:
        anchor = _first_day(context)
    duty = promise.duty
    yield from _rounds(context, promise, _Series(duty.what, duty.kind, anchor, months, evidence=duty.evidence), days)


def _listed(context: Context, promise: Promised, days: PromiseDays) -> Iterator[Duty]:
    assert isinstance(context, RenewalContext)  # noqa: S101  # only a support contract has a plan
    series = _restores if promise.duty.listed == "restore tests" else _tasks
    for each in series(context, promise):
        yield from _rounds(context, promise, each, days)


def _restores(context: RenewalContext, promise: Promised) -> Iterator[_Series]:
    for what, times in restore_tests(context.inputs.plan.model, context.agreed).items():
        named = f"{promise.duty.what} of {what}"
        yield _series(context, what=named, kind=promise.duty.kind, times=times, evidence=promise.duty.evidence)


def _tasks(context: RenewalContext, promise: Promised) -> Iterator[_Series]:
    for task in context.inputs.plan.model.services:
        times = times_a_year(task.frequency)
        if task.pillar != promise.duty.listed or not times or is_restore_test(task):
            continue
        found = next((each for each in _TASK_KINDS if each[0].match(task.task)), None)
        what, kind = (found[2] or task.task, found[1]) if found else (task.task, promise.duty.kind)
        ahead = days_ahead(task.frequency)
        yield _series(context, what=what, kind=kind, times=times, evidence=task.evidence, ahead=ahead)


def _series(
    context: RenewalContext,
    *,
    what: str,
    kind: str,
    times: int,
    evidence: str,
    ahead: Duration | None = None,
) -> _Series:
    first, months, needed = _first_day(context), max(1, 12 // times), max(1, times // 12)
    return _Series(what=what, kind=kind, anchor=first, months=months, needed=needed, ahead=ahead, evidence=evidence)


def _rounds(context: Context, promise: Promised, series: _Series, days: PromiseDays) -> Iterator[Duty]:
    """One duty for each period, by its last Business Day or by the day that counts from its end. It is done once the period, and
    what follows it until that day, has as many entries as needed."""
    calendar, held = context.inputs.calendar.model, _held(context, promise, series)
    by_what = promise.duty.listed is not None
    for part in takewhile(lambda each: each.first <= days.by, periods(series.anchor, series.months, days.running)):
        way = stated("end of the period", part.last, promise.source)
        if promise.within:
            way = _counted(way, promise, calendar)
        else:
            last = back(part.last + _DAY, series.ahead) if series.ahead else part.last
            day = max(business_day_before(last, calendar), part.first)
            way = way.then("do it by", "on a Business Day", str(last), day, promise.source)
        opens = part.last + _DAY if promise.within else part.first
        closes = max(part.last, way.day) if promise.within else part.last
        shown = f" Evidence: {series.evidence}." if series.evidence else ""
        yield duty_of(
            context,
            series.kind,
            f"{series.what if by_what else promise.duty.id} {part.first}",
            day=way,
            what=series.what,
            why=f"Promised {series.rhythm}; this is for {part.first} to {part.last}.{shown}",
            first=opens,
            done=sum(opens <= each <= closes for each in held) >= series.needed,
            rhythm=series.rhythm,
        )


# ---- once


def _after(context: Context, promise: Promised, days: PromiseDays) -> Iterator[Duty]:
    for name, event in _events(context, promise.duty.after, days):
        way = _counted(event, promise, context.inputs.calendar.model)
        yield _single(
            context, promise, name, way, f"Counted from {event.steps[-1].name}, {event.day}.", first=event.day
        )


def _before(context: Context, promise: Promised, days: PromiseDays) -> Iterator[Duty]:
    (period, *_), calendar = promise.within, context.inputs.calendar.model
    for name, event in _events(context, promise.duty.before, days):
        last = back(event.day + _DAY, period)
        way = event.then("count back", period.text, str(event.day + _DAY), last, promise.source)
        way = way.then(
            "Business Day", "on it or before", str(last), business_day_before(last, calendar), promise.source
        )
        yield _single(
            context, promise, name, way, f"At least {period.text} before {event.steps[-1].name}, {event.day}."
        )


def _single(
    context: Context, promise: Promised, name: str, way: ExplainedDate, why: str, first: date | None = None
) -> Duty:
    duty = promise.duty
    held = _held(context, promise, _Series(duty.what, duty.kind, way.day, 1))
    shown = f" Evidence: {duty.evidence}." if duty.evidence else ""
    return duty_of(
        context,
        duty.kind,
        f"{duty.id} {name}".strip(),
        day=way,
        what=f"{duty.what}: {name}" if name else duty.what,
        why=f"{why}{shown}",
        first=first,
        done=any(not first or each >= first for each in held),
    )


def _events(context: Context, event: str | None, days: PromiseDays) -> Iterator[tuple[str, ExplainedDate]]:
    """The days of an event, each with the name of what it concerns."""
    at = context.inputs.agreement.at
    once = {
        "start": ("the Start Date", days.start),
        "end": ("the last day", days.end),
        "expiry": ("the last day", days.expiry),
        "exit": ("the beginning of the exit", days.exit),
    }
    if event in once:
        name, day = once[event]
        if day:
            yield "", stated(name, day, str(at()))
        return
    for n, each in enumerate(context.inputs.agreement.model.licences):
        if each.last_day:
            yield each.product, stated("the end of the licences", each.last_day, str(at(f"licences.{n}.last_day")))


def _counted(way: ExplainedDate, promise: Promised, calendar: Calendar) -> ExplainedDate:
    """The day that periods after an event lead to; the last one moves on to a Business Day (clause interpretation, days)."""
    for each in promise.within:
        way = way.then("count on", each.text, str(way.day), later(way.day, each, calendar), promise.source)
    if not promise.within:
        return way
    return way.then(
        "Business Day",
        "on it or after",
        str(way.day),
        business_day_from(way.day, calendar),
        "clause interpretation, days",
    )


def later(day: date, period: Duration, calendar: Calendar) -> date:
    """The last day of a period after a day, which is not counted itself. Raises ValueError for hours and minutes."""
    if period.unit == "business day":
        return business_days_later(day, period.count, calendar)
    in_days = {"day": 1, "week": 7}.get(period.unit)
    if in_days:
        return day + timedelta(days=in_days * period.count)
    return corresponding(day + _DAY, period.months) - _DAY


# ---- what was done


def _held(context: Context, promise: Promised, series: _Series) -> list[date]:
    """The days on which it was done, from the lists of reviews and tests and from what is recorded below `kept`."""
    record: Account | Service | None
    if isinstance(context, BlockContext):
        record = context.book.account.model if context.book else None
    else:
        record = context.service.model if context.service else None
    if record is None:
        return []
    names = {promise.duty.id, series.what.casefold()}
    found = [each.on for each in record.kept if each.duty.casefold() in names]
    if series.kind == "review":
        found += [each.on for each in getattr(record, "reviews", ())]
    if series.kind == "restore test":
        what = series.what.casefold().removeprefix(f"{promise.duty.what.casefold()} of ")
        found += [each.on for each in getattr(record, "restore_tests", ()) if what in each.what.casefold()]
    return found


def _first_day(context: Context) -> date:
    agreed = context.inputs.agreement.model
    first: date = agreed.term.first_day if isinstance(agreed, Agreement) else agreed.block.first_day
    return first


DATED: Mapping[str, Callable[[Context, Promised, PromiseDays], Iterator[Duty]]] = {
    "every": _every,
    "after": _after,
    "before": _before,
    "listed": _listed,
}
