"""The plan of a renewal: the client, the deadline, the price, the files to write, and what blocks it. Pure; writes
nothing."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from contract_assembly.core.explained_date import ExplainedDate
from contract_assembly.core.paths import folder_of
from contract_assembly.core.problems import Problem, errors
from contract_assembly.core.values import DateRange, days_before
from contract_assembly.facts.catalogue import Plan
from contract_assembly.facts.term_dates import days_in_force, months_of
from contract_assembly.renewals.blockers import NOT_SIGNED as NOT_SIGNED
from contract_assembly.renewals.blockers import blockers
from contract_assembly.renewals.context import BlockContext, RenewalContext
from contract_assembly.renewals.increase import Rise, rise
from contract_assembly.renewals.letters_due import Letter, answer_to_decline, letters
from contract_assembly.renewals.next_prices import NextFees, next_fees
from contract_assembly.renewals.next_scope import next_days, next_plan_id
from contract_assembly.renewals.notice_delivery import Channel
from contract_assembly.renewals.notice_windows import Window, windows
from contract_assembly.renewals.rise_notice import late_index_problem, rise_by, rise_notice_problem
from contract_assembly.renewals.term import Term

REDLINE, TERMS = "renewal/redline.docx", "renewal/comparison.md"
State = Literal["to do", "blocked", "declined", "ended", "renewed", "does not renew", "not signed yet"]
OPEN: frozenset[State] = frozenset({"to do", "blocked", "not signed yet"})  # the renewal is still ahead


class RenewalPlan(Struct, frozen=True):
    """One renewal. Days are inclusive, amounts are monthly; `problems` of level error block it, the others are for information.

    `number` is that of the term that ends; `rise_by` is the last day to send the notice of new prices by each channel,
    empty if no price rises; `remains` is what is still possible if a day was missed. `comparison` is the file that compares the
    two contracts: a redline, or the key terms where the one that ends is on other paper. `status` is that of an agreement whose
    renewal is ahead. `alike` are its law and the plan of the next term: contracts that have both in common share most words."""

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
    rise_by: tuple[tuple[Channel, ExplainedDate], ...] = ()
    windows: tuple[Window, ...] = ()
    fees: NextFees | None = None
    signature: bool = False
    comparison: str = REDLINE
    letters: tuple[Letter, ...] = ()
    problems: tuple[Problem, ...] = ()
    remains: tuple[str, ...] = ()
    status: str = "signed"
    alike: tuple[str, str] = ("", "")

    @property
    def to_write(self) -> bool:
        """Whether there is something to write: the next term, or the answer to a client who declined."""
        return self.state == "to do" or (self.state == "declined" and bool(self.letters))

    @property
    def writes(self) -> tuple[str, ...]:
        """The files to write: the next term's folder, and the letters in the folder of the term that ends."""
        after, before = (folder_of(self.client, each) for each in (self.next_name, self.name))
        letters = tuple(f"{before}/{each.name}" for each in self.letters)
        if self.next_term is None:
            return letters
        return (*(f"{after}/{each}" for each in ("agreement.yaml", "contract", self.comparison)), *letters)

    @property
    def begins(self) -> date:
        """The first day on which something is due for it."""
        days = [self.letter, *(each.days.first for each in self.windows), *(each.day for _, each in self.rise_by)]
        if self.next_term is None:
            days += [each.day for each in self.letters]
        return min((each for each in days if each), default=self.term.last)

    def falls(self, days: DateRange) -> bool:
        """Whether something is due for it by the last of these days, or was due before them; a settled renewal is
        listed until its term is over."""
        settled = self.state not in OPEN and self.term.last < days.first
        return self.begins <= days.last and not settled


def renewal(context: RenewalContext | BlockContext, on: date) -> RenewalPlan:
    """The plan of the renewal after the term that is current on a day. Raises ValueError if a day cannot be
    computed."""
    if isinstance(context, BlockContext):
        return _of_block(context)
    return renewal_after(context, context.term(context.number_on(on)), on)


def renewal_after(context: RenewalContext, term: Term, on: date) -> RenewalPlan:
    """The plan, as of a day, of the renewal after a term."""
    context = context.as_of(on)
    return _settled(context, term, on) or _planned(context, term, on)


def fees_after(context: RenewalContext, term: Term, on: date) -> NextFees | None:
    """The old and new price in the plan of `renewal_after`, where nothing else of it is needed; None if there is none. The
    renewal must still be ahead."""
    context = context.as_of(on)
    return _fees(context, term, on, rise_by(context, term))[0]


def planned(contexts: Iterable[RenewalContext | BlockContext], days: DateRange) -> Iterator[RenewalPlan]:
    """The renewals for which something is due within these days, or was due before them, by their first day."""
    found = (renewal(each, days.first) for each in contexts)
    yield from sorted((each for each in found if each.falls(days)), key=by_day)


def by_day(plan: RenewalPlan) -> tuple[bool, date, str, str]:
    """The order of plans: by their first day; those of contracts that no one has signed yet are last."""
    return plan.state == "not signed yet", plan.begins, plan.client, plan.name


def _of_block(context: BlockContext) -> RenewalPlan:
    days, at = days_in_force(context.inputs), context.inputs.agreement.at
    state: State = "does not renew"
    what = f"a time block does not renew: its hours expire after {days.last}"
    note = Problem("time-block", what, at("block"), "offer another block, or a support contract", "info")
    if context.book and (step := context.book.account.model.conversion):
        state, days = "renewed", DateRange(days.first, days_before(step.first_day, 1))
        what = f"{step.agreement} took its place on {step.first_day}"
        note = Problem("renewal-renewed", what, at("block"), "nothing is left to do here", "info")
    return RenewalPlan(
        client=context.client,
        name=context.name,
        short=context.inputs.client.model.party.short,
        state=state,
        number=0,
        term=days,
        problems=(note,),
    )


# ---- where nothing is left to plan


def _settled(context: RenewalContext, term: Term, on: date) -> RenewalPlan | None:
    """The renewal of an agreement that ended early, was declined, never took effect, or is renewed by a later agreement."""
    return _ended(context, term, on) or _never_began(context, term) or _renewed(context, term)


def _note(context: RenewalContext, term: Term, state: State, note: Problem, days: DateRange) -> RenewalPlan:
    return RenewalPlan(
        client=context.client,
        name=context.name,
        short=context.short,
        state=state,
        number=term.number,
        term=days,
        problems=(note,),
    )


def _ended(context: RenewalContext, term: Term, on: date) -> RenewalPlan | None:
    end = context.end()
    if end is None or end.number > term.number:
        return None
    last = term if end.number == term.number else context.term(end.number)
    if end.kind == "ended":
        what, hint = f"ended early, by {end.by}; the last day is {end.last_day}", "nothing is left to do here"
    else:
        what, hint = f"declined by the {end.by}; it ends on {end.last_day}", "nothing is left to do here"
    days = DateRange(min(last.days.first, end.last_day), end.last_day)
    next_ = context.successor
    if next_ and next_.status in {"draft", "sent"} and end.prevents(next_.first_day):
        hint = f"{next_.name} ({next_.status}) takes effect only if both parties sign it; otherwise delete it"
    answer = answer_to_decline(context, end, last, on)
    note = Problem(f"renewal-{end.kind}", what, end.origin, "send the answer to the client" if answer else hint, "info")
    return replace(_note(context, last, end.kind, note, days), letters=answer)


def _never_began(context: RenewalContext, term: Term) -> RenewalPlan | None:
    end = context.end_before()
    if end is None:
        return None
    before = context.agreed.renews
    verb = "ended early" if end.kind == "ended" else "was declined"
    what = (
        f"{before} {verb} and ends on {end.last_day}, so this {context.agreed.status} takes effect only if both sign it"
    )
    note = Problem("never-began", what, context.at("renews"), "have both parties sign it, or delete its folder", "info")
    return _note(context, term, "does not renew", note, term.days)


def _renewed(context: RenewalContext, term: Term) -> RenewalPlan | None:
    successor = context.successor
    if successor is None or successor.first_day > term.following.first:
        return None
    number = context.number_on(successor.first_day - timedelta(days=1))
    last = term if number == term.number else context.term(number)
    by_hand = ", edited by hand since it was built, and left as it is" if successor.edited else ""
    what = f"renewed by {successor.name} ({successor.status}){by_hand}"
    note = Problem("renewal-renewed", what, context.at(""), "nothing is left to do here", "info")
    return replace(_note(context, last, "renewed", note, last.days), letter=last.letter_day)


# ---- what is planned


def _planned(context: RenewalContext, term: Term, on: date) -> RenewalPlan:
    found = windows(context, term)
    by = rise_by(context, term)
    fees, about_fees = _fees(context, term, on, by)
    rising = fees is not None and fees.rises
    about, remains = blockers(context, term, on, found)
    problems = (*about, *about_fees, *_taken(context, term.following.first))
    return RenewalPlan(
        client=context.client,
        name=context.name,
        short=context.short,
        state=_state(problems),
        number=term.number,
        term=term.days,
        next_name=next_name(context.name, term.following.first),
        next_term=next_days(context.agreed, term.following),
        decision=term.decision if term.automatic else None,
        letter=term.letter_day,
        rise_by=tuple(by.items()) if rising else (),
        windows=found,
        fees=fees,
        signature=_needs_signature(context, term, fees),
        comparison=REDLINE if context.agreed.origin == "here" else TERMS,
        letters=letters(context, term, on, found, by["email"].day if rising else None),
        problems=problems,
        remains=remains,
        status=context.agreed.status,
        alike=(context.agreed.law, next_plan_id(context)),
    )


def _state(problems: Iterable[Problem]) -> State:
    """Of a renewal that is still ahead. A contract that no one has signed is not blocked: it has nothing to renew yet."""
    stopping = errors(problems)
    if any(each.rule == NOT_SIGNED for each in stopping):
        return "not signed yet"
    return "blocked" if stopping else "to do"


def _needs_signature(context: RenewalContext, term: Term, fees: NextFees | None) -> bool:
    """Whether the next term binds only once both parties have signed it; the first on our paper always does."""
    moves = context.agreed.origin == "elsewhere" or not term.automatic
    return moves or (fees is not None and _changes_more_than_prices(context))


def _taken(context: RenewalContext, first_day: date) -> Iterator[Problem]:
    """The problem if the next term's folder exists and renews nothing or something else."""
    name = next_name(context.name, first_day)
    if name in context.siblings:
        what = f"{folder_of(context.client, name)} exists already, and does not renew {context.name}"
        hint = f"if it is the next term, add renews: {context.name} to its agreement.yaml; otherwise rename the folder"
        yield Problem("folder-taken", what, context.at(""), hint)


def _fees(
    context: RenewalContext, term: Term, on: date, by: dict[Channel, ExplainedDate]
) -> tuple[NextFees | None, tuple[Problem, ...]]:
    """The old and new price. If the notice of a rise is late, prices stay: a rise that we intend is refused, one agreed
    in advance is left out."""
    plan = _plan(context, term.following.first)
    if isinstance(plan, Problem):
        return None, (plan, *context.unreadable)
    months = months_of(context.agreed.term, term.number)
    found = (
        context.unreadable[0]
        if context.unreadable
        else rise(context.inputs, term.following.first, months, context.series)
    )
    late = None
    if isinstance(found, Problem) and found.rule == "index-missing" and (late := late_index_problem(context, term)):
        found = _no_rise(context)
    fees = next_fees(context.inputs, plan, found)
    late = late or rise_notice_problem(context, term, on, by, fees)
    if late and late.level == "warning":
        fees = next_fees(context.inputs, plan, _no_rise(context))
    return fees, (*fees.problems, *context.unreadable[1:], *([late] if late else []))


def _no_rise(context: RenewalContext) -> Rise:
    return Rise(Decimal(0), ("the notice of the rise was late, so prices stay",), context.at("fees.increase_notice"))


def _plan(context: RenewalContext, first_day: date) -> Plan | Problem:
    meant = context.agreed.renewal
    name = next_plan_id(context)
    origin = context.at("renewal.plan" if meant and meant.plan else "plan")
    known = ", ".join(sorted(context.plans))
    plan = context.plans.get(name)
    if plan is None:
        return Problem("unknown-plan", f"unknown plan: {name}", origin, f"there are: {known}")
    if plan.withdrawn and plan.withdrawn <= first_day:
        what = f"plan {name} is withdrawn from {plan.withdrawn}, and the next term begins on {first_day}"
        return Problem("plan-withdrawn", what, origin, f"name another below renewal: plan: one of {known}")
    return plan


def _changes_more_than_prices(context: RenewalContext) -> bool:
    """Whether the plan or the commitment changes, or lines end, which only an amendment or a new signature can do."""
    meant = context.agreed.renewal
    return bool(meant and (next_plan_id(context) != context.agreed.plan or meant.ended or meant.commitment))


def next_name(name: str, first_day: date) -> str:
    """The folder of the next term: the year in the name becomes that of its first day, or is added."""
    changed = re.sub(r"(?<!\d)\d{4}(?!\d)", str(first_day.year), name, count=1)
    return changed if changed != name else f"{name}-{first_day:%Y-%m}"
