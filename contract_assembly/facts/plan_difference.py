"""What a client gains and loses with another plan, worked out from the two plans: an offer says only what differs. Pure."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from contract_assembly.core.text import mid_sentence, plural
from contract_assembly.core.values import Duration
from contract_assembly.facts.business_days import average_minutes
from contract_assembly.facts.catalogue import Calendar, CreditStep, Exclusion, Plan, Priority, Task
from contract_assembly.facts.frequency import more_often
from contract_assembly.facts.labels import TREATMENT_LABELS

Side = Literal["more", "less", "other"]
ABSENT = "not included"
_WORD = re.compile(r"\w+")
_EVERY = re.compile(r"(?:every|each) (?:(\d+)\s)?(minute|hour|day|business hour|business day)s?")
_SMALL = frozenset(_WORD.findall("a all and any at by each every for in is no of on or the with"))


class PlanDifference(Struct, frozen=True):
    """One point in which two plans differ: whether the new one gives more or less of it, or it cannot be said; what it is, now
    and then; and all of that as a phrase. Points of one `family` may share a row of a table, where `member` tells them apart."""

    side: Side
    what: str
    now: str
    then: str
    phrase: str
    family: str = ""
    member: str = ""


def differences(old: Plan, new: Plan, calendar: Calendar) -> tuple[PlanDifference, ...]:
    """Every point of service in which two plans differ, what weighs most first: response to the most urgent, visits, the share on
    time, tasks that come or go, how often the others are done, and the rest. What both plans give is not in it, nor are prices,
    the words that define impact and urgency, and what evidence of a task the client receives."""
    responses, *others = _periods(old, new, calendar)
    return (
        *responses,
        *_amount("on-site hours a month", old.onsite_hours, new.onsite_hours),
        *_shares(old, new, _ON_TIME),
        *_tasks(old.services, new.services),
        *_exclusions(old, new),
        *(each for found in others for each in found),
        *_amount("hours included for an upgrade", old.upgrade_hours, new.upgrade_hours),
        *_amount("hours of work before it is a project", old.project_hours, new.project_hours),
        *_workload(old, new),
        *_updates(old, new, calendar),
        *_credit_steps(old, new),
        *_shares(old, new, *_CREDITS),
        *_exit(old, new),
        *_report(old, new, calendar),
        *_rating(old, new),
        *_treatments(old, new),
    )


def sold_again(words: str, old: Plan, new: Plan) -> Task | None:
    """A task that an offer in free words names, although the client's own plan has it and it is done as often; None without
    one. A phrase names the task with which it shares most of its words."""
    after = {each.task: each.frequency for each in new.services}
    for phrase in re.split(r"[;:.]|, ", words):
        content = _content(phrase)
        shared = {
            each.task: len(content & _content(f"{each.task} {each.frequency}"))
            for each in (*new.services, *old.services)
        }
        best = max(shared, key=lambda task: shared[task], default="")
        if shared.get(best, 0) < 2 or 2 * shared[best] <= len(content):
            continue
        same = [each for each in old.services if each.task == best and after.get(best) == each.frequency]
        if same:
            return same[0]
    return None


def _content(text: str) -> set[str]:
    """The words that carry meaning, without a plural's s."""
    return {word.removesuffix("s") for word in _WORD.findall(text.casefold()) if word not in _SMALL}


def _periods(old: Plan, new: Plan, calendar: Calendar) -> Iterator[list[PlanDifference]]:
    """Responses to the first priority, then those to the others, then the targets for Resolution."""
    names = [each.id for each in old.service_levels.priorities]
    yield list(_period(old, new, calendar, names[0], "response"))
    yield [found for name in names[1:] for found in _period(old, new, calendar, name, "response")]
    yield [found for name in names for found in _period(old, new, calendar, name, "target")]


def _period(
    old: Plan, new: Plan, calendar: Calendar, name: str, which: Literal["response", "target"]
) -> Iterator[PlanDifference]:
    def of(plan: Plan) -> Duration:
        found: Priority = next(each for each in plan.service_levels.priorities if each.id == name)
        period: Duration = found.response if which == "response" else found.target
        return period

    before, after = of(old), of(new)
    minutes: list[Fraction] = [average_minutes(each, calendar) for each in (before, after)]
    if minutes[0] == minutes[1]:
        return
    called, priority = "response" if which == "response" else "resolution target", f"Priority\u00a0{name[1:]}"
    what = f"{priority} {called}"
    side: Side = "more" if minutes[1] < minutes[0] else "less"
    now = str(before.count) if before.unit == after.unit else _words(before)  # 2 business hours (now 1)
    phrase = f"{what} in {_words(after)} (now {now})"
    yield PlanDifference(
        side=side,
        what=what,
        now=_words(before),
        then=_words(after),
        phrase=phrase,
        family=called.capitalize(),
        member=priority,
    )


def _words(period: Duration) -> str:
    return f"{period.count}\u00a0{period.unit if period.count == 1 else plural(period.unit)}"


def _amount(what: str, old: int | Decimal, new: int | Decimal) -> Iterator[PlanDifference]:
    if old != new:
        side: Side = "more" if new > old else "less"
        counted = what.replace("hours", "hour", 1) if new == 1 else what
        yield PlanDifference(side, what.capitalize(), str(old), str(new), f"{new}\u00a0{counted} (now {old})")


_ON_TIME = ("Responses on time, at least", "{} on time (now {})", "threshold")
_CREDITS = (
    ("Most service credit in a month", "up to {} service credit a month (now {})", "cap_month"),
    ("Most service credit in a year", "up to {} service credit a year (now {})", "cap_year"),
)


def _shares(old: Plan, new: Plan, *points: tuple[str, str, str]) -> Iterator[PlanDifference]:
    for what, phrase, name in points:
        before, after = (getattr(plan.service_levels, name).value for plan in (old, new))
        if before != after:
            now, then = (f"{each.normalize():f}%" for each in (before, after))
            side: Side = "more" if after > before else "less"
            family, _, member = what.partition(" in ")
            yield PlanDifference(
                side=side,
                what=what,
                now=now,
                then=then,
                phrase=phrase.format(then, now),
                family=family,
                member=member and f"in {member}",
            )


def _workload(old: Plan, new: Plan) -> Iterator[PlanDifference]:
    """The volume in a month that the fee covers with the service levels (clause levels-workload)."""
    before, after = old.service_levels.workload, new.service_levels.workload
    tickets = "tickets a month for each user within the service levels"
    yield from _amount(tickets, before.tickets_per_user, after.tickets_per_user)
    yield from _amount("moves and changes a month within the service levels", before.changes, after.changes)


def _updates(old: Plan, new: Plan, calendar: Calendar) -> Iterator[PlanDifference]:
    """How often the client hears about an open ticket, by priority."""
    after = {each.id: each.updates for each in new.service_levels.priorities}
    for each in old.service_levels.priorities:
        then = after[each.id]
        if each.updates != then:
            priority = f"Priority\u00a0{each.id[1:]}"
            yield PlanDifference(
                side=_side(_sooner(each.updates, then, calendar)),
                what=f"Updates on {priority}",
                now=each.updates,
                then=then,
                phrase=f"updates on {priority}: {mid_sentence(then)} (now {mid_sentence(each.updates)})",
                family="Updates",
                member=priority,
            )


def _sooner(old: str, new: str, calendar: Calendar) -> bool | None:
    """Whether "Every 30 minutes" is more often than "Each Business Day"; None where the words give no such interval."""
    before, after = _EVERY.fullmatch(old.casefold()), _EVERY.fullmatch(new.casefold())
    if not before or not after:
        return None
    minutes = [average_minutes(Duration(int(each[1] or 1), each[2]), calendar) for each in (before, after)]  # type: ignore[arg-type]  # the pattern has units only
    return None if minutes[0] == minutes[1] else minutes[1] < minutes[0]


def _side(better: bool | None) -> Side:
    return "other" if better is None else "more" if better else "less"


def _credit_steps(old: Plan, new: Plan) -> Iterator[PlanDifference]:
    """The service credit for each achievement: more only if none of them earns less than before."""
    before, after = old.service_levels.credits, new.service_levels.credits
    if before == after:
        return
    ends = {end.value for each in (*before, *after) for end in (each.least, each.most)}
    changes = {_earned(after, end) - _earned(before, end) for end in ends} - {Decimal(0)}
    better = {change > 0 for change in changes}
    side = _side(better.pop() if len(better) == 1 else None)
    now, then = (", ".join(map(_step, steps)) or "none" for steps in (before, after))
    what = "Service credit by the share on time"
    yield PlanDifference(side, what, now, then, f"service credit of {then} on time (now {now})")


def _earned(steps: tuple[CreditStep, ...], achieved: Decimal) -> Decimal:
    """The credit in percent for an achievement; none outside all steps."""
    return next((each.credit.value for each in steps if each.least.value <= achieved <= each.most.value), Decimal(0))


def _step(each: CreditStep) -> str:
    """A band with its credit: "2% from 90% to 94.99%"."""
    credit, least, most = (f"{one.value.normalize():f}%" for one in (each.credit, each.least, each.most))
    return f"{credit} from {least} to {most}"


def _exit(old: Plan, new: Plan) -> Iterator[PlanDifference]:
    """After how many failed months the client may leave without charge (clause levels-chronic): fewer are more for the client."""
    before, after = old.service_levels, new.service_levels
    points = (
        ("in a row", before.chronic_consecutive, after.chronic_consecutive),
        ("not in a row", before.chronic_rolling, after.chronic_rolling),
    )
    for member, now, then in points:
        if now != then:
            what = f"Failed months {member} after which you may leave"
            yield PlanDifference(
                side=_side(then < now),
                what=what,
                now=str(now),
                then=str(then),
                phrase=f"{mid_sentence(what)}: {then} (now {now})",
                family="Failed months after which you may leave",
                member=member,
            )


def _report(old: Plan, new: Plan, calendar: Calendar) -> Iterator[PlanDifference]:
    before, after = old.service_levels.report, new.service_levels.report
    minutes = [average_minutes(each, calendar) for each in (before, after)]
    if minutes[0] != minutes[1]:
        now, then = _words(before), _words(after)
        what, phrase = "Monthly report within", f"monthly report within {then} (now {now})"
        yield PlanDifference(_side(minutes[1] < minutes[0]), what, now, then, phrase)


def _rating(old: Plan, new: Plan) -> Iterator[PlanDifference]:
    """The average rating by users below which we owe a plan (clause levels-improvement), and the small number."""
    before, after = old.service_levels, new.service_levels
    if before.satisfaction != after.satisfaction:
        now, then = str(before.satisfaction), str(after.satisfaction)
        phrase = f"goal for your users’ rating: {then} of 5 (now {now})"
        yield PlanDifference(
            _side(after.satisfaction > before.satisfaction), "Goal for your users’ rating", now, then, phrase
        )
    if before.small_number != after.small_number:
        now, then = str(before.small_number), str(after.small_number)
        what = "Tickets in a month from which the share counts"
        yield PlanDifference("other", what, now, then, f"{mid_sentence(what)}: {then} (now {now})")


def _treatments(old: Plan, new: Plan) -> Iterator[PlanDifference]:
    """How that is handled which neither plan includes."""
    after = {each.item.casefold(): each for each in new.exclusions}
    for each in old.exclusions:
        found = after.get(each.item.casefold())
        if found and found.treatment != each.treatment:
            now, then = TREATMENT_LABELS[each.treatment], TREATMENT_LABELS[found.treatment]
            phrase = f"{mid_sentence(each.item)}: {mid_sentence(then)} (now {mid_sentence(now)})"
            yield PlanDifference("other", each.item, now, then, phrase)


def _tasks(old: tuple[Task, ...], new: tuple[Task, ...]) -> Iterator[PlanDifference]:
    """Tasks that come and go first, then those that are done more or less often."""
    before, after = ({each.task.casefold(): each for each in tasks} for tasks in (old, new))
    for key, each in before.items():
        if key not in after:
            yield PlanDifference("less", each.task, each.frequency, ABSENT, f"no {mid_sentence(each.task)}")
    for key, each in after.items():
        if key not in before:
            yield PlanDifference("more", each.task, ABSENT, each.frequency, mid_sentence(each.task))
    for key, each in before.items():
        if key in after and each.frequency != after[key].frequency:
            then = after[key].frequency
            phrase = f"{mid_sentence(each.task)}: {mid_sentence(then)} (now {mid_sentence(each.frequency)})"
            yield PlanDifference(_side(more_often(each.frequency, then)), each.task, each.frequency, then, phrase)


def _exclusions(old: Plan, new: Plan) -> Iterator[PlanDifference]:
    """Exclusions that come or go, unless a task says the same."""
    tasks = {each.task.casefold() for each in (*old.services, *new.services)}
    before, after = (_by_item(plan.exclusions, tasks) for plan in (old, new))
    for item, name in before.items():
        if item not in after:
            yield PlanDifference("more", name, ABSENT, "included", mid_sentence(name))
    for item, name in after.items():
        if item not in before:
            yield PlanDifference("less", name, "included", ABSENT, f"no {mid_sentence(name)}")


def _by_item(exclusions: tuple[Exclusion, ...], tasks: set[str]) -> dict[str, str]:
    return {each.item.casefold(): each.item for each in exclusions if each.item.casefold() not in tasks}
