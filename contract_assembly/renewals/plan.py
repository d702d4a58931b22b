"""The plan of a renewal: who, by when, at which price, what will be written, what stands in the way. Pure; writes nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from contract_assembly.core.explained_date import ExplainedDate
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, errors
from contract_assembly.core.values import DateRange
from contract_assembly.facts.catalogue import Plan
from contract_assembly.facts.term_dates import days_in_force, months_of
from contract_assembly.renewals.blockers import declines, obstacles, rise_notice_stands, rises
from contract_assembly.renewals.context import (
    BlockMatter,
    RenewalContext,
    decision_day_of,
    ends_early,
    letter_day_of,
    number_of,
    rise_notice_of,
    term_of,
)
from contract_assembly.renewals.letters_due import Letter, letters
from contract_assembly.renewals.next_prices import NextFees, Rise, next_fees, rise
from contract_assembly.renewals.notice_delivery import Delivery, send_by
from contract_assembly.renewals.notice_windows import FORMAL, Window, windows

State = Literal["to do", "blocked", "declined", "ended", "renewed", "does not renew"]


@dataclass(frozen=True)
class Renewal:
    """One renewal. Days are inclusive, money is a month's; `problems` with level error stop it, the others are told.

    `number` is that of the term that ends; `remains` says what is still possible where a day was missed."""

    client: str
    name: str
    short: str
    state: State
    number: int
    term: DateRange
    next_name: str = ""
    next_term: DateRange | None = None
    decision: ExplainedDate | None = None
    letter: date | None = None
    rise_by: tuple[ExplainedDate, ...] = ()
    windows: tuple[Window, ...] = ()
    fees: NextFees | None = None
    signature: bool = False
    letters: tuple[Letter, ...] = ()
    problems: tuple[Problem, ...] = ()
    remains: tuple[str, ...] = ()

    @property
    def writes(self) -> tuple[str, ...]:
        """What carrying it out puts down: the next term's folder, and the letters in the folder of the term that ends."""
        if self.next_term is None:
            return ()
        after, before = (folder_of(self.client, each) for each in (self.next_name, self.name))
        letters = [f"{before}/{each.name}" for each in self.letters]
        return (*(f"{after}/{each}" for each in ("agreement.yaml", "contract", "renewal/redline.docx")), *letters)

    @property
    def begins(self) -> date:
        """The first day on which something is to be done for it."""
        found = [self.letter, *(each.days.first for each in self.windows), *(each.day for each in self.rise_by)]
        return min((each for each in found if each), default=self.term.last)

    def falls(self, days: DateRange) -> bool:
        """Whether something is to be done for it by the last of these days, or was before them; what is settled is told until its
        term is over."""
        settled = self.state not in {"to do", "blocked"} and self.term.last < days.first
        return self.begins <= days.last and not settled


def renewal(matter: RenewalContext | BlockMatter, on: date) -> Renewal:
    """The plan of the renewal after the term that is current on a day. Raises ValueError where a day cannot be counted."""
    if isinstance(matter, BlockMatter):
        return _of_block(matter)
    number = number_of(matter, on)
    if settled := _settled(matter, number):
        return settled
    return _planned(matter, number, on)


def planned(matters: tuple[RenewalContext | BlockMatter, ...], days: DateRange) -> Iterator[Renewal]:
    """The renewals for which something is to be done within these days, or was to be done before them, by their first day."""
    found = (renewal(each, days.first) for each in matters)
    yield from sorted((each for each in found if each.falls(days)), key=lambda each: (each.begins, each.client))


def _of_block(matter: BlockMatter) -> Renewal:
    days, at = days_in_force(matter.inputs), matter.inputs.agreement.at
    what = f"a time block does not renew: its hours expire after {days.last}"
    told = Problem("time-block", what, at("block"), "offer another block, or a support contract", "info")
    short = matter.inputs.client.model.party.short
    return Renewal(matter.client, matter.name, short, "does not renew", 0, days, problems=(told,))


def _settled(matter: RenewalContext, number: int) -> Renewal | None:
    """Where nothing is left to plan: ended early, declined, or renewed by a later agreement."""
    days, agreed = term_of(matter, number), matter.inputs.agreement.model
    letter: date | None = None
    state: State
    if (last := ends_early(matter)) and last < days.last:
        ended = agreed.ended
        state, what = "ended", f"ended early, by {ended.by if ended else ''}; the last day is {last}"
        origin, days = matter.at("ended"), DateRange(min(days.first, last), last)
    elif (
        gone := next((n for n, each in enumerate(agreed.notices) if declines(each, matter, number)), None)
    ) is not None:
        state, what, origin = "declined", f"declined; it ends on {days.last}", matter.at(f"notices.{gone}")
    elif matter.successor and matter.successor.first_day <= days.last + timedelta(days=1):
        number = number_of(matter, matter.successor.first_day - timedelta(days=1))
        days, letter = term_of(matter, number), letter_day_of(matter, number)
        by_hand = ", edited by hand since it was built, and left as it is" if matter.successor.edited else ""
        state, what = "renewed", f"renewed by {matter.successor.name} ({matter.successor.status}){by_hand}"
        origin = matter.at("")
    else:
        return None
    told = Problem(f"renewal-{state}", what, origin, "nothing is left to do here", "info")
    return Renewal(matter.client, matter.name, matter.short, state, number, days, letter=letter, problems=(told,))


def _planned(matter: RenewalContext, number: int, on: date) -> Renewal:
    agreed, days = matter.inputs.agreement.model, term_of(matter, number)
    following = _following(matter, number)
    automatic = agreed.term.renewal == "automatic"
    decision = decision_day_of(matter, number) if automatic else None
    found = windows(matter, number)
    by = rise_notice_of(matter, number)
    ways = [matter.promises.deliveries[each] for each in FORMAL]
    rise_by = tuple(send_by(by, each, matter.inputs.calendar.model) for each in ways)
    fees, about_fees = _fees(matter, number, following, on, rise_by)
    problems, remains = obstacles(matter, number, on, found)
    problems = (*problems, *about_fees, *_taken(matter, following.first))
    signature = not automatic or (fees is not None and _changes(matter))
    return Renewal(
        matter.client,
        matter.name,
        matter.short,
        "blocked" if errors(problems) else "to do",
        number,
        days,
        next_name(matter.name, following.first),
        following,
        decision,
        letter_day_of(matter, number),
        rise_by if fees and fees.rise and fees.rise.percent > 0 else (),
        found,
        fees,
        signature,
        letters(matter, number, on, found, _email_by(fees, ways, rise_by)),
        problems,
        remains,
    )


def _email_by(fees: NextFees | None, ways: list[Delivery], rise_by: tuple[ExplainedDate, ...]) -> date | None:
    """The last day to send the notice of new prices by email; None where no price rises."""
    if fees is None or not rises(fees):
        return None
    return next(day.day for way, day in zip(ways, rise_by, strict=True) if way.channel == "email")


def _taken(matter: RenewalContext, first_day: date) -> Iterator[Problem]:
    """A folder of that name which renews nothing, or something else."""
    name = next_name(matter.name, first_day)
    if name in matter.siblings:
        what = f"{folder_of(matter.client, name)} is there already, and does not renew {matter.name}"
        hint = f"if it is the next term, add renews: {matter.name} to its agreement.yaml; else give the folder another name"
        yield Problem("folder-taken", what, matter.at(""), hint)


def _following(matter: RenewalContext, number: int) -> DateRange:
    """The next term. One that is agreed on lasts as long as the agreement says of a Renewal Term."""
    return term_of(matter, number + 1)


def _fees(
    matter: RenewalContext, number: int, following: DateRange, on: date, rise_by: tuple[ExplainedDate, ...]
) -> tuple[NextFees | None, tuple[Problem, ...]]:
    """Old and new price. A rise whose notice is late is no rise: meant by us it is refused, agreed in advance it falls away."""
    plan = _plan(matter, following.first)
    if isinstance(plan, Problem):
        return None, (plan,)
    agreed = matter.inputs.agreement.model
    months = months_of(agreed.term, number)
    found = rise(matter.inputs, following.first, months, matter.series)
    fees = next_fees(matter.inputs, plan, found)
    late = rise_notice_stands(matter, number, on, rise_by, fees)
    if late and late.level == "warning":
        fees = next_fees(matter.inputs, plan, _no_rise(matter))
    return fees, (*fees.problems, *([late] if late else []))


def _no_rise(matter: RenewalContext) -> Rise:
    return Rise(Decimal(0), ("the notice of the rise was late, so prices stay",), matter.at("fees.increase_notice"))


def _plan(matter: RenewalContext, first_day: date) -> Plan | Problem:
    meant = matter.inputs.agreement.model.renewal
    name = meant.plan if meant and meant.plan else matter.inputs.agreement.model.plan
    origin = matter.at("renewal.plan" if meant and meant.plan else "plan")
    known = ", ".join(sorted(matter.plans))
    plan = matter.plans.get(name)
    if plan is None:
        return Problem("unknown-plan", f"{name} is no plan here", origin, f"there are: {known}")
    if plan.withdrawn and plan.withdrawn <= first_day:
        what = f"plan {name} is withdrawn from {plan.withdrawn}, and the next term begins on {first_day}"
        return Problem("plan-withdrawn", what, origin, f"name another below renewal: plan: one of {known}")
    return plan


def _changes(matter: RenewalContext) -> bool:
    """Whether more than prices changes: another plan, or lines that end; only an amendment or a new signature does that."""
    meant = matter.inputs.agreement.model.renewal
    return bool(meant and ((meant.plan and meant.plan != matter.inputs.agreement.model.plan) or meant.ended))


def next_name(name: str, first_day: date) -> str:
    """The folder of the next term: the year in the name becomes that of its first day, or is added."""
    changed = re.sub(r"(?<!\d)\d{4}(?!\d)", str(first_day.year), name, count=1)
    return changed if changed != name else f"{name}-{first_day:%Y-%m}"
